"""The tool that writes the regions: what it makes of rows and outlines."""

import pytest

from kernegotiate.scenario import load_scenario, shipped
from tools.regions import abroad, vietnam
from tools.regions.declared import declared
from tools.regions.outlines import give_back_islands, rounded, without_rocks
from tools.regions.unit import Unit
from tools.regions.writing import plain

SQUARE = [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0], [0.0, 0.0]]
ISLAND = [[106.5, 8.6], [106.7, 8.6], [106.7, 8.8], [106.5, 8.6]]


def unit(code: str, name: str) -> Unit:
    return Unit(code, name, "", 1, 1.0, 0.0, 0.0, "derived")


def test_every_declared_region_was_written_as_declared() -> None:
    for region in declared():
        scenario = load_scenario(region.name)
        assert (scenario.title, scenario.title_vi) == (region.title, region.title_vi)
        assert (scenario.country, scenario.country_vi) == region.country
        assert scenario.evidence == region.evidence
        text = (shipped("scenarios") / "regions" / region.name / "SOURCES.md").read_text("utf-8")
        assert all(remark in text for remark in region.remarks)


def test_rounding_keeps_what_neighbours_share() -> None:
    left = rounded([[0.0, 0.0], [1.00011, 2.00049], [1.00012, 2.0004], [0, 0]])
    right = rounded([[1.00011, 2.00049], [3.0, 3.0], [1.00011, 2.00049]])
    assert left == [[0.0, 0.0], [1.0, 2.0], [0.0, 0.0]]
    assert right[0] in left


def test_rocks_are_left_out_and_islands_stay() -> None:
    rock = [[x / 100, y / 100] for x, y in SQUARE]
    island = [[x / 10, y / 10] for x, y in SQUARE]
    assert without_rocks({"a": [[SQUARE], [rock], [island]]}) == {"a": [[SQUARE], [island]]}


def test_con_dao_goes_to_whom_it_belongs() -> None:
    shapes = {"94": [[SQUARE], [ISLAND]], "77": [[SQUARE]], "92": [[SQUARE]], "79": [[SQUARE]]}
    give_back_islands(shapes)
    assert shapes["94"] == [[SQUARE]]
    assert shapes["77"] == [[SQUARE], [ISLAND]]


def test_a_merged_province_finds_the_member_whose_name_it_bears() -> None:
    members = [unit("46", "Thua Thien Hue"), unit("45", "Quang Tri"), unit("44", "Quang Binh")]
    assert vietnam.namesake("Hue", members).code == "46"
    assert vietnam.namesake("Quang Tri", members).code == "45"
    with pytest.raises(ValueError, match="no member is called Da Nang"):
        vietnam.namesake("Da Nang", members)


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("Fairfax County + Fairfax + Falls Church, VA", "Fairfax"),
        ("Alexandria, VA", "Alexandria"),
        ("Macao SAR", "Macao"),
        ("Bandung Regency", "Bandung Regency"),
    ],
)
def test_names_are_cut_to_what_a_map_has_room_for(told: str, name: str) -> None:
    row = {
        "unit_id": "x",
        "region_id": "r",
        "name_en": told,
        "population": "10",
        "population_confidence": "found",
        "gdp_local_bn": "1.5",
        "gdp_currency": "USD",
        "gdp_confidence": "derived",
        "gdp_source": "a share (recalled)",
        "lon": "1",
        "lat": "2",
    }
    made = abroad.unit_of(row)
    assert (made.name, made.note) == (name, "" if name == told else told)
    assert made.grdp == 1500.0
    assert abroad.currency(made) == "million USD"
    assert made.confidence == "population found; GRDP derived from a recalled figure"


def test_numbers_have_no_more_decimals_than_they_need() -> None:
    assert [plain(one) for one in (350.0, 12.34, 0.5, 1194572.4)] == [
        "350",
        "12.34",
        "0.5",
        "1194572.4",
    ]
