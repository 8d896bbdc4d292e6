"""From comparisons to answers, and from answers to verdicts."""

import numpy as np
import pytest

from kernegotiate.analysis.estimators import Estimate, ratio
from kernegotiate.analysis.validation.fact import FactPart
from kernegotiate.analysis.validation.judging import Answer, answer, of_all, verdict
from kernegotiate.analysis.validation.shares import share_of


def exactly(value: float, spread: float = 0.0) -> Estimate:
    """An estimate of this value; half of the runs lie `spread` above, half below."""
    runs = value + spread * np.tile([1.0, -1.0], 50)
    return ratio(runs, np.ones(100))


def of_signed(claim: str = "greater", **known: object) -> FactPart:
    given = {"label": "x", "measure": "agreement_rate", "arms": ("a", "b"), "claim": claim}
    return FactPart.model_validate({**given, **known})


@pytest.mark.parametrize(
    ("a", "b", "said"),
    [
        (0.019, 0.0, "floor"),
        (0.021, 0.0, "small"),
        (1.0, 0.981, "floor"),
        (0.09, 0.01, "right"),
        (0.01, 0.09, "opposite"),
        (0.5, 0.451, "small"),
        (0.5, 0.449, "right"),
        (0.5, 0.5, "unclear"),
    ],
)
def test_a_share_at_a_floor_or_ceiling_counts_neither_for_nor_against(
    a: float, b: float, said: str
) -> None:
    assert answer(of_signed(), {"a": exactly(a), "b": exactly(b)}).answer == said


def test_a_level_and_what_is_no_share_have_no_floor() -> None:
    level = of_signed("level", arms=("a",), between=(0.0, 0.01))
    assert answer(level, {"a": exactly(0.005)}).answer == "right"
    trust = of_signed(measure="mean_trust", by=0.001)
    assert answer(trust, {"a": exactly(0.01), "b": exactly(0.001)}).answer == "right"


def test_a_ratio_of_sums_has_a_floor_if_it_says_that_it_is_a_share() -> None:
    measure = {"sum": {"completed": 1.0}, "per": {"arrived": 1.0}}
    levels = {"a": exactly(0.019), "b": exactly(0.0)}
    assert answer(of_signed(measure=measure), levels).answer == "small"
    assert answer(of_signed(measure={**measure, "share": True}), levels).answer == "floor"


def test_what_is_undefined_leaves_nothing_to_compare() -> None:
    nothing = ratio(np.ones(100), np.zeros(100))
    gap = of_signed(measure="signed_gap")
    assert answer(gap, {"a": nothing, "b": exactly(0.5)}).answer == "floor"


def test_an_interval_that_holds_zero_is_unclear_however_large_the_value() -> None:
    levels = {"a": exactly(0.6, 1.0), "b": exactly(0.5)}
    assert answer(of_signed(), levels).answer == "unclear"


def test_equality_needs_the_whole_interval_inside() -> None:
    near = of_signed("equal")
    assert answer(near, {"a": exactly(0.54), "b": exactly(0.5)}).answer == "right"
    assert answer(near, {"a": exactly(0.54, 0.2), "b": exactly(0.5)}).answer == "unclear"
    assert answer(near, {"a": exactly(0.56), "b": exactly(0.5)}).answer == "opposite"


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        (("right", "right"), "right"),
        (("right", "small"), "small"),
        (("right", "unclear", "small"), "unclear"),
        (("right", "floor"), "floor"),
        (("floor", "opposite"), "opposite"),
        (("right", "opposite"), "opposite"),
    ],
)
def test_a_fact_is_opposite_where_any_part_is_and_right_only_where_all_are(
    parts: tuple[Answer, ...], whole: Answer
) -> None:
    assert of_all(parts) == whole


def points(**counts: int) -> list[Answer]:
    return [name for name, count in counts.items() for _ in range(count)]  # type: ignore[misc]


@pytest.mark.parametrize(
    ("answers", "comes_to"),
    [
        (points(right=80, small=20), "reproduced"),
        (points(right=79, small=21), "mixed"),
        (points(right=50, opposite=50), "opposite"),
        (points(right=51, opposite=49), "mixed"),
        (points(right=10, opposite=10, small=40, unclear=40), "no effect"),
        (points(right=11, opposite=10, small=40, unclear=39), "mixed"),
        (points(right=20, floor=80), "reproduced"),
        (points(right=19, floor=81), "not testable"),
        (points(floor=100), "not testable"),
        (points(right=60, opposite=15, floor=25), "reproduced"),
    ],
)
def test_the_verdict_counts_points_that_are_at_no_floor(
    answers: list[Answer], comes_to: str
) -> None:
    assert verdict(answers) == comes_to


def test_the_interval_of_a_share_holds_the_truth_as_often_as_it_says() -> None:
    """Against brute force: 4,000 samples of 200 points of which 80 % would be right."""
    rng = np.random.default_rng(5)
    counts = rng.binomial(200, 0.8, 4000)
    known = {count: share_of(int(count), 200) for count in set(counts.tolist())}
    held = np.mean([known[count].low <= 0.8 <= known[count].high for count in counts.tolist()])
    assert 0.93 < held < 0.97
    assert np.isnan(share_of(0, 0).value)
    assert share_of(0, 50).low == pytest.approx(0.0, abs=1e-12)
    assert share_of(0, 50).high > 0.05
