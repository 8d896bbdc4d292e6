"""Who sits where at the table of a deal, and what has become of each seat."""

import math
from collections import Counter
from itertools import pairwise

import pytest

import kernegotiate as kn
from viz import deals
from viz.sheet import sheet
from viz.table import around, laid
from viz.view import View
from viz_helpers import REGION, run_of, views_of

SPOTS = sheet("delta", kn.load_scenario(REGION).region).spots
RUNS = ["advisory_council", "conditional_funding", "empowered_board", "consensus_or_no_money"]


@pytest.mark.parametrize("coordinator", RUNS)
def test_seats_tell_what_the_log_tells(coordinator: str) -> None:
    seen: Counter[str] = Counter()
    for view in views_of(run_of(coordinator)):
        for code in deals.of_year(view):
            table, work = laid(view, code, SPOTS), view.works[code]
            assert [seat.party for seat in table.seats] == list(work.parties)
            votes = last_votes(view, code)
            broken = {e.government for e in view.log if (e.event, e.project) == ("reneged", code)}
            for seat in table.seats:
                party = view.region.codes[seat.party]
                if work.signed is None:
                    expected = votes.get(party, "hollow")
                else:
                    expected = "left" if party in broken else "yes"
                assert seat.after == expected
                seen[seat.after] += 1
    assert seen["yes"] > 10
    if coordinator == "advisory_council":
        assert min(seen["no"], seen["left"]) > 0


def last_votes(view: View, code: str) -> dict[str, str]:
    """How each party voted on the last draft of the year."""
    cast: dict[str, str] = {}
    for event in view.log:
        if (event.year, event.project, event.event) == (view.year, code, "voted"):
            cast[str(event.government)] = "yes" if event.amount else "no"
    return cast


def test_before_a_deal_is_told_seats_are_as_the_year_before_left_them() -> None:
    views, seen = views_of(run_of("consensus_or_no_money")), Counter[str]()
    for before, view in pairwise(views):
        for code in deals.of_year(view):
            table = laid(view, code, SPOTS)
            former = before.works.get(code)
            assert table.before == (former.status if former else "")
            states = {seat.before for seat in table.seats}
            if former is None or former.signed is None:
                assert states == {"hollow"}
            else:
                assert states <= {"yes", "left"}
            seen[table.before] += 1
    assert min(seen[""], seen["on the agenda"], seen["under way"]) > 0


def test_seats_stand_apart_on_the_side_of_their_spot() -> None:
    middle = (0.0, 0.0)
    spots = [middle, (10.0, 0.0), (0.0, 10.0), (0.0, -10.0)]
    host, east, south, north = around(spots, middle)
    assert math.cos(east) == pytest.approx(1.0)
    assert math.sin(south) == pytest.approx(1.0)
    assert math.sin(north) == pytest.approx(-1.0)
    assert math.cos(host) == pytest.approx(-1.0)  # away from all others


@pytest.mark.parametrize("n", range(1, 14))
def test_seats_are_at_equal_distances_in_the_order_around(n: int) -> None:
    parties = [(3 * i + 5) % 13 for i in range(n)]
    spots = [SPOTS[party] for party in parties]
    angles = around(spots, spots[0])
    turned = sorted(angle % (2 * math.pi) for angle in angles)
    gaps = [b - a for a, b in zip(turned, [*turned[1:], turned[0] + 2 * math.pi], strict=True)]
    assert gaps == pytest.approx([2 * math.pi / n] * n, abs=0.01)
    if n > 2:
        bearing = [
            math.atan2(y - spots[0][1], x - spots[0][0]) % (2 * math.pi) for x, y in spots[1:]
        ]
        by_spot = sorted(range(1, n), key=lambda i: bearing[i - 1])
        by_seat = sorted(range(1, n), key=lambda i: angles[i] % (2 * math.pi))
        start = by_seat.index(by_spot[0])
        assert by_seat[start:] + by_seat[:start] == by_spot
