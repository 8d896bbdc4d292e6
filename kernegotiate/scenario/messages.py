"""Turn what pydantic found into one sentence for the person who wrote the file."""

from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from kernegotiate.scenario.spec import allowed
from kernegotiate.scenario.tables import Rows
from kernegotiate.scenario.text import shown

Place = tuple[int | str, ...]
"""Keys and list positions from a document down to a value."""


def explain(
    error: ValidationError, model: type[BaseModel], data: Any, where: str
) -> tuple[str, ...]:
    """Put each problem of a failed validation into one sentence.

    Later ones often follow from the first.

    Args:
        error: What pydantic raised.
        model: The model that was to be filled.
        data: The raw values; `Rows` inside it lead to the row of a CSV file.
        where: The file or call that supplied the values.

    Returns:
        ``<where>: <key>: found <value>, allowed is <what>`` of each.
    """
    return tuple(_told(one, model, data, where) for one in error.errors(include_url=False))


def _told(problem: ErrorDetails, model: type[BaseModel], data: Any, where: str) -> str:
    place = (*problem["loc"], *problem.get("ctx", {}).get("place", ()))
    sentence = _sentence(problem, model, place)
    where, below = _file(place, data, where)
    return ": ".join(part for part in (where, dotted(below), sentence) if part)


def _file(place: Place, data: Any, where: str) -> tuple[str, Place]:
    """Find the file, and the CSV row if any, that a place belongs to; return the rest of it."""
    for depth, part in enumerate(place, start=1):
        if isinstance(data, Rows) and isinstance(part, int):
            return f"{data.file}, row {data.numbers[part]}", place[depth:]
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            break
    return where, place


def dotted(place: Place) -> str:
    """Write a place as a dotted path; items of lists are counted from 1."""
    steps = (f"[#{part + 1}]" if isinstance(part, int) else f".{part}" for part in place)
    return "".join(steps).lstrip(".")


def _sentence(problem: ErrorDetails, model: type[BaseModel], place: Place) -> str:
    """Say what is wrong with one value."""
    if problem["type"] == "missing":
        return "the value is missing"
    if problem["type"] in {"problem", "value_error"}:
        return problem["msg"].removeprefix("Value error, ")
    field = _field_at(model, place)
    is_item = isinstance(place[-1], int) if place else False
    wanted = problem["msg"] if field is None else allowed(field, item=is_item)
    return f"found {shown(problem['input'])}, allowed is {wanted}"


def _field_at(model: type[BaseModel], place: Place) -> FieldInfo | None:
    """Find the declaration of the field that a place points to or into."""
    field: FieldInfo | None = None
    inside: type[BaseModel] | None = model
    for key in (part for part in place if isinstance(part, str)):
        field = inside.model_fields.get(key) if inside is not None else None
        inside = _model_in(field.annotation) if field is not None else None
    return field


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The model inside an annotation such as ``tuple[Government, ...] | None``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part))), None)
