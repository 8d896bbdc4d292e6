"""Changes in time: from a year on, another institution or other levers.

A law passes, a match ends, a push opens (E67, E91, E95). What was signed before stays bound by the
terms it was signed under; a new plan claims the projects that arrive from then on.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Annotated, Any, NamedTuple, Self

from pydantic import BeforeValidator, model_validator

from kernegotiate.scenario import values
from kernegotiate.scenario.errors import ScenarioError, did_you_mean, problem
from kernegotiate.scenario.institution import Institution
from kernegotiate.scenario.levers import Levers
from kernegotiate.scenario.record import Record
from kernegotiate.scenario.spec import Notation, Text, Whole, spec
from kernegotiate.scenario.text import shown

EXAMPLE = "12 empowered_board; 20 sanction=1.5 match_rate=0"
"""Changes as a text: years in order, at each an institution, values of levers, or both."""
NOTATION = f"such as '{EXAMPLE}'"


def known_institution(named: Any) -> Any:
    """The institution of a name or a path; whatever else stands there is left to the check."""
    if not isinstance(named, str):
        return named
    from kernegotiate.scenario.library import load_institution  # it reads scenarios, too

    try:
        return load_institution(named)
    except ScenarioError as error:
        raise ScenarioError(str(error).removeprefix("institution: ")) from None


def _pairs(given: Any) -> Any:
    """The items of a table, so that a change can be a key."""
    return tuple(given.items()) if isinstance(given, dict) else given


class Change(Record):
    """What holds from a year on: another institution, other values of levers, or both."""

    year: Whole = spec(..., "first year in which it holds", unit="years", low=2, high=400)
    institution: Annotated[Institution | None, BeforeValidator(known_institution)] = spec(
        None, "whose levers hold from then on; those in force if left out", source="data"
    )
    set: Annotated[tuple[tuple[Text, Any], ...], BeforeValidator(_pairs)] = spec(
        (), "values of levers by name, in place of the institution's", source="data"
    )

    @model_validator(mode="after")
    def _says_what(self) -> Self:
        """Check that it changes something, and that levers may have these values."""
        if self.institution is None and not self.set:
            raise problem("the value is missing, allowed is institution, set or both", "set")
        for lever, value in self.set:
            if lever not in Levers.model_fields:
                raise problem(
                    f"unknown lever, {did_you_mean(lever, Levers.model_fields)}", "set", lever
                )
            try:
                values.validate(Levers.model_fields[lever], value)
            except ScenarioError as error:
                raise problem(str(error), "set", lever) from None
        return self

    def levers(self, present: Levers) -> Levers:
        """The levers in force after it, if these are in force before."""
        base = present if self.institution is None else self.institution.levers
        return base.changed(f"changes in year {self.year}", **dict(self.set))

    def under(self, present: Institution) -> Institution:
        """The institution in force after it, if this one is in force before."""
        return (self.institution or present).with_overrides(**dict(self.set))


def in_turn(levers: Levers, changes: Iterable[Change]) -> list[tuple[int, Levers]]:
    """Levers one after another, each with its first year.

    Args:
        levers: In force from year 1 on.
        changes: In the order of their years.
    """
    laws = [(1, levers)]
    for change in changes:
        laws.append((change.year, change.levers(laws[-1][1])))
    return laws


class Regime(NamedTuple):
    """What is in force from a year on, for whoever tells of it."""

    since: int
    institution: Institution
    set: tuple[tuple[str, Any], ...] = ()  # levers that this very change has set


def regimes(first: Regime, changes: Iterable[Change]) -> tuple[Regime, ...]:
    """Regimes one after another.

    Args:
        first: In force before any change.
        changes: In the order of their years.
    """
    found = [first]
    for change in changes:
        found.append(Regime(change.year, change.under(found[-1].institution), change.set))
    return tuple(found)


def written(changes: Iterable[Change]) -> str:
    """Changes in their notation; institutions by name."""
    return "; ".join(
        " ".join(
            [
                str(change.year),
                *([change.institution.name] if change.institution else []),
                *(f"{lever}={_plain(value)}" for lever, value in change.set),
            ]
        )
        for change in changes
    )


def _plain(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def as_changes(given: Any) -> Any:
    """Changes from a text in their notation; whatever else stands there is left to the check."""
    if not isinstance(given, str):
        return given
    names = [word for word in given.split() if "=" not in word]
    files = any(mark in name for name in names for mark in "/\\.")  # which may change
    return _read(given) if files else _remembered(given)


@lru_cache(maxsize=256)
def _remembered(text: str) -> tuple[Change, ...]:
    return _read(text)


def _read(text: str) -> tuple[Change, ...]:
    """Read changes, each a year, then a name of an institution, values of levers, or both."""
    found = []
    for part in filter(None, map(str.strip, text.split(";"))):
        year, *words = part.split()
        named = [word for word in words if "=" not in word]
        if not re.fullmatch(r"[0-9]{1,4}", year) or not words or len(named) > 1:
            raise ValueError(
                f"found {shown(part)}, allowed is a year and what holds then, {NOTATION}"
            )
        settings: dict[str, Any] = {}
        for word in words:
            lever, sign, value = word.partition("=")
            if lever in settings:
                raise ValueError(f"in year {int(year)}: found {lever} twice, allowed is once")
            if sign and lever not in Levers.model_fields:
                raise ValueError(
                    f"in year {int(year)}: found {shown(lever)}, allowed are levers; "
                    f"{did_you_mean(lever, Levers.model_fields)}"
                )
            if sign:
                try:
                    settings[lever] = values.parse(Levers.model_fields[lever], value)
                except ScenarioError as error:
                    raise ScenarioError(f"in year {int(year)}: set.{lever}: {error}") from None
        change = {"year": int(year), "institution": named[0] if named else None, "set": settings}
        found.append(Change.checked(change, f"in year {year}"))
    return tuple(found)


Changes = Annotated[tuple[Change, ...], BeforeValidator(as_changes), Notation(NOTATION)]
"""Changes in the order of their years; a text in their notation is read."""
