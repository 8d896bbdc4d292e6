"""Whether the model does what sources let one expect: by a rule, the same for all cases."""

from __future__ import annotations

import math

import pandas as pd

from tools.cases.notes import Expectation

AS_MUCH = 0.05
"""What still counts as no difference: both ends of the interval within it."""

AGREES, DIFFERS, OPEN = "agrees", "differs", "open"


def judged(one: Expectation, rows: pd.DataFrame) -> str:
    """Whether an expectation holds.

    *More* and *less* agree or differ where the interval of the paired difference lies on one side
    of 0. *The same* agrees where the whole interval lies within `AS_MUCH`, and differs where it
    lies outside of it. A level agrees where its interval lies below what is given, and differs
    above. Whatever else is open.

    Args:
        one: The expectation.
        rows: Rows of the case; its own institution comes first.
    """
    low, high = _interval(one, rows)
    if math.isnan(low) or math.isnan(high):
        return OPEN
    if one.below is not None:
        return _side(low - one.below, high - one.below, "less")
    if one.sign == "same":
        if low >= -AS_MUCH and high <= AS_MUCH:
            return AGREES
        return DIFFERS if low > AS_MUCH or high < -AS_MUCH else OPEN
    return _side(low, high, one.sign)


def _side(low: float, high: float, sign: str) -> str:
    """Whether an interval lies on the side of 0 that was expected, on the other, or on both."""
    if low > 0:
        return AGREES if sign == "more" else DIFFERS
    if high < 0:
        return AGREES if sign == "less" else DIFFERS
    return OPEN


def _interval(one: Expectation, rows: pd.DataFrame) -> tuple[float, float]:
    if one.below is not None:
        row = row_of(rows, rows["coordinator"].iloc[0], one.outcome)
        return float(row["low"]), float(row["high"])
    row = row_of(rows, one.than, one.outcome)
    return float(row["difference_low"]), float(row["difference_high"])


def row_of(rows: pd.DataFrame, coordinator: str, outcome: str) -> pd.Series:
    """The row of an institution and an outcome."""
    found = rows[(rows["coordinator"] == coordinator) & (rows["outcome"] == outcome)]
    assert len(found) == 1, (coordinator, outcome)
    return found.iloc[0]
