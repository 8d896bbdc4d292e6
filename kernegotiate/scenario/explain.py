"""Turn what pydantic found into one sentence for the person who wrote the file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from kernegotiate.scenario.spec import allowed

_OWN_WORDS = {"value_error", "unknown_key"}


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the entries of a list were read from.

    Attributes:
        file: The CSV file, as shown to the user.
        rows: Row number in that file of each entry; the header is row 1.
    """

    file: str
    rows: Sequence[int]


Origins = Mapping[tuple[str, ...], Origin]
"""Origin of a list by its dotted path, such as ``("region", "governments")``."""


def explain(
    error: ValidationError, model: type[BaseModel], where: str, origins: Origins | None = None
) -> str:
    """Put the first problem of a failed validation into one sentence.

    Only the first is told, since later ones often follow from it; their number is added.

    Args:
        error: What pydantic raised.
        model: The model that was to be filled.
        where: The file or call that supplied the values.
        origins: CSV files behind lists, so that a row number can be given.

    Returns:
        ``<where>: <key>: found <value>, allowed is <what>``.
    """
    problems = error.errors(include_url=False)
    first = problems[0]
    loc = tuple(first["loc"])
    if first["type"] == "unknown_key":
        loc = (*loc, first["ctx"]["key"])
    where, shown = _place(loc, where, origins or {})
    sentence = _sentence(first, _field_at(model, loc))
    rest = len(problems) - 1
    more = f" (and {rest} more problem{'s' if rest > 1 else ''})" if rest else ""
    return ": ".join(part for part in (where, _dotted(shown), sentence) if part) + more


def _place(
    loc: tuple[int | str, ...], where: str, origins: Origins
) -> tuple[str, tuple[int | str, ...]]:
    """Move from the TOML file to the row of the CSV file that an entry came from."""
    for prefix, origin in origins.items():
        size = len(prefix)
        if loc[:size] == prefix and len(loc) > size and isinstance(loc[size], int):
            return f"{origin.file}, row {origin.rows[int(loc[size])]}", loc[size + 1 :]
    return where, loc


def _dotted(loc: tuple[int | str, ...]) -> str:
    """Write a location as a dotted path; entries of lists are counted from 1."""
    path = ""
    for part in loc:
        path += f"[#{part + 1}]" if isinstance(part, int) else f".{part}"
    return path.lstrip(".")


def _sentence(problem: ErrorDetails, field: FieldInfo | None) -> str:
    """Say what is wrong with one value."""
    if problem["type"] == "missing":
        return "the key is missing"
    if problem["type"] in _OWN_WORDS:
        return problem["msg"].removeprefix("Value error, ")
    wanted = allowed(field) if field is not None else problem["msg"]
    return f"found {_shown(problem['input'])}, allowed is {wanted}"


def _shown(value: Any) -> str:
    """Show a value as TOML would write it, shortened."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "a table"
    text = repr(value)
    return f"the text {text}" if isinstance(value, str) else text[:60]


def _field_at(model: type[BaseModel], loc: tuple[int | str, ...]) -> FieldInfo | None:
    """Find the declaration of the field that a location points to, if it is one."""
    field: FieldInfo | None = None
    inside: type[BaseModel] | None = model
    for part in loc:
        if isinstance(part, int):
            field = None if inside is None else field
            continue
        field = inside.model_fields.get(part) if inside is not None else None
        inside = _model_in(field.annotation) if field is not None else None
    return field if inside is None and not isinstance(loc[-1:][0] if loc else 0, int) else None


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The model inside an annotation such as ``tuple[Government, ...] | None``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part))), None)
