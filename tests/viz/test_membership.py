"""A voluntary body on the screen: who is outside, why, and a work without all its parties."""

from dataclasses import replace
from itertools import groupby

import pytest

import kernegotiate as kn
from kernegotiate.agents import Event
from kernegotiate.engine.decisions.stay import StayTerms
from viz import joining, map  # noqa: A004
from viz.ballot import seating
from viz.clock import notes
from viz.government import is_of_another
from viz.sheet import sheet
from viz.table import laid
from viz.teller import tell
from viz.view import View
from viz.weighing import label_of
from viz.words import LANGUAGES, Words, speak
from viz_helpers import REGION, model_of, run_of, views_of

ENGLISH, VIETNAMESE = speak("en"), speak("vi")
FUNDED = run_of("conditional_funding", 2, membership="voluntary")
ALL_IN = run_of("conditional_funding", 2)

PLANE = sheet("delta", kn.load_scenario(REGION).region)


@pytest.fixture(scope="module")
def some_in() -> View:
    """Some governments are in the body, some are outside."""
    view = views_of(FUNDED)[24]
    assert 3 < len(view.outside[24]) < 10
    return view


@pytest.fixture(params=LANGUAGES)
def spoken(request: pytest.FixtureRequest) -> Words:
    """The words of each language in turn."""
    return speak(request.param)


def grounds(view: View, chosen: str = "") -> dict[str, str]:
    """How areas are painted that are not plain land."""
    drawn = map.picture(view, PLANE, ENGLISH, chosen)["areas"]
    return {one["code"]: one["ground"] for one in drawn if one["ground"]}


# The map


def test_those_outside_are_hatched_and_nobody_else(some_in: View) -> None:
    painted = grounds(some_in)
    assert set(painted) == some_in.outside[some_in.year]
    assert set(painted.values()) == {"outside"}


def test_nobody_is_hatched_in_a_mandatory_body() -> None:
    assert grounds(views_of(ALL_IN)[24]) == {}


def test_a_chosen_outsider_stays_hatched_on_its_colour(some_in: View) -> None:
    out = min(some_in.outside[some_in.year])
    assert grounds(some_in, out)[out] == "chosen outside"


def test_all_parts_of_an_outsider_are_hatched() -> None:
    view = views_of(run_of("empowered_board", 1, membership="voluntary", mergers="3 92 93 94"))[4]
    assert "92" in view.outside[4]
    assert "93" not in view.outside[4]
    assert {"92", "93", "94"} <= set(grounds(view))


def test_a_tooltip_says_who_is_outside(some_in: View, spoken: Words) -> None:
    for area in map.picture(some_in, PLANE, spoken)["areas"]:
        assert area["told"].endswith(joining.status(some_in, area["code"], spoken))


def test_who_is_outside_has_no_seat(some_in: View) -> None:
    code, work = next(
        (code, work)
        for code, work in some_in.works.items()
        if work.signed and len(some_in.seats(work, work.signed)) < len(work.parties)
    )
    seats = {some_in.numbers[code] for code in some_in.seats(work, work.signed)}
    seen = {seat.party: seat.after for seat in laid(some_in, code, PLANE.spots).seats}
    assert {party for party, seat in seen.items() if seat == "outside"} == set(seen) - seats


# The chips beside the year


def test_a_chip_counts_the_members(some_in: View) -> None:
    there = 13 - len(some_in.outside[some_in.year])
    assert notes((some_in,), ENGLISH)[0] == f"{there} of 13 members"
    assert notes((some_in,), VIETNAMESE)[0] == f"{there}/13 thành viên"
    assert notes((views_of(FUNDED)[0],), ENGLISH)[0] == "0 of 13 members"


def test_a_chip_counts_governments_that_have_merged_once() -> None:
    view = views_of(run_of("empowered_board", 1, membership="voluntary", mergers="3 92 93 94"))[4]
    assert notes((view,), ENGLISH)[0].endswith(" of 11 members")


def test_no_chip_where_all_are_in_and_no_fund_is() -> None:
    assert notes((views_of(run_of("advisory_council"))[24],), ENGLISH) == []


def test_a_chip_of_two_runs_says_both(some_in: View) -> None:
    other = views_of(run_of("advisory_council"))[24]
    assert notes((some_in, other), ENGLISH)[0].endswith(" of 13 members / \N{EN DASH}")


def test_a_chip_tells_what_the_fund_holds_and_owes() -> None:
    run = run_of("statute_planning", 1, bonds=4, levy_rate=0.004)
    model, owed = model_of(run), False
    for view in views_of(run)[1:]:
        model.step()
        [told] = notes((view,), ENGLISH)
        held = max(model.coordinator.fund + model.coordinator.reserved, 0.0)
        if model.coordinator.debt > 0.0:
            debt = ENGLISH.number(model.coordinator.debt)
            assert told == f"fund: 0 billion VND; it owes {debt} billion VND"
            owed = True
        else:
            assert told == f"fund: {ENGLISH.number(held)} billion VND"
    assert owed


# The panel


def test_the_panel_says_since_when(some_in: View) -> None:
    for code in some_in.region.codes:
        told = joining.status(some_in, code, ENGLISH)
        moves = [e for e in some_in.log if e.event in ("joined", "left") and e.government == code]
        if not moves:
            assert told == "Outside the body from the start."
        else:
            place = "Member of" if moves[-1].event == "joined" else "Outside"
            assert told == f"{place} the body since year {moves[-1].year}."


def test_the_panel_is_silent_on_a_mandatory_body() -> None:
    assert joining.status(views_of(ALL_IN)[24], "92", ENGLISH) == ""


def test_the_answer_follows_from_bars_that_add_up(some_in: View, spoken: Words) -> None:
    answers = set()
    for number, answer in enumerate(some_in.answers):
        assert answer is not None
        terms: StayTerms = answer.terms
        code = some_in.region.codes[number]
        assert terms.yes == (code not in some_in.outside[some_in.year])
        drawn = joining.picture(terms, spoken, 12)
        values = [bar["value"] for bar in drawn["series"][0]["data"]]
        assert sum(values) == pytest.approx(terms.value, abs=0.05)
        asked = joining.question(terms, spoken)
        assert (asked.answer == spoken.stay_enough) == (terms.value >= -1e-6) == terms.yes
        answers.add(terms.yes)
    assert answers == {True, False}


def test_a_bar_of_each_kind_has_its_words() -> None:
    terms = StayTerms(5.0, 4.0, 3.0, 2.0, 1.0, 2.0, 1.5, 4.5, True)
    drawn = joining.picture(terms, ENGLISH, 12)
    assert drawn["yAxis"]["data"] == [
        label_of(ENGLISH.stay_terms[name], value, ENGLISH)
        for name, value in {
            "pivotal": 10.0,
            "bill": -8.0,
            "hosted": 6.0,
            "alone": -4.0,
            "net": 2.0,
            "entry": -1.5,
        }.items()
    ]


def test_an_answer_of_the_leader_before_is_told_as_such() -> None:
    run = run_of("conditional_funding", 2, membership="voluntary", years=10, renewal=0.0)
    views = views_of(run)
    assert not any(is_of_another(views[8], number) for number in range(13))
    late = next((view for view in views if view.year == 11), None)
    assert late is not None
    new = {e.government for e in late.log if e.event == "took_office" and e.year == 11}
    codes = late.region.codes
    assert {codes[number] for number in range(13) if is_of_another(late, number)} == new != set()


# The feed


def sentences(view: View, year: int, words: Words = ENGLISH) -> list[str]:
    """What the feed tells of a year."""
    return [line.text for line in tell(view, [e for e in view.log if e.year == year], words)]


TERMS = StayTerms(30.0, 4.0, 10.0, 2.0, -1.0, 2.0, 5.0, 61.0, True)


@pytest.mark.parametrize(
    ("terms", "why"),
    [
        (TERMS, "works that would fail without it are worth 60 billion VND to its leader"),
        (
            TERMS._replace(hosted=90.0),
            "with the body its own works are worth 176 billion VND more to its leader",
        ),
        (TERMS._replace(net=50.0), "it would receive 100 billion VND more than it pays"),
    ],
)
def test_why_one_joins(some_in: View, terms: StayTerms, why: str) -> None:
    [told] = joining.told(some_in, [Event(6, "joined", None, "92", 5.0, terms)], ENGLISH)
    assert told == f"Can Tho joins the body: {why}. Joining costs 5 billion VND."


@pytest.mark.parametrize(
    ("terms", "why"),
    [
        (
            TERMS._replace(bill=70.0),
            "it would pay 140 billion VND for works that others build without it",
        ),
        (
            TERMS._replace(alone=70.0),
            "without the body the same works are worth 120 billion VND more to its leader",
        ),
        (TERMS._replace(net=-70.0), "it would pay 140 billion VND more than it receives"),
    ],
)
def test_why_one_leaves(some_in: View, terms: StayTerms, why: str) -> None:
    left = Event(6, "left", None, "92", 0.0, terms._replace(yes=False))
    assert list(joining.told(some_in, [left], ENGLISH)) == [f"Can Tho leaves the body: {why}."]


def test_a_step_against_the_terms_is_told_without_them(some_in: View) -> None:
    left = Event(6, "left", None, "92", 0.0, TERMS)  # somebody else decided
    assert list(joining.told(some_in, [left], ENGLISH)) == ["Can Tho leaves the body."]


def test_several_are_told_together(some_in: View) -> None:
    moves = [Event(6, "joined", None, code, 5.0, TERMS) for code in ("92", "93", "94", "95", "96")]
    few = list(joining.told(some_in, moves[:3], ENGLISH))
    assert few == ["Can Tho, Hau Giang and Soc Trang join the body. Joining costs 15 billion VND."]
    many = list(joining.told(some_in, moves, VIETNAMESE))
    assert many == [
        "5 trong số 13 địa phương gia nhập cơ quan điều phối. Chi phí gia nhập: 25 tỷ đồng."
    ]


def last_draft(votes: list[Event]) -> list[Event]:
    """The votes on the last draft: nobody votes twice on one."""
    seen: dict[str, Event] = {}
    for vote in reversed(votes):
        if str(vote.government) in seen:
            break
        seen[str(vote.government)] = vote
    return list(seen.values())


def test_who_votes_is_who_has_a_seat(some_in: View) -> None:
    view = views_of(FUNDED)[-1]
    voted = [e for e in view.log if e.event == "voted"]
    kinds = set()
    for (year, code), cast in groupby(voted, key=lambda e: (e.year, e.project)):
        work = view.works[str(code)]
        seats = view.seats(work, year)
        assert {vote.government for vote in last_draft(list(cast))} == set(seats)
        kinds.add((view.is_apart(work, year), len(seats) < len(view.parties(work, year))))
    assert kinds == {(True, False), (False, True), (False, False)}


@pytest.mark.parametrize(("code", "said"), [("en", "Without the body: "), ("vi", "Không qua ")])
def test_talks_without_the_body_say_so(some_in: View, code: str, said: str) -> None:
    view = views_of(FUNDED)[-1]
    ended = [e for e in view.log if e.event in ("agreed", "failed")]
    for year, of_year in groupby(ended, key=lambda e: e.year):
        apart = [view.is_apart(view.works[str(e.project)], year) for e in of_year]
        told = sentences(view, year, speak(code))
        assert sum(text.startswith(said) for text in told) == sum(apart)


def test_who_has_no_seat_is_named_where_talks_end(some_in: View) -> None:
    view = views_of(FUNDED)[-1]
    for event in view.log:
        work = view.works.get(str(event.project))
        if work is None or event.event != "agreed" or view.is_apart(work, event.year):
            continue
        out = [c for c in view.parties(work, event.year) if c in view.outside[event.year]]
        names = [view.region.governments[view.numbers[c]].name for c in out]
        texts = [text for text in sentences(view, event.year) if "Outside the body" in text]
        if names:
            assert any(text.endswith(f"dues: {ENGLISH.names(names)}.") for text in texts)


def test_a_new_work_of_an_outsider_says_so() -> None:
    view = views_of(run_of("empowered_board", 1, membership="voluntary"))[1]
    new = [text for text in sentences(view, 1) if text.startswith("New on the agenda")]
    assert new
    assert all("is outside the body, which has no part in it." in text for text in new)


def test_a_host_alone_in_the_body_has_no_company(some_in: View) -> None:
    work = next(w for w in some_in.works.values() if len(w.parties) > 2)
    view = replace(some_in)
    out = frozenset(set(view.region.codes) - {view.region.codes[work.host]})
    view.__dict__["outside"] = [out] * 25
    [told] = seating(view, Event(24, "voted", work.code, "92", 1.0, None), ENGLISH)
    host = view.region.governments[work.host].name
    assert told == f"No other party than {host} is in the body, which has no part in it."


def test_a_ballot_names_once_who_has_no_seat(some_in: View, spoken: Words) -> None:
    for vote in (e for e in some_in.log if e.event == "voted"):
        work = some_in.works[str(vote.project)]
        told = seating(some_in, vote, spoken)
        out = set(some_in.parties(work, vote.year)) - set(some_in.seats(work, vote.year))
        assert len(told) == bool(out or some_in.is_apart(work, vote.year))


def test_a_mandatory_body_is_told_as_ever() -> None:
    view = views_of(ALL_IN)[-1]
    assert not any(view.outside)
    texts = [text for year in range(1, view.year + 1) for text in sentences(view, year)]
    assert not any("the body" in text for text in texts)
