"""Every example of the README of the data folder works as it stands."""

import json
import re

import pytest

from kernegotiate.scenario import load_institution, load_scenario, shipped
from kernegotiate.scenario.starting.headers import KINDS, meaning
from kernegotiate.scenario.starting.new_region import new_region

BLOCKS = re.findall(
    r"^```(toml|csv)\n(.*?)^```",
    (shipped("scenarios") / "README.md").read_text(encoding="utf-8"),
    flags=re.DOTALL | re.MULTILINE,
)
TRIANGLE = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [0, 1]]]}
MAP = json.dumps({"features": [{"id": code, "geometry": TRIANGLE} for code in "abc"]})
CITIES = "code,name,population,grdp,lon,lat\na,A,1,1,0,0\nb,B,1,1,0,0\nc,C,1,1,0,0\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "cities.csv").write_text(CITIES, encoding="utf-8")
    (tmp_path / "cities.geojson").write_text(MAP, encoding="utf-8")
    return tmp_path


def test_the_table_of_an_office(tmp_path):
    """The table becomes a region, and its columns and units are those that the page tells."""
    kind, text = BLOCKS[0]
    assert kind == "csv"
    (tmp_path / "own.csv").write_text(text, encoding="utf-8")
    delta = load_scenario("mekong_delta").region
    made = new_region(tmp_path / "mine", tmp_path / "own.csv", delta.geometry)
    assert made.scenario.region.currency == delta.currency
    theirs = {one.code: (one.name_vi, one.population, one.grdp) for one in delta.governments}
    for one in made.scenario.region.governments:
        name, population, grdp = theirs[one.code]
        assert (one.name_vi, one.population) == (name, population)
        assert one.grdp == pytest.approx(grdp, rel=1e-6)
    assert made.unused == ("Ghi chú",)


def test_the_headers_of_the_page_are_known():
    page = (shipped("scenarios") / "README.md").read_text(encoding="utf-8")
    table = page.partition("| column | needed |")[2].partition("\n\n")[0]
    rows = [row.strip("| ").split("|") for row in table.splitlines()[2:]]
    told = {column: re.findall("`(.*?)`", row[2]) for row in rows for column in [row[0]]}
    assert set(re.findall("`(.*?)`", "".join(told))) == set(KINDS)
    for columns, headers in told.items():
        for header in headers:
            assert f"`{meaning(header).column}`" in columns, header


def test_the_institution(folder):
    (folder / "own.toml").write_text(BLOCKS[1][1], encoding="utf-8")
    own = load_institution(folder / "own.toml")
    assert (own.levers.match_rate, own.levers.grant_budget) == (0.2, 0.1)
    assert own.levers.monitoring == load_institution("advisory_council").levers.monitoring


def test_the_case(folder):
    (folder / "own.toml").write_text(BLOCKS[2][1], encoding="utf-8")
    own = load_scenario(folder / "own.toml")
    assert own.institution == load_institution("advisory_council")
    assert own.mergers[0].members == ("92", "93", "94")


def test_the_scenario_and_its_projects(folder):
    kinds, texts = zip(BLOCKS[1], *BLOCKS[3:], strict=True)
    assert kinds == ("toml", "toml", "toml", "csv")
    (folder / "own.toml").write_text(texts[1], encoding="utf-8")
    assert load_scenario(folder / "own.toml").leaders.term == 4
    (folder / "own.toml").write_text(f"{texts[1]}\n{texts[2]}", encoding="utf-8")
    own = load_scenario(folder / "own.toml")
    assert [change.year for change in own.changes] == [12, 20]
    assert [merger.members for merger in own.mergers] == [("a", "b")]
    (folder / "projects.csv").write_text(texts[3], encoding="utf-8")
    (folder / "own.toml").write_text(f'table = "projects.csv"\n{texts[1]}', encoding="utf-8")
    assert len(load_scenario(folder / "own.toml").table) == 2
