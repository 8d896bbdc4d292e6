"""What is told of one government: its votes, and the terms of each."""

import numpy as np
import pytest

from viz.government import AGAINST, FOR, reasons, sums, told, votes
from viz.view import View
from viz.words import LANGUAGES, Words, speak
from viz_helpers import run_of, views_of

ENGLISH = speak("en")


@pytest.fixture(scope="module")
def council() -> View:
    """The end of a run."""
    return views_of(run_of("advisory_council"))[-1]


def test_one_vote_is_told_for_each_motion_the_last(council: View) -> None:
    for code in council.region.codes:
        cast = [e for e in council.log if e.event == "voted" and e.government == code]
        shown = votes(council, code)
        assert len(shown) == len({(e.year, e.project) for e in cast}) <= len(cast)
        assert [e.year for e in shown] == sorted(e.year for e in shown)
        for event in shown:
            same = [e for e in cast if (e.year, e.project) == (event.year, event.project)]
            assert event is same[-1]
    assert any(votes(council, code) for code in council.region.codes)


def test_nobody_has_voted_at_the_start() -> None:
    start = views_of(run_of("advisory_council"))[0]
    assert [votes(start, code) for code in start.region.codes] == [[]] * 13


@pytest.mark.parametrize("words", [ENGLISH, speak("vi")], ids=LANGUAGES)
@pytest.mark.parametrize("coordinator", ["advisory_council", "consensus_or_no_money"])
def test_the_bars_are_the_terms_and_add_up(coordinator: str, words: Words) -> None:
    view = views_of(run_of(coordinator))[-1]
    seen: set[str] = set()
    for event in [e for code in view.region.codes for e in votes(view, code)]:
        option = reasons(event.terms, words, 12)
        labels, bars = option["yAxis"]["data"], option["series"][0]["data"]
        drawn = dict(zip(labels, [bar["value"] for bar in bars], strict=True))
        assert sum(drawn.values()) == pytest.approx(event.terms.honest, abs=0.05)
        for name in (*FOR, *AGAINST):
            value = getattr(event.terms, name) * (1 if name in FOR else -1)
            assert drawn.pop(words.terms[name], 0.0) == pytest.approx(value, abs=0.006)
            seen |= {name} if value else set()
        assert drawn == {}
        for bar in bars:
            assert bar["label"]["position"] == ("right" if bar["value"] > 0 else "left")
            figure = bar["label"]["formatter"]
            assert figure in {words.number(bar["value"] + shift) for shift in (-0.006, 0, 0.006)}
    assert seen >= {"benefit", "credit", "dues", "transaction"}


@pytest.mark.parametrize("coordinator", ["advisory_council", "consensus_or_no_money"])
def test_the_sums_tell_how_a_government_votes(coordinator: str) -> None:
    view, seen = views_of(run_of(coordinator))[-1], set()
    for event in [e for code in view.region.codes for e in votes(view, code)]:
        told = dict(sums(event.terms, ENGLISH))
        keeping, paper = told.pop(ENGLISH.keeping), told.pop(ENGLISH.terms["paper"])
        alone = told.pop(ENGLISH.terms["fall_back"], 0.0)
        lost = told.pop(ENGLISH.terms["withheld"], 0.0)
        assert told == {}
        assert lost <= 0.0
        honest = keeping >= alone + lost and event.terms.dues_fit
        assert (event.amount > 0) == (honest or paper > lost)
        seen |= {"alone"} if alone else set()
        seen |= {"lost"} if lost else set()
    assert "alone" in seen
    assert ("lost" in seen) == (coordinator == "consensus_or_no_money")


def test_a_mean_of_what_is_defined() -> None:
    assert told(np.array([0.2, np.nan, 0.4]), ENGLISH) == (pytest.approx(0.3), "0.30")
    assert told(np.array([np.nan]), ENGLISH) == (0.0, ENGLISH.undefined)
