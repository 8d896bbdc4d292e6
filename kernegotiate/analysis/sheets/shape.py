"""How an outcome answers a lever: flat, rising, falling or neither."""

from dataclasses import dataclass

import pandas as pd

SMALL = 0.01  # of a rate: smaller movements count as none


@dataclass(frozen=True)
class Shape:
    """The answer of one outcome.

    Attributes:
        word: "flat", "rises", "falls" or "turns".
        sentence: The same with the numbers.
    """

    word: str
    sentence: str


def shape(rows: pd.DataFrame) -> Shape:
    """Judge the rows of one lever and outcome, in the order of the lever.

    Runs are paired, so movements of the level between two values are much surer than the level.
    """
    level = [float(value) for value in rows["level"]]
    setting = [str(value) for value in rows["setting"]]
    rise = max(b - a for i, a in enumerate(level) for b in level[i:])
    fall = max(a - b for i, a in enumerate(level) for b in level[i:])
    first, last = level[0], level[-1]
    ends = f"{first:.3f} at {setting[0]}, {last:.3f} at {setting[-1]}"
    if max(rise, fall) < SMALL:
        return Shape("flat", f"flat: {ends}")
    if fall < SMALL:
        return Shape("rises", f"rises: {ends}")
    if rise < SMALL:
        return Shape("falls", f"falls: {ends}")
    top, low = max(level), min(level)
    turn = top if top - max(first, last) >= min(first, last) - low else low
    word = "highest" if turn == top else "lowest"
    at = setting[level.index(turn)]
    if at in {setting[0], setting[-1]}:
        return Shape("turns", f"not monotone: {ends}; {word} at the end, with a turn between")
    return Shape("turns", f"not monotone: {ends}; {word}, {turn:.3f}, at {at}")
