"""Outlines from files that others have made: what cannot be drawn is refused in one sentence."""

import json

import pytest

from kernegotiate.scenario import ScenarioError, load_scenario, read_geometry

RING = [[104.8, 9.9], [106.4, 9.9], [105.6, 11.1], [104.8, 9.9]]  # all three lie in it or near
DEGREES = "allowed are a longitude from -180 to 180 and a latitude from -90 to 90, in degrees"


def a_map(coordinates, kind="Polygon", code="a"):
    """GeoJSON of the three governments of the study, one of which has these coordinates."""
    features = {
        c: {
            "type": "Feature",
            "id": c,
            "geometry": {"type": "Polygon", "coordinates": [RING]},
            "properties": {"name": c},
        }
        for c in "abc"
    }
    features[code]["geometry"] = {"type": kind, "coordinates": coordinates}
    return json.dumps({"type": "FeatureCollection", "features": list(features.values())})


@pytest.fixture
def outlines(study, edit):
    """Read outlines from a text."""
    edit(study, "[region]", '[region]\ngeometry = "map.geojson"')

    def read(text):
        study.with_name("map.geojson").write_text(text, encoding="utf-8")
        return read_geometry(load_scenario(study).region)["features"]

    return read


def test_heights_are_dropped_and_nothing_else(outlines):
    high = [[*corner, 3.5] for corner in RING]
    hole = [[105.1, 10.05, 2, 1], [105.2, 10.05], [105.2, 10.1, None], [105.1, 10.05]]
    for feature in outlines(a_map([high, hole])):
        assert feature["properties"] == {"name": feature["id"]}
        flat = [RING] if feature["id"] != "a" else [RING, [corner[:2] for corner in hole]]
        assert feature["geometry"] == {"type": "Polygon", "coordinates": flat}
    first, *_ = outlines(a_map([[high], [high, hole]], "MultiPolygon"))
    flat = [[RING], [RING, [corner[:2] for corner in hole]]]
    assert first["geometry"] == {"type": "MultiPolygon", "coordinates": flat}


@pytest.mark.parametrize(
    ("kind", "coordinates", "message"),
    [
        ("Polygon", [], "found [], allowed is a list of 1 or more rings of corners"),
        ("Polygon", None, "found null, allowed is a list of 1 or more rings of corners"),
        ("Polygon", [[]], "found [], allowed is a list of 3 or more corners"),
        ("Polygon", [RING[:2]], "found [[104.8, 9.9], [106.4, 9.9]], allowed is a list of 3 or"),
        ("Polygon", RING, "found [104.8, 9.9], allowed is a list of 3 or more corners"),
        ("Polygon", [[*RING, [105.0]]], f"found the corner [105.0], {DEGREES}"),
        ("Polygon", [[*RING, ["105", 10]]], f'found the corner ["105", 10], {DEGREES}'),
        ("Polygon", [[*RING, [105, None]]], f"found the corner [105, null], {DEGREES}"),
        ("Polygon", [[*RING, [True, 10]]], f"found the corner [true, 10], {DEGREES}"),
        ("Polygon", [[*RING, [float("nan"), 10]]], f"found the corner [NaN, 10], {DEGREES}"),
        ("Polygon", [[*RING, [580000, 1100000]]], f"found the corner [580000, 1100000], {DEGREES}"),
        ("Polygon", [RING, []], "found [], allowed is a list of 3 or more corners"),
        ("MultiPolygon", [], "found [], allowed is a list of 1 or more parts"),
        ("MultiPolygon", [[RING], []], "found [], allowed is a list of 1 or more rings"),
        ("MultiPolygon", [RING], "found [104.8, 9.9], allowed is a list of 3 or more corners"),
        ("MultiPolygon", [[[*RING, 105.0]]], f"found the corner 105.0, {DEGREES}"),
    ],
)
def test_what_cannot_be_drawn(study, outlines, kind, coordinates, message):
    with pytest.raises(ScenarioError) as refusal:
        outlines(a_map(coordinates, kind, "b"))
    where = f"{study.with_name('map.geojson')}: the area with the id 'b': "
    assert str(refusal.value).startswith(where + message)


def test_much_that_was_found_is_told_in_few_letters(outlines):
    with pytest.raises(ScenarioError, match=r'found "x{39}\.\.\., allowed'):
        outlines(a_map("x" * 500))


@pytest.mark.parametrize(
    ("text", "message"),
    [("[" * 100_000, "nested too deeply"), ("[" + "9" * 5000 + "]", "not valid GeoJSON")],
)
def test_no_trap_for_the_reader(outlines, text, message):
    with pytest.raises(ScenarioError, match=message):
        outlines(text)


def test_areas_of_others_are_not_looked_at(outlines):
    text = json.loads(a_map([RING]))
    text["features"].append({"id": "z", "geometry": {"type": "Polygon", "coordinates": []}})
    assert [feature["id"] for feature in outlines(json.dumps(text))] == ["a", "b", "c"]
