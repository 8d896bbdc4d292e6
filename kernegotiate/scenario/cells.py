"""Turn the cells of a table into the values that its columns declare."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo

from kernegotiate.scenario.decimals import Column, decimal_marks, plainly
from kernegotiate.scenario.errors import ScenarioError
from kernegotiate.scenario.record import Record
from kernegotiate.scenario.spec import allowed, choices, item_type
from kernegotiate.scenario.tables import Rows, read_rows
from kernegotiate.scenario.values import scalar

_NUMBERS = (int, float)


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
    return read_values(path, fields, needed)


def read_values(path: Path, fields: Mapping[str, FieldInfo], needed: set[str]) -> Rows:
    """Read a table whose columns are declared by fields.

    Args:
        path: A CSV file or an Excel workbook.
        fields: Declarations of all columns that there may be.
        needed: Columns that there must be.

    Returns:
        The rows with values of the fields' types, not yet checked against their ranges.

    Raises:
        ScenarioError: The file, a column or a cell does not fit.
    """
    rows = read_rows(path, needed, set(fields))
    names = [name for name in fields if any(name in row for row in rows)]
    marks = decimal_marks([_column(rows, name, fields[name]) for name in names], path)
    for number, row in zip(rows.numbers, rows, strict=True):
        for name, cell in row.items():
            try:
                row[name] = _value(cell, fields[name], marks.get(name, "."))
            except ScenarioError as error:
                raise ScenarioError(f"{path}, row {number}: {name}: {error}") from None
    return rows


def _column(rows: Rows, name: str, field: FieldInfo) -> Column:
    """The texts of a column of numbers, without those that no locale reads; else none."""
    texts: list[str] = []
    numbers: list[int] = []
    if _kind(field) in _NUMBERS:
        for number, row in zip(rows.numbers, rows, strict=True):
            cell = row.get(name)
            for text in _items(cell, field) if isinstance(cell, str) else ():
                if plainly(text, ".") is not None or plainly(text, ",") is not None:
                    texts.append(text)
                    numbers.append(number)
    return Column(name, field, texts, numbers)


def _value(cell: Any, field: FieldInfo, mark: str) -> Any:
    """Convert one cell to the type of its field."""
    wanted, listed = _kind(field), item_type(field) is not None
    if not isinstance(cell, str):  # a value of a workbook, which needs no reading
        if wanted in (*_NUMBERS, bool):
            return [cell] if listed else cell
        whole = isinstance(cell, float) and cell.is_integer()
        cell = str(int(cell) if whole else cell)
    wish = allowed(field, item=listed)
    values = [
        scalar((wanted in _NUMBERS and plainly(text, mark)) or text, wanted, wish)
        for text in _items(cell, field)
    ]
    return values if listed else values[0]


def _kind(field: FieldInfo) -> Any:
    """The type of a field, or of the items of its list."""
    return item_type(field) or (str if choices(field) else field.annotation)


def _items(cell: str, field: FieldInfo) -> list[str]:
    return cell.split(";") if item_type(field) is not None else [cell]
