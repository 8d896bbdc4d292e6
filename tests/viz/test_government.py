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
        labels = option["yAxis"]["data"]
        values = [bar["value"] for bar in option["series"][0]["data"]]
        assert sum(values) == pytest.approx(event.terms.honest, abs=0.05)
        drawn = dict(zip(labels, values, strict=True))
        for name in (*FOR, *AGAINST):
            value = getattr(event.terms, name) * (1 if name in FOR else -1)
            label = f"{words.terms[name]}: {words.number(value)}"
            assert drawn.pop(label, 0.0) == pytest.approx(value, abs=0.006)
            seen |= {name} if value else set()
        assert drawn == {}
    assert seen >= {"benefit", "credit", "dues", "transaction"}


@pytest.mark.parametrize("coordinator", ["advisory_council", "consensus_or_no_money"])
def test_the_sums_tell_how_a_government_votes(coordinator: str) -> None:
    view, answers = views_of(run_of(coordinator))[-1], set()
    for event in [e for code in view.region.codes for e in votes(view, code)]:
        told = dict(sums(event.terms, ENGLISH))
        keeping, paper = told.pop(ENGLISH.keeping), told.pop(ENGLISH.terms["paper"])
        refusing = told.pop(ENGLISH.refusing)
        assert told == {}
        honest = keeping >= refusing and event.terms.dues_fit
        on_paper = paper > -event.terms.withheld
        assert (event.amount > 0) == (honest or on_paper)
        answers |= {"yes" if honest else "on paper" if on_paper else "no"}
    assert answers == {"yes", "on paper", "no"}


def test_a_mean_of_what_is_defined() -> None:
    assert told(np.array([0.2, np.nan, 0.4]), ENGLISH) == (pytest.approx(0.3), "0.30")
    assert told(np.array([np.nan]), ENGLISH) == (0.0, ENGLISH.undefined)
