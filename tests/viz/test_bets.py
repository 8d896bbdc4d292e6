"""Bets: cards, what is bet on them, and what comes out."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from kernegotiate.scenario import ScenarioError, institution_names
from viz.asking import Answer
from viz.bets import apart, known_of, points, summed, told
from viz.cards import cards, played
from viz.debrief import betted
from viz.state import HIGHEST_BET, LOWEST_BET, MOST_BETS, State
from viz.words import LANGUAGES, speak

GUIDE = Path(__file__).resolve().parents[2] / "docs/workshop.md"
WORDS = speak("en")
STATE = State()


def test_the_guide_has_the_same_cards() -> None:
    links = re.findall(r"^\| ([A-H]) \|.*?`/\?page=ask&([^`]*)`", GUIDE.read_text(), re.MULTILINE)
    linked = {letter: State.read("page=ask&" + link).run for letter, link in links}
    assert {card.letter: played(card, STATE) for card in cards()} == linked
    assert len(cards()) == MOST_BETS


@pytest.mark.parametrize("coordinator", institution_names())
def test_cards_can_be_played_under_every_coordinator(coordinator: str) -> None:
    state = replace(STATE, coordinator=coordinator)
    for card in cards():
        scenario, institution = played(card, state).resolved()
        for name, value in card.set.items():
            assert getattr(institution.levers, name, None) == value or value in (
                scenario.leaders.term,
                scenario.behaviour.trust,
            )


def test_a_card_stands_alone_whatever_else_is_moved() -> None:
    moved = STATE.changed("sanction", 2.0).changed("term", 9)
    assert [played(card, moved) for card in cards()] == [played(card, STATE) for card in cards()]


def test_cards_are_said_in_every_language() -> None:
    for code in LANGUAGES:
        assert len({card.told[code] for card in cards()}) == MOST_BETS


def test_bets_go_into_links_one_by_one() -> None:
    state = STATE.with_bet(0, 1).with_bet(3, -5).with_bet(7, 0)
    assert state.bets == (1, None, None, -5, None, None, None, 0)
    assert state.query() == "bets=1___-5____0"
    assert State.read(state.query()) == state
    assert State.read("bets=1___-5").bets == (1, None, None, -5, None, None, None, None)
    back = state.with_bet(0, None).with_bet(3, None).with_bet(7, None)
    assert back == STATE == State.read("bets=_______")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        (f"{HIGHEST_BET + 1}", "whole number in [-20, 80]"),
        (f"{LOWEST_BET - 1}", "whole number in [-20, 80]"),
        ("1.5", "whole number"),
        ("x_1", "“x”"),
        ("--1", "whole number"),
        ("9" * 5000, "whole number"),
        ("1_" * 8, "at most 8 parts"),
    ],
)
def test_no_bets(text: str, part: str) -> None:
    with pytest.raises(ScenarioError, match=re.escape(part)):
        State.read(f"bets={text}")


@pytest.mark.parametrize(
    ("card", "bet"), [(-1, 0), (MOST_BETS, 0), ("1", 0), (True, 0), (0, 81), (0, 0.5), (0, [1])]
)
def test_what_a_page_may_not_bet(card: object, bet: object) -> None:
    with pytest.raises(ScenarioError):
        STATE.with_bet(card, bet)  # type: ignore[arg-type]


def answer(change: float, half: float, *, same: bool = False) -> Answer:
    """An answer with a change of what is bet on."""
    return Answer({}, {"completion_rate": (change, half)}, {}, {}, {}, True, same)


def test_what_comes_out_is_told_in_points() -> None:
    assert apart(answer(0.123, 0.004), "completion_rate") == pytest.approx((12.3, 0.4))
    assert apart(answer(float("nan"), 0.0, same=True), "completion_rate") == (0.0, 0.0)
    assert told((12.3, 0.4), WORDS) == "+12.3 ±0.4"
    assert told((-12.34, 0.4), speak("vi")) == "\N{MINUS SIGN}12,3 ±0,4"
    assert told((0.0, 0.0), WORDS) == "0.0"
    assert [points(value, WORDS) for value in (3, 0, 0.2, -0.2)] == ["+3", "0", "0", "0"]


def test_what_came_out_under_another_coordinator_is_not_shown() -> None:
    found = {played(cards()[6], STATE): (38.1, 0.4)}
    assert known_of(STATE, found) == {6: (38.1, 0.4)}
    assert known_of(replace(STATE, seed=2), found) == {}
    assert known_of(STATE.with_coordinator("lga"), found) == {}


def test_only_bets_whose_truth_is_shown_count() -> None:
    bets = (10, None, 0, *[None] * 5)
    assert summed(bets, {}, WORDS) == ""
    assert "Off by 4.0 points" in summed(bets, {0: (6.0, 0.1)}, WORDS)
    both = summed(bets, {0: (6.0, 0.1), 2: (38.0, 0.4)}, WORDS)
    assert "Bets shown: 2. Off by 21.0" in both
    assert "C does most" in both


def test_the_debrief_lists_bets_with_what_came_out() -> None:
    state = STATE.with_bet(1, 5).with_bet(6, 30)
    first, second = betted(state, {6: (38.1, 0.4)}, WORDS)
    assert [*first[1:]] == ["+5", WORDS.undefined, WORDS.undefined]
    assert first[0].startswith("B ")
    assert [*second[1:]] == ["+30", "+38.1 ±0.4", "8.1"]
    assert betted(STATE, {}, WORDS) == []
