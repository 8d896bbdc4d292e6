"""What the map shows of each government and of what stands there, without a browser."""

import json
from collections import Counter

import pytest

import kernegotiate as kn
from viz import deals, forms, map  # noqa: A004
from viz.sheet import sheet
from viz.view import View
from viz.words import LANGUAGES, Words, speak
from viz_helpers import REGION, run_of, views_of

ENGLISH = speak("en")
PLANE = sheet("delta", kn.load_scenario(REGION).region)


@pytest.fixture(scope="module")
def council() -> View:
    """The end of a run."""
    return views_of(run_of("advisory_council"))[-1]


@pytest.fixture(params=LANGUAGES)
def spoken(request: pytest.FixtureRequest) -> Words:
    """The words of each language in turn."""
    return speak(request.param)


def test_all_governments_stand_on_the_map_by_name(council: View, spoken: Words) -> None:
    drawn = map.picture(council, PLANE, spoken)
    assert [area["code"] for area in drawn["areas"]] == list(council.region.codes)
    names = {place["code"]: place["name"] for place in drawn["places"]}
    assert names == {g.code: spoken.place(g) for g in council.region.governments}
    for place in drawn["places"]:
        assert place["spot"] == PLANE.spots[council.numbers[place["code"]]]


def test_what_is_told_of_an_area_is_its_trust_and_its_leaders_time(
    council: View, spoken: Words
) -> None:
    for i, area in enumerate(map.picture(council, PLANE, spoken)["areas"]):
        assert spoken.place(council.region.governments[i]) in area["told"]
        assert spoken.decimal(council.trusted[i]) in area["told"]
        left = spoken.leader_left.format(years=council.leaders[i].years_left)
        assert area["told"].endswith(left)


@pytest.mark.parametrize("chosen", ["", "92"])
def test_only_the_chosen_government_stands_out(council: View, chosen: str) -> None:
    areas = map.picture(council, PLANE, ENGLISH, chosen)["areas"]
    assert [one["code"] for one in areas if one["ground"]] == [chosen] * bool(chosen)


def test_names_find_room_in_the_order_of_who_is_looked_at_and_who_is_large(council: View) -> None:
    people = {one.code: one.population for one in council.region.governments}
    by_people = sorted(people, key=lambda code: -people[code])
    for chosen in ("", "95"):
        places = map.picture(council, PLANE, ENGLISH, chosen)["places"]
        assert [one["code"] for one in places] == sorted(by_people, key=lambda one: one != chosen)


def test_who_sits_at_the_table_finds_room_before_others(council: View) -> None:
    for code, work in council.works.items():
        places = map.picture(council, PLANE, ENGLISH, work=code)["places"]
        first = {council.numbers[one["code"]] for one in places[: len(work.parties)]}
        assert first == set(work.parties)


@pytest.mark.parametrize("coordinator", ["none", "advisory_council", "empowered_board"])
def test_marks_are_the_works_that_stand_there(coordinator: str) -> None:
    for view in views_of(run_of(coordinator))[::5]:
        works, total = list(view.works.values()), Counter[str]()
        for place in map.picture(view, PLANE, ENGLISH)["places"]:
            number = view.numbers[place["code"]]
            hosted = Counter(work.status for work in works if work.host == number)
            expected = {
                "opened": hosted["completed"],
                "way": hosted["under way"],
                "died": hosted["dead"],
                "copy": sum(number in work.builders for work in works),
            }
            counts = {mark["form"]: mark["count"] for mark in place["marks"]}
            assert counts == {form: n for form, n in expected.items() if n}
            for mark in place["marks"]:
                assert len(mark["works"]) == mark["count"]
                assert len(mark["icons"]) == (mark["count"] if mark["form"] == "opened" else 0)
            total.update(counts)
        latest = view.history.iloc[-1]
        assert (total["opened"], total["died"]) == (latest.completed, latest.died)


def test_every_usual_kind_of_work_has_an_icon_of_its_own() -> None:
    kinds = {kind.name for kind in kn.load_scenario(REGION).projects.kinds}
    assert kinds == set(forms.ICONS)
    assert len(set(forms.ICONS.values())) == len(kinds)


def test_a_mark_says_what_it_is_and_of_which_works(council: View, spoken: Words) -> None:
    for place in map.picture(council, PLANE, spoken)["places"]:
        for mark in place["marks"]:
            assert mark["told"].startswith(f"{spoken.forms[mark['form']]}: ")
            for code in mark["works"]:
                assert map.name(council, council.works[code], spoken) in mark["told"]


def test_the_deal_that_is_told_is_the_table_and_later_ones_are_not_seen_yet() -> None:
    view = next(
        view
        for view in views_of(run_of("consensus_or_no_money"))
        if len(deals.of_year(view)) > 3 and view.now.get("opened")
    )
    last = deals.of_year(view)[-1]
    opened = sorted(view.now["opened"], key=deals.of_year(view).index)
    before = deals.of_year(view).index(opened[0])
    for deal, there in ((before, False), (before + 1, True)):
        if deal:
            drawn = map.picture(view, PLANE, ENGLISH, deal=deal)
            seen = [
                code
                for place in drawn["places"]
                for mark in place["marks"]
                if mark["form"] == "opened"
                for code in mark["works"]
            ]
            assert (opened[0] in seen) == there
            assert drawn["table"]["key"].endswith(deals.of_year(view)[deal - 1])
    assert map.picture(view, PLANE, ENGLISH)["table"] is None
    assert map.picture(view, PLANE, ENGLISH, work=last)["table"]["key"].endswith(last)


def test_no_two_deals_have_the_key_of_a_table_in_common() -> None:
    keys = [
        map.picture(view, PLANE, ENGLISH, deal=deal)["table"]["key"]
        for view in views_of(run_of("advisory_council"))
        for deal in range(1, len(deals.of_year(view)) + 1)
    ]
    assert len(set(keys)) == len(keys) > 100


def test_why_a_good_work_died_is_told_in_a_few_words(council: View, spoken: Words) -> None:
    told = {}
    for code, work in council.works.items():
        table = map.picture(council, PLANE, spoken, work=code)["table"]
        told[code] = table["cause"]
        if work.causes:
            strongest, weight = max(work.causes, key=lambda one: one[1])
            assert table["cause"] == (spoken.cause_words[strongest] if weight >= 0.2 else "")
        else:
            assert table["cause"] == ""
    assert len(set(told.values())) > 2
    assert all(len(cause.split()) <= 6 for cause in told.values())


def test_a_picture_goes_over_the_network(council: View) -> None:
    for deal in range(len(deals.of_year(council)) + 1):
        drawn = map.picture(council, PLANE, ENGLISH, deal=deal)
        assert json.loads(json.dumps(drawn, allow_nan=False))["areas"]
