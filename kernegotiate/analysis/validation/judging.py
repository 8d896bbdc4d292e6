"""What a part, and a fact, comes to at one point, and over the box."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from kernegotiate.analysis.estimators import Estimate
from kernegotiate.analysis.validation.comparisons import Comparison, comparisons
from kernegotiate.analysis.validation.fact import FactPart

Answer = Literal["right", "opposite", "small", "unclear", "floor"]
ANSWERS: tuple[Answer, ...] = ("right", "opposite", "small", "unclear", "floor")
Verdict = Literal["reproduced", "mixed", "opposite", "no effect", "not testable"]

FLOOR, CEILING = 0.02, 0.98
ENOUGH = 0.8  # share of the points, right for reproduced, neither for no effect
HALF = 0.5  # share of the points, opposite
FEWEST = 0.2  # share of the points that count, of all


class Found(NamedTuple):
    """What the model says to a part at one point."""

    answer: Answer
    value: float  # compared, in the sign of the claim; of several the one that decides
    least: float  # the threshold, in the unit of the value
    sign: float  # without a threshold: 1, -1, or 0 where the interval holds zero


def answer(part: FactPart, levels: Mapping[str, Estimate]) -> Found:
    """What the model says to a part at one point.

    Args:
        part: What is compared.
        levels: Estimates of its measure by arm.
    """
    used = [levels[name].value for name in (*part.arms, *part.others)]
    if any(map(math.isnan, used)) or at_an_end(part, used):
        return Found("floor", math.nan, math.nan, 0.0)
    found = comparisons(part, levels)
    if part.between or part.claim == "equal":
        return _in_range(part, found[0])
    answers = [of_one(one) for one in found]
    if part.claim == "threshold":
        best = max(range(len(found)), key=lambda number: found[number].value)
        decided = _any(answers)
    else:
        best = min(range(len(found)), key=lambda number: found[number].value - found[number].least)
        decided = of_all(answers)
    return Found(decided, found[best].value, found[best].least, _sign(found[best]))


def at_an_end(part: FactPart, levels: Sequence[float]) -> bool:
    """Whether all arms lie at the floor or all at the ceiling of a share; never of a level."""
    if not part.measure.is_share or part.claim == "level":
        return False
    return all(one < FLOOR for one in levels) or all(one > CEILING for one in levels)


def of_one(found: Comparison) -> Answer:
    """Sign, interval and size together."""
    sign = _sign(found)
    if not sign:
        return "unclear"
    if abs(found.value) < found.least:
        return "small"
    return "right" if sign > 0 else "opposite"


def of_all(answers: Iterable[Answer]) -> Answer:
    """Where all parts have to hold: opposite if one is, else floor if one is, else right if all."""
    every = list(answers)
    for worse in ("opposite", "floor", "unclear", "small"):
        if worse in every:
            return worse
    return "right"


def _any(answers: Sequence[Answer]) -> Answer:
    """Where one has to hold; opposite only where all are."""
    if "right" in answers:
        return "right"
    if set(answers) == {"opposite"}:
        return "opposite"
    return "unclear" if "unclear" in answers else "small"


def _sign(found: Comparison) -> float:
    """1 or -1 where the whole interval lies on that side of zero, else 0."""
    return 1.0 if found.low > 0.0 else -1.0 if found.high < 0.0 else 0.0


def _in_range(part: FactPart, found: Comparison) -> Found:
    """A level in its range by its value; an equality by its whole interval.

    The sign is 1 where the claim holds, -1 where the whole interval lies outside.
    """
    low, high = part.between or (-found.least, found.least)
    if found.high < low or found.low > high:
        return Found("opposite", found.value, found.least, -1.0)
    inside = low <= found.value <= high if part.between else low <= found.low and found.high <= high
    if inside:
        return Found("right", found.value, found.least, 1.0)
    return Found("unclear", found.value, found.least, 0.0)


def verdict(answers: Sequence[Answer]) -> Verdict:
    """What the answers at all points come to.

    Args:
        answers: One for each point of the box.
    """
    counted = [one for one in answers if one != "floor"]
    if len(counted) < FEWEST * len(answers) or not counted:
        return "not testable"
    right = counted.count("right") / len(counted)
    opposite = counted.count("opposite") / len(counted)
    if right >= ENOUGH:
        return "reproduced"
    if opposite >= HALF:
        return "opposite"
    return "no effect" if 1.0 - right - opposite >= ENOUGH else "mixed"
