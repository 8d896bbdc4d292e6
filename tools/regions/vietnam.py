"""Provinces of Viet Nam, before and after the mergers of 2025."""

from collections.abc import Sequence
from pathlib import Path

from tools.regions.unit import Unit, read_rows

PROVINCES = "vietnam_provinces.csv"
PROVINCES_MAP = "vietnam_provinces_63_naturalearth.geojson"
UNITS = "vietnam_units_2025.csv"
UNITS_MAP = "vietnam_units_34_naturalearth.geojson"
SERIES = "vietnam_timeseries.csv"

DEVELOPMENT = 1 / 3
"""Part of a province's balanced spending that is development; assumption."""
CEILINGS = {"01": 120, "31": 60, "38": 60, "46": 40, "40": 40}
"""Ceilings of debt, percent of the revenue that a province keeps, by code; E70."""


def growth(folder: Path) -> float:
    """GRDP of all provinces together in 2022 relative to 2018, rounded to three decimals.

    The plan whose figures are used is of 2017; the series begins in 2018.
    """
    total = dict.fromkeys(("2018", "2022"), 0.0)
    for row in read_rows(folder / SERIES):
        if row["year"] in total:
            total[row["year"]] += float(row["grdp_bvnd"])
    return round(total["2022"] / total["2018"], 3)


def provinces(folder: Path) -> list[Unit]:
    """The 63 provinces and centrally run cities before July 2025."""
    factor = DEVELOPMENT * growth(folder)
    return [_province(row, factor) for row in read_rows(folder / PROVINCES)]


def _province(row: dict[str, str], factor: float) -> Unit:
    code, kept = row["code"], float(row["retention_ratio_2017_2020_pct"])
    told = []
    if kept < 100:
        told.append(f"kept {kept:g} % of shared taxes in 2017-2020")
    if code in CEILINGS:
        told.append(f"debt up to {CEILINGS[code]} % of the revenue that it keeps (E70)")
    return Unit(
        code=code,
        name=row["name_ascii"],
        name_vi=row["name_vi"],
        population=int(row["population_2022"]),
        grdp=float(row["grdp_2022_bvnd"]),
        lon=float(row["lon"]),
        lat=float(row["lat"]),
        confidence="derived",
        note="; ".join(told),
        budget=round(plan(row) * factor, 1),
        row=row,
    )


def plan(row: dict[str, str]) -> float:
    """A province's balanced expenditure in the plan for 2017, billion VND."""
    return float(row["local_balanced_expenditure_plan_2017_bvnd"])


def units(folder: Path) -> list[Unit]:
    """The 34 since then: what their members had, added up.

    A unit belongs to the region of the member whose name it bears, since the collected figures
    give no grouping of the 34; which that is stands in `region_code` of its row.
    """
    known = {one.code: one for one in provinces(folder)}
    return [_merged(row, known) for row in read_rows(folder / UNITS)]


def _merged(row: dict[str, str], known: dict[str, Unit]) -> Unit:
    members = tuple(known[code] for code in row["member_codes"].split(";"))
    heir = namesake(row["name_ascii"], members)
    told = ", ".join(f"{one.code} {one.name}" for one in members)
    return Unit(
        code=row["code_2025"],
        name=row["name_ascii"],
        name_vi=row["name_vi"],
        population=int(row["population_2022_sum"]),
        grdp=float(row["grdp_2022_bvnd_sum"]),
        lon=float(row["lon"]),
        lat=float(row["lat"]),
        confidence="derived",
        note=f"from {told}" if len(members) > 1 else heir.note,
        budget=round(sum(one.budget or 0.0 for one in members), 1),
        row={**row, "region_code": heir.row["region_code"]},
        members=members,
    )


def namesake(name: str, members: Sequence[Unit]) -> Unit:
    """The member whose name a merged one bears.

    Raises:
        ValueError: None has it.
    """
    found = [one for one in members if one.name == name or one.name.endswith(f" {name}")]
    if not found:
        raise ValueError(f"no member is called {name}")
    return found[0]
