"""Outlines from files that others have made: what cannot be drawn is refused in one sentence."""

import json
import math

import pytest

from kernegotiate.engine.setting import distances
from kernegotiate.scenario import ScenarioError, load_scenario, read_geometry
from kernegotiate.scenario.shapes import beside, meridian

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
def outlines(study, edit, monkeypatch):
    """Read outlines from a text, beside it, so that no long path shortens a message."""
    monkeypatch.chdir(study.parent)
    edit(study, "[region]", '[region]\ngeometry = "map.geojson"')

    def read(text):
        study.with_name("map.geojson").write_text(text, encoding="utf-8")
        return read_geometry(load_scenario(study.name).region)["features"]

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
def test_what_cannot_be_drawn(outlines, kind, coordinates, message):
    with pytest.raises(ScenarioError) as refusal:
        outlines(a_map(coordinates, kind, "b"))
    where = "map.geojson: the area with the id 'b': "
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


def test_a_map_is_looked_at_when_its_scenario_is_loaded(study, outlines):
    with pytest.raises(ScenarioError, match="there is no area with the id 'a' for Alpha"):
        outlines(json.dumps(collection(a={"id": None})))
    with pytest.raises(ScenarioError, match="there is no area with the id 'a' for Alpha"):
        load_scenario(study)


def test_every_outline_that_is_wrong_is_told(outlines):
    shape = {"type": "Point", "coordinates": [105, 10]}
    with pytest.raises(ScenarioError) as refusal:
        outlines(json.dumps(collection(a={"id": "x"}, b={"geometry": shape})))
    assert [told.removeprefix("map.geojson: ") for told in refusal.value.problems] == [
        "there is no area with the id 'a' for Alpha, known are b, c, x",
        "the area with the id 'b': found a Point, allowed is a Polygon or a MultiPolygon",
    ]


def test_the_property_code_stands_for_an_id(outlines):
    changes = {code: {"id": None, "properties": {"code": code}} for code in "abc"}
    assert len(outlines(json.dumps(collection(**changes)))) == 3


@pytest.mark.parametrize(("codes", "has_map"), [("abc", True), ("xyz", False)])
def test_the_map_of_a_base_goes_with_its_governments(study, outlines, codes, has_map):
    outlines(json.dumps(collection()))
    rows = [
        f"{c},Own {c},1,1,{lon},{lat}" for c, (lon, lat) in zip(codes, BOXES.values(), strict=True)
    ]
    text = "\n".join(["code,name,population,grdp,lon,lat", *rows])
    study.with_name("own.csv").write_text(text, encoding="utf-8")
    own = study.with_name("own.toml")
    own.write_text('based_on = "./study.toml"\n[region]\ngovernments = "own.csv"\n')
    assert (load_scenario(own).region.geometry is not None) is has_map


def test_a_file_can_do_without_the_map_of_its_base(study, outlines):
    outlines(json.dumps(collection()))
    own = study.with_name("own.toml")
    own.write_text('based_on = "./study.toml"\n[region]\ngeometry = ""\n')
    assert load_scenario(own).region.geometry is None


# Where outlines lie

BOXES = {"a": (105.0, 10.0), "b": (105.5, 10.2), "c": (106.0, 10.4)}


def box(lon, lat, half=0.1):
    corners = ((-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1))
    return [[round(lon + x * half, 6), round(lat + y * half, 6)] for x, y in corners]


def collection(boxes=None, **changes):
    """Outlines round the centres of the three governments, some features changed or added."""
    features = {
        code: {
            "type": "Feature",
            "id": code,
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }
        for code, ring in (boxes or {code: box(*centre) for code, centre in BOXES.items()}).items()
    }
    for code, change in changes.items():
        features[code] = features.get(code, {}) | change
    return {"type": "FeatureCollection", "features": list(features.values())}


def refused(outlines, document):
    with pytest.raises(ScenarioError) as refusal:
        outlines(document if isinstance(document, str) else json.dumps(document))
    return str(refusal.value).split("map.geojson: ", 1)[1]


def parts(geometry):
    return {
        tuple(map(tuple, part[0]))
        for part in (
            [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
        )
    }


@pytest.mark.parametrize(
    "second",
    [
        {"type": "Polygon", "coordinates": [box(104, 10.2, 0.05)]},
        {"type": "MultiPolygon", "coordinates": [[box(104, 10.2, 0.05)], [box(103, 9)]]},
    ],
)
def test_several_features_of_one_id_are_one_government(outlines, second):
    document = collection(island={"type": "Feature", "id": "a", "geometry": second})
    document["features"].append({"type": "Feature", "id": "a", "geometry": second})  # said twice
    first, *_ = outlines(json.dumps(document))
    mainland = {"type": "Polygon", "coordinates": [box(*BOXES["a"])]}
    assert first["id"] == "a"
    assert first["geometry"]["type"] == "MultiPolygon"
    assert parts(first["geometry"]) == parts(mainland) | parts(second)
    assert len(first["geometry"]["coordinates"]) == len(parts(first["geometry"]))


def test_a_point_beside_the_area_of_an_id_is_a_label(outlines):
    label = {"id": "a", "geometry": {"type": "Point", "coordinates": [105, 10]}}
    document = collection()
    document["features"].insert(0, label)
    assert outlines(json.dumps(document)) == outlines(json.dumps(collection()))


@pytest.mark.parametrize(
    ("shape", "found"),
    [
        (None, "found no outline"),
        ({}, "found no outline"),
        ({"type": "Point", "coordinates": [105, 10]}, "found a Point"),
        ({"type": "LineString", "coordinates": box(105, 10)}, "found a LineString"),
        ({"type": "GeometryCollection", "geometries": []}, "found a GeometryCollection"),
        ({"type": "polygon", "coordinates": [box(105, 10)]}, "found a polygon"),
        ({"type": [["Polygon"]], "coordinates": [box(105, 10)]}, "found no outline"),
    ],
)
def test_what_is_no_area(outlines, shape, found):
    told = refused(outlines, collection(a={"geometry": shape}))
    assert told == f"the area with the id 'a': {found}, allowed is a Polygon or a MultiPolygon"


@pytest.mark.parametrize(
    ("document", "told"),
    [
        ({"type": "Topology", "objects": {}}, "found TopoJSON, allowed is a FeatureCollection of"),
        ({"type": "Feature", "id": "a"}, "found a single Feature, allowed is a FeatureCollection"),
        ({"type": "Polygon", "coordinates": []}, "found a single Polygon, allowed is a Feature"),
        ({"type": "FeatureCollection"}, "not valid GeoJSON: there is no list of features"),
        ([], "not valid GeoJSON: there is no list of features"),
        ('{"type": "Feature"}\n{"type": "Feature"}', "not valid GeoJSON: Extra data"),
    ],
)
def test_what_is_no_collection(outlines, document, told):
    assert refused(outlines, document).startswith(told)


@pytest.mark.parametrize(
    ("ids", "told"),
    [
        (("a1", "b", "c"), "there is no area with the id 'a' for Alpha, did you mean 'a1'?"),
        ((None, None, None), "there is no area with the id 'a' for Alpha; no feature has an id"),
        ((True, [1], {}), "there is no area with the id 'a' for Alpha; no feature has an id"),
    ],
)
def test_an_id_that_is_not_there(outlines, ids, told):
    changes = {code: {"id": one} for code, one in zip("abc", ids, strict=True)}
    assert refused(outlines, collection(**changes)) == told


@pytest.mark.parametrize("found", ["1", 1, 1.0, "001"])
def test_a_code_without_its_zeros_is_suggested(study, edit, outlines, found):
    edit(study.with_name("cities.csv"), "a,Alpha", "01,Alpha")
    told = refused(outlines, collection(a={"id": found}))
    shown = "001" if found == "001" else "1"
    assert told == f"there is no area with the id '01' for Alpha, did you mean '{shown}'?"


@pytest.mark.parametrize(
    ("held", "what"),
    [
        (
            {"a": {"x": 1, "ma": "a"}, "b": {"x": "a", "ma": "b"}, "c": {"ma": "c"}},
            "code stands in the property 'ma'",
        ),
        (
            {"a": {"NAME": "Alpha"}, "b": {"NAME": "Beta"}, "c": None},
            "name stands in the property 'NAME'",
        ),
    ],
)
def test_codes_and_names_in_properties_are_told(outlines, held, what):
    changes = {code: {"id": None, "properties": own} for code, own in held.items()}
    assert refused(outlines, collection(**changes)) == (
        f"there is no area with the id 'a' for Alpha; its {what}, "
        "allowed is its code as the 'id' beside 'properties'"
    )


def test_numbers_and_decomposed_letters_are_ids(study, edit, outlines):
    edit(study.with_name("cities.csv"), "a,Alpha", "Cần,Alpha")
    edit(study.with_name("cities.csv"), "b,Beta", "92,Beta")
    ids = {"a": {"id": "Câ\u0300n"}, "b": {"id": 92}}
    assert {one["id"] for one in outlines(json.dumps(collection(**ids)))} == {"92", "Cần", "c"}


def test_an_outline_far_from_its_government(outlines):
    boxes = {code: box(*centre) for code, centre in BOXES.items()} | {"b": box(107.5, 10.2)}
    assert refused(outlines, collection(boxes)) == (
        "the area with the id 'b' lies 208 km from Beta, which is at longitude 105.5, latitude 10.2"
    )


@pytest.mark.parametrize(
    "ring",
    [
        box(105.72, 10.2, 0.02),  # a centre 22 km off a small island
        [[104.0, 10.2], [107.0, 9.0], [107.0, 11.4], [106.8, 10.2], [104.0, 10.2]],  # large
        [
            [104, 8],
            [107, 8],
            [107, 12],
            [104, 12],
            [104, 11.9],
            [106.9, 11.9],
            [106.9, 8.1],
            [104, 8],
        ],
    ],
)
def test_a_centre_may_lie_in_a_bay_or_off_the_coast(outlines, ring):
    boxes = {code: box(*centre) for code, centre in BOXES.items()} | {"b": ring}
    assert len(outlines(json.dumps(collection(boxes)))) == 3


def test_outlines_with_each_other_s_ids(outlines):
    boxes = {"a": box(105.6, 10.2, 0.3), "b": box(104.9, 10.0, 0.3), "c": box(*BOXES["c"], 0.05)}
    assert refused(outlines, collection(boxes)) == (
        "the area with the id 'a' lies 32.9 km from Alpha, which is at longitude 105, latitude 10, "
        "in the area with the id 'b' (and 1 more problem)"
    )


@pytest.mark.parametrize(
    ("turn", "hint"),
    [
        (lambda lon, lat: (lat, lon), "; latitude and longitude seem to be swapped, longitude"),
        (lambda lon, lat: (lon * 5e3, lat * 1e5), "; these look like metres, save the map in degr"),
        (lambda lon, lat: (lon * 1e4, 0), "; these look like metres, save the map in degrees (WGS"),
    ],
)
def test_other_coordinates_are_told(outlines, turn, hint):
    boxes = {code: [list(turn(*c)) for c in box(*centre)] for code, centre in BOXES.items()}
    told = refused(outlines, collection(boxes))
    assert told.startswith("the area with the id 'a': found the corner [")
    assert f"{DEGREES}{hint}" in told


def test_a_swap_that_stays_within_degrees_is_told(study, outlines):
    rows = ["code,name,population,grdp,lon,lat", "a,Alpha,1,1,-1.5,7.5", "b,Beta,1,1,-1.2,8.5"]
    study.with_name("cities.csv").write_text("\n".join(rows), encoding="utf-8")
    told = refused(outlines, collection({"a": box(7.5, -1.5), "b": box(8.5, -1.2)}))
    assert told.endswith(
        "latitude 7.5; latitude and longitude seem to be swapped in one of the two "
        "(and 1 more problem)"
    )


FIJI = {"a": (179.9, -16.8), "b": (-179.9, -16.8), "c": (177.7, -17.6)}


@pytest.fixture
def fiji(study):
    rows = [f"{c},Name {c},1000,1000,{lon},{lat}" for c, (lon, lat) in FIJI.items()]
    text = "\n".join(["code,name,population,grdp,lon,lat", *rows])
    study.with_name("cities.csv").write_text(text, encoding="utf-8")
    return study


@pytest.mark.parametrize(
    "shape",
    [
        # Cut in two at the 180th meridian, as the standard has it.
        {
            "type": "MultiPolygon",
            "coordinates": [
                [[[179.8, -17], [180, -17], [180, -16.6], [179.8, -16.6]]],
                [[[-180, -17], [-179.95, -17], [-179.95, -16.6], [-180, -16.6]]],
            ],
        },
        # Not cut, with a jump; counted on beyond 180; counted from the other side.
        *(
            {
                "type": "Polygon",
                "coordinates": [[[w, -17], [e, -17], [e, -16.6], [w, -16.6], [w, -17]]],
            }
            for w, e in ((179.8, -179.95), (179.8, 180.05), (-180.2, -179.95))
        ),
    ],
)
@pytest.mark.usefixtures("fiji")
def test_a_region_across_the_180th_meridian_lies_together(outlines, shape):
    boxes = {code: box(*centre, 0.05) for code, centre in FIJI.items()}
    found = outlines(json.dumps(collection(boxes, a={"geometry": shape})))
    corners = [corner for one in found for ring in parts(one["geometry"]) for corner in ring]
    longitudes = [corner[0] for corner in corners]
    assert (min(longitudes), max(longitudes)) == pytest.approx((177.65, 180.15))
    west_to_east = sorted({lon for ring in parts(found[0]["geometry"]) for lon, _ in ring})
    assert (west_to_east[0], west_to_east[-1]) == pytest.approx((179.8, 180.05))


def test_distances_across_the_180th_meridian(fiji):
    kilometres = distances(load_scenario(fiji).region)
    assert kilometres[0, 1] == pytest.approx(0.2 * 111.2 * math.cos(math.radians(16.8)), rel=0.01)
    assert kilometres[1, 2] > kilometres[0, 2] > 200


@pytest.mark.parametrize(
    ("longitudes", "middle"),
    [([10, 20], 15), ([179, -179], 180), ([-10, 10], 0), ([170, 175, -175], 177.5), ([5], 5)],
)
def test_the_middle_of_a_region(longitudes, middle):
    assert abs(meridian(longitudes)) == pytest.approx(middle)
    assert [beside(one, meridian(longitudes)) % 360 for one in longitudes] == pytest.approx(
        [one % 360 for one in longitudes]
    )
