"""Mergers: in a given year some governments become one (E53)."""

import re
from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, model_validator

from kernegotiate.scenario.errors import did_you_mean, problem
from kernegotiate.scenario.record import Record
from kernegotiate.scenario.spec import Notation, Text, Whole, spec
from kernegotiate.scenario.text import shown

EXAMPLE = "12 CT HG ST; 15 AG KG"
"""Mergers as a text: years, at each the codes of those that become one, its own first."""


class Merger(Record):
    """Governments that become one, which keeps code, name and place of the first."""

    year: Whole = spec(..., "first year as one government", unit="years", low=2, high=400)
    members: tuple[Text, ...] = spec(
        ..., "codes of the governments; the first keeps its code and name", source="data"
    )

    @model_validator(mode="after")
    def _several(self) -> Self:
        """Check that there are at least two, and none twice."""
        if len(set(self.members)) < len(self.members) or len(self.members) < 2:
            found = ", ".join(self.members) or "none"
            found = f"{found[:60]}..." if len(found) > 60 else found
            raise problem(
                f"found {found}, allowed are two or more, each once",
                "members",
            )
        return self


def check_mergers(mergers: Iterable[Merger], years: int, codes: Collection[str]) -> None:
    """Check mergers against the years and governments of a scenario.

    Raises:
        ValueError: A year is too late or out of order, a code is unknown, or its government has
            become part of another before.
    """
    known, absorbed, before = set(codes), set[str](), 0
    for number, merger in enumerate(mergers):
        place = ("mergers", number)
        if not before <= merger.year <= years:
            raise problem(
                f"found {merger.year}, allowed are years in order, at most {years}", *place, "year"
            )
        for code in merger.members:
            if code not in known:
                hint = did_you_mean(code, codes)
                raise problem(f"no government has the code '{code}', {hint}", *place, "members")
            if code in absorbed:
                raise problem(f"'{code}' is part of another government by then", *place, "members")
        absorbed.update(merger.members[1:])
        before = merger.year


def seated(codes: Iterable[str], mergers: Iterable[Merger], year: int) -> list[str]:
    """Codes of those that sit for these governments in a year, each once, in the same order."""
    into = {code: code for code in codes}
    for merger in mergers:
        if merger.year <= year:
            into = {
                code: merger.members[0] if sits in merger.members else sits
                for code, sits in into.items()
            }
    return list(dict.fromkeys(into.values()))


def written(mergers: Iterable[Merger]) -> str:
    """Mergers in their notation."""
    return "; ".join(" ".join([str(one.year), *one.members]) for one in mergers)


def _as_mergers(given: Any) -> Any:
    """Mergers from a text in their notation; whatever else stands there is left to the check."""
    return _read(given) if isinstance(given, str) else given


@lru_cache(maxsize=256)
def _read(text: str) -> tuple[Merger, ...]:
    found = []
    for part in filter(None, map(str.strip, text.split(";"))):
        year, *members = part.split()
        if not re.fullmatch(r"[0-9]{1,4}", year):
            raise ValueError(
                f"found {shown(part)}, allowed is a year and codes, such as '{EXAMPLE}'"
            )
        one = {"year": int(year), "members": members}
        found.append(Merger.checked(one, f"in year {year}"))
    return tuple(found)


Mergers = Annotated[
    tuple[Merger, ...], BeforeValidator(_as_mergers), Notation(f"such as '{EXAMPLE}'")
]
"""Mergers in the order of their years; a text in their notation is read."""
