"""How cost grows with governments, years and runs, each by itself.

Governments and years: processor time of the compiled loop on one thread, memory laid out before.
Runs: processor time of one call of `simulate` on one thread, its reading of files and its table of
results included, so that a few runs are dear. Beyond `ONCE` runs a call is timed once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

import kernegotiate as kn
from benchmarks.loop import Loop
from benchmarks.measuring import Work, in_turn, say, slope, timed
from benchmarks.synthetic import synthetic
from benchmarks.table import Table, number
from kernegotiate.engine.outcomes import OUTCOME

GOVERNMENTS = (5, 10, 20, 40, 80, 160, 300)
YEARS = (10, 20, 40, 100, 200)
RUNS = (1, 10, 100, 1_000, 10_000, 100_000, 1_000_000)
ONCE = 10_000
TURN = 0.15  # seconds that one turn should take
TRIAL = 20  # runs by which the length of a turn is found

NONE, COUNCIL, BARE = "none", "advisory_council", "none, no projects"
WAYS: dict[str, tuple[str, dict[str, Any]]] = {NONE: (NONE, {}), COUNCIL: (COUNCIL, {})}
# No project ever comes: what is left is leaders, trust, arrivals that fail, and books.
WAYS_OF_REGIONS = WAYS | {BARE: (NONE, {"rate": 0.0})}


@dataclass(frozen=True)
class Point:
    """One size.

    Attributes:
        size: governments, years or runs.
        cost: us of processor time a run, by way.
        projects: mean number that arrive in a run.
        memory: bytes of a world, those included that a run does not touch.
    """

    size: int
    cost: dict[str, float]
    projects: float = 0.0
    memory: int = 0


def by_governments(sizes: Sequence[int], repeats: int, turn: float = TURN) -> list[Point]:
    """Synthetic regions of these sizes, over 40 years."""
    say("Growth: governments")
    loops = {
        size: {
            way: Loop(synthetic(size), name, **values)
            for way, (name, values) in WAYS_OF_REGIONS.items()
        }
        for size in sizes
    }
    return _points(loops, repeats, turn)


def by_years(sizes: Sequence[int], repeats: int, turn: float = TURN) -> list[Point]:
    """The Mekong Delta over so many years."""
    say("Growth: years")
    loops = {
        size: {
            way: Loop("mekong_delta", name, years=size, **values)
            for way, (name, values) in WAYS.items()
        }
        for size in sizes
    }
    return _points(loops, repeats, turn)


def by_runs(sizes: Sequence[int], repeats: int) -> list[Point]:
    """So many runs of `none` in one call."""
    points = []
    for size in sizes:
        say(f"Growth: {size:,} runs")
        work = partial(kn.simulate, "mekong_delta", NONE, runs=size, seed=1, threads=1)
        core = in_turn({NONE: work}, repeats if size <= ONCE else 1)[NONE].core
        points.append(Point(size, {NONE: 1e6 * core / size}))
    return points


def _points(loops: Mapping[int, Mapping[str, Loop]], repeats: int, turn: float) -> list[Point]:
    """Time all loops in turn, each with as many runs as take about `turn` seconds."""
    works: dict[tuple[int, str], Work] = {}
    results: dict[tuple[int, str], np.ndarray] = {}
    for size, by_way in loops.items():
        for way, loop in by_way.items():
            trial = np.empty(TRIAL, OUTCOME)
            loop.run(trial)  # touches its memory
            took = timed(partial(loop.run, trial)).wall
            runs = int(min(max(TRIAL * turn / took, 2), 100_000))
            results[size, way] = np.empty(runs, OUTCOME)
            works[size, way] = partial(loop.run, results[size, way])
    times = in_turn(works, repeats)
    return [
        Point(
            size,
            {way: 1e6 * times[size, way].core / len(results[size, way]) for way in by_way},
            float(results[size, COUNCIL]["arrived"].mean()),
            sum(array.nbytes for array in by_way[NONE].world),
        )
        for size, by_way in loops.items()
    ]


def exponents(sizes: Sequence[float], costs: Sequence[float]) -> str:
    """Over all sizes, and between the last two."""
    return (
        f"{slope(sizes, costs):.2f} "
        f"({slope(sizes[-2:], costs[-2:]):.2f} from {sizes[-2]:,} to {sizes[-1]:,})"
    )


def table(points: Sequence[Point], what: str, others: int) -> Table:
    """Cost of a run and of a government-year.

    Args:
        points: measured.
        what: "governments" or "years".
        others: the number of years, or of governments, that stays.
    """
    ways = list(points[0].cost)
    head = [what, "projects a run", "memory, MB"]
    head += [f"{way}: run" for way in ways] + [f"{way}: government-year" for way in ways]
    rows = [
        [f"{p.size}", number(p.projects), number(p.memory / 1e6)]
        + [number(p.cost[way]) for way in ways]
        + [f"{p.cost[way] / (p.size * others):.3f}" for way in ways]
        for p in points
    ]
    sizes = [p.size for p in points]
    told = [f"{way} {exponents(sizes, [p.cost[way] for p in points])}" for way in ways]
    return Table(
        f"Cost by {what}, us",
        head,
        rows,
        f"Exponent of a run's cost, where 1 is linear: {'; '.join(told)}.",
    )


def table_of_runs(points: Sequence[Point]) -> Table:
    """Cost of a call and of a run in it."""
    costs = [p.cost[NONE] * p.size / 1e6 for p in points]
    return Table(
        f"Cost by runs in one call, {NONE}",
        ("runs", "s in all", "us a run"),
        [
            (f"{p.size:,}", number(cost), number(p.cost[NONE]))
            for p, cost in zip(points, costs, strict=True)
        ],
        "Exponent of the cost of a call, where 1 is linear: "
        f"{exponents([p.size for p in points], costs)}.",
    )
