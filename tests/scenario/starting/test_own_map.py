"""Areas of somebody's map: found by code or name, never a wrong one; centres that lie inside."""

import json
from pathlib import Path

import numpy as np
import pytest

from kernegotiate.scenario import read_geometry
from kernegotiate.scenario.shapes import inner_point, inside
from starting_helpers import CITIES, HEADER, SQUARES, collection, feature

NAMES = {code: name for code, name, *_ in CITIES}
BARE = [HEADER[:4], *(row[:4] for row in CITIES)]


def mapped(key=lambda code: code, **properties):
    """A map of the three, with a key and properties that are made of each code."""
    return collection(
        *(
            feature(key(code), *place, **{name: of(code) for name, of in properties.items()})
            for code, place in SQUARES.items()
        )
    )


NONE = mapped(lambda code: None)


@pytest.mark.parametrize(
    ("map_text", "how"),
    [
        (mapped(), "by code, in the id"),
        (mapped(int), "by code, in the id"),
        (mapped(lambda code: f"0{code}"), "by code without leading zeros, in the id"),
        (mapped(lambda code: None, ma=int), "by code, in the property 'ma'"),
        (mapped(lambda code: None, TEN=NAMES.get), "by name, in the property 'TEN'"),
        (
            mapped(lambda code: None, ten=lambda code: f"Tỉnh {NAMES[code].upper()}"),
            "by name, in the property 'ten'",
        ),
    ],
)
def test_areas_are_found_by_code_or_name(make, map_text, how):
    made = make(map_text=map_text)
    assert f"Areas of the map were found {how}." in made.said
    outlines = read_geometry(made.scenario.region)["features"]
    assert [one["id"] for one in outlines] == ["89", "92", "96"]
    for one in outlines:
        west, south = np.array(one["geometry"]["coordinates"][0]).min(axis=0)
        assert (west, south) == pytest.approx(np.array(SQUARES[one["id"]]) - 1 / 6, abs=1e-3)


@pytest.mark.parametrize(
    ("name", "theirs"),
    [
        ("TP. Hồ Chí Minh", "Ho Chi Minh City"),
        ("Thành phố Huế", "Huế"),
        ("Thanh Hóa", "Tỉnh Thanh Hóa"),
        ("Quan Sơn", "Quan Son"),
        ("Bà Rịa - Vũng Tàu", "BA RIA VUNG TAU"),
        ("Tỉnh", "Tinh"),
    ],
)
def test_names_may_be_written_in_other_ways(make, name, theirs):
    other = {"92": theirs, "89": "An Giang", "96": "Ca Mau"}
    rows = [["92", name, *CITIES[0][2:]], *CITIES[1:]]
    made = make(HEADER, *rows, map_text=mapped(lambda code: None, NAME=other.get))
    assert "Areas of the map were found by name, in the property 'NAME'." in made.said


def test_a_name_of_two_areas_finds_none(refused):
    text = json.loads(mapped(lambda code: None, NAME=NAMES.get))
    text["features"].append(feature(None, 100, 10, NAME="Tỉnh Cần Thơ"))
    text["features"].append(feature(None, 100, 11, NAME="Cần-Thơ"))
    told = refused(map_text=json.dumps(text))
    assert told.startswith("own.geojson: 2 of 3 governments were found by name, in the property")
    assert "no area for Can Tho (92" in told


def test_centres_come_from_the_map_where_the_table_has_none(make):
    made = make(*BARE, map_text=mapped())
    places = {one.code: (one.lon, one.lat) for one in made.scenario.region.governments}
    assert places == {code: pytest.approx(place, abs=1e-3) for code, place in SQUARES.items()}
    assert "lon and lat are the centre of the largest part in the map." in made.said


def test_a_centre_that_the_table_gives_stays(make):
    rows = [[*CITIES[0][:4], "105,52", "10,12"], *([*row[:4], "", ""] for row in CITIES[1:])]
    made = make(HEADER, *rows, map_text=mapped())
    tho = made.scenario.region.governments[1]
    assert (tho.lon, tho.lat) == (105.52, 10.12)
    assert "lon and lat of 2 governments are the centre of the largest part in the map." in (
        made.said
    )


def test_areas_of_others_are_left_out_and_told(make):
    text = json.loads(mapped())
    text["features"] += [feature("01", 105.8, 21.0), feature("02", 106, 21.0)]
    made = make(map_text=json.dumps(text))
    assert len(json.loads(Path("mine/map.geojson").read_text(encoding="utf-8"))["features"]) == 3
    assert "Areas of the map without a government in the table were left out: 2." in made.said


@pytest.mark.parametrize(
    ("map_text", "told"),
    [
        (
            collection(
                feature("92", 105.5, 10.1), feature("89", 105.2, 10.5), feature("961", 1, 2)
            ),
            (
                "own.geojson: 2 of 3 governments were found by code, in the id; "
                "no area for Ca Mau (96, did you mean 961?)"
            ),
        ),
        (
            NONE,
            (
                "own.geojson: neither ids nor a property hold the codes or names of "
                "the table, such as '92' or 'Can Tho'"
            ),
        ),
        (
            collection({"type": "Feature", "id": "92", "geometry": None}),
            "own.geojson: found no area, allowed are Polygons and MultiPolygons",
        ),
        (
            # Another office's numbers, which happen to be codes of the table.
            mapped(lambda code: {"92": "89", "89": "96", "96": "92"}[code], ten=NAMES.get),
            (
                "own.geojson: '92' in the id is another area than Can Tho in the property 'ten'; "
                "give the table the map's codes, or no codes"
            ),
        ),
    ],
)
def test_a_map_that_does_not_fit(refused, map_text, told):
    assert refused(map_text=map_text) == told


def test_outlines_must_lie_where_the_table_says(refused):
    rows = [[*CITIES[0][:4], "10,1", "105,5"], *CITIES[1:]]
    assert "lat: found 105.5, allowed is" in refused(HEADER, *rows, map_text=mapped())
    rows = [[*CITIES[0][:4], "115,5", "10,1"], *CITIES[1:]]
    told = refused(HEADER, *rows, map_text=mapped())
    assert told.startswith("own.geojson: the area with the id '92' lies 1,0")
    assert "km from Can Tho" in told


def test_an_outline_without_a_centre_is_told(refused):
    broken = json.loads(mapped())
    broken["features"][0]["geometry"]["coordinates"] = [[[105, 10], [106, 10]]]
    assert refused(*BARE, map_text=json.dumps(broken)).startswith(
        "own.geojson: the area of '92': found [[105, 10], [106, 10]], allowed is a list of 3 or"
    )


# Centres


def ring(*corners):
    return np.array(corners, float)


SICKLE = ring((0, 0), (10, 0), (10, 10), (0, 10), (0, 9), (9, 9), (9, 1), (0, 1))
SQUARE = ring((0, 0), (10, 0), (10, 10), (0, 10))
LAKE = ring((3, 3), (7, 3), (7, 7), (3, 7))


def test_the_centre_of_a_plain_shape_is_its_centroid():
    assert inner_point([ring((0, 0), (6, 0), (0, 3))]) == pytest.approx((2, 1))
    assert inner_point([SQUARE[::-1] + 100.0]) == pytest.approx((105, 105))


@pytest.mark.parametrize("rings", [[SICKLE], [SQUARE, LAKE]], ids=["sickle", "lake"])
def test_a_centre_lies_inside_whatever_the_shape(rings):
    point = np.array([inner_point(rings)])
    assert inside(point, rings[0])[0]
    assert not any(inside(point, hole)[0] for hole in rings[1:])


def test_the_largest_part_counts_on_a_globe(make):
    """A part near the pole is wider in degrees and smaller in fact."""
    text = json.loads(mapped())
    near = text["features"][0]["geometry"]["coordinates"]
    far = [[[105, 84], [106.5, 84], [106.5, 84.3], [105, 84.3], [105, 84]]]
    text["features"][0]["geometry"] = {"type": "MultiPolygon", "coordinates": [far, near]}
    made = make(*BARE, map_text=json.dumps(text))
    assert made.scenario.region.governments[1].lat == pytest.approx(10.1, abs=1e-3)


def test_a_part_across_the_180th_meridian(make):
    text = collection(
        feature("92", 180, 10.1), feature("89", 179.2, 10.5), feature("96", -179.3, 9.05)
    )
    made = make(*BARE, map_text=text)
    assert [abs(one.lon) for one in made.scenario.region.governments] == pytest.approx(
        [179.2, 180, 179.3], abs=1e-3
    )
