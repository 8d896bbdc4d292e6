"""Every example of the README of the data folder works as it stands."""

import re

import pytest

from kernegotiate.scenario import load_institution, load_scenario, shipped

BLOCKS = re.findall(
    r"^```(toml|csv)\n(.*?)^```",
    (shipped("scenarios") / "README.md").read_text(encoding="utf-8"),
    flags=re.DOTALL | re.MULTILINE,
)
CITIES = "code,name,population,grdp,lon,lat\na,A,1,1,0,0\nb,B,1,1,0,0\nc,C,1,1,0,0\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "cities.csv").write_text(CITIES, encoding="utf-8")
    (tmp_path / "cities.geojson").write_text("{}", encoding="utf-8")
    return tmp_path


def test_the_institution(folder):
    (folder / "own.toml").write_text(BLOCKS[0][1], encoding="utf-8")
    own = load_institution(folder / "own.toml")
    assert (own.levers.match_rate, own.levers.grant_budget) == (0.2, 0.1)
    assert own.levers.monitoring == load_institution("advisory_council").levers.monitoring


def test_the_case(folder):
    (folder / "own.toml").write_text(BLOCKS[1][1], encoding="utf-8")
    own = load_scenario(folder / "own.toml")
    assert own.institution == load_institution("advisory_council")
    assert own.mergers[0].members == ("92", "93", "94")


def test_the_scenario_and_its_projects(folder):
    kinds, texts = zip(BLOCKS[0], *BLOCKS[2:], strict=True)
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
