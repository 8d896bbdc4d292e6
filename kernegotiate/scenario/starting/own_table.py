"""Read somebody's table of governments, whatever its columns are called, into the house's form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo

from kernegotiate.scenario.csv_tables import evaluate
from kernegotiate.scenario.errors import ScenarioError
from kernegotiate.scenario.record import Record
from kernegotiate.scenario.region import GovernmentRow
from kernegotiate.scenario.spec import Real, Text, spec
from kernegotiate.scenario.starting.columns import Asked, Columns, choose
from kernegotiate.scenario.starting.headers import KINDS, is_known
from kernegotiate.scenario.starting.plain_words import plain_words, without_accents
from kernegotiate.scenario.starting.units import is_unit
from kernegotiate.scenario.tables import Rows, body, first_used, name_of, read_lines
from kernegotiate.scenario.text import composed, short
from kernegotiate.scenario.workbooks import Cell

_DEEPEST = 20  # rows among which the header is: titles and units may stand above it
_TOTALS = {
    ("total",), ("sum",), ("tong",), ("tong", "so"), ("tong", "cong"), ("cong",), ("ca", "nuoc"),
    ("toan", "quoc"), ("toan", "vung"), ("whole", "country"), ("all",),
}  # fmt: skip
_ALWAYS = ("code", "name", "population", "grdp", "lon", "lat")


class _Other(Record):
    """How figures may be written that are converted before they are checked."""

    many: Real = spec(..., "a figure in thousands or millions", low=0)
    text: Text = spec(..., "whatever else stands in a table")


@dataclass(frozen=True)
class OwnTable:
    """A table of governments in the house's form.

    Attributes:
        rows: Values by column, and below them the texts of columns that were kept.
        numbers: Row of each in the file.
        columns: What each column was.
        notes: What was left out or made up, a sentence each.
        file: Whence it came.
    """

    rows: Sequence[dict[str, Any]]
    numbers: Sequence[int]
    columns: Columns
    notes: tuple[str, ...]
    file: Path


def read_own(path: Path, asked: Asked, *, has_map: bool) -> OwnTable:
    """Read a table of governments by the meaning of its headers.

    Args:
        path: A CSV file or an Excel workbook.
        asked: What was said beside the table.
        has_map: Whether longitude and latitude can come from a map.

    Raises:
        ScenarioError: The table cannot be read, a column or a unit is not told, or a cell is
            blank or does not fit.
    """
    lines = read_lines(path, is_known, _DEEPEST)
    top = _header(lines, path)
    _join_units(lines, top)
    chosen: list[Columns] = []

    def settle(header: list[str]) -> Sequence[str]:
        twice = next((name for name in header if name and header.count(name) > 1), "")
        if twice:
            raise ScenarioError(f"{path}: the column '{twice}' is given twice")
        chosen.append(choose(header, path, asked, has_map=has_map))
        return ()

    rows = body(lines, top, path, settle)
    columns = chosen[0]
    notes = _without_others(rows, columns)
    evaluate(rows, _fields(columns))
    made = [_row({key: _composed(cell) for key, cell in row.items()}, columns) for row in rows]
    _plain_names(made)
    notes += _with_codes(made, columns)
    _check_filled(made, rows, columns, ("lon", "lat") if has_map else ())
    return OwnTable(made, rows.numbers, columns, tuple(notes), path)


def _header(lines: list[list[Cell]], path: Path) -> int:
    """Place of the first row with two columns that are known; else of the first row."""
    first = first_used(lines, path)
    for place, cells in enumerate(lines[first : first + _DEEPEST], first):
        if sum(is_known(name_of(cell)) for cell in cells) > 1:
            return place
    return first


def _join_units(lines: list[list[Cell]], top: int) -> None:
    """Put units that stand in a row of their own below the header behind its names."""
    below = lines[top + 1] if top + 1 < len(lines) else []
    used = [plain_words(name_of(cell)) for cell in below if cell != ""]
    if not used or not all(words and all(map(is_unit, words)) for words in used):
        return
    units = [*below, *[""] * len(lines[top])]
    lines[top] = [f"{name} {unit}".strip() for name, unit in zip(lines[top], units, strict=False)]
    lines[top + 1] = []


def _without_others(rows: Rows, columns: Columns) -> list[str]:
    """Take out rows of totals and lines below the table, which are no governments."""
    notes: list[str] = []
    figures = [columns.headers[column] for column in ("population", "grdp")]
    for place in reversed(range(len(rows))):
        row = rows[place]
        total = next((cell for cell in row.values() if _is_total(cell)), "")
        is_line = len(row) == 1 and not any(header in row for header in figures)
        if not total and not is_line:
            continue
        told = short(str(total or next(iter(row.values()))))
        what = "a total" if total else "a line of its own"
        notes.insert(0, f"Row {rows.numbers[place]}, '{told}', is {what} and was left out.")
        del rows[place]
        rows.numbers = [*rows.numbers[:place], *rows.numbers[place + 1 :]]
    return notes


def _is_total(cell: Any) -> bool:
    return isinstance(cell, str) and plain_words(cell) in _TOTALS


def _fields(columns: Columns) -> dict[str, FieldInfo]:
    """How the cells below each header are written."""
    fields = {}
    for column, header in columns.headers.items():
        own = GovernmentRow.model_fields[column]
        is_same = columns.factors[column] == 1
        fields[header] = own if is_same else _Other.model_fields["many"]
    return fields | dict.fromkeys(columns.kept, _Other.model_fields["text"])


def _row(row: Mapping[str, Any], columns: Columns) -> dict[str, Any]:
    """One row in the house's form."""
    made = {
        column: _times(row[header], columns.factors[column])
        for column, header in columns.headers.items()
        if header in row
    }
    if "name" in made:
        made.setdefault("name_vi", made["name"])
    told = {name: row[header] for header, name in columns.kept.items() if header in row}
    return {column: made[column] for column in KINDS if column in made} | told


def _composed(cell: Any) -> Any:
    return composed(cell) if isinstance(cell, str) else cell


def _times(value: Any, factor: float) -> Any:
    """A figure in another unit, exactly as somebody would reckon it on paper."""
    if factor == 1 or isinstance(value, str | bool):
        return value
    product = Decimal(repr(value)) * Decimal(repr(factor))
    return int(product) if product == product.to_integral_value() else float(product)


def _plain_names(rows: Sequence[dict[str, Any]]) -> None:
    """Write names in plain letters, but for those that differ in their accents alone."""
    plain = [without_accents(str(row.get("name", ""))) for row in rows]
    for row, name in zip(rows, plain, strict=True):
        if name and plain.count(name) == 1:
            row["name"] = name


def _with_codes(rows: Sequence[dict[str, Any]], columns: Columns) -> list[str]:
    """Make codes of names where the table has none."""
    if "code" in columns.headers:
        return []
    taken: set[str] = set()
    for row in rows:
        if "name" not in row:
            continue
        code = stem = "-".join(plain_words(row["name"])) or row["name"]
        while code in taken:  # of names that differ in their accents alone
            code = f"{stem}-{sum(one.startswith(stem) for one in taken) + 1}"
        taken.add(code)
        row["code"] = code
    return ["No column is a code: codes are made from the names."]


def _check_filled(
    made: Sequence[Mapping[str, Any]], rows: Rows, columns: Columns, told_elsewhere: Sequence[str]
) -> None:
    """Name every cell that is blank and must not be."""
    blank = [
        f"{rows.file}, row {number}: '{header}'{_of(row)} is blank; write its {column}"
        for number, row in zip(rows.numbers, made, strict=True)
        for column, header in columns.headers.items()
        if column in _ALWAYS and column not in told_elsewhere and row.get(column) is None
    ]
    if blank:
        raise ScenarioError(*blank)


def _of(row: Mapping[str, Any]) -> str:
    return f" of {row['name']}" if "name" in row else ""
