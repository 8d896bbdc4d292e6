"""Estimates, intervals and verdicts on a few runs, reckoned by hand: docs/model.md, 3.4.15."""

import math

import numpy as np
import pandas as pd
import pytest

from kernegotiate.analysis.claims import Claim, measure
from kernegotiate.analysis.estimators import POOLED, estimate, ratio, variance_saved


def close(expected):
    return pytest.approx(expected, rel=1e-12)


RUNS = pd.DataFrame(
    {
        "signed": [4.0, 0.0, 2.0],
        "completed": [1.0, 0.0, 2.0],
        "arrived": [5.0, 5.0, 2.0],
        "promises_due": [10.0, 0.0, 6.0],
        "promises_kept": [6.0, 0.0, 6.0],
        "welfare": [3.0, -1.0, 7.0],
        "first_best": [10.0, 5.0, 5.0],
        "joint_spending": [8.0, 0.0, 10.0],
        "copy_spending": [2.0, 3.0, 2.0],
        "extra_copy_spending": [1.0, 1.0, 0.0],
        "started": [2.0, 0.0, 3.0],
        "start_wait": [1.0, 0.0, 3.0],
        "dues_spending": [6.0, 0.0, 3.0],
        "fund_spending": [2.0, 0.0, 3.0],
        "grant_spending": [0.0, 0.0, 4.0],
        "member_years": [20.0, 0.0, 10.0],
        "government_years": [26.0, 26.0, 20.0],
        "earnest_rate": [0.4, 0.0, 1.0],
        "mean_trust": [0.2, 0.6, math.nan],
    }
)


@pytest.mark.parametrize(
    ("outcome", "value"),
    [
        ("signed_gap", (3 + 0 + 0) / 6),
        ("delivery_rate", 3 / 6),
        ("stalled_rate", (1 + 0 + 1) / 5),
        ("start_delay", 4 / 5),
        ("leverage", 9 / 9),
        ("earnest_rate", 1.4 / 3),
        ("kept_promise_rate", 12 / 16),
        ("efficiency", 9 / 20),
        ("duplication_waste", 2 / 25),
        ("own_visible_share", 7 / 25),
        ("membership_rate", 30 / 72),
        ("signed", 6 / 3),
        ("mean_trust", (0.2 + 0.6) / 2),  # a run that leaves it undefined is left out
    ],
)
def test_rates_are_pooled_and_all_else_is_a_mean(outcome, value):
    assert estimate(RUNS, outcome).value == close(value)


def test_nothing_else_is_pooled():
    assert set(POOLED) == {
        "signed_gap", "kept_promise_rate", "efficiency", "duplication_waste", "own_visible_share",
        "delivery_rate", "stalled_rate", "start_delay", "leverage",
        "membership_rate",
    }  # fmt: skip


def test_the_error_of_a_mean():
    """4, 0, 2: mean 2, sd 2, standard error 2/sqrt(3); t with 2 degrees at 95 % is 4.302653."""
    found = estimate(RUNS, "signed")
    assert found.error == close(2 / math.sqrt(3))
    half = 4.302652729696142 * 2 / math.sqrt(3)
    assert found.interval() == pytest.approx((2 - half, 2 + half), rel=1e-9)
    # At 50 %: t with 2 degrees is sqrt(2/3).
    assert found.interval(0.5)[1] == close(2 + math.sqrt(2 / 3) * 2 / math.sqrt(3))


def test_the_error_of_a_ratio():
    """Kept 6, 0, 6 of due 10, 0, 6: R = .75, u = (num - R den)/(16/3), sd over root 3."""
    found = estimate(RUNS, "kept_promise_rate")
    u = [(6 - 0.75 * 10) * 3 / 16, 0.0, (6 - 0.75 * 6) * 3 / 16]
    assert found.influence == close(u)
    assert found.error == close(math.sqrt((u[0] ** 2 + u[2] ** 2) / 2) / math.sqrt(3))
    assert found.counted == 2


def test_a_difference_is_taken_run_by_run():
    """Two arms that move alike by run: the difference has no error, the parts have."""
    one, other = (ratio(np.array([1.0, 2.0, 6.0]) + shift, np.ones(3)) for shift in (0.0, 0.5))
    apart = other - one
    assert apart.value == close(0.5)
    assert apart.influence == pytest.approx([0.0, 0.0, 0.0], abs=1e-12)
    assert variance_saved(one, other) == close(1.0)
    assert (one * 2.0).error == close(2 * one.error)
    total = one + other
    assert total.value == close(3 + 3.5)
    assert total.influence == close(2 * one.influence)
    assert (-one).value == -one.value


def test_runs_that_move_against_each_other_save_less_than_nothing():
    one = ratio(np.array([1.0, 2.0, 3.0]), np.ones(3))
    other = ratio(np.array([3.0, 2.0, 1.0]), np.ones(3))
    assert variance_saved(one, other) == close(1 - 4 * 2 / 3 / (2 / 3 + 2 / 3))


def test_a_run_with_an_undefined_denominator_carries_no_weight():
    found = ratio(np.array([1.0, 5.0, 3.0]), np.array([2.0, math.nan, 2.0]))
    assert found.value == close(4 / 4)
    assert found.influence[1] == 0
    assert found.counted == 2


def measured(values, times=1.0, **bounds):
    """Verdict on the mean of `values` times a number, its interval at 50 %."""
    term = {"arm": "a", "outcome": "signed", "times": times}
    claim = Claim.model_validate(
        {"says": "x", "parts": [{"label": "y", "terms": [term], **bounds}]}
    )
    return measure(claim, lambda _: pd.DataFrame({"signed": values}), 0.5)


# 4, 0, 2: mean 2, and half an interval at 50 % is sqrt(2/3) x 2/sqrt(3) = .9428.
LOW, HIGH = 2 - math.sqrt(8) / 3, 2 + math.sqrt(8) / 3


@pytest.mark.parametrize(
    ("bounds", "verdict"),
    [
        ({"above": 1.0}, "holds"),
        ({"above": 2.0}, "undecided"),
        ({"above": 1.1}, "undecided"),
        ({"above": 3.0}, "does not hold"),
        ({"at_least": 1.0}, "holds"),
        ({"at_least": 3.0}, "does not hold"),
        ({"below": 3.0}, "holds"),
        ({"below": 2.0}, "undecided"),
        ({"below": 1.0}, "does not hold"),
        ({"at_most": 3.0}, "holds"),
        ({"at_most": 1.0}, "does not hold"),
        ({"above": 1.0, "below": 2.0}, "undecided"),
        ({"above": 1.0, "below": 3.0}, "holds"),
    ],
)
def test_a_part_holds_if_all_of_its_interval_is_in_range(bounds, verdict):
    assert (pytest.approx(1.0572, abs=1e-4), pytest.approx(2.9428, abs=1e-4)) == (LOW, HIGH)
    result = measured([4.0, 0.0, 2.0], **bounds)
    assert (result.parts[0].low, result.parts[0].high) == close((LOW, HIGH))
    assert result.verdict == verdict


@pytest.mark.parametrize(
    ("bounds", "verdict"),
    [
        ({"above": 2.0}, "does not hold"),  # 2 is not above 2
        ({"below": 2.0}, "does not hold"),
        ({"at_least": 2.0}, "holds"),
        ({"at_most": 2.0}, "holds"),
    ],
)
def test_a_bound_itself(bounds, verdict):
    """No run differs, so the interval is 2."""
    assert measured([2.0, 2.0, 2.0], **bounds).verdict == verdict


def test_a_term_has_its_coefficient():
    result = measured([4.0, 0.0, 2.0], times=-3.0, below=0.0)
    assert result.parts[0].value == close(-6)
    assert result.verdict == "holds"


@pytest.mark.parametrize(
    ("bounds", "verdict"),
    [((1.0, 1.0), "holds"), ((1.0, 2.0), "undecided"), ((1.0, 3.0), "does not hold"),
     ((2.0, 3.0), "does not hold")],
)  # fmt: skip
def test_a_claim_needs_all_its_parts(bounds, verdict):
    term = {"arm": "a", "outcome": "signed"}
    parts = [{"label": "y", "terms": [term], "above": bound} for bound in bounds]
    claim = Claim.model_validate({"says": "x", "parts": parts})
    runs = pd.DataFrame({"signed": [4.0, 0.0, 2.0]})
    assert measure(claim, lambda _: runs, 0.5).verdict == verdict
