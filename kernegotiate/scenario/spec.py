"""How a number is declared: meaning, unit, range and source beside the value.

`spec` is a pydantic `Field` that also keeps unit, range and source in a form that
programs can read back with `spec_of`: error messages, the table of parameters, the
sliders of the app and the reference pages are all generated from it.
"""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin

import numpy as np
from pydantic import AfterValidator, BeforeValidator, Field, Strict
from pydantic.fields import FieldInfo

from kernegotiate.scenario.errors import ScenarioError
from kernegotiate.scenario.text import composed, shown, unseen

DEEPEST = 40
"""Lists in lists that are looked into: nothing here needs more than two."""


def plain(value: Any, depth: int = 0) -> Any:
    """Turn NumPy scalars and arrays, also inside lists, into plain Python values.

    Raises:
        ScenarioError: Lists are nested too deeply.
    """
    if isinstance(value, np.ndarray | np.generic):
        value = value.tolist()
        return float(value) if isinstance(value, np.floating) else value  # long double stays NumPy
    if isinstance(value, list | tuple):
        if depth == DEEPEST:
            raise ScenarioError("a value is nested too deeply")
        return [plain(item, depth + 1) for item in value]
    return value


def _whole(value: Any) -> Any:
    """Let 5.0 stand for 5, as tables and samplers write it; leave the rest to the check."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _named(text: str) -> str:
    """A name in its one form; refuse what could not stand in a list separated by `;`."""
    if not text or text != text.strip() or ";" in text:
        raise ValueError(
            f"found {shown(text)}, allowed is a text that is not empty, "
            "without ';' and without blanks around it"
        )
    one = composed(" ".join(text.split()))  # a no-break space is one more blank to the eye
    if code := unseen(one):
        raise ValueError(
            f"found {shown(text)} with the invisible character {code}, "
            "allowed is a name that can be seen; type it anew"
        )
    return one


def _readable(text: str) -> str:
    """A text in its one form; refuse what a terminal would obey or what turns its direction."""
    if code := unseen(text, lines=True):
        raise ValueError(f"found the control character {code}, allowed is a text without")
    return composed(text)


MOST_MONEY = 1e30
"""Largest amount in any currency; sums and products of such amounts stay far inside floats."""

Real = Annotated[float, Strict()]
"""A number; a text ("0.3") or a flag is refused."""
Whole = Annotated[int, Strict(), BeforeValidator(_whole)]
"""A whole number; 5.0 is taken as 5."""
Flag = Annotated[bool, Strict()]
"""True or false, nothing that merely looks like it."""
Text = Annotated[str, Strict(), AfterValidator(_readable)]
"""A text."""
Name = Annotated[str, Strict(), AfterValidator(_named)]
"""A text that can stand as a code or a name in a table or a list."""


@dataclass(frozen=True)
class Notation:
    """Mark of a field that can be written as a text of its own kind."""

    example: str


_KINDS: dict[Any, str] = {
    float: "number",
    int: "whole number",
    bool: "flag",
    str: "text",
    Path | None: "text",
}
_WORDS = {
    "number": "a finite number",
    "whole number": "a whole number",
    "flag": "true or false",
    "text": "a text",
    "list": "a list",
    "table": "a table",
}


@dataclass(frozen=True, slots=True)
class Spec:
    """What is known of a field beside its type and default.

    Attributes:
        meaning: One line in plain words.
        unit: Unit of the value; "" for texts and lists.
        source: Evidence ids (E125), theory ids (A5), or "data" for what a study itself says. It
            begins with "assumption" where no source gives the value.
        group: Group of the field, for ordering tables and forms.
        low: Lower end of the allowed range; None if there is none.
        high: Upper end of the allowed range; None if there is none.
        open_low: Whether the lower end itself is excluded.
        open_high: Whether the upper end itself is excluded.
        plausible: Lowest and highest value to try in a sensitivity analysis; None if there is none.
        why: Reason for the value in a few words; "" where the meaning says it all.
    """

    meaning: str
    unit: str = ""
    source: str = "assumption"
    group: str = ""
    low: float | None = None
    high: float | None = None
    open_low: bool = False
    open_high: bool = False
    plausible: tuple[float, float] | None = None
    why: str = ""

    @property
    def interval(self) -> str:
        """The allowed range in interval notation, such as ``(0, 1]``; "" if unbounded."""
        if self.low is None and self.high is None:
            return ""
        left = "(-inf" if self.low is None else f"{'(' if self.open_low else '['}{self.low:g}"
        right = "inf)" if self.high is None else f"{self.high:g}{')' if self.open_high else ']'}"
        return f"{left}, {right}"


def spec(default: Any, meaning: str, **known: Any) -> Any:
    """Declare a field with its meaning, unit, range and source.

    Args:
        default: Default value; ``...`` makes the field required.
        meaning: One line in plain words.
        **known: Any further attribute of `Spec` (unit, source, group, low, high, ...).

    Returns:
        A pydantic field that enforces the range.
    """
    told = Spec(meaning, **known)
    return Field(
        default,
        description=meaning,
        json_schema_extra={"spec": asdict(told)},
        ge=None if told.open_low else told.low,
        gt=told.low if told.open_low else None,
        le=None if told.open_high else told.high,
        lt=told.high if told.open_high else None,
    )


def spec_of(field: FieldInfo) -> Spec:
    """Read back what `spec` was told about a field.

    Args:
        field: An entry of a model's ``model_fields``.

    Returns:
        The field's `Spec`; only the description if it was not declared with `spec`.
    """
    extra = field.json_schema_extra
    told: Any = extra.get("spec") if isinstance(extra, dict) else None
    return Spec(**told) if told else Spec(field.description or "")


def choices(field: FieldInfo) -> tuple[str, ...]:
    """The words that a field may hold, () if it is no choice between words."""
    return get_args(field.annotation) if get_origin(field.annotation) is Literal else ()


def notation(field: FieldInfo) -> str:
    """An example of how a field that is no text is written as one; "" if it is not."""
    return next((one.example for one in field.metadata if isinstance(one, Notation)), "")


def item_type(field: FieldInfo) -> Any:
    """The type of the items of a list field, None if it is no list, or is written as a text."""
    if notation(field):
        return None
    kinds = [field.annotation, *get_args(field.annotation)]
    listed = next((kind for kind in kinds if get_origin(kind) is tuple), None)
    if listed is None:
        return None
    item = get_args(listed)[0]
    return get_args(item)[0] if get_origin(item) is Annotated else item


def kind(field: FieldInfo) -> str:
    """The kind of a field: number, whole number, flag, choice, text, list or table."""
    if notation(field):
        return "text"
    if choices(field):
        return "choice"
    return "list" if item_type(field) is not None else _KINDS.get(field.annotation, "table")


def allowed(field: FieldInfo, *, item: bool = False) -> str:
    """Say what a field accepts.

    Args:
        field: An entry of a model's ``model_fields``.
        item: Whether one item of a list field is meant.

    Returns:
        Words such as ``a finite number in [0, 1]``.
    """
    if item:
        return _WORDS[_KINDS.get(item_type(field), "table")]
    if choices(field):
        return "one of " + ", ".join(choices(field))
    if notation(field):
        return f"a text {notation(field)}"
    words, interval = _WORDS[kind(field)], spec_of(field).interval
    return f"{words} in {interval}" if interval else words
