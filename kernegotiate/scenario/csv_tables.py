"""Turn the cells of a table into the values that its columns declare."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from pydantic.fields import FieldInfo

from kernegotiate.scenario.decimals import Column, decimal_marks, plainly
from kernegotiate.scenario.errors import ScenarioError
from kernegotiate.scenario.record import Record
from kernegotiate.scenario.spec import allowed, choices, item_type
from kernegotiate.scenario.tables import Rows, read_rows
from kernegotiate.scenario.values import scalar

REMARKS = frozenset({"note", "source", "confidence"})
"""Columns that any table of records may have for its readers; the model makes no use of them."""


def read_table(path: Path, model: type[Record], optional: frozenset[str] = frozenset()) -> Rows:
    """Read a table whose columns are the fields of a model.

    A blank cell leaves the field out. Lists are written with `;` between the items.

    Args:
        path: A CSV file or an Excel workbook.
        model: The model of one row.
        optional: Required fields of the model that the file may leave out.

    Returns:
        The rows, ready to be checked by the model.

    Raises:
        ScenarioError: The file, a column or a cell does not fit.
    """
    fields = model.model_fields
    needed = {name for name, field in fields.items() if field.is_required()} - optional
    return read_values(path, fields, needed, REMARKS)


def read_values(
    path: Path,
    fields: Mapping[str, FieldInfo],
    needed: set[str],
    remarks: frozenset[str] = frozenset(),
) -> Rows:
    """Read a table whose columns are declared by fields.

    Args:
        path: A CSV file or an Excel workbook.
        fields: Declarations of all columns that there may be.
        needed: Columns that there must be.
        remarks: Columns that there may be besides, whose cells are left out.

    Returns:
        The rows with values of the fields' types, not yet checked against their ranges.

    Raises:
        ScenarioError: The file, a column or a cell does not fit.
    """
    ignored = remarks - fields.keys()
    rows = read_rows(path, needed, fields.keys() | ignored)
    for row in rows:
        for name in ignored & row.keys():
            del row[name]
    used = [name for name in rows.columns if name not in ignored]
    kinds = {name: _Kind.of(fields[name]) for name in used}
    columns = [_column(rows, name, fields[name], kinds[name]) for name in used]
    marks = decimal_marks(columns, path)
    for number, row in zip(rows.numbers, rows, strict=True):
        for name, cell in row.items():
            try:
                row[name] = _value(cell, kinds[name], marks.get(name, "."))
            except ScenarioError as error:
                raise ScenarioError(f"{path}, row {number}: {name}: {error}") from None
    return rows


@dataclass(frozen=True, slots=True)
class _Kind:
    """What the cells of a column become; looked up once, since there are many cells."""

    wanted: Any  # type of a value, or of the items of a list
    listed: bool
    is_number: bool
    wish: str  # what is allowed, in words

    @classmethod
    def of(cls, field: FieldInfo) -> Self:
        item = item_type(field)
        wanted = item or (str if choices(field) else field.annotation)
        wish = allowed(field, item=item is not None)
        return cls(wanted, item is not None, wanted in (int, float), wish)

    def texts(self, cell: str) -> list[str]:
        """The texts of a cell, each of which is a value."""
        return cell.split(";") if self.listed else [cell]


def _column(rows: Rows, name: str, field: FieldInfo, kind: _Kind) -> Column:
    """The texts of a column of numbers, without those that no locale reads; else none."""
    texts: list[str] = []
    numbers: list[int] = []
    for number, row in zip(rows.numbers, rows, strict=True) if kind.is_number else ():
        cell = row.get(name)
        for text in kind.texts(cell) if isinstance(cell, str) else ():
            if plainly(text, ".") is not None or plainly(text, ",") is not None:
                texts.append(text)
                numbers.append(number)
    return Column(name, field, texts, numbers)


def _value(cell: Any, kind: _Kind, mark: str) -> Any:
    """Convert one cell to the type of its field."""
    if not isinstance(cell, str):  # a value of a workbook, which needs no reading
        if kind.is_number or kind.wanted is bool:
            return [cell] if kind.listed else cell
        whole = isinstance(cell, float) and cell.is_integer()
        cell = str(int(cell) if whole else cell)
    values = [
        scalar((kind.is_number and plainly(text, mark)) or text, kind.wanted, kind.wish)
        for text in kind.texts(cell)
    ]
    return values if kind.listed else values[0]
