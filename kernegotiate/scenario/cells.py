"""Turn the text cells of a CSV table into the types that a model declares."""

import re
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

from pydantic.fields import FieldInfo

from kernegotiate.scenario.errors import ScenarioError
from kernegotiate.scenario.explain import Origin
from kernegotiate.scenario.reading import read_csv
from kernegotiate.scenario.record import Record
from kernegotiate.scenario.spec import allowed

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_FLAGS = {"true": True, "false": False}


def read_table(
    path: Path, model: type[Record], optional: frozenset[str] = frozenset()
) -> tuple[list[dict[str, Any]], Origin]:
    """Read a CSV file whose columns are the fields of a model.

    A blank cell leaves the field out. Lists are written with `;` between the items.

    Args:
        path: The file.
        model: The model of one row.
        optional: Required fields of the model that the file may leave out.

    Returns:
        One dict a row, ready to be checked by the model, and where the rows stand.

    Raises:
        ScenarioError: The file, a column or a cell does not fit.
    """
    fields = model.model_fields
    needed = {name for name, field in fields.items() if field.is_required()} - optional
    rows = read_csv(path, needed, set(fields))
    table = []
    for number, row in rows:
        where = f"{path}, row {number}"
        table.append(
            {name: _value(text, fields[name], f"{where}: {name}") for name, text in row.items()}
        )
    return table, Origin(str(path), [number for number, _ in rows])


def _value(text: str, field: FieldInfo, where: str) -> Any:
    """Convert one cell to the type of its field."""
    is_list = get_origin(field.annotation) is tuple
    wanted = get_args(field.annotation)[0] if is_list else field.annotation
    if get_origin(wanted) is Annotated:
        wanted = get_args(wanted)[0]
    try:
        if is_list:
            return [_converted(item.strip(), wanted) for item in text.split(";")]
        return _converted(text, wanted)
    except ValueError:
        wish = allowed(field)
        raise ScenarioError(f"{where}: found the text {text!r}, allowed is {wish}") from None


def _converted(text: str, wanted: Any) -> Any:
    """Convert a text to a number, a flag or itself."""
    if wanted in (int, float):
        return _number(text)
    return _flag(text) if wanted is bool else text


def _number(text: str) -> int | float:
    """Read a number with a decimal point and without group signs."""
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    return int(text) if text.lstrip("+-").isdigit() else float(text)


def _flag(text: str) -> bool:
    """Read true or false, in any case."""
    if text.lower() not in _FLAGS:
        raise ValueError(text)
    return _FLAGS[text.lower()]
