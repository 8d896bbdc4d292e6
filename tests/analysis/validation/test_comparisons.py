"""What a claim compares, on made-up runs whose truth is known, and on runs where it is wrong.

Runs are drawn around known levels with shared noise, as arms that meet the same draws have it. The
same claims are put to levels of which they are not true.
"""

from collections.abc import Mapping

import numpy as np
import pytest

from kernegotiate.analysis.estimators import Estimate, ratio
from kernegotiate.analysis.validation.comparisons import comparisons, line_weights, rises
from kernegotiate.analysis.validation.fact import FactPart
from kernegotiate.analysis.validation.judging import answer

RUNS = 400
DOSES = (0.0, 0.1, 0.3, 0.5)


def runs_around(levels: Mapping[str, float], *, seed: int = 7) -> dict[str, Estimate]:
    """Estimates of arms that share most of their noise."""
    rng = np.random.default_rng(seed)
    shared = rng.normal(0.0, 0.1, RUNS)
    own = {name: rng.normal(0.0, 0.02, RUNS) for name in levels}
    return {
        name: ratio(level + shared + own[name], np.ones(RUNS)) for name, level in levels.items()
    }


def part(claim: str, arms: str, **known: object) -> FactPart:
    """A part of a fact over arms that are named by letters."""
    given = {"label": "x", "measure": "mean_trust", "arms": tuple(arms), "claim": claim, **known}
    return FactPart.model_validate(given)


def said(wanted: FactPart, levels: Mapping[str, float]) -> str:
    return answer(wanted, runs_around(levels)).answer


def named(levels: str, *values: float) -> dict[str, float]:
    return dict(zip(levels, values, strict=True))


@pytest.mark.parametrize(
    ("wanted", "true", "false"),
    [
        (part("greater", "ab"), named("ab", 0.5, 0.4), named("ab", 0.4, 0.5)),
        (part("less", "ab"), named("ab", 0.4, 0.5), named("ab", 0.5, 0.4)),
        (part("equal", "ab"), named("ab", 0.5, 0.49), named("ab", 0.6, 0.4)),
        (part("level", "a", between=(0.2, 0.4)), named("a", 0.3), named("a", 0.6)),
        (
            part("rise", "abcd", at=DOSES, by=0.1),
            named("abcd", 0.1, 0.2, 0.2, 0.4),
            named("abcd", 0.4, 0.2, 0.2, 0.1),
        ),
        (
            part("rise", "abcd", at=DOSES, by=-0.1),
            named("abcd", 0.4, 0.2, 0.2, 0.1),
            named("abcd", 0.1, 0.2, 0.2, 0.4),
        ),
        (
            part("steeper", "ab", others=("c", "d"), at=(0.0, 1.0)),
            named("abcd", 0.1, 0.5, 0.1, 0.2),
            named("abcd", 0.1, 0.2, 0.1, 0.5),
        ),
        (
            part("interaction", "abcd"),
            named("abcd", 0.1, 0.2, 0.2, 0.6),
            named("abcd", 0.1, 0.4, 0.4, 0.5),
        ),
        (
            part("threshold", "abcd", at=DOSES, by=0.2),
            named("abcd", 0.1, 0.11, 0.5, 0.55),
            named("abcd", 0.1, 0.4, 0.5, 0.55),
        ),
        (
            part("ranking", "abc"),
            named("abc", 0.6, 0.4, 0.2),
            named("abc", 0.6, 0.2, 0.4),
        ),
        (
            part("largest", "abc"),
            named("abc", 0.6, 0.2, 0.4),
            named("abc", 0.5, 0.2, 0.6),
        ),
        (
            part("sum", "abcd", weights=(1, -1, -1, 1)),
            named("abcd", 0.6, 0.2, 0.3, 0.2),
            named("abcd", 0.3, 0.2, 0.6, 0.2),
        ),
    ],
    ids=lambda given: given.claim if isinstance(given, FactPart) else "",
)
def test_a_claim_is_right_where_it_is_true_and_opposite_where_the_reverse_is(
    wanted: FactPart, true: dict[str, float], false: dict[str, float]
) -> None:
    assert said(wanted, true) == "right"
    assert said(wanted, false) == "opposite"


@pytest.mark.parametrize(
    ("wanted", "levels"),
    [
        (part("greater", "ab"), named("ab", 0.53, 0.5)),
        (part("rise", "abcd", at=DOSES, by=0.1), named("abcd", 0.1, 0.12, 0.14, 0.16)),
        (
            part("steeper", "ab", others=("c", "d"), at=(0.0, 1.0)),
            named("abcd", 0.1, 0.23, 0.1, 0.2),
        ),
        (part("interaction", "abcd"), named("abcd", 0.1, 0.2, 0.2, 0.33)),
        (part("ranking", "abc"), named("abc", 0.6, 0.57, 0.2)),
        (part("largest", "abc"), named("abc", 0.6, 0.57, 0.2)),
    ],
    ids=lambda given: given.claim if isinstance(given, FactPart) else "",
)
def test_the_right_sign_below_the_threshold_is_small(
    wanted: FactPart, levels: dict[str, float]
) -> None:
    assert said(wanted, levels) == "small"


def test_no_difference_is_unclear_whatever_the_threshold() -> None:
    levels = runs_around({"a": 0.5, "b": 0.5})
    same = {"a": levels["a"], "b": levels["a"]}
    assert answer(part("greater", "ab", by=0.0), same).answer == "unclear"


def test_a_straight_line_is_no_threshold_and_a_saturating_one_its_opposite() -> None:
    wanted = part("threshold", "abcd", at=DOSES, by=0.2)
    assert said(wanted, named("abcd", 0.1, 0.2, 0.4, 0.6)) not in ("right", "opposite")
    assert said(wanted, named("abcd", 0.1, 0.4, 0.45, 0.46)) == "opposite"


def test_a_threshold_among_many_steps_asks_for_more_than_one_interval() -> None:
    """Whichever step may be the one: so each interval is wider than the usual one."""
    levels = runs_around(named("abcd", 0.1, 0.11, 0.5, 0.55))
    steps = rises([levels[name] for name in "abcd"], DOSES)
    low, _ = (steps[1] - steps[0]).interval(0.95)
    found = comparisons(part("threshold", "abcd", at=DOSES), levels)
    assert found[0].value == (steps[1] - steps[0]).value
    assert found[0].low < low


def test_the_line_is_that_of_least_squares() -> None:
    y = np.array([0.1, 0.4, 0.2, 0.9])
    slope = np.polyfit(DOSES, y, 1)[0]
    assert np.dot(line_weights(DOSES), y) == pytest.approx(slope * (DOSES[-1] - DOSES[0]))


def test_the_interaction_of_three_is_all_less_the_sum_of_single_gains() -> None:
    levels = named("abcde", 0.1, 0.2, 0.25, 0.3, 0.9)
    [found] = comparisons(part("interaction", "abcde"), runs_around(levels))
    none, one, two, three, every = levels.values()
    gain = (every - none) - (one - none) - (two - none) - (three - none)
    assert found.value == pytest.approx(gain, abs=0.01)


def test_a_relative_threshold_is_a_share_of_the_last_arm() -> None:
    levels = runs_around(named("ab", 22.0, 20.0))
    [found] = comparisons(part("greater", "ab", by=0.1, relative=True), levels)
    assert found.least == pytest.approx(2.0, abs=0.01)


def test_intervals_hold_the_truth_as_often_as_they_say() -> None:
    """Of 400 made-up studies of a true sum of .1, about 95 % hold it."""
    wanted = part("sum", "abcd", weights=(1, -1, -1, 1))
    levels = named("abcd", 0.6, 0.3, 0.3, 0.1)
    found = [comparisons(wanted, runs_around(levels, seed=seed))[0] for seed in range(400)]
    held = sum(one.low <= 0.1 <= one.high for one in found)
    assert 0.91 < held / len(found) < 0.985


def test_pairing_is_used_shared_noise_does_not_widen_a_difference() -> None:
    levels = runs_around(named("ab", 0.5, 0.4))
    [found] = comparisons(part("greater", "ab"), levels)
    alone = levels["a"].interval()
    assert found.high - found.low < 0.5 * (alone[1] - alone[0])
