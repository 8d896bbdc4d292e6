"""How an outcome answers a lever: flat, rising, falling or neither."""

from dataclasses import dataclass

import pandas as pd

SMALL = 0.01  # of a rate: smaller movements count as none


def word(setting: object) -> str:
    """A value in a table or on an axis: a flag is on or off."""
    return {"True": "on", "False": "off"}.get(str(setting), str(setting))


@dataclass(frozen=True)
class Shape:
    """The answer of one outcome.

    Attributes:
        word: "flat", "rises", "falls", "turns" or, of a choice of words, "differs".
        sentence: The same with the numbers.
    """

    word: str
    sentence: str


def shape(rows: pd.DataFrame, *, ordered: bool = True) -> Shape:
    """Judge the rows of one lever and outcome.

    Runs are paired, so movements of the level between two values are much surer than the level.

    Args:
        rows: Of one lever and outcome, in the order of the lever.
        ordered: Whether that order means something, which it does not for a choice of words.
    """
    level = [float(value) for value in rows["level"]]
    setting = [word(value) for value in rows["setting"]]
    if not ordered and max(level) - min(level) >= SMALL:
        up, down = level.index(max(level)), level.index(min(level))
        most = f"{level[up]:.3f} at {setting[up]}"
        least = f"{level[down]:.3f} at {setting[down]}"
        return Shape("differs", f"differs: highest, {most}; lowest, {least}")
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
    extreme = "highest" if turn == top else "lowest"
    at = setting[level.index(turn)]
    if at in {setting[0], setting[-1]}:
        return Shape("turns", f"not monotone: {ends}; {extreme} at the end, with a turn between")
    return Shape("turns", f"not monotone: {ends}; {extreme}, {turn:.3f}, at {at}")
