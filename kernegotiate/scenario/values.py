"""Where a text becomes a value and a value is checked: one grammar for all doors.

Cells of tables, designs, `--set`, links and sliders end here. A number is written with the digits
0 to 9, a point before its decimals and, if need be, an exponent (`0.5`, `.5`, `-2`, `1e6`); a flag
is `true` or `false` in capitals or not; a choice is one of its words. What else may stand in a
table of a country where decimals follow a comma is settled before, in `decimals`.
"""

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Any

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from kernegotiate.scenario.errors import ScenarioError
from kernegotiate.scenario.spec import allowed, choices, item_type, plain
from kernegotiate.scenario.text import shown

NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_ENTIRE = re.compile(r"[+-]?\d{1,30}", re.ASCII)
_FLAGS = {"true": True, "false": False}
_SIGNS = str.maketrans({"\N{MINUS SIGN}": "-", "\N{EN DASH}": "-", "_": "", "\N{APOSTROPHE}": ""})
_MUCH = 60  # letters of a text that somebody could have meant as a number


def parse(field: FieldInfo, text: str) -> Any:
    """Turn the text that somebody wrote into the value of a field, as yet unchecked.

    Args:
        field: An entry of a model's ``model_fields``.
        text: A number, a flag, a choice or a text; a list is written as in TOML.

    Returns:
        The value.

    Raises:
        ScenarioError: The text stands for no value of this kind.
    """
    if item_type(field) is not None:
        return _toml(text, allowed(field))
    return scalar(text, str if choices(field) else field.annotation, allowed(field))


def scalar(text: str, wanted: Any, wish: str) -> Any:
    """Turn a text into a number, a flag or, for any other type, the text without outer blanks.

    Args:
        text: As somebody wrote it.
        wanted: `int`, `float`, `bool` or another type.
        wish: What is allowed, for the message.

    Returns:
        The value.

    Raises:
        ScenarioError: The text is no such value, or a number that a float cannot hold.
    """
    text = text.strip()
    if wanted is bool and text.lower() in _FLAGS:
        return _FLAGS[text.lower()]
    if wanted not in (int, float, bool):
        return text
    if wanted is not bool and NUMBER.fullmatch(text):
        number = int(text) if _ENTIRE.fullmatch(text) else float(text)
        is_lost = number == 0 and re.search("[1-9]", re.split("[eE]", text)[0]) is not None
        if abs(number) < float("inf") and not is_lost:
            return number
    meant = "" if wanted is bool else _meant(text)
    raise ScenarioError(f"found {shown(text)}, allowed is {wish}{meant}")


def validate(field: FieldInfo, value: Any) -> Any:
    """Check a value as the field of a record would, and give it the field's type.

    Args:
        field: An entry of a model's ``model_fields``.
        value: A plain value, or one of NumPy.

    Returns:
        The value.

    Raises:
        ScenarioError: It is not allowed.
    """
    return validate_all(field, [value])[0]


def validate_all(field: FieldInfo, values: Sequence[Any]) -> list[Any]:
    """Check many values of one field, such as a column of a design; see `validate`."""
    simple = [plain(value) for value in values]
    try:
        checked: list[Any] = _adapter(field).validate_python(simple)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        if first["type"] == "value_error":
            raise ScenarioError(first["msg"].removeprefix("Value error, ")) from None
        place = first["loc"][0]
        found = shown(simple[place] if isinstance(place, int) else values)
        raise ScenarioError(f"found {found}, allowed is {allowed(field)}") from None
    return checked


_adapters: dict[int, tuple[FieldInfo, TypeAdapter[list[Any]]]] = {}


def _adapter(field: FieldInfo) -> TypeAdapter[list[Any]]:
    """What pydantic made of a field: its type, strictness and range, for a list of values."""
    if id(field) not in _adapters:  # fields cannot be hashed; the entry keeps its own alive
        one: Any = field.annotation
        if field.metadata:
            one = Annotated[(one, *field.metadata)]
        made = TypeAdapter(list[one], config=ConfigDict(allow_inf_nan=False))
        _adapters[id(field)] = field, made
    return _adapters[id(field)][1]


def _toml(text: str, wish: str) -> Any:
    """A list as TOML writes it."""
    try:
        read = tomllib.loads(f"value = {text}\n")
    except (ValueError, RecursionError):
        read = {}
    if len(read) != 1:
        raise ScenarioError(f"found {shown(text)}, allowed is {wish} as in TOML")
    return read["value"]


def _meant(text: str) -> str:
    """Ask whether a number was meant that is written in another way; "" if it looks like none."""
    if len(text) > _MUCH:
        return ""
    digits = "".join(
        str(unicodedata.decimal(letter)) if letter.isdecimal() else letter for letter in text
    )
    bare = "".join(digits.translate(_SIGNS).replace("\N{FULLWIDTH FULL STOP}", ".").split())
    if bare[-1:] in ("%", "\N{FULLWIDTH PERCENT SIGN}") and NUMBER.fullmatch(bare[:-1]):
        return f"; did you mean {Decimal(bare[:-1]) / 100:f}?"
    options = [bare, bare.replace(",", ".")]
    if re.fullmatch(r"[+-]?[1-9]\d{0,2}(,\d{3})+", bare, re.ASCII):
        options.append(bare.replace(",", ""))
    if bare.count(",") <= 1 and bare.rfind(",") > bare.rfind("."):
        options.append(bare.replace(".", "").replace(",", "."))
    numbers = dict.fromkeys(one for one in options if NUMBER.fullmatch(one) and one != text)
    return f"; did you mean {' or '.join(numbers)}?" if numbers else ""
