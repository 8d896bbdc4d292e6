"""Estimates and their errors, against brute force and on populations whose truth is known."""

import math

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom, t

from kernegotiate import simulate
from kernegotiate.analysis.estimators import POOLED, Estimate, estimate, ratio, variance_saved
from kernegotiate.engine.outcomes import COLUMNS, OUTCOMES

FALSE_ALARM = 2e-5  # of a coverage test, each side: how often a right interval fails it


@pytest.fixture(scope="module")
def council() -> pd.DataFrame:
    return simulate("mekong_delta", "advisory_council", runs=150, seed=3, years=10).outcomes


@pytest.fixture(scope="module")
def funding() -> pd.DataFrame:
    return simulate("mekong_delta", "conditional_funding", runs=150, seed=3, years=10).outcomes


def by_hand(runs: pd.DataFrame, outcome: str) -> float:
    """The estimate, without the estimator."""
    total = runs.sum()
    spent = total["joint_spending"] + total["copy_spending"]
    pooled = {
        "signed_gap": (total["signed"] - total["completed"], total["signed"]),
        "delivery_rate": (total["completed"], total["signed"]),
        "stalled_rate": (total["started"] - total["completed"], total["started"]),
        "start_delay": (total["start_wait"], total["started"]),
        "leverage": (total["dues_spending"], total["fund_spending"] + total["grant_spending"]),
        "kept_promise_rate": (total["promises_kept"], total["promises_due"]),
        "efficiency": (total["welfare"], total["first_best"]),
        "duplication_waste": (total["extra_copy_spending"], spent),
        "own_visible_share": (total["copy_spending"], spent),
    }
    top, low = pooled.get(outcome, (runs[outcome].sum(), runs[outcome].count()))
    return float(top / low)


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_levels_by_hand(funding: pd.DataFrame, outcome: str) -> None:
    assert estimate(funding, outcome).value == pytest.approx(by_hand(funding, outcome), rel=1e-12)


def test_only_known_columns_are_pooled() -> None:
    columns = {name for pair in POOLED.values() for terms in pair for name in terms}
    assert set(POOLED) <= set(OUTCOMES)
    assert columns <= set(COLUMNS)


@pytest.mark.parametrize("outcome", ["completion_rate", "signed_gap", "efficiency", "welfare"])
def test_errors_equal_a_bootstrap(
    council: pd.DataFrame, funding: pd.DataFrame, outcome: str
) -> None:
    one, other = estimate(council, outcome), estimate(funding, outcome)
    rng = np.random.default_rng(1)
    levels, differences = [], []
    for _ in range(2000):
        again = rng.integers(len(council), size=len(council))
        a, b = by_hand(council.iloc[again], outcome), by_hand(funding.iloc[again], outcome)
        levels.append(a)
        differences.append(b - a)
    assert one.error == pytest.approx(np.std(levels), rel=0.08)
    assert (other - one).error == pytest.approx(np.std(differences), rel=0.08)


def test_a_plain_mean_has_the_textbook_interval() -> None:
    values = np.random.default_rng(2).normal(5, 2, 12)
    found = ratio(values, np.ones(12))
    low, high = t.interval(0.9, 11, values.mean(), values.std(ddof=1) / math.sqrt(12))
    assert found.interval(0.9) == pytest.approx((low, high))
    assert found.influence.sum() == pytest.approx(0, abs=1e-9)


def test_intervals_of_ratios_and_paired_differences_cover_the_truth() -> None:
    """Signed 10 or more a run, shared by both; of these 40 % and 50 % are completed."""
    rng, runs, trials = np.random.default_rng(4), 150, 2000
    level = difference = 0
    for _ in range(trials):
        signed = 10 + rng.poisson(30, runs) * rng.integers(1, 4, runs)
        one = ratio(1.0 * rng.binomial(signed, 0.4), 1.0 * signed)
        other = ratio(1.0 * rng.binomial(signed, 0.5), 1.0 * signed)
        low, high = one.interval()
        level += low <= 0.4 <= high
        low, high = (other - one).interval()
        difference += low <= 0.1 <= high
    fewest = binom.ppf(FALSE_ALARM, trials, 0.945)  # the ratio is normal in large samples only
    most = binom.isf(FALSE_ALARM, trials, 0.955)
    assert fewest <= level <= most
    assert fewest <= difference <= most


def test_undefined_runs_are_left_out() -> None:
    values = np.array([1.0, math.nan, 3.0, 5.0, math.nan, 4.0])
    known = values[~np.isnan(values)]
    found, alone = ratio(values, np.ones(6)), ratio(known, np.ones(4))
    assert found.value == alone.value
    assert found.counted == 4
    assert found.error == pytest.approx(known.std() / math.sqrt(4) * math.sqrt(6 / 5))


def test_a_run_without_weight_needs_no_special_case() -> None:
    found = ratio(np.array([0.0, 2.0, 3.0]), np.array([0.0, 4.0, 4.0]))
    assert found.value == 5 / 8
    assert found.counted == 2


@pytest.mark.parametrize("values", [[], [math.nan, math.nan]])
def test_nothing_known_is_nan(values: list[float]) -> None:
    found = ratio(np.array(values), np.ones(len(values)))
    assert math.isnan(found.value)
    assert math.isnan(found.error)
    assert all(math.isnan(end) for end in found.interval())
    assert math.isnan((found - found).value)


def test_one_run_has_no_error() -> None:
    found = ratio(np.array([3.0]), np.ones(1))
    assert found.value == 3.0
    assert math.isnan(found.error)
    assert math.isnan(variance_saved(found, found))


def test_estimates_add_and_scale() -> None:
    one = Estimate(2.0, np.array([1.0, -1.0]), 2)
    other = Estimate(3.0, np.array([2.0, -2.0]), 1)
    total = one * 2.0 - other + one
    assert total.value == 3.0
    assert total.influence.tolist() == [1.0, -1.0]
    assert total.counted == 1


def test_variance_saved() -> None:
    rng = np.random.default_rng(5)
    shared, a, b = rng.normal(size=(3, 20_000))
    one, other = ratio(shared + a, np.ones(20_000)), ratio(shared + b, np.ones(20_000))
    assert variance_saved(one, other) == pytest.approx(0.5, abs=0.03)
    assert variance_saved(one, one) == 1.0
    assert math.isnan(variance_saved(one * 0.0, other * 0.0))
