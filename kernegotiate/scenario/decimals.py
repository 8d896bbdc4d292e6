"""Whether decimals follow a point or a comma in a table, and what else only parts thousands.

`1,5` can only be one and a half, `1.234.567` only a million and more; `500.000` is half a million
to one half of the world and five hundred to the other. A column tells by its other cells, or by
the range that its values must lie in; where it does not, the rest of the table tells; where that
does not either, somebody has to be asked.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic.fields import FieldInfo

from kernegotiate.scenario.errors import ScenarioError
from kernegotiate.scenario.spec import item_type, kind, spec_of
from kernegotiate.scenario.values import NUMBER, validate_all

MARKS = (".", ",")
_BLANKS = str.maketrans(dict.fromkeys("\u00a0\u2009\u202f\u2007", " ") | {"\u2019": "'"})
_WRITTEN = {
    mark: re.compile(
        rf"(?P<whole>[+-]?(\d+|[1-9]\d{{0,2}}(?:(?P<part>[{other} '])\d{{3}})"
        rf"(?:(?P=part)\d{{3}})*)?)(?P<rest>(?:[{mark}]\d*)?(?P<exponent>[eE][+-]?\d+)?)",
        re.ASCII,
    )
    for mark, other in zip(MARKS, reversed(MARKS), strict=True)
}


@dataclass(frozen=True)
class Column:
    """The texts of one column that may be numbers.

    Attributes:
        name: Of the column.
        field: What it holds.
        texts: As they are written; of a list its items.
        numbers: Row of each.
    """

    name: str
    field: FieldInfo
    texts: Sequence[str]
    numbers: Sequence[int]

    def marks(self) -> tuple[str, ...]:
        """Marks that can stand before the decimals: of both, each reads some cell differently."""
        known = [
            mark
            for mark in MARKS
            if self.texts and all(plainly(text, mark) is not None for text in self.texts)
        ]
        if len(known) < 2:
            return tuple(known)
        read = {mark: [plainly(text, mark) for text in self.texts] for mark in MARKS}
        if list(map(_value, read["."])) == list(map(_value, read[","])):
            return ()
        able = [mark for mark in known if self._allows(read[mark])]
        return tuple(able if len(able) == 1 else known)

    def has_decimals(self, mark: str) -> bool:
        """Whether some cell has decimals after that mark."""
        return any(mark in text for text in self.texts)

    def is_odd(self, mark: str) -> bool:
        """Whether decimals after that mark would make no sense, though the table has it so.

        There are no parts of a person, and nobody writes three zeros behind all values.
        """
        ends = [text.rpartition(mark)[2] for text in self.texts if mark in text]
        is_count = kind(self.field) == "whole number" or spec_of(self.field).unit == "persons"
        return bool(ends) and (is_count or set(ends) == {"000"})

    def question(self, path: object) -> ScenarioError:
        """Ask what is meant by the first cell that can be read in two ways."""
        number, text = next(
            (number, text)
            for number, text in zip(self.numbers, self.texts, strict=True)
            if _value(plainly(text, ".")) != _value(plainly(text, ","))
        )
        small, large = sorted(
            (one for mark in MARKS if (one := plainly(text, mark)) is not None),
            key=lambda one: abs(float(one)),
        )
        return ScenarioError(
            f"{path}, row {number}: {self.name}: found '{text}', which may be {float(large):.15g} "
            f"or {float(small):.15g}; write {float(large):.15g} or {small}0"
        )

    def _allows(self, texts: Sequence[str | None]) -> bool:
        """Whether values are in the range of the column."""
        values = [float(text) for text in texts if text is not None]
        try:
            validate_all(self.field, [values] if item_type(self.field) is not None else values)
        except ScenarioError:
            return False
        return True


def decimal_marks(columns: Sequence[Column], path: object) -> Mapping[str, str]:
    """Find what stands before the decimals in each column.

    Args:
        columns: Columns of numbers; cells that are none are left to be told by who reads them.
        path: The file, for messages.

    Returns:
        A point or a comma by name of the column.

    Raises:
        ScenarioError: A number can be read in two ways, or decimals are written in both ways.
    """
    marks = {column.name: column.marks() for column in columns}
    settled = {column.name: found[0] for column in columns if len(found := marks[column.name]) == 1}
    by_mark = {
        mark: [
            one.name for one in columns if settled.get(one.name) == mark and one.has_decimals(mark)
        ]
        for mark in MARKS
    }
    if all(by_mark.values()):
        raise ScenarioError(
            f"{path}: found decimals after a point in '{by_mark['.'][0]}' and after a comma in "
            f"'{by_mark[','][0]}', allowed is one of them in a table"
        )
    usual = set(settled.values())
    for column in columns:
        if len(marks[column.name]) < 2:
            continue
        (mark,) = usual if len(usual) == 1 else ("",)
        both = all(map(column.has_decimals, MARKS))
        if not mark or both or column.is_odd(mark):
            raise column.question(path)
        settled[column.name] = mark
    return settled


def plainly(text: str, mark: str) -> str | None:
    """A number without marks between thousands and with a point before its decimals.

    Args:
        text: As it is written.
        mark: What stands before the decimals.

    Returns:
        The number for `values.scalar`; None if it cannot be read so.
    """
    text = text.strip()
    if mark == "." and NUMBER.fullmatch(text):
        return text  # as nearly all are
    found = _WRITTEN[mark].fullmatch(text.translate(_BLANKS))
    if not found or (found["part"] and found["exponent"]):
        return None
    plain = found["whole"].translate(_NOTHING) + found["rest"].replace(mark, ".")
    return plain if NUMBER.fullmatch(plain) else None


_NOTHING = str.maketrans("", "", "., '")


def _value(text: str | None) -> float | None:
    return None if text is None else float(text)
