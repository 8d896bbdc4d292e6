"""Turn the text cells of a CSV table into the types that a model declares."""

import re
from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo

from kernegotiate.scenario.errors import ScenarioError
from kernegotiate.scenario.reading import Rows, read_csv
from kernegotiate.scenario.record import Record
from kernegotiate.scenario.spec import allowed, item_type

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_FLAGS = {"true": True, "false": False}


def read_table(path: Path, model: type[Record], optional: frozenset[str] = frozenset()) -> Rows:
    """Read a CSV file whose columns are the fields of a model.

    A blank cell leaves the field out. Lists are written with `;` between the items.

    Args:
        path: The file.
        model: The model of one row.
        optional: Required fields of the model that the file may leave out.

    Returns:
        The rows, ready to be checked by the model.

    Raises:
        ScenarioError: The file, a column or a cell does not fit.
    """
    fields = model.model_fields
    needed = {name for name, field in fields.items() if field.is_required()} - optional
    rows = read_csv(path, needed, set(fields))
    for number, row in zip(rows.numbers, rows, strict=True):
        for name, text in row.items():
            row[name] = _value(text, fields[name], f"{path}, row {number}: {name}")
    return rows


def _value(text: str, field: FieldInfo, where: str) -> Any:
    """Convert one cell to the type of its field."""
    item = item_type(field)
    try:
        if item is not None:
            return [_converted(part.strip(), item) for part in text.split(";")]
        return _converted(text, field.annotation)
    except ValueError as error:
        wish = allowed(field, item=item is not None)
        raise ScenarioError(f"{where}: found the text '{error}', allowed is {wish}") from None


def _converted(text: str, wanted: Any) -> Any:
    """Convert a text to a number, a flag or itself; raise ValueError with the text."""
    if wanted is bool:
        if text.lower() not in _FLAGS:
            raise ValueError(text)
        return _FLAGS[text.lower()]
    if wanted not in (int, float):
        return text
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    return float(text)
