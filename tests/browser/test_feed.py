"""What the window tells: sentences on the events of a run, and the words of the page."""

import pytest

import kernegotiate as kn
from kernegotiate.agents import Event
from viz import feed
from viz.controls import as_seed, tell_year
from viz.teller import Line, tell
from viz.view import View, look
from viz.words import ENGLISH


def last(coordinator: str, **overrides: object) -> View:
    """The end of a run."""
    model = kn.RegionModel(coordinator=coordinator, rng=1, **overrides)
    while not model.is_over:
        model.step()
    return look(model)


@pytest.fixture(scope="module")
def council() -> View:
    """A run whose first work is the port of Tra Vinh, with six parties."""
    return last("advisory_council")


def story(view: View, *happened: tuple[str, str | None, float]) -> list[str]:
    """The sentences on the first work of a view: (event, name of a government, amount)."""
    code = next(iter(view.works))
    codes = {name: c for c, name in view.names.items()} | {None: None}
    events = [Event(3, event, code, codes[name], amount, None) for event, name, amount in happened]
    return [line.text for line in tell(view, events, ENGLISH)]


def test_a_failed_motion_names_those_who_refused_its_last_draft(council: View) -> None:
    parties = ["Tra Vinh", "Ben Tre", "Soc Trang", "Vinh Long", "Tien Giang", "Hau Giang"]
    first = [("voted", name, float(name == "Tra Vinh")) for name in parties]
    second = [("voted", name, float(name != "Ben Tre")) for name in parties]
    nobody = [("voted", name, 0.0) for name in parties]
    failed = ("failed", None, 0.0)
    assert story(council, *first, *second, failed) == [
        "The port of Tra Vinh fails; Ben Tre refuses."
    ]
    assert story(council, *second, *first, failed) == [
        f"The port of Tra Vinh fails; {', '.join(parties[1:5])} and Hau Giang refuse."
    ]
    assert story(council, *nobody, failed) == ["The port of Tra Vinh fails; all 6 parties refuse."]
    assert story(council, failed) == ["The port of Tra Vinh fails."]  # tied to another work


def test_a_broken_promise_and_what_became_of_the_work(council: View) -> None:
    one = ("reneged", "Ben Tre", 5.0)
    broken = "Ben Tre breaks its promise on the port of Tra Vinh"
    assert story(council, one) == [f"{broken}; the others carry the share."]
    assert story(council, one, ("taken_over", None, 5.0)) == [
        f"{broken}; the fund carries the share."
    ]
    assert story(council, one, ("died", None, 0.4)) == [
        f"{broken}; the work dies with 40\N{NO-BREAK SPACE}% paid."
    ]
    assert story(council, one, ("fined", "Ben Tre", 2.0), ("died", None, 0.0)) == [
        f"{broken}; the work dies before anything is paid. Ben Tre pays a fine."
    ]
    assert story(council, one, ("reneged", "Hau Giang", 5.0)) == [
        broken.replace("Ben Tre breaks its promise", "Ben Tre and Hau Giang break their promises")
        + "; the others carry the share."
    ]


def test_the_other_news(council: View) -> None:
    assert story(council, ("agreed", None, 6.0)) == ["All 6 parties sign the port of Tra Vinh."]
    assert story(council, ("agreed", None, 4.0)) == [
        "4 of 6 parties sign the port of Tra Vinh, which binds them all."
    ]
    assert story(council, ("approved", None, 1.2)) == [
        "The coordinator approves the port of Tra Vinh and binds its 6 parties."
    ]
    assert story(council, ("refused", None, 0.946)) == [
        "The coordinator refuses the port of Tra Vinh: it expects benefits of 0.95 times the costs."
    ]
    assert story(council, ("opened", None, 9.0)) == ["The port of Tra Vinh opens."]
    assert story(council, ("copied", "Ben Tre", 9.0)) == [
        "Ben Tre goes alone and builds a copy of the port of Tra Vinh."
    ]
    assert story(council, ("expired", None, 0.0)) == [
        "The port of Tra Vinh leaves the agenda unsigned."
    ]


def test_payments_and_first_leaders_are_no_news(council: View) -> None:
    assert story(council, ("paid", "Ben Tre", 9.0), ("tabled", None, 1.0)) == []
    first = [event for event in council.log if event.event == "took_office" and event.year == 1]
    assert tell(council, first, ENGLISH) == []
    assert tell(council, [first[0]._replace(year=6)], ENGLISH) == [
        Line("other", "Long An has a new leader.")
    ]


@pytest.mark.parametrize("coordinator", kn.institution_names())
def test_every_year_of_every_coordinator_can_be_told(coordinator: str) -> None:
    view = last(coordinator)
    told = feed.chapters(view, ENGLISH)
    assert [chapter["heading"] for chapter in told] == [
        f"Year {year}" for year in range(view.year, 0, -1)
    ]
    lines = [line["text"] for chapter in told for line in chapter["lines"]]
    assert not any(line[0].islower() or line[-1] != "." for line in lines)
    assert not any("{" in line or "}" in line or "nan" in line for line in lines)
    assert sum("opens" in line for line in lines) == view.history.completed.iloc[-1]
    assert sum("the work dies" in line for line in lines) == view.history.died.iloc[-1]


def test_tied_motions_can_be_told() -> None:
    lines = feed.chapters(last("advisory_council", linkage=3, rate=0.5, years=6), ENGLISH)
    assert lines


def test_names_are_listed() -> None:
    names = ["A", "B", "C", "D"]
    told = [ENGLISH.names(names[:n]) for n in range(5)]
    assert told == ["", "A", "A and B", "A, B and C", "A, B, C and D"]


def test_numbers() -> None:
    assert ENGLISH.number(-1234567.8) == "\N{MINUS SIGN}1,234,568"
    assert ENGLISH.percent(float("nan")) == "\N{EN DASH}"
    assert [ENGLISH.nth(n) for n in (2, 10, 11)] == ["second", "tenth", "11th"]


def test_the_year() -> None:
    told = years_of("none")
    assert told[0] == "Year 0 of 40"
    assert told[40] == "Year 40 of 40"
    assert told[41] == "Year 41, winding up"
    assert told[-1] == f"Year {len(told) - 1}, all settled"


def test_seeds() -> None:
    assert [as_seed(text) for text in ("0", " 42 ", str(2**63 - 1))] == [0, 42, 2**63 - 1]
    assert {as_seed(text) for text in ("", "x", "-1", "1.0", "1_0", "٣", str(2**63))} == {None}


def years_of(coordinator: str) -> list[str]:
    """What the page says of each year of a run."""
    model = kn.RegionModel(coordinator=coordinator, rng=1)
    told = [tell_year(look(model), ENGLISH)]
    while not model.is_over:
        model.step()
        told.append(tell_year(look(model), ENGLISH))
    return told
