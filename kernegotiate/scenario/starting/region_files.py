"""What stands in the files of a new region: its scenario, its table, its sources."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kernegotiate.scenario.parameter import parameters
from kernegotiate.scenario.starting.columns import Columns
from kernegotiate.scenario.starting.headers import KINDS
from kernegotiate.scenario.starting.own_table import OwnTable
from kernegotiate.scenario.starting.toml_text import comment, offered, toml

SCENARIO, TABLE, MAP, SOURCES = "scenario.toml", "governments.csv", "map.geojson", "SOURCES.md"
FILES = (SCENARIO, TABLE, MAP, SOURCES)
_PLAIN = ("number", "whole number", "flag", "choice")
_MEANINGS = {
    "population": "persons",
    "grdp": "{currency} a year",
    "budget": "development budget, {currency} a year",
    "land_dependence": "share of revenue",
    "ceiling": "share of the budget",
}


def scenario_text(name: str, title: str, columns: Columns, table: OwnTable, *, mapped: bool) -> str:
    """The scenario: what was told, and below it all that can be changed, at its default."""
    return "\n".join(_scenario(name, title, columns, table, mapped=mapped)) + "\n"


def _scenario(
    name: str, title: str, columns: Columns, table: OwnTable, *, mapped: bool
) -> Iterator[str]:
    yield from comment(
        f"{title}: a start, made from {table.file.name}. A line `# key = value` shows a default: "
        "take the `#` away to change it; its meaning, unit and range stand above it. What no "
        "source gives is an assumption; say so beside it, and vary it."
    )
    yield f"name = {toml(name)}"
    yield f"title = {toml(title)}"
    yield '# title_vi = "..."'
    yield f"source = {toml(f'see {SOURCES}')}"
    yield '# evidence = ["E43"]'
    yield from _part("scenario")
    yield ""
    yield "[region]"
    yield f"currency = {toml(columns.currency)}  # unit of all money, here and in the table"
    yield f"governments = {toml(TABLE)}"
    yield f"geometry = {toml(MAP)}" if mapped else f"# geometry = {toml(MAP)}"
    yield from comment("For governments whose cells are blank in the table:")
    yield from _part("region")
    for part in ("leaders", "projects", "behaviour"):
        yield ""
        yield f"[{part}]"
        yield from _part(part)


def _part(part: str) -> Iterator[str]:
    known = (one for one in parameters() if one.part == part and one.type in _PLAIN)
    return offered(known)


def table_text(table: OwnTable) -> str:
    """The table of governments: the house's columns, and those that were kept behind them."""
    columns = [*KINDS, *table.columns.kept.values()]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    for row in table.rows:
        writer.writerow([_cell(row.get(column, "")) for column in columns])
    return text.getvalue()


def _cell(value: Any) -> Any:
    return repr(value) if isinstance(value, float) else value


def sources_text(title: str, table: OwnTable, map_name: str, said: Sequence[str]) -> str:
    """What is known of where figures come from, with room for the rest."""
    columns = table.columns
    rows = [
        (column, f"column '{header}' of {table.file.name}", _unit(column, columns))
        for column, header in columns.headers.items()
    ]
    if "lon" not in columns.headers:
        rows.append(("lon, lat", f"centre of the largest part in {map_name}", "degrees"))
    assumed = (
        f"Whatever the table leaves blank takes the values of `[region]` in `{SCENARIO}`, and all "
        "of `[leaders]`, `[projects]` and `[behaviour]` is at its default. These are assumptions "
        "until a source stands here."
    )
    lines = [
        f"# {title}: sources, licences, quality",
        "",
        f"## {TABLE}",
        "",
        "| column | made from | unit | source, year, licence |",
        "|---|---|---|---|",
        *(
            f"| `{column}` | {_bars(made)} | {unit} | to be written |"
            for column, made, unit in rows
        ),
        "",
        "How the table was read:",
        "",
        *(f"- {_bars(one)}" for one in said),
        "",
        "## What is assumed",
        "",
        assumed,
    ]
    if map_name:
        lines += [
            "",
            f"## {MAP}",
            "",
            f"Made from {map_name}. Source, year, licence: to be written.",
        ]
    return "\n".join(lines) + "\n"


def _unit(column: str, columns: Columns) -> str:
    return _MEANINGS.get(column, "").format(currency=columns.currency)


def _bars(text: str) -> str:
    return text.replace("|", "\\|")


def plain_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row without the columns that were only kept."""
    return {column: row[column] for column in KINDS if column in row}
