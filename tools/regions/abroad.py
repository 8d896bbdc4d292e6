"""Local governments of other countries."""

import re
from pathlib import Path

from tools.regions.unit import Unit, read_rows

FILE = "regions_international.csv"
MAP = "regions_international.geojson"
MILLIONS = {"USD": 1000.0}  # told in millions: in billions the smallest budgets would be below 1
_TAIL = re.compile(r" County.*$|, (MD|VA)$| SAR$")  # what a map has no room for
_FIGURES = (("population", "population_confidence"), ("GRDP", "gdp_confidence"))


def units(folder: Path) -> list[Unit]:
    """All of them, of all regions."""
    return [unit_of(row) for row in read_rows(folder / FILE)]


def currency(unit: Unit) -> str:
    """The unit of money of its GRDP."""
    code = unit.row["gdp_currency"]
    return f"{'million' if code in MILLIONS else 'billion'} {code}"


def unit_of(row: dict[str, str]) -> Unit:
    """A local government from its row of the collected figures."""
    code, told = row["unit_id"], row["name_en"]
    name = _TAIL.sub("", told)
    standing = {what: row[column] for what, column in _FIGURES}
    if standing["GRDP"] == "derived" and "recalled" in row["gdp_source"]:
        standing["GRDP"] = "derived from a recalled figure"
    if len(set(standing.values())) == 1:
        confidence = standing["GRDP"]
    else:
        confidence = "; ".join(f"{what} {found}" for what, found in standing.items())
    return Unit(
        code=code,
        name=name,
        name_vi="",
        population=int(row["population"]),
        grdp=round(float(row["gdp_local_bn"]) * MILLIONS.get(row["gdp_currency"], 1.0), 2),
        lon=float(row["lon"]),
        lat=float(row["lat"]),
        confidence=confidence,
        note="" if name == told else told,
        row=row,
    )
