"""Of which regions a map is, that somebody gave."""

import pytest

from kernegotiate.scenario import load_scenario, shipped
from kernegotiate.scenario.coverage import is_of
from kernegotiate.scenario.geometry import read_areas

MAPS = shipped("scenarios") / "regions"


@pytest.mark.parametrize("name", ["mekong_delta", "ker_south", "northern_midlands", "vietnam_63"])
def test_a_map_of_the_country_is_one_of_its_regions(name: str) -> None:
    areas = read_areas(MAPS / "vietnam_63" / "provinces.geojson")
    assert is_of(areas, load_scenario(name).region)


@pytest.mark.parametrize(
    "name",
    [
        "vietnam_34",
        "red_river_delta_2025",
        "northern_midlands_2025",
        "north_central_coast_2025",
        "central_highlands_2025",
        "southeast_2025",
        "mekong_delta_2025",
    ],
)
def test_a_map_of_the_parts_is_none_of_those_that_became_one(name: str) -> None:
    region = load_scenario(name).region
    parts = read_areas(MAPS / "vietnam_63" / "provinces.geojson")
    assert parts.keys() >= set(region.codes)
    assert not is_of(parts, region)
    assert is_of(read_areas(MAPS / "vietnam_34" / "provinces.geojson"), region)


def test_what_is_not_of_the_region_need_not_be_right() -> None:
    delta = load_scenario("mekong_delta").region
    areas = read_areas(MAPS / "mekong_delta" / "provinces.geojson")
    broken = [{"geometry": shape} for shape in (None, {}, {"type": "Polygon", "coordinates": [3]})]
    assert is_of(areas | {"x": broken}, delta)
    assert not is_of({code: one for code, one in areas.items() if code != "92"}, delta)
    assert is_of(dict.fromkeys("ABC", broken), load_scenario("three_towns").region)
