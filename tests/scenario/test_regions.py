"""The regions that come along: every number has a source, table and map agree, all of them run."""

import csv
import json
import re
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import kernegotiate as kn
from kernegotiate.scenario import load_scenario, read_geometry, scenario_names, shipped
from kernegotiate.scenario.shapes import kilometres

NAMES = scenario_names()
SCENARIOS = shipped("scenarios")
STANDING = re.compile(r"found|derived|recalled|assumption|invented")
BACKED = re.compile(r"assumption|\bE\d+\b")
WORDS = {"note", "source", "confidence"}  # columns that hold no numbers
WHOLE = {"vietnam_63", "vietnam_34"}  # countries, whose maps may be larger
NEAR = 30.0  # km that a centre may lie outside its outline
SIX = (
    "red_river_delta",
    "northern_midlands",
    "north_central_coast",
    "central_highlands",
    "southeast",
)


def files(name: str) -> tuple[Path, str, list[dict[str, str]]]:
    """A region's folder, what its SOURCES.md says, and the rows of its table as they stand."""
    file = tomllib.loads((SCENARIOS / f"{name}.toml").read_text(encoding="utf-8"))
    table = SCENARIOS / file["region"]["governments"]
    with table.open(encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    return table.parent, (table.parent / "SOURCES.md").read_text(encoding="utf-8"), rows


def cells(text: str) -> list[list[str]]:
    """The rows of all tables on a page."""
    rows = [line.strip("|").split("|") for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows]


def total(name: str, field: str) -> float:
    return sum(getattr(one, field) for one in load_scenario(name).region.governments)


@pytest.mark.parametrize("name", NAMES)
def test_every_column_has_a_source_or_is_an_assumption(name: str) -> None:
    _, text, rows = files(name)
    told = {
        column: row
        for row in cells(text)
        for column in re.findall(r"`([\w.]+)`", row[0])
        if STANDING.search(" ".join(row[1:]))
    }
    named = set(re.findall(r"`(\w+)`", text))
    for column in rows[0]:
        if column in WORDS:
            assert column in named
        else:
            assert column in told or "governments.csv" in told, column


@pytest.mark.parametrize("name", NAMES)
def test_every_value_of_the_file_has_an_id_or_is_an_assumption(name: str) -> None:
    text = (SCENARIOS / f"{name}.toml").read_text(encoding="utf-8")
    if "All values are assumptions" in text:
        return
    texts = {"currency", "governments", "geometry"}
    file = tomllib.loads(text)
    keys = {key for key, value in file.items() if isinstance(value, int | float)}
    for part in ("region", "leaders", "projects", "behaviour"):
        keys |= set(file.get(part, {})) - texts
    lines = dict(re.findall(r"^(\w+) = (.*)$", text, flags=re.MULTILINE))
    assert keys
    for key in keys:
        assert BACKED.search(lines[key].partition("#")[2]), key


@pytest.mark.parametrize("name", NAMES)
def test_what_is_recalled_is_marked_in_its_row(name: str) -> None:
    _, text, rows = files(name)
    recalled = {row[0] for row in cells(text) if len(row) == 6 and "recalled" in " ".join(row[2:])}
    marked = {row["name"] for row in rows if "recalled" in row.get("confidence", "")}
    assert marked == recalled
    assert bool(marked) == (name == "bandung")


@pytest.mark.parametrize("name", NAMES)
def test_table_and_map_agree(name: str) -> None:
    scenario = load_scenario(name)
    shapes = read_geometry(scenario.region)
    if shapes is None:
        assert name in {"bandung", "three_towns"}
        return
    raw = json.loads(scenario.region.geometry.read_text(encoding="utf-8"))
    assert sorted(one["id"] for one in raw["features"]) == list(scenario.region.codes)
    for government, feature in zip(scenario.region.governments, shapes["features"], strict=True):
        shape = feature["geometry"]
        multi = shape["type"] == "MultiPolygon"
        parts = shape["coordinates"] if multi else [shape["coordinates"]]
        rings = [np.array(part[0]) for part in parts]
        assert kilometres((government.lon, government.lat), rings) < NEAR, government.name
        assert feature["properties"]["name"] == government.name


@pytest.mark.parametrize("name", NAMES)
def test_maps_are_small_and_their_source_stands_beside_them(name: str) -> None:
    folder, text, _ = files(name)
    path = folder / "provinces.geojson"
    if path.exists():
        assert path.stat().st_size < (200_000 if name in WHOLE else 60_000)
        assert re.search(r"Natural Earth|echarts|US Census", text.split("## provinces.geojson")[1])
        assert "NOTICES.md" in text or "Permission is hereby granted" in text


@pytest.mark.parametrize(
    "name", [one for one in NAMES if load_scenario(one).country_vi[:4] == "Việt"]
)
def test_maps_of_viet_nam_say_what_they_lack(name: str) -> None:
    if name != "mekong_delta":  # which is far from both
        _, text, _ = files(name)
        assert "those before 2004" in text
        assert "Hoang Sa and Truong Sa" in text


@pytest.mark.parametrize("name", NAMES)
def test_every_scenario_runs_under_every_institution(name: str) -> None:
    for institution in kn.institution_names():
        outcomes = kn.simulate(name, institution, runs=3, years=10, seed=5).outcomes
        assert (outcomes.arrived > 0).all()
        assert np.isfinite(outcomes.welfare).all()


@pytest.mark.parametrize("name", NAMES)
def test_totals_are_those_of_the_sources(name: str) -> None:
    _, text, rows = files(name)
    found = re.search(r"\*\*Totals of the (\d+) governments\.\*\* (.*)", text)
    if found is None:
        assert name in {"mekong_delta", "three_towns"}
        return
    assert int(found[1]) == len(rows)
    numbers = [float(one.replace(",", "")) for one in re.findall(r" ([\d,]+(?:\.\d)?) ", found[2])]
    fields = ("population", "grdp", "budget")[: len(numbers)]
    for field, number in zip(fields, numbers, strict=True):
        assert sum(float(row[field]) for row in rows) == pytest.approx(number, abs=0.06)


def test_the_country_is_what_its_regions_are() -> None:
    """Six regions, the units of 2025 and their groups have the people and GRDP of all 63."""
    groups = (
        (*SIX, "mekong_delta"),
        ("vietnam_34",),
        tuple(f"{one}_2025" for one in (*SIX, "mekong_delta")),
    )
    for field in ("population", "grdp"):
        whole = total("vietnam_63", field)
        for group in groups:
            assert sum(total(name, field) for name in group) == pytest.approx(whole, rel=1e-7)
    assert total("vietnam_34", "budget") == pytest.approx(total("vietnam_63", "budget"), rel=1e-6)
    sizes = [len(load_scenario(name).region.governments) for name in groups[2]]
    assert sizes == [6, 9, 8, 3, 3, 5]


def test_totals_that_others_have_reckoned() -> None:
    # The national row of the statistical office, thousand persons; its parts are rounded to ten.
    assert total("vietnam_63", "population") / 1e3 == pytest.approx(99_474.42, abs=0.2)
    assert total("greater_bay_area", "population") / 1e6 == pytest.approx(86.17)
    assert total("greater_bay_area", "grdp") / 1e3 == pytest.approx(1_668.8, abs=0.06)
    assert sum(total(f"ker_{one}", "grdp") for one in ("north", "south")) / total(
        "vietnam_63", "grdp"
    ) == pytest.approx(0.262 + 0.337, abs=0.001)


def test_budgets_follow_the_plan() -> None:
    _, text, rows = files("vietnam_63")
    plans = {row[0][:2]: row for row in cells(text) if len(row) == 5 and row[0][:2].isdigit()}
    assert len(plans) == len(rows) == 63
    for row in rows:
        told = plans[row["code"]]
        assert float(row["budget"]) == pytest.approx(float(told[1]) / 3 * 1.375, abs=0.06)
        kept = told[4].removesuffix(" %")
        assert (f"kept {kept} %" in row["note"]) == (kept != "100")


def test_every_region_names_its_country_in_both_languages() -> None:
    countries: dict[str, Any] = {}
    for name in NAMES:
        scenario = load_scenario(name)
        countries.setdefault(scenario.country, set()).add(scenario.country_vi)
    assert all(len(found) == 1 for found in countries.values())
    assert countries.pop("") == {""}
    assert set(countries) == {
        "China",
        "Indonesia",
        "Japan",
        "Korea",
        "United States",
        "Viet Nam",
    }
