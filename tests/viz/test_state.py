"""The state of a page: a link says it all, and what is wrong with a link is told."""

import re
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from time import process_time
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kernegotiate as kn
from kernegotiate.batch.factor import Value, parameter
from kernegotiate.scenario import ScenarioError
from viz.caps import CAPS
from viz.offered import offered
from viz.session import Session
from viz.settings import WORLD, Knob, knobs
from viz.state import (
    HIGHEST_BET,
    LARGEST_SEED,
    LAST_YEAR,
    LOWEST_BET,
    MOST_BETS,
    MOVABLE,
    PAGES,
    Run,
    State,
    usual,
    whole,
)
from viz.words import LANGUAGES, speak
from viz.wrong import NotAllowedError, Wrong

CODES = kn.load_scenario("mekong_delta").region.codes
KNOBS = {knob.name: knob for knob in knobs()}


def allowed(knob: Knob) -> st.SearchStrategy[Value]:
    """Any value that a link may give to a setting, on a step of its slider or between."""
    if knob.type == "flag":
        return st.booleans()
    if knob.type == "choice":
        return st.sampled_from(knob.choices)
    if knob.type == "whole number":
        return st.integers(int(knob.low), int(knob.high))
    return st.floats(knob.low, knob.high)


@st.composite
def states(draw: st.DrawFn) -> State:
    """Any page that a visitor can reach."""
    state = State(
        page=draw(st.sampled_from(PAGES)),
        language=draw(st.sampled_from(LANGUAGES)),
        coordinator=draw(st.sampled_from(kn.institution_names())),
        other=draw(st.sampled_from(kn.institution_names())),
        seed=draw(st.integers(0, LARGEST_SEED)),
        year=draw(st.integers(0, LAST_YEAR)),
        government=draw(st.sampled_from(["", *CODES])),
    )
    for card in draw(st.lists(st.integers(0, MOST_BETS - 1), max_size=3)):
        state = state.with_bet(card, draw(st.integers(LOWEST_BET, HIGHEST_BET)))
    for name in draw(st.lists(st.sampled_from(sorted(KNOBS)), max_size=5, unique=True)):
        state = state.changed(name, draw(allowed(KNOBS[name])))
    return state


@given(states())
def test_a_link_brings_back_the_very_same_page(state: State) -> None:
    assert State.read(state.query()) == state
    assert State.read("?" + state.query()) == state
    assert State.read(state.query()).run.resolved() == state.run.resolved()


def test_the_usual_start_needs_no_query() -> None:
    assert State().query() == ""
    assert State.read("") == State.read("?") == State()


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("page=home", ["page", "“home”", "watch, compare, ask"]),
        ("language=fr", ["language", "“fr”", "en, vi"]),
        ("scenario=mekong", ["scenario", "“mekong”", "mekong_delta", "…"]),
        ("coordinator=lgaa", ["coordinator", "“lgaa”", "lga"]),
        ("other=", ["other", "“”", "empowered_board"]),
        ("seed=-1", ["seed", "“-1”", "whole number in [0, "]),
        ("seed=1.5", ["seed", "“1.5”", "whole number in [0, "]),
        (f"seed={LARGEST_SEED + 1}", ["seed", str(LARGEST_SEED)]),
        (f"seed={'9' * 5000}", ["seed", "whole number in [0, "]),
        ("seed=%C2%B2", ["seed", "whole number in [0, "]),  # a superscript is a digit to Python
        ("year=-1", ["year", "“-1”", str(LAST_YEAR)]),
        ("government=00", ["government", "“00”", CODES[0]]),
        ("goverment=92", ["goverment", "government"]),
        ("changes=1", ["changes"]),
        ("set.trust=2", ["trust", "“2”", "[0, 1]"]),
        ("set.trust=nan", ["trust", "nan", "[0, 1]"]),
        ("set.trust=", ["trust", "“”", "[0, 1]"]),
        ("set.trsut=0.5", ["trsut", "trust, …"]),
        ("set.nope=1", ["nope", "a lever, or an assumption"]),  # no mere likeness is offered
        ("&" * 100, ["link", "at most 100 parts"]),
        ("set.rounds=1.5", ["rounds", "1.5", "whole number"]),
        ("set.rounds=1e400", ["rounds", "1e400", "whole number"]),
        ("set.backstop=1", ["backstop", "“1”", "true, false"]),
        ("set.trust=0,5,0", ["trust", "“0,5,0”", "a number in [0, 1]"]),
        ("set.trust=1,000", ["trust", "“1,000”", "a number in [0, 1]"]),  # one, or a thousand?
        ("set.backstop=0,0", ["backstop", "“0,0”", "true, false"]),
        ("set.trust=%D9%A0.%D9%A5", ["trust", "a number in [0, 1]"]),  # in Arabic-Indic digits
        ("set.term=1_0", ["term", "“1_0”", "whole number"]),
        ("set.trust=0.1&set.trust=0.2", ["set.trust", "“0.1, 0.2”"]),
        ("scenario=" + "x" * 20_000, ["link", "10,000 letters"]),
        ("set.calendar=never", ["calendar", "“never”", "staggered"]),
        ("set.kinds=port", ["kinds", "a lever, or an assumption"]),
        ("set.bad_year=5", ["bad_year", "bad_years"]),
        ("set.year=5", ["year", "a lever, or an assumption"]),
        ("set.years=5", ["years", "a lever, or an assumption"]),
        ("set.cost_min=5", ["cost_min", "a lever, or an assumption"]),
        ("set.overrun=0.3", ["overrun", "a lever, or an assumption"]),
        ("set.changes=41+lga", ["changes", "“41 lga”", "years of [2, 40]"]),
        ("set.changes=9+lga;5+none", ["changes", "“5 none”", "in rising order"]),
        ("set.changes=9+lga;9+none", ["changes", "“9 none”", "in rising order"]),
    ],
)
def test_a_bad_link_gets_one_clear_sentence(query: str, told: list[str]) -> None:
    with pytest.raises(ScenarioError) as caught:
        State.read(query)
    sentence = str(caught.value)
    assert [text for text in told if text not in sentence] == []
    assert "\n" not in sentence
    assert len(sentence) < 250


LEFT = State(coordinator="lga", seed=4, government="92").changed("quota", 0.7)


@pytest.mark.parametrize(
    ("part", "in_english", "in_vietnamese"),
    [
        (
            "set.trust=7",
            "trust: found “7”, allowed is a number in [0, 1]",
            "trust: “7” không hợp lệ, chỉ chấp nhận giá trị trong khoảng [0; 1]",
        ),
        (
            "set.levy_rate=9",
            "levy_rate: found “9”, allowed is a number in [0, 0.5]",
            "levy_rate: “9” không hợp lệ, chỉ chấp nhận giá trị trong khoảng [0; 0,5]",
        ),
        (
            "work=" + "x" * 81,
            f"work: found “{'x' * 40}…”, allowed is a text of at most 80 letters",
            f"work: “{'x' * 40}…” không hợp lệ, chỉ chấp nhận chuỗi dài không quá 80 ký tự",
        ),
        (
            "year=soon",
            "year: found “soon”, allowed is a whole number in [0, 1000]",
            "year: “soon” không hợp lệ, chỉ chấp nhận số nguyên trong khoảng [0; 1000]",
        ),
    ],
)
def test_what_is_right_in_a_link_is_kept_and_the_rest_is_told(
    part: str, in_english: str, in_vietnamese: str
) -> None:
    state, (error,) = State.rescued(f"{part}&{LEFT.query()}")
    assert state == LEFT
    assert isinstance(error, NotAllowedError)
    assert error.told(speak("en")) == in_english
    assert error.told(speak("vi")) == in_vietnamese


def test_a_place_and_a_coordinator_are_read_before_what_depends_on_them() -> None:
    state, wrong = State.rescued(
        "set.quota=0.7&government=ID-32.73&seed=x&coordinator=lga&scenario=bandung"
    )
    assert (state.scenario, state.coordinator, state.government) == ("bandung", "lga", "ID-32.73")
    assert state.changes == (("quota", 0.7),)
    assert [str(error)[:4] for error in wrong] == ["seed"]
    assert State.rescued("government=ID-32.73")[0] == State()


def test_of_two_texts_the_first_counts_and_that_is_told() -> None:
    state, (error,) = State.rescued("seed=5&seed=6&seed=7&year=3")
    assert (state.seed, state.year) == (5, 3)
    assert str(error) == "seed: found “5, 6”, allowed is 5"


def test_settings_that_do_not_fit_together_are_told_in_the_language_of_the_page() -> None:
    state, (error,) = State.rescued("set.social_discount=1e-300&set.trust=0.3")
    assert state == State().changed("trust", 0.3)
    assert isinstance(error, NotAllowedError)
    assert "social_discount" in error.told(speak("en"))
    assert error.told(speak("vi")) == (
        "social_discount: “1e-300” không hợp lệ, "
        "chỉ chấp nhận giá trị phù hợp với kịch bản và các thiết lập khác"
    )


def test_three_faults_are_told_and_the_others_counted() -> None:
    for wrong, counted in ((3, False), (4, True), (12, True)):
        query = "&".join(f"set.odd_{number}=1" for number in range(wrong))
        state, errors = State.rescued(query)
        assert (state, len(errors)) == (State(), wrong)
        for code, more in (("en", "and {} more"), ("vi", "và {} lỗi khác")):
            told = Wrong("bad_link", errors[0], errors[1:]).told(speak(code))
            assert [f"odd_{number}" in told for number in range(4)] == [True, True, True, False]
            assert (more.format(wrong - 3) in told) is counted


@pytest.mark.parametrize("year", [str(LAST_YEAR + 1), "99999", "9" * 5000])
def test_a_year_beyond_all_is_the_last(year: str) -> None:
    assert State.read(f"year={year}&seed=2") == State(year=LAST_YEAR, seed=2)


@pytest.mark.parametrize(
    ("text", "value"), [("0,7", 0.7), (" ,7 ", 0.7), ("0,125", 0.125), ("7,5e-1", 0.75)]
)
def test_decimals_may_follow_a_comma(text: str, value: float) -> None:
    for language in LANGUAGES:
        state = State.read(urlencode({"set.trust": text, "language": language}))
        assert state.changes == (("trust", value),)
        assert f"set.trust={value}" in state.query()
    assert State.read("set.term=6,0").changes == (("term", 6),)


def test_a_hostile_link_is_refused_or_read_in_little_time() -> None:
    longest = "&".join(f"set.{'q' * 80}{number}=1" for number in range(100))
    each = "&".join(f"set.{name}=x{number}" for number, name in enumerate([*KNOBS][:100]))
    for query in (longest, each, f"set.trust={'9' * 9000}", "&" * 9999):
        before = process_time()
        with suppress(NotAllowedError):
            State.rescued(query)
        assert process_time() - before < 1.0  # seconds; a few hundredths when this was written


@pytest.mark.parametrize("law", ["41 lga", "9 lga; 5 none", "1 lga", "12 lgaa", "12 lga bar=x"])
def test_a_bad_later_law_is_told_in_the_language_of_the_page(law: str) -> None:
    with pytest.raises(NotAllowedError) as caught:
        State.read(urlencode({"language": "vi", "set.changes": law}))
    told = caught.value.told(speak("vi"))
    assert " không hợp lệ, chỉ chấp nhận " in told
    assert not {"found", "allowed", "years"} & set(told.split())


@settings(max_examples=300)
@given(st.text(max_size=60), st.sampled_from(["", "set.", "set.trust=", "seed=", "year="]))
def test_whatever_stands_in_a_link_is_read_or_refused(text: str, start: str) -> None:
    try:
        state = State.read(start + text)
    except ScenarioError:
        return
    assert State.read(state.query()) == state


@pytest.mark.parametrize("text", ["0", " 42 ", str(LARGEST_SEED)])
def test_seeds(text: str) -> None:
    assert whole("seed", text, LARGEST_SEED) == int(text)


@pytest.mark.parametrize("text", ["", "x", "-1", "1.0", "1_0", "٣", str(LARGEST_SEED + 1)])
def test_no_seeds(text: str) -> None:
    with pytest.raises(ScenarioError, match="seed: found"):
        whole("seed", text, LARGEST_SEED)


@pytest.mark.parametrize("name", KNOBS)
@pytest.mark.parametrize("coordinator", ["none", "lga", "empowered_board"])
def test_the_value_of_the_preset_is_no_change(coordinator: str, name: str) -> None:
    state = State(coordinator=coordinator)
    preset = usual(state.preset, name)
    assert state.changed(name, preset) == state
    other = another(KNOBS[name], preset)
    changed = state.changed(name, other)
    assert changed.changes == ((name, other),)
    assert usual(changed.run, name) == other
    assert changed.changed(name, preset) == changed.undone(name) == changed.undone() == state


def another(knob: Knob, value: Value) -> Value:
    """Another value of a setting."""
    if knob.type == "flag":
        return not value
    if knob.choices:
        return next(choice for choice in knob.choices if choice != value)
    number = knob.low if value != knob.low else knob.high
    return int(number) if knob.type == "whole number" else float(number)


def test_changes_stand_in_the_order_of_their_names_and_are_undone_one_by_one() -> None:
    one = State().changed("trust", 0.3).changed("quota", 0.5)
    assert one == State().changed("quota", 0.5).changed("trust", 0.3)
    assert one.undone("quota").changes == (("trust", 0.3),)
    assert one.undone("rounds") == one


def test_another_coordinator_brings_its_own_levers_to_the_same_world() -> None:
    state = State().changed("quota", 0.5).changed("trust", 0.3).changed("calendar", "random")
    lga = state.with_coordinator("lga")
    assert lga.coordinator == "lga"
    assert lga.changes == (("calendar", "random"), ("trust", 0.3))
    assert usual(lga.run, "quota") == usual(replace(lga, changes=()).run, "quota")
    assert lga.run.resolved()[1].levers == kn.load_institution("lga").levers


def test_what_is_compared_with_meets_the_same_world_with_levers_as_usual() -> None:
    state = State(other="lga", seed=7).changed("quota", 0.5).changed("trust", 0.3)
    assert state.other_run.changes == (("trust", 0.3),)
    assert (state.other_run.coordinator, state.other_run.seed) == ("lga", 7)
    assert state.run.resolved()[0] == state.other_run.resolved()[0]


def test_what_is_not_allowed_changes_nothing() -> None:
    for name, value in (("trust", 1.5), ("rounds", 0.5), ("backstop", "yes"), ("no_such", 1.0)):
        with pytest.raises(ScenarioError, match=name):
            State().changed(name, value)


@pytest.mark.parametrize("law", ["12 ./own.toml", "12 lga; 20 ./own.toml quota=1"])
def test_no_link_opens_a_file_as_a_later_law(
    law: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    told = set()
    for there in (False, True):
        if there:
            Path("own.toml").write_text('title = "Own"')
        for asked in (law, [{"year": 12, "institution": "./own.toml"}]):
            with pytest.raises(NotAllowedError) as caught:
                State().changed("changes", asked)  # type: ignore[arg-type]
            told.add(str(caught.value))
        with pytest.raises(NotAllowedError):
            State.read(urlencode({"set.changes": law}))
    assert len(told) == 2  # nobody learns whether it is there


@pytest.mark.parametrize("name", CAPS)
def test_what_would_be_work_without_end_is_refused_at_every_door(name: str) -> None:
    most, beyond = CAPS[name], CAPS[name] + 1
    known = parameter(name)
    assert known.validate(beyond) == beyond  # the command line takes it
    state = State().changed(name, most)
    assert State.read(state.query()) == state
    told = set()
    session = Session()
    for refused in (
        lambda: State().changed(name, beyond),
        lambda: State.read(f"set.{name}={beyond}"),
    ):
        with pytest.raises(NotAllowedError) as caught:
            refused()
        told.add(caught.value.told(speak("vi")))
    for door in (
        lambda: session.change(name, beyond),
        lambda: session.open(f"set.{name}={beyond}"),
    ):
        session.wrong.value = None
        door()
        assert session.state.value == State()
        assert session.wrong.value is not None
        told.add(session.wrong.value.error.told(speak("vi")))  # type: ignore[attr-defined]
    (sentence,) = told
    assert re.search(rf"\[{known.low:g}[,;] {most}\]", sentence)


@pytest.mark.parametrize("name", [name for name in CAPS if parameter(name).part == "levers"])
def test_a_later_law_brings_no_endless_work_either(name: str) -> None:
    State.read(urlencode({"set.changes": f"12 lga {name}={CAPS[name]}"}))
    with pytest.raises(NotAllowedError, match=f"{name}: found"):
        State.read(urlencode({"set.changes": f"9 lga; 12 {name}={CAPS[name] + 1}"}))


@pytest.mark.parametrize("name", CAPS)
def test_bounds_are_far_beyond_the_sliders_and_whatever_ships(name: str) -> None:
    plausible = parameter(name).plausible
    assert plausible is not None
    assert CAPS[name] >= 3 * plausible[1]
    known = offered()
    usually = {
        usual(Run(one, body, 1), name) for one in known.scenarios for body in ("none", "lga")
    }
    usually |= {usual(Run("mekong_delta", body, 1), name) for body in known.institutions}
    assert max(map(float, usually)) * 3 <= CAPS[name]


def test_whole_numbers_that_a_visitor_may_set_are_small() -> None:
    """A new one that bounds a loop needs a bound in the window, too."""
    most = {
        one.name: CAPS.get(one.name, one.high)
        for one in kn.parameters()
        if one.part in MOVABLE and one.type == "whole number"
    }
    assert {name: high for name, high in most.items() if high is None or high > 100} == {}


def test_leaders_and_trust_are_no_levers() -> None:
    assert {knob.name for knob in knobs() if parameter(knob.name).part != "levers"} == set(WORLD)


@pytest.mark.parametrize("name", [5, None, ["trust"], {}, 2**70])
def test_what_a_browser_sends_for_a_name(name: object) -> None:
    with pytest.raises(ScenarioError, match="set: found"):
        State().changed(name, 0.5)  # type: ignore[arg-type]
