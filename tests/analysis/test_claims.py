"""Claims as data, and what becomes of them."""

import math
from typing import Any

import pandas as pd
import pytest

from kernegotiate import ScenarioError
from kernegotiate.analysis.claims import Claim, Part, Term, measure

TERM = Term(arm="a", outcome="welfare")


def by_arm(runs: dict[str, pd.DataFrame]) -> Any:
    return lambda term: runs[term.arm]


def part(**bounds: float) -> Part:
    return Part(label="something", terms=(TERM,), **bounds)


@pytest.mark.parametrize(
    ("bounds", "low", "high", "verdict"),
    [
        ({"above": 0.0}, 0.1, 0.2, "holds"),
        ({"above": 0.0}, 0.0, 0.2, "undecided"),
        ({"above": 0.0}, 0.0, 0.0, "does not hold"),
        ({"above": 0.0}, -0.2, 0.0, "does not hold"),
        ({"at_least": 0.0}, 0.0, 0.0, "holds"),
        ({"at_least": 0.0}, -0.1, 0.0, "undecided"),
        ({"at_least": 0.0}, -0.2, -0.1, "does not hold"),
        ({"below": 0.0}, -0.2, -0.1, "holds"),
        ({"below": 0.0}, -0.2, 0.0, "undecided"),
        ({"below": 0.0}, 0.0, 0.1, "does not hold"),
        ({"at_most": 0.0}, -0.2, 0.0, "holds"),
        ({"at_most": 0.0}, -0.2, 0.1, "undecided"),
        ({"at_most": 0.0}, 0.1, 0.2, "does not hold"),
        ({"at_least": -1.0, "at_most": 1.0}, -1.0, 1.0, "holds"),
        ({"at_least": -1.0, "at_most": 1.0}, -2.0, 2.0, "undecided"),
        ({"at_least": -1.0, "at_most": 1.0}, 2.0, 3.0, "does not hold"),
        ({"above": 0.0}, math.nan, math.nan, "undecided"),
    ],
)
def test_the_whole_interval_is_judged(
    bounds: dict[str, float], low: float, high: float, verdict: str
) -> None:
    assert part(**bounds).judge(low, high) == verdict


def test_a_part_says_what_it_expects() -> None:
    assert part(at_least=-1.0, below=0.25).expected == "at least -1 and below 0.25"


def test_terms_are_paired() -> None:
    """b is a plus exactly 2 in every run, so that the difference has no error at all."""
    a = pd.DataFrame({"welfare": [1.0, 5.0, 3.0]})
    difference = Part(
        label="b less a",
        terms=(Term(arm="b", outcome="welfare"), Term(arm="a", outcome="welfare", times=-1.0)),
        above=1.0,
    )
    alone = Part(label="half of a", terms=(Term(arm="a", outcome="welfare", times=0.5),), above=1.0)
    result = measure(
        Claim(says="b is more", parts=(difference, alone)), by_arm({"a": a, "b": a + 2}), 0.95
    )
    assert result.parts[0].value == pytest.approx(2.0)
    assert result.parts[0].error == pytest.approx(0.0, abs=1e-12)
    assert result.parts[1].value == 1.5
    assert result.parts[1].error == pytest.approx(0.5 * a["welfare"].std() / math.sqrt(3))
    assert [one.verdict for one in result.parts] == ["holds", "undecided"]
    assert result.verdict == "undecided"


@pytest.mark.parametrize(
    ("bounds", "verdict"),
    [
        ((0.0, 1.0), "holds"),
        ((0.0, 3.0), "undecided"),
        ((3.0, 9.0), "does not hold"),
    ],
)
def test_a_claim_needs_all_its_parts(bounds: tuple[float, ...], verdict: str) -> None:
    runs = {"a": pd.DataFrame({"welfare": [2.0, 3.0, 4.0]})}
    claim = Claim(says="all", parts=tuple(part(above=bound) for bound in bounds))
    assert measure(claim, by_arm(runs), 0.8).verdict == verdict


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"above": None}, "Part: needs one of above, at_least, below and at_most"),
        ({"terms": ()}, "Part: terms: found no term, allowed is one or more"),
        ({"abov": 1.0}, "Part: abov: unknown key, did you mean 'above'?"),
        ({"above": math.nan}, "Part: above: found nan, allowed is"),
    ],
)
def test_what_is_wrong_is_told(change: dict[str, Any], sentence: str) -> None:
    usual = {"label": "something", "terms": (TERM,), "above": 0.0}
    with pytest.raises(ScenarioError) as error:
        Part(**{**usual, **change})
    assert str(error.value).startswith(sentence)


def test_a_claim_without_parts_is_refused() -> None:
    with pytest.raises(ScenarioError, match="parts: found no part"):
        Claim(says="nothing", parts=())
