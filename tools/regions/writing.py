"""The table of a region and its scenario file."""

import csv
from collections.abc import Sequence
from pathlib import Path

from tools.regions.declared import Declared
from tools.regions.unit import Unit

SHARE = 0.06  # of GRDP: the usual development budget, as for the Mekong Delta
_VIETNAMESE_TERMS = """
[leaders]
calendar = "synchronised"  # congresses and elections come in one year everywhere; assumption
term = 5                   # years; assumption: the legal term of People's Councils, unchecked
term_limit = 2             # assumption
"""


def write_table(path: Path, units: Sequence[Unit]) -> None:
    """Write `governments.csv`; columns of which nothing is known are left out."""
    rows = [
        {
            "code": one.code,
            "name": one.name,
            "name_vi": one.name_vi,
            "population": str(one.population),
            "grdp": plain(one.grdp),
            "budget": "" if one.budget is None else plain(one.budget),
            "lon": str(one.lon),
            "lat": str(one.lat),
            "confidence": one.confidence,
            "note": one.note,
        }
        for one in sorted(units, key=lambda one: one.code)
    ]
    columns = [name for name in rows[0] if any(row[name] for row in rows)]
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, columns, extrasaction="ignore", lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


def plain(number: float) -> str:
    """A number with at most two decimals, none for nothing."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def scenario(region: Declared, source: str, currency: str, *, outlines: bool) -> str:
    """The text of a scenario file."""
    folder = f"regions/{region.name}"
    vietnamese = region.of != "abroad"
    evidence = ", ".join(f'"{one}"' for one in region.evidence)
    lines = [
        f"# {region.title}. Written by tools/regions: change it there, or a copy of it.",
        f'# Figures and their sources: {folder}/SOURCES.md. What stands here as "assumption" is in',
        "# no source; vary it.",
        f'title = "{region.title}"',
        f'title_vi = "{region.title_vi}"',
        f'country = "{region.country[0]}"',
        f'country_vi = "{region.country[1]}"',
        f'source = "{source} See {folder}/SOURCES.md."',
        f"evidence = [{evidence}]",
        "years = 40                 # years in which projects arrive; assumption",
        "",
        "[region]",
        f'currency = "{currency}"',
        f'governments = "{folder}/governments.csv"',
    ]
    if outlines:
        lines.append(f'geometry = "{folder}/provinces.geojson"')
    if not vietnamese:
        why = "development budget, share of GRDP a year; assumption"
        lines.append(f"budget_share = {SHARE:g}        # {why}")
    lines += [
        "land_dependence = 0.3      # assumption; that land revenue matters: E115 (Indonesia)",
        "ceiling = 0.4              # dues may exceed a year's budget by this share; assumption"
        + ("; ceilings of debt: E70" if vietnamese else ""),
    ]
    return "\n".join(lines) + "\n" + (_VIETNAMESE_TERMS if vietnamese else "")
