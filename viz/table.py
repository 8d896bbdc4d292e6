"""A deal as a table: who sits there, and what has become of each seat.

    hollow     has not voted yet
    yes, no    how it has voted this year, or that it is bound and has kept its word
    left       has broken its promise
    outside    is party to the work and has no seat: it is outside the body

A seat stands on the side of the table on which its province lies.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from viz.outline import Point
from viz.view import View, Work


@dataclass(frozen=True)
class Seat:
    """Of one party.

    Attributes:
        party: Its place in the region.
        before: What the seat was before the deal was told.
        after: What it is now.
        angle: Where it stands at the table, radians: 0 is east, a quarter turn south.
    """

    party: int
    before: str
    after: str
    angle: float


@dataclass(frozen=True)
class Table:
    """Of one deal.

    Attributes:
        work: As it is now.
        before: Its status before the deal was told; "" if it was not there.
        seats: Of those who are party to it, in the order in which they vote.
    """

    work: Work
    before: str
    seats: tuple[Seat, ...]


def laid(view: View, code: str, spots: Sequence[Point]) -> Table:
    """The table of a work at the end of a year.

    Args:
        view: Of that year.
        code: Of the work.
        spots: Where each government is on the map.
    """
    work, former = view.works[code], view.before.get(code)
    parties = tuple(view.numbers[one] for one in view.parties(work, view.year))
    sits = {view.numbers[one] for one in view.seats(work, view.year)}
    broken = {
        view.into[view.numbers[str(event.government)]]
        for event in view.log
        if event.event == "reneged" and event.project == code
    }
    then = {party: _standing(former, party, sits, broken) for party in parties}
    now = {party: _standing(work, party, sits, broken) for party in parties}
    if work.signed is None:
        now |= _votes(view, work)
    angles = around([spots[party] for party in parties], spots[work.place])
    return Table(
        work=work,
        before=former.status if former else "",
        seats=tuple(Seat(p, then[p], now[p], a) for p, a in zip(parties, angles, strict=True)),
    )


def _standing(work: Work | None, party: int, sits: set[int], broken: set[int]) -> str:
    """A seat as nothing but the work tells it."""
    if work is None or work.signed is None:
        return "hollow" if party in sits else "outside"
    if party in work.inside:
        return "yes"
    return "left" if party in broken else "outside"


def _votes(view: View, work: Work) -> dict[int, str]:
    """How each party has voted this year; of several drafts the last one counts."""
    return {
        view.numbers[str(event.government)]: "yes" if event.amount > 0.0 else "no"
        for event in view.log
        if (event.year, event.project, event.event) == (view.year, work.code, "voted")
    }


def around(spots: Sequence[Point], middle: Point) -> list[float]:
    """Angles of seats at equal distances from each other, each as near as may be to its spot.

    Seats stand in the order in which their spots lie around the middle. The first one, whose spot
    may be the middle itself, looks away from all others.

    Args:
        spots: Of the parties, host first.
        middle: Of the table.
    """
    away = [(x - middle[0], y - middle[1]) for x, y in spots]
    sum_x, sum_y = (sum(one[d] for one in away[1:]) for d in (0, 1))
    if len(spots) == 1 or (sum_x == sum_y == 0.0):
        sum_x, sum_y = 0.0, -1.0  # then it sits to the south
    away[0] = (-sum_x, -sum_y)
    bearings = [math.atan2(y, x) for x, y in away]
    order = sorted(range(len(spots)), key=lambda i: bearings[i])
    step = 2.0 * math.pi / len(spots)
    turns = [bearings[i] - place * step for place, i in enumerate(order)]
    turn = math.atan2(sum(map(math.sin, turns)), sum(map(math.cos, turns)))
    angles = [0.0] * len(spots)
    for place, i in enumerate(order):
        angles[i] = round(turn + place * step, 3)
    return angles
