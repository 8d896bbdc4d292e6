"""Who is outside a voluntary body, year by year, and so who sits where a work is talked about.

Read off the log of a run, so that whoever tells of a year need not have been there. The rules are
those of `engine/membership.py`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kernegotiate.agents import Event, RegionModel
    from kernegotiate.scenario.changes import Regime
    from kernegotiate.scenario.mergers import Merger


def outsiders(
    log: Iterable[Event],
    regimes: Sequence[Regime],
    mergers: Iterable[Merger],
    codes: Iterable[str],
    until: int,
    years: int,
) -> list[frozenset[str]]:
    """Governments outside the body at the end of each year; nobody where it is mandatory.

    At the start, before anybody has been asked, nobody is in a voluntary body.

    Args:
        log: Of the run, in order.
        regimes: Who coordinates since when.
        mergers: Of the scenario.
        codes: Of all governments.
        until: The last year.
        years: In which projects arrive; after these nobody is asked any more.

    Returns:
        Codes by year, from year 0 to `until`; who is part of another is in none.
    """
    moved: dict[int, list[Event]] = {}
    for event in log:
        if event.event in ("joined", "left"):
            moved.setdefault(event.year, []).append(event)
    standing = set(codes)
    asks = _is_voluntary(regimes, 1)
    members: set[str] | None = set() if asks else None  # None: all of them
    found = [frozenset(standing) if asks else frozenset[str]()]
    for year in range(1, until + 1):
        for merger in mergers:
            if merger.year == year:
                _merge(members, *merger.members)
                standing -= set(merger.members[1:])
        if not _is_voluntary(regimes, year):
            members = None
        elif members is None and year <= years:
            members = set()  # a new body
        if members is not None:
            for event in moved.get(year, ()):
                (members.add if event.event == "joined" else members.discard)(str(event.government))
        found.append(frozenset() if members is None else frozenset(standing - members))
    return found


def outsiders_of(model: RegionModel) -> list[frozenset[str]]:
    """Governments outside the body at the end of each year of a model, from year 0."""
    scenario = model.setting.scenario
    codes = scenario.region.codes
    return outsiders(model.log, model.regimes, scenario.mergers, codes, model.year, scenario.years)


def at_the_table(parties: Sequence[str], outside: Collection[str]) -> list[str]:
    """Parties of a work that sit where it is talked about, in the same order.

    With the body those that are in it; without the body all of them.

    Args:
        parties: Codes, host first.
        outside: Codes of who is outside the body.
    """
    if is_apart(parties, outside):
        return list(parties)
    return [code for code in parties if code not in outside]


def is_apart(parties: Sequence[str], outside: Collection[str]) -> bool:
    """Whether a work is talked about without the body: its host is outside, or alone in it.

    Args:
        parties: Codes, host first.
        outside: Codes of who is outside the body.
    """
    members = sum(code not in outside for code in parties)
    return parties[0] in outside or members < min(2, len(parties))


def _is_voluntary(regimes: Sequence[Regime], year: int) -> bool:
    law = [one for one in regimes if one.since <= year][-1]
    return law.institution.levers.membership == "voluntary"


def _merge(members: set[str] | None, into: str, *absorbed: str) -> None:
    """A government is in if one of its parts was."""
    if members is not None and members & {into, *absorbed}:
        members.difference_update(absorbed)
        members.add(into)
