"""What a part of a fact compares at one point: sums of arms, each with its interval and its bound.

Every claim comes down to weighted sums of the arms' estimates. All arms meet the same runs, so the
error of a sum is that of the sum of the runs' influences (`estimators`).

- Slope: the least-squares line through the levels y at doses x has slope sum (x - mean x) y /
  sum (x - mean x)^2, a weighted sum of the y. Times the whole range of x it is in the unit of y.
- Interaction: (all - none) less the sum of (one - none) over the single ones.
- Threshold: with s_j the rise per unit of the j-th step, some s_j - s_0 is above the bound. Of the
  steps any may be the one, so each interval has confidence 1 - (1 - confidence) / steps
  (Bonferroni).
- Ranking and largest: each of several differences has to hold, and each keeps its own confidence
  (intersection-union test, Berger 1982).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from operator import add

import numpy as np

from kernegotiate.analysis.estimators import Estimate
from kernegotiate.analysis.validation.fact import FactPart

CONFIDENCE = 0.95


@dataclass(frozen=True)
class Comparison:
    """A sum of arms at one point.

    Attributes:
        value: The sum, in the unit of the measure; signed so that the claim speaks of a rise.
        low: Lower end of its interval.
        high: Upper end of its interval.
        least: How large it has to be, at least 0.
    """

    value: float
    low: float
    high: float
    least: float


def comparisons(
    part: FactPart, levels: Mapping[str, Estimate], confidence: float = CONFIDENCE
) -> list[Comparison]:
    """What a part compares.

    Args:
        part: The part; neither `level` nor `equal`, which ask for a range.
        levels: Estimates of its measure by arm.
        confidence: Of the intervals.

    Returns:
        One comparison, or several: of a threshold any of them has to hold, of a ranking all.
    """
    arms = [levels[name] for name in part.arms]
    if part.claim == "threshold":
        steps = rises(arms, part.at)
        narrow = 1.0 - (1.0 - confidence) / (len(steps) - 1)
        return [_compared(step - steps[0], part.by, narrow) for step in steps[1:]]
    least = abs(part.by) * (abs(arms[-1].value) if part.relative else 1.0)
    return [_compared(one, least, confidence) for one in _sums(part, levels, arms)]


def _sums(
    part: FactPart, levels: Mapping[str, Estimate], arms: Sequence[Estimate]
) -> list[Estimate]:
    """The sums that a claim wants above 0."""
    line = line_weights(part.at) if part.at else []
    singles = len(arms) - 2

    def steeper() -> Estimate:
        others = [levels[name] for name in part.others]
        return weighted(arms, line) - weighted(others, line)

    claims: dict[str, Callable[[], list[Estimate]]] = {
        "greater": lambda: [arms[0] - arms[1]],
        "equal": lambda: [arms[0] - arms[1]],
        "less": lambda: [arms[1] - arms[0]],
        "level": lambda: [arms[0]],
        "ranking": lambda: [one - other for one, other in pairwise(arms)],
        "largest": lambda: [arms[0] - other for other in arms[1:]],
        "sum": lambda: [weighted(arms, part.weights)],
        "interaction": lambda: [weighted(arms, [singles - 1.0, *[-1.0] * singles, 1.0])],
        "rise": lambda: [weighted(arms, line) * (1.0 if part.by >= 0 else -1.0)],  # or a fall
        "steeper": lambda: [steeper()],
    }
    return claims[part.claim]()


def rises(arms: Sequence[Estimate], at: Sequence[float]) -> list[Estimate]:
    """The rise per unit of the dose between each arm and the next."""
    return [
        (after - before) * (1.0 / (high - low))
        for (before, after), (low, high) in zip(pairwise(arms), pairwise(at), strict=True)
    ]


def line_weights(at: Sequence[float]) -> list[float]:
    """Weights of levels at doses, so that their sum is the line's rise over the whole range."""
    x = np.asarray(at, np.float64)
    away = x - x.mean()
    return [float(weight) for weight in away / (away @ away) * (x[-1] - x[0])]


def weighted(arms: Sequence[Estimate], weights: Sequence[float]) -> Estimate:
    """A weighted sum of estimates from the same runs."""
    return reduce(add, (arm * weight for arm, weight in zip(arms, weights, strict=True)))


def _compared(sum_: Estimate, least: float, confidence: float) -> Comparison:
    low, high = sum_.interval(confidence)
    return Comparison(sum_.value, low, high, least)
