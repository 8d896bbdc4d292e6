"""What the window draws, without a browser."""

import itertools
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import kernegotiate as kn
from kernegotiate.agents import Event
from kernegotiate.scenario import Region, ScenarioError
from viz import map, outcomes, palette, trust  # noqa: A004
from viz.ballot import reasons
from viz.chart import LARGE, SMALL, print_for
from viz.outline import GIVEN, MOST_DISC, anchors, discs, largest_ring, outlines
from viz.state import Run
from viz.view import View
from viz.words import LANGUAGES, Words, speak
from viz_helpers import REGION, run_of, views_of

ENGLISH = speak("en")
SIZE = 12  # pixels of small print


@pytest.fixture(scope="module")
def council() -> View:
    """The end of a run."""
    return views_of(run_of("advisory_council"))[-1]


@pytest.fixture(params=LANGUAGES)
def spoken(request: pytest.FixtureRequest) -> Words:
    """The words of each language in turn."""
    return speak(request.param)


@cache
def paper() -> map.Sheet:
    """Of the delta's map."""
    return map.sheet("delta", kn.load_scenario(REGION).region)


def drawn(view: View, words: Words = ENGLISH, chosen: str = "") -> list[dict]:
    """The series of the map."""
    return map.picture(view, paper(), words, SIZE, chosen)["series"]


def by_code(series: dict) -> list[dict]:
    """What a series holds, in the order of codes."""
    return sorted(series["data"], key=lambda one: one["name"])


def chips(text: str, style: str) -> int:
    """The number on a chip of a label; 0 without that chip."""
    found = re.search(rf"\{{{style}\|(\d+)\}}", text)
    return int(found[1]) if found else 0


def test_all_provinces_stand_on_the_map_by_name(council: View, spoken: Words) -> None:
    areas, *_, labels = drawn(council, spoken)
    assert [area["name"] for area in areas["data"]] == list(council.region.codes)
    places = zip(council.region.governments, council.leaders, by_code(labels), strict=True)
    for government, leader, label in places:
        assert label["name"] == government.code
        head = label["label"]["formatter"].partition("\n")[0]
        assert head == f"{spoken.place(government)} {{left|{leader.years_left}}}"


def test_what_is_told_of_an_area_is_its_trust_and_its_leaders_time(
    council: View, spoken: Words
) -> None:
    for i, area in enumerate(drawn(council, spoken)[0]["data"]):
        told = area["tooltip"]["formatter"]
        assert spoken.place(council.region.governments[i]) in told
        assert spoken.decimal(council.trusted[i]) in told
        assert told.rstrip().endswith(
            spoken.leader_left.format(years=council.leaders[i].years_left)
        )


def test_only_the_chosen_government_stands_out(council: View) -> None:
    for chosen in ("", "92"):
        option = map.picture(council, paper(), ENGLISH, SIZE, chosen)
        land = option["geo"]["itemStyle"]["areaColor"]
        marked = [one["name"] for one in option["geo"]["regions"]]
        assert [name for name in marked if name in council.region.codes] == [chosen] * bool(chosen)
        for one in option["geo"]["regions"]:
            assert one["itemStyle"]["areaColor"] != land
        assert not any("itemStyle" in area for area in option["series"][0]["data"])


def ends(lines: dict) -> set[tuple[int, int]]:
    """Which governments the lines of a kind join, from where to where."""
    spots = paper().spots
    return {tuple(spots.index(end) for end in line["coords"]) for line in lines["data"]}


def with_works(view: View, *works: dict[str, Any]) -> View:
    """The view with other works than its own, of which only these fields are told."""
    one = next(iter(view.works.values()))
    made = {f"{i}": replace(one, code=f"{i}", **fields) for i, fields in enumerate(works)}
    return replace(view, works=made, events=[], count=0)


def with_breaches(view: View, *breakers: int) -> View:
    """The view, in which so many have broken their promise on its only work this year."""
    codes = view.region.codes
    events = [Event(view.year, "reneged", "0", codes[breaker], 0.0, None) for breaker in breakers]
    return replace(view, events=events, count=len(events))


@pytest.mark.parametrize(
    ("inside", "lines"),
    [
        ((5, 2, 7, 1), {(5, 2), (5, 7), (5, 1)}),
        ((5, 7), {(5, 7)}),
        ((2, 7, 1), {(2, 7), (2, 1)}),  # the host has left
        ((7, 1), {(7, 1)}),
        ((5,), set()),
        ((7,), set()),
        ((), set()),  # the fund alone pays
    ],
)
@pytest.mark.parametrize("status", ["under way", "completed", "dead"])
def test_the_lines_of_a_work_join_those_who_are_in(
    status: str, inside: tuple[int, ...], lines: set[tuple[int, int]], council: View
) -> None:
    work = {"parties": (5, 2, 7, 1), "inside": inside, "status": status}
    _, way, opened, broken, _ = drawn(with_works(council, work))
    assert ends(way) == (lines if status == "under way" else set())
    assert ends(opened) == (lines if status == "completed" else set())
    assert ends(broken) == set()


@pytest.mark.parametrize(
    ("breakers", "inside", "lines"),
    [
        ((2,), (5, 7), {(2, 5)}),
        ((2, 7), (5,), {(2, 5), (7, 5)}),
        ((5,), (2, 7), {(5, 2)}),
        ((5, 2), (7,), {(5, 7), (2, 7)}),  # not to party 2, who broke its promise too
        ((7,), (2,), {(7, 2)}),  # the host has left before
        ((5, 2, 7), (), {(5, 2), (5, 7), (2, 5), (7, 5)}),
        ((7,), (), {(7, 5)}),
    ],
)
def test_a_broken_promise_is_a_line_to_who_kept_it_or_else_along_those_of_the_work(
    breakers: tuple[int, ...],
    inside: tuple[int, ...],
    lines: set[tuple[int, int]],
    council: View,
) -> None:
    work = {"parties": (5, 2, 7), "inside": inside, "status": "under way" if inside else "dead"}
    view = with_breaches(with_works(council, work), *breakers)
    *_, broken, _ = drawn(view)
    assert ends(broken) == lines
    later = replace(view, year=view.year + 1)
    assert ends(drawn(later)[3]) == set()


@pytest.mark.parametrize(
    "coordinator", ["advisory_council", "conditional_funding", "consensus_or_no_money"]
)
def test_all_who_are_in_hang_together_and_no_line_ends_elsewhere(coordinator: str) -> None:
    seen: Counter[str] = Counter()
    for view in views_of(run_of(coordinator)):
        _, way, opened, broken, _ = drawn(view)
        for lines, status in ((way, "under way"), (opened, "completed")):
            deals = [set(w.inside) for w in view.works.values() if w.status == status]
            joined = ends(lines)
            assert all(any({a, b} <= deal for deal in deals) for a, b in joined)
            for deal in deals:
                assert len(deal) < 2 or deal <= {end for pair in joined for end in pair}
            seen[status] += len(joined)
        breaches = [e for e in view.log if e.event == "reneged" and e.year == view.year]
        breakers = {view.numbers[str(e.government)] for e in breaches}
        assert {a for a, _ in ends(broken)} == breakers
        if all(view.works[str(e.project)].inside for e in breaches):
            kept = {party for e in breaches for party in view.works[str(e.project)].inside}
            assert {b for _, b in ends(broken)} <= kept
        seen["broken"] += len(breakers)
    assert min(seen.values()) > 0
    assert len(seen) == 3


def test_lines_are_the_thicker_the_more_works_join_two_and_in_the_colour_of_trust(
    council: View,
) -> None:
    both = {"parties": (5, 2), "inside": (5, 2), "status": "completed"}
    three = {"parties": (5, 2, 7), "inside": (5, 2, 7), "status": "completed"}
    other = {"parties": (2, 7), "inside": (2, 7), "status": "under way"}
    _, way, opened, _, _ = drawn(with_works(council, both, three, other, both))
    spots = paper().spots
    width = {
        tuple(spots.index(end) for end in line["coords"]): line["lineStyle"]["width"]
        for line in (*way["data"], *opened["data"])
    }
    assert width[5, 2] > width[5, 7] == width[2, 7] > 0.0
    for line in drawn(council)[2]["data"]:
        a, b = (spots.index(end) for end in line["coords"])
        trust_of_both = [council.trust[a, b], council.trust[b, a]]
        assert line["value"] == pytest.approx(np.mean(trust_of_both), abs=1e-3)


CITIES = """\
code,name,population,grdp,lon,lat
a,Alpha,100000,1000,105.0,10.0
b,Beta,200000,2000,105.5,10.2
"""
PROJECTS = """\
year,host,parties,cost,build,life,own,spillover,duplicable,touches_land,kind
1,a,a;b,120,3,25,40;40,4,true,true,ring road
1,b,b;a,60,1,20,20;-0.5,0,false,false,port
"""
STUDY = """\
title = "Two cities and perhaps a third"
years = 1
table = "projects.csv"
[region]
governments = "cities.csv"
"""
LONELY = "c,Gamma,300000,3000,106.0,10.4\n"  # is party to nothing


@pytest.mark.parametrize("lonely", ["", LONELY], ids=["two", "a lonely third"])
@pytest.mark.parametrize("coordinator", ["none", "empowered_board"])
def test_nothing_undefined_gets_into_a_picture(
    coordinator: str, lonely: str, tmp_path: Path, spoken: Words
) -> None:
    (tmp_path / "cities.csv").write_text(CITIES + lonely, encoding="utf-8")
    (tmp_path / "projects.csv").write_text(PROJECTS, encoding="utf-8")
    (tmp_path / "study.toml").write_text(STUDY, encoding="utf-8")
    region = kn.load_scenario(tmp_path / "study.toml").region
    drawing = map.sheet("cities", region)
    for view in views_of(Run(str(tmp_path / "study.toml"), coordinator, 1)):
        areas = map.picture(view, drawing, spoken, SIZE)["series"][0]["data"]
        assert [spoken.undefined in area["tooltip"]["formatter"] for area in areas] == (
            [False, False] + [True] * bool(lonely)
        )
        ballots = [e.terms for e in view.log if e.event == "voted"]
        for option in (
            map.picture(view, drawing, spoken, SIZE),
            trust.picture(view, spoken, SIZE),
            outcomes.success([view], spoken, SIZE),
            outcomes.worth([view], spoken, SIZE),
            outcomes.both([view, view], "welfare", spoken, SIZE),
            outcomes.apart([view, view], "welfare", spoken, SIZE),
            *(reasons(terms, spoken, SIZE) for terms in ballots),
        ):
            told = json.dumps(option, allow_nan=False, ensure_ascii=False)
            assert not re.search(r"\bnan\b", told, re.IGNORECASE)
        assert json.dumps([drawing.shapes, drawing.spots, drawing.ratio], allow_nan=False)


@pytest.mark.parametrize("coordinator", ["none", "advisory_council", "empowered_board"])
def test_chips_count_works_and_copies(coordinator: str) -> None:
    for view in views_of(run_of(coordinator))[::5]:
        labels = by_code(drawn(view)[-1])
        works = list(view.works.values())
        for i, label in enumerate(labels):
            text = label["label"]["formatter"]
            hosted = Counter(work.status for work in works if work.host == i)
            assert chips(text, "way") == hosted["under way"]
            assert chips(text, "open") == hosted["completed"]
            assert chips(text, "died") == hosted["dead"]
            assert chips(text, "copy") == sum(i in work.builders for work in works)
        texts = [label["label"]["formatter"] for label in labels]
        latest = view.history.iloc[-1]
        assert sum(chips(text, "open") for text in texts) == latest.completed
        assert sum(chips(text, "died") for text in texts) == latest.died


def test_the_legend_is_of_the_language(council: View, spoken: Words) -> None:
    names = [series["name"] for series in drawn(council, spoken)[1:4]]
    assert names == [spoken.under_way, spoken.opened, spoken.broken]


def test_trust_is_shown_only_between_partners(council: View, spoken: Words) -> None:
    option = trust.picture(council, spoken, SIZE)
    names = [spoken.place(government) for government in council.region.governments]
    assert option["xAxis"]["data"] == [str(number) for number in range(1, len(names) + 1)]
    for row, name, column in zip(
        option["yAxis"]["data"], names, option["xAxis"]["data"], strict=True
    ):
        assert row.split("  ") == [name, column]
    cells = option["series"][0]["data"]
    assert len(cells) == np.isfinite(council.trust).sum() < len(names) ** 2
    for cell in cells:
        column, row, value = cell["value"]
        known = council.trust[row, column]
        assert value == round(known, 4)
        assert cell["tooltip"]["formatter"] == spoken.trust_of.format(
            who=names[row], whom=names[column], trust=spoken.decimal(known)
        )


def test_curves_start_at_nothing_and_are_the_history(council: View) -> None:
    for option, columns in (
        (outcomes.success([council], ENGLISH, SIZE), ["arrived", "signed", "completed", "died"]),
        (outcomes.worth([council], ENGLISH, SIZE), ["first_best", "welfare"]),
    ):
        assert [series["name"] for series in option["series"]] == columns
        assert option["xAxis"]["max"] == council.year > council.years
        for series in option["series"]:
            values = council.history[series["name"]]
            assert series["data"][0] == [0, 0.0]
            assert series["data"] == [[y, round(v, 1)] for y, v in enumerate(values)]


def test_two_runs_and_how_far_the_first_is_ahead() -> None:
    pair = [views_of(run_of(name, 3)) for name in ("none", "empowered_board")]
    ends = [views[-1] for views in pair]
    for views in (ends, [pair[0][7], pair[1][7]], ends[::-1]):
        for column in ("completed", "welfare"):
            one, other = outcomes.both(views, column, ENGLISH, SIZE)["series"]
            assert (one["color"], other["color"]) == (palette.FIRST, palette.SECOND)
            assert one["data"] == [[y, round(v, 1)] for y, v in enumerate(views[0].history[column])]
            (apart,) = outcomes.apart(views, column, ENGLISH, SIZE)["series"]
            assert len(apart["data"]) == max(len(view.history) for view in views)
            for year, difference in apart["data"]:
                first, second = (
                    view.history[column].iloc[min(year, len(view.history) - 1)] for view in views
                )
                assert difference == pytest.approx(first - second, abs=0.051)


def test_every_picture_can_be_saved(council: View, spoken: Words) -> None:
    pair = [council, council]
    vote = next(event for event in council.log if event.event == "voted")
    why = reasons(vote.terms, spoken, SIZE)
    assert why["toolbox"]["top"] + why["toolbox"]["itemSize"] < why["grid"]["top"]
    for option in (
        map.picture(council, paper(), spoken, SIZE),
        trust.picture(council, spoken, SIZE),
        outcomes.success([council], spoken, SIZE),
        outcomes.worth([council], spoken, SIZE),
        outcomes.both(pair, "welfare", spoken, SIZE),
        outcomes.apart(pair, "welfare", spoken, SIZE),
        why,
    ):
        save = option["toolbox"]["feature"]["saveAsImage"]
        assert save["title"]
        assert save["name"] == f"kernegotiate {save['title']}"


@pytest.mark.parametrize(
    ("width", "size"), [(0, SMALL), (1024, SMALL), (1600, 16), (1920, 19), (5000, LARGE)]
)
def test_print_grows_with_the_window(width: int, size: int) -> None:
    assert print_for(width) == size


def test_names_stand_inside_their_areas(council: View) -> None:
    shapes = outlines(council.region)
    for (x, y), feature in zip(anchors(shapes), shapes["features"], strict=True):
        ring = largest_ring(feature["geometry"])
        assert crossings(x, y, ring) % 2 == 1


def test_a_region_without_outlines_gets_discs_that_do_not_touch() -> None:
    region = kn.load_scenario("mekong_delta").region
    bare = region.changed("test", geometry=None)
    shapes = outlines(bare)
    assert [f["properties"]["name"] for f in shapes["features"]] == list(bare.codes)
    for (x, y), g in zip(anchors(shapes), bare.governments, strict=True):
        assert abs(x - g.lon) < 0.02
        assert abs(y - g.lat) < 0.02
    rings = [np.array(shape["coordinates"][0]) for shape in discs(bare)]
    for a, b in itertools.combinations(rings, 2):
        assert np.hypot(*(a[:, None] - b[None]).T).min() > 0.0


def test_discs_are_as_large_as_neighbours_allow_and_much_alike() -> None:
    bandung = kn.load_scenario("bandung").region
    assert bandung.geometry is None
    sizes = [np.ptp(np.array(shape["coordinates"][0])[:, 1]) for shape in discs(bandung)]
    by_name = dict(zip((g.name for g in bandung.governments), sizes, strict=True))
    assert min(by_name, key=by_name.__getitem__) in {"Bandung City", "Cimahi City"}  # neighbours
    assert by_name["Sumedang Regency"] == pytest.approx(MOST_DISC * min(sizes), rel=1e-2)


def test_names_find_room_in_the_order_of_who_is_looked_at_and_who_is_large(council: View) -> None:
    people = {one.code: one.population for one in council.region.governments}
    by_people = sorted(people, key=lambda code: -people[code])
    for chosen in ("", "95"):
        *_, names = drawn(council, chosen=chosen)
        order = [one["name"] for one in names["data"]]
        assert order == sorted(by_people, key=lambda code: code != chosen)


def test_a_name_that_has_no_room_is_told_beside_the_pointer(council: View) -> None:
    areas, *_, names = drawn(council)
    told = {one["name"]: one["tooltip"] for one in areas["data"]}
    assert {one["name"]: one["tooltip"] for one in names["data"]} == told


def given(region: Region) -> dict[str, Any]:
    """An official map of a region: a triangle for each government, heights and all."""
    features = [
        {
            "type": "Feature",
            "id": g.code,
            "properties": {},
            "geometry": {
                "type": "Polygon",
                "coordinates": [
                    [[g.lon + x, g.lat + y, 7.5] for x, y in ((0, 0), (1, 0), (0, 1), (0, 0))]
                ],
            },
        }
        for g in region.governments
    ]
    return {"type": "FeatureCollection", "features": features}


def test_a_map_that_is_given_is_drawn_without_its_heights(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    region, path = kn.load_scenario(REGION).region, tmp_path / "official.geojson"
    path.write_text(json.dumps(given(region)), encoding="utf-8")
    monkeypatch.setenv(GIVEN, str(path))
    drawing = map.sheet("given", region)
    assert len(drawing.spots) == len(region.codes)
    for government, feature in zip(region.governments, drawing.shapes["features"], strict=True):
        corner = [government.lon, government.lat]
        assert feature["geometry"]["coordinates"][0][0] == corner


def test_the_map_of_another_region_is_left_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    region, path = kn.load_scenario(REGION).region, tmp_path / "official.geojson"
    features = given(region)["features"][1:]
    path.write_text(json.dumps({"features": features}), encoding="utf-8")
    monkeypatch.setenv(GIVEN, str(path))
    shapes = outlines(region)
    monkeypatch.delenv(GIVEN)
    assert shapes == outlines(region)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "there is no such file"),
        ("{", "not valid GeoJSON"),
        ("{}", "there is no list of features"),
    ],
)
def test_a_map_that_cannot_be_read_is_told(
    text: str | None, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "official.geojson"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    monkeypatch.setenv(GIVEN, str(path))
    with pytest.raises(ScenarioError, match=message):
        outlines(kn.load_scenario(REGION).region)


def crossings(x: float, y: float, ring: np.ndarray) -> int:
    """How often a ray to the east crosses the ring."""
    return sum(1 for _ in _crossed(x, y, ring))


def _crossed(x: float, y: float, ring: np.ndarray) -> Iterator[int]:
    for i, ((x1, y1), (x2, y2)) in enumerate(itertools.pairwise([*ring, ring[0]])):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            yield i


def test_every_colour_of_the_style_sheet_is_in_the_palette() -> None:
    style = Path(palette.__file__).with_name("style.css").read_text(encoding="utf-8")
    used = set(re.findall(r"var\((--[\w-]+)\)", style))
    known = set(re.findall(r"(--[\w-]+):", palette.sheet() + style))
    assert used <= known
    assert "--under-way: #e69f00;" in palette.sheet()
