"""What the window draws, without a browser."""

import itertools
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import kernegotiate as kn
from kernegotiate.scenario import Region, ScenarioError
from viz import map, outcomes, palette, trust  # noqa: A004
from viz.ballot import reasons
from viz.chart import LARGE, SMALL, print_for
from viz.outline import GIVEN, MOST_DISC, anchors, discs, largest_ring, outlines
from viz.sheet import sheet
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
    drawing = sheet("cities", region)
    for view in views_of(Run(str(tmp_path / "study.toml"), coordinator, 1)):
        areas = map.picture(view, drawing, spoken)["areas"]
        assert [spoken.undefined in area["told"] for area in areas] == (
            [False, False] + [True] * bool(lonely)
        )
        ballots = [e.terms for e in view.log if e.event == "voted"]
        for option in (
            map.picture(view, drawing, spoken, deal=1),
            trust.picture(view, spoken, SIZE),
            outcomes.success([view], spoken, SIZE),
            outcomes.worth([view], spoken, SIZE),
            outcomes.both([view, view], "welfare", SIZE),
            outcomes.apart([view, view], "welfare", SIZE),
            *(reasons(terms, spoken, SIZE) for terms in ballots),
        ):
            told = json.dumps(option, allow_nan=False, ensure_ascii=False)
            assert not re.search(r"\bnan\b", told, re.IGNORECASE)
        assert json.dumps([drawing.areas, drawing.spots, drawing.width], allow_nan=False)


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
            latest = ENGLISH.number(series["data"][-1][1])
            assert series["endLabel"]["formatter"].split()[0] == latest
            values = council.history[series["name"]]
            assert series["data"][0] == [0, 0.0]
            assert series["data"] == [[y, round(v, 1)] for y, v in enumerate(values)]


def test_two_runs_and_how_far_the_first_is_ahead() -> None:
    pair = [views_of(run_of(name, 3)) for name in ("none", "empowered_board")]
    ends = [views[-1] for views in pair]
    for views in (ends, [pair[0][7], pair[1][7]], ends[::-1]):
        for column in ("completed", "welfare"):
            one, other = outcomes.both(views, column, SIZE)["series"]
            assert (one["color"], other["color"]) == (palette.FIRST, palette.SECOND)
            assert one["data"] == [[y, round(v, 1)] for y, v in enumerate(views[0].history[column])]
            (apart,) = outcomes.apart(views, column, SIZE)["series"]
            assert len(apart["data"]) == max(len(view.history) for view in views)
            for year, difference in apart["data"]:
                first, second = (
                    view.history[column].iloc[min(year, len(view.history) - 1)] for view in views
                )
                assert difference == pytest.approx(first - second, abs=0.051)


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
    assert len(sheet("given", region).areas) == len(region.codes)
    for government, feature in zip(region.governments, outlines(region)["features"], strict=True):
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
