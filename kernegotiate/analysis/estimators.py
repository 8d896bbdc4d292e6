"""How an outcome is estimated from runs, and how far the estimate may be off.

Every outcome is a ratio of sums over runs, R = sum(num) / sum(den). What is a rate of the whole
cohort is pooled: a run with many signatures counts for more than a run with few, and one without
any needs no special case. All else is a plain mean: den = 1, or 0 where the run leaves the outcome
undefined.

The error comes from linearising the ratio (delta method): in a large sample R behaves like the mean
of u = (num - R den) / mean(den), one value a run, so that its standard error is sd(u) / sqrt(n).
The bias of a ratio is of order 1/n, smaller than its standard error by 1/sqrt(n).

Two institutions meet the same leaders and projects in the same run (common random numbers). The
difference of their estimates then behaves like the mean of u_A - u_B over pairs; so does any linear
combination of estimates. That is all of the pairing: add influences before taking the deviation.

Sources: ratio estimator and its variance, W. G. Cochran, Sampling Techniques, 3rd ed., 1977, ch. 6;
common random numbers, A. M. Law, Simulation Modeling and Analysis, 5th ed., 2015, ch. 11.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from numbers import Real
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from kernegotiate.analysis.students_t import students_t
from kernegotiate.scenario import ScenarioError

if TYPE_CHECKING:
    import pandas as pd

Terms = dict[str, float]
"""Columns of the table of runs and their coefficients."""

POOLED: dict[str, tuple[Terms, Terms]] = {
    "signed_gap": ({"signed": 1.0, "completed": -1.0}, {"signed": 1.0}),
    "delivery_rate": ({"completed": 1.0}, {"signed": 1.0}),
    "stalled_rate": ({"started": 1.0, "completed": -1.0}, {"started": 1.0}),
    "start_delay": ({"start_wait": 1.0}, {"started": 1.0}),
    "leverage": ({"dues_spending": 1.0}, {"fund_spending": 1.0, "grant_spending": 1.0}),
    "kept_promise_rate": ({"promises_kept": 1.0}, {"promises_due": 1.0}),
    "efficiency": ({"welfare": 1.0}, {"first_best": 1.0}),
    "duplication_waste": (
        {"extra_copy_spending": 1.0},
        {"joint_spending": 1.0, "copy_spending": 1.0},
    ),
    "own_visible_share": (
        {"copy_spending": 1.0},
        {"joint_spending": 1.0, "copy_spending": 1.0},
    ),
    "membership_rate": ({"member_years": 1.0}, {"government_years": 1.0}),
}
"""Numerator and denominator of the pooled outcomes; all others are plain means over runs."""


_WITHOUT_PROJECTS = "where no project arrives"
UNDEFINED = {
    **dict.fromkeys(
        (
            "agreement_rate",
            "commitment_rate",
            "earnest_rate",
            "completion_rate",
            "time_to_agreement",
        ),
        _WITHOUT_PROJECTS,
    ),
    **dict.fromkeys(("signed_gap", "delivery_rate"), "where nothing is signed"),
    **dict.fromkeys(("stalled_rate", "start_delay"), "where no work is begun"),
    "leverage": "where neither fund nor grants pay for a work",
    "kept_promise_rate": "where no payment is due",
    "efficiency": "where no project is worth building",
    "duplication_waste": "where nothing is spent",
    "own_visible_share": "where nothing is spent",
    "inequality": "where a government's income is below 0",
}
"""When a run leaves an outcome undefined; the other outcomes are always defined."""


@dataclass(frozen=True, eq=False)
class Estimate:
    """An estimate and what each run contributes to its error; adds and scales like a number.

    Only estimates from the same runs may be combined.

    Attributes:
        value: The estimate, in the unit of the outcome; NaN if no run defines it.
        influence: u of each run, same unit, shape (runs,), mean zero.
        counted: Number of runs that carry weight.
    """

    value: float
    influence: NDArray[np.float64]
    counted: int

    @property
    def error(self) -> float:
        """Standard error; NaN for fewer than two runs."""
        return float(standard_errors(self.influence))

    def interval(self, confidence: float = 0.95) -> tuple[float, float]:
        """Confidence interval by Student's t with n - 1 degrees of freedom.

        It has no width where no run differs from another, such as a share that is 0 in each run.

        Args:
            confidence: Probability with which such intervals hold the true value, in (0, 1).
        """
        half = self.error * quantile(len(self.influence), confidence)
        return self.value - half, self.value + half

    def __add__(self, other: Estimate) -> Estimate:
        return Estimate(
            self.value + other.value,
            self.influence + other.influence,
            min(self.counted, other.counted),
        )

    def __mul__(self, factor: float) -> Estimate:
        return Estimate(factor * self.value, factor * self.influence, self.counted)

    def __neg__(self) -> Estimate:
        return self * -1.0

    def __sub__(self, other: Estimate) -> Estimate:
        return self + -other


def estimate(runs: pd.DataFrame | NDArray[np.void], outcome: str) -> Estimate:
    """Estimate one outcome from runs of one institution.

    Args:
        runs: One row a run, columns as in `Runs.outcomes`; a table or an array of records.
        outcome: Name of an outcome or a count.
    """
    columns = {name: np.asarray(runs[name], np.float64) for name in columns_of(outcome)}
    return ratio(*parts_of(outcome, columns))


def ratio(num: NDArray[np.float64], den: NDArray[np.float64]) -> Estimate:
    """Estimate sum(num) / sum(den) over runs.

    Args:
        num: Numerator of each run, shape (runs,). A run with NaN in either is left out.
        den: Denominator of each run, shape (runs,), at least 0.
    """
    value, influence, counted = ratios(num, den)
    return Estimate(float(value), influence, int(counted))


def ratios(
    num: NDArray[np.float64], den: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]]:
    """Estimate sum(num) / sum(den) over runs, for many points at once.

    Args:
        num: Numerators, shape (..., runs). A run with NaN in either is left out.
        den: Denominators, shape (..., runs), at least 0.

    Returns:
        Values, shape (...); influences, shape (..., runs); runs that carry weight, shape (...).
        Value and influence are NaN where no run carries weight.
    """
    known = ~(np.isnan(num) | np.isnan(den))
    num, den = np.where(known, num, 0.0), np.where(known, den, 0.0)
    total = den.sum(axis=-1)
    total = np.where(total > 0.0, total, np.nan)
    value = num.sum(axis=-1) / total
    influence = (num - value[..., None] * den) * (den.shape[-1] / total)[..., None]
    return value, influence, np.count_nonzero(den, axis=-1)


def parts_of(
    outcome: str, columns: Mapping[str, NDArray[np.float64]]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Numerator and denominator of an outcome, of the shape of the columns.

    Args:
        outcome: Name of an outcome or a count.
        columns: At least those that `columns_of` names.
    """
    if outcome in POOLED:
        top, low = POOLED[outcome]
        return _sum(columns, top), _sum(columns, low)
    return columns[outcome], np.ones_like(columns[outcome])


def columns_of(outcome: str) -> tuple[str, ...]:
    """Columns that an outcome is estimated from."""
    return tuple(name for terms in POOLED.get(outcome, ({outcome: 1.0},)) for name in terms)


def quantile(runs: int, confidence: float) -> float:
    """Half the width of an interval in standard errors; NaN for fewer than two runs."""
    return students_t(runs - 1, float(confidence)) if runs > 1 else math.nan


def standard_errors(influence: NDArray[np.float64]) -> NDArray[np.float64]:
    """Standard errors of estimates, many at once.

    Args:
        influence: What each run contributes, shape (..., runs).

    Returns:
        Shape (...); NaN for fewer than two runs.
    """
    runs = influence.shape[-1]
    if runs < 2:
        return np.full(influence.shape[:-1], np.nan)
    return np.asarray(influence.std(axis=-1, ddof=1) / math.sqrt(runs))


def variances_saved(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """What `variance_saved` says, of many pairs at once.

    Args:
        one: Influences, shape (..., runs).
        other: Influences of the same runs, of the same shape.
    """
    if one.shape[-1] < 2:
        return np.full(one.shape[:-1], np.nan)
    apart = np.asarray(one.var(axis=-1) + other.var(axis=-1))
    together = (one - other).var(axis=-1)
    return 1.0 - np.divide(together, apart, out=np.full_like(apart, np.nan), where=apart > 0)


def variance_saved(one: Estimate, other: Estimate) -> float:
    """Part of the variance of a difference that meeting the same runs saves.

    1 - var(u_A - u_B) / (var(u_A) + var(u_B)): 0 as for independent runs, 1 if the runs move alike,
    below 0 if they move against each other. NaN if neither varies.
    """
    return float(variances_saved(one.influence, other.influence))


def check_confidence(value: Any) -> None:
    """Refuse what is no probability strictly between 0 and 1."""
    if not (isinstance(value, Real) and 0 < float(value) < 1):
        raise ScenarioError(f"confidence: found {value!r}, allowed is a number in (0, 1)")


def _sum(columns: Mapping[str, NDArray[np.float64]], terms: Terms) -> NDArray[np.float64]:
    """Linear combination of columns."""
    return sum(
        (times * columns[name] for name, times in terms.items()),
        np.zeros_like(columns[next(iter(terms))]),
    )
