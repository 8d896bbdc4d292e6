"""A factor of a design: a keyword and the values that it takes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from typing import Any, Self

from pydantic import model_validator

from kernegotiate.scenario import Parameter, parameters
from kernegotiate.scenario.errors import ScenarioError, did_you_mean, problem
from kernegotiate.scenario.record import Record
from kernegotiate.scenario.spec import Real, Text, spec
from kernegotiate.scenario.text import shown

Value = float | int | bool | str


class Factor(Record):
    """A keyword with a range, or with values one by one."""

    name: Text = spec(..., "a lever, or a parameter as `parameters` lists it", source="data")
    low: Real | None = spec(None, "lowest value", source="data")
    high: Real | None = spec(None, "highest value", source="data")
    values: tuple[Any, ...] | None = spec(
        None, "values one by one; all of a flag or a choice if left out", source="data"
    )

    @model_validator(mode="after")
    def _is_allowed(self) -> Self:
        """Check the keyword and its values."""
        try:
            known = parameter(self.name)
            ends = [end for end in (self.low, self.high) if end is not None]
            allowed_values(known, [*ends, *(self.values or ())])
        except ValueError as error:
            raise problem(str(error)) from None
        if self.values is not None:
            if ends:
                raise problem(f"{self.name}: needs either values or low and high")
            if not self.values:
                raise problem(f"{self.name}: found no value, allowed are one or more", "values")
        elif len(ends) < 2 and (ends or not _every(known)):
            raise problem(f"{self.name}: needs low and high, or values")
        elif ends and not ends[0] < ends[1]:
            raise problem(f"{self.name}: found low {ends[0]:g}, allowed is less than high")
        return self

    @property
    def levels(self) -> list[Value] | None:
        """Its values one by one; None if it has a range."""
        known = parameter(self.name)
        if self.values is not None:
            return allowed_values(known, self.values)
        return _every(known) if self.low is None else None

    def at(self, share: float) -> Value:
        """The value at a share of the way: from 0, the first or lowest, to 1.

        Whole numbers and values one by one each own an equal part of the way.
        """
        levels = self.levels
        if levels is not None:
            return levels[min(int(share * len(levels)), len(levels) - 1)]
        low, high = self.low or 0.0, self.high or 0.0
        if parameter(self.name).type == "whole number":
            return int(min(low + math.floor(share * (high - low + 1)), high))
        # The sum alone may miss the end: .3 + (.9 - .3) is not .9.
        return high if share >= 1.0 else min(low + share * (high - low), high)


def allowed_values(known: Parameter, many: Sequence[Any]) -> list[Any]:
    """Check many values of a keyword for a table; a text stays as somebody wrote it.

    Raises:
        ScenarioError: One is not allowed.
    """
    checked = known.validate_all(many)
    if known.type != "text":
        return checked
    for one in many:
        if not isinstance(one, str):
            raise ScenarioError(f"{known.name}: found {shown(one)}, allowed in a design is a text")
    return list(many)


@cache
def parameter(name: str) -> Parameter:
    """What is known of a keyword.

    Raises:
        ValueError: It is unknown, or takes no single value.
    """
    known = {one.name: one for one in parameters()}
    if name not in known:
        raise ValueError(f"{name}: unknown keyword, {did_you_mean(name, known)}")
    if known[name].type == "list":
        raise ValueError(f"{name}: is a list, allowed is what takes a single value")
    return known[name]


def _every(known: Parameter) -> list[Value] | None:
    """All values of a flag or a choice."""
    return [False, True] if known.type == "flag" else list(known.choices) or None
