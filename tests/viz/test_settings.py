"""The sliders: every setting there is, and no step of a slider that is not allowed."""

import pytest

import kernegotiate as kn
from kernegotiate.batch.factor import Value, parameter
from viz.caps import CAPS
from viz.settings import FIRST, WORLD, Knob, knobs, shown
from viz.state import State, usual
from viz.words import LANGUAGES, speak


def test_all_levers_can_be_moved_and_what_is_assumed_of_leaders_and_trust() -> None:
    levers = [one.name for one in kn.parameters() if one.part == "levers"]
    assert levers
    assert [knob.name for knob in knobs()] == [*levers, *WORLD]


@pytest.mark.parametrize("coordinator", kn.institution_names())
@pytest.mark.parametrize("code", LANGUAGES)
def test_they_are_shown_with_the_preset_in_their_range(coordinator: str, code: str) -> None:
    words, state = speak(code), State(coordinator=coordinator, language=code)
    groups = shown(state, words)
    assert {group["title"] for group in groups} == set(words.groups.values())
    assert [knob["name"] for knob in groups[0]["knobs"]] == list(FIRST)
    assert all(knob["unit"] for knob in groups[0]["knobs"] if knob["type"].endswith("number"))
    assert set(words.units) <= {knob["name"] for group in groups for knob in group["knobs"]}
    told = [knob for group in groups for knob in group["knobs"]]
    assert sorted(knob["name"] for knob in told) == sorted(knob.name for knob in knobs())
    for knob in told:
        assert knob["value"] == usual(state.preset, knob["name"])
        assert not knob["changed"]
        assert knob["told"] == words.value(knob["value"])
        assert knob["usual"] == f"{words.usual}: {knob['told']}"
        if knob["choices"]:
            assert knob["value"] in [choice["value"] for choice in knob["choices"]]
        elif knob["type"] != "flag":
            assert knob["low"] <= knob["value"] <= knob["high"]


def test_a_change_is_shown_beside_what_is_usual() -> None:
    state = State(coordinator="lga").changed("trust", 0.3)
    changed = [k for group in shown(state, speak("en")) for k in group["knobs"] if k["changed"]]
    (trust,) = changed
    told = (trust["name"], trust["told"], trust["usual"])
    assert told == ("trust", "0.3", "as it usually is: 0.5")


@pytest.mark.parametrize(
    ("name", "value"), [("rounds", 50), ("rounds", 20), ("trust", 0.01), ("trust", 1.0)]
)
def test_a_slider_reaches_the_value_that_it_shows(name: str, value: float) -> None:
    """A link may set what no slider would."""
    groups = shown(State().changed(name, value), speak("en"))
    (slider,) = (knob for group in groups for knob in group["knobs"] if knob["name"] == name)
    assert slider["value"] == value
    assert slider["low"] <= value <= slider["high"]
    (usually,) = (knob for knob in knobs() if knob.name == name)
    assert slider["low"] <= usually.low < usually.high <= slider["high"]


def test_no_slider_goes_beyond_what_the_window_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    """A facilitator's own file may start beyond it; a slider never leads there."""
    monkeypatch.setattr(
        "viz.settings.usual", lambda run, name: 900 if name == "rounds" else usual(run, name)
    )
    groups = shown(State(), speak("en"))
    (slider,) = (knob for group in groups for knob in group["knobs"] if knob["name"] == "rounds")
    assert (slider["value"], slider["high"]) == (900, CAPS["rounds"])


def stops(low: float, high: float, step: float) -> list[float]:
    """Where a slider can rest: its ends, and every fifth step, counted from the low end."""
    count = int((high - low) / step + 1e-9)
    return [low, *(low + i * step for i in range(0, count + 1, 5)), low + count * step]


@pytest.mark.parametrize("knob", knobs(), ids=lambda knob: knob.name)
@pytest.mark.parametrize("coordinator", ["none", "statute_planning", "empowered_board"])
def test_wherever_a_slider_rests_is_allowed(coordinator: str, knob: Knob) -> None:
    state = State(coordinator=coordinator)
    here = next(
        one for g in shown(state, speak("en")) for one in g["knobs"] if one["name"] == knob.name
    )
    values: list[Value] = [choice["value"] for choice in here["choices"]]
    if knob.type == "flag":
        values = [False, True]
    elif not values:
        values = [round(value, 10) for value in stops(here["low"], here["high"], here["step"])]
        assert len(values) >= 3
        assert values[-1] > here["high"] - here["step"]
    for value in values:
        moved = state.changed(knob.name, value)
        assert usual(moved.run, knob.name) == value


@pytest.mark.parametrize("knob", knobs(), ids=lambda knob: knob.name)
def test_a_slider_has_some_dozens_of_steps_and_whole_numbers_are_whole(knob: Knob) -> None:
    if knob.type == "whole number":
        assert knob.step == 1
        assert knob.low == int(knob.low)
    elif knob.type == "number":
        assert 15 <= (knob.high - knob.low) / knob.step <= 50
        assert parameter(knob.name).plausible == (knob.low, knob.high)
