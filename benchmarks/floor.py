"""The bare cost of the draws that a run needs: as many calls of the engine's own functions.

`counting.py` says, for each of a few runs and each purpose, how many blocks of Philox were made and
how many of their words were read as plain uniform numbers, normals, or values of a quantile table.
`spend` makes exactly so many calls of `words`, `uniform`, `normal` and `from_table`, at addresses
of the same kind, and does nothing with the numbers but add them up. The same runs are then timed in
the compiled loop, in turn with it. Neither side counts the laying out of memory and of tables, and
both are one thread's processor time.
"""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numba import njit

from benchmarks.loop import Loop
from benchmarks.measuring import UnequalError, Work, in_turn, say
from benchmarks.table import Table, number
from kernegotiate.engine.draws import from_table, normal, uniform, words
from kernegotiate.engine.outcomes import OUTCOME

ROOT = Path(__file__).parents[1]
INSTITUTIONS = ("none", "advisory_council", "lga", "conditional_funding", "empowered_board")


@dataclass(frozen=True)
class Draws:
    """What the draws of an institution's run cost, and the run.

    Attributes:
        coordinator: the institution.
        counts: mean a run of blocks, table values, normals and plain uniform numbers.
        draws: us a run, of the draws alone.
        run: us a run, of all.
    """

    coordinator: str
    counts: tuple[float, ...]
    draws: float
    run: float


@njit(cache=True, nogil=True, error_model="numpy")
def spend(counts: Any, quantile: Any, addresses: Any, seed: Any, passes: Any) -> float:
    """Make the draws of all runs, `passes` times over; returns their sum.

    Args:
        counts: (runs, purposes, 4) as `counting.COUNTED`.
        quantile: tables of the leaders' characters, as in `World`.
        addresses: of the governments.
        seed: of all draws.
        passes: how often.
    """
    total = 0.0
    for turn in range(passes):
        for run in range(counts.shape[0]):
            place = 0
            for purpose in range(counts.shape[1]):
                tables, normals = counts[run, purpose, 1], counts[run, purpose, 2]
                plain = counts[run, purpose, 3]
                for i in range(counts[run, purpose, 0]):
                    one = addresses[place]
                    place = place + 1 if place + 1 < addresses.shape[0] else 0
                    for word in words(seed, run, purpose, 0, one, addresses[place], i + turn):
                        if tables > 0:
                            total += from_table(quantile, tables % 3, uniform(word))
                            tables -= 1
                        elif normals > 0:
                            total += normal(uniform(word))
                            normals -= 1
                        elif plain > 0:
                            total += uniform(word)
                            plain -= 1
    return total


def counted(coordinator: str, runs: int, seed: int, years: int) -> dict[str, Any]:
    """Counts and outcomes of the first runs, from a process of its own.

    Raises:
        RuntimeError: the engine could not be counted.
    """
    command = [sys.executable, "-m", "benchmarks.counting", coordinator]
    command += ["--runs", str(runs), "--seed", str(seed), "--years", str(years)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{coordinator}: draws could not be counted.\n{done.stderr}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def measure(
    runs: int, repeats: int, passes: int = 100, seed: int = 1, years: int = 40
) -> list[Draws]:
    """Count, then time draws and runs of every institution in turn.

    Args:
        runs: runs that are counted, and timed.
        repeats: how often each has its turn.
        passes: times that the runs are run in a turn.
        seed: of all draws.
        years: in which projects arrive.

    Raises:
        UnequalError: the runs that were counted are not those of the compiled engine.
    """
    say(f"Draws: counting {runs} runs of each institution")
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda name: counted(name, runs, seed, years), INSTITUTIONS))
    say("Draws: timing")
    ways: dict[tuple[str, str], Work] = {}
    counts: dict[str, Any] = {}
    for name, count in zip(INSTITUTIONS, found, strict=True):
        loop = Loop("mekong_delta", name, seed, years=years)
        outcomes = np.empty(runs, OUTCOME)
        loop.run(outcomes)
        rows = outcomes.view(np.float64).reshape(runs, -1).tolist()
        if [[value.hex() for value in row] for row in rows] != count["outcomes"]:
            raise UnequalError(f"{name}: the runs that were counted differ from the compiled ones.")
        counts[name] = np.array(count["counts"], np.int64)
        quantile, addresses = loop.world.quantile, loop.world.gov["address"].copy()
        arguments = (counts[name], quantile, addresses, seed)
        spend(*arguments, 1)  # compiles
        ways[name, "draws"] = partial(spend, *arguments, passes)
        ways[name, "run"] = partial(_play, loop, outcomes, passes)
    times = in_turn(ways, repeats)
    each = 1e6 / (runs * passes)
    return [
        Draws(
            name,
            tuple((counts[name].sum(axis=1).mean(axis=0)).tolist()),
            times[name, "draws"].core * each,
            times[name, "run"].core * each,
        )
        for name in INSTITUTIONS
    ]


def _play(loop: Loop, outcomes: np.ndarray, passes: int) -> None:
    for _ in range(passes):
        loop.run(outcomes)


def table(found: list[Draws]) -> Table:
    """One row an institution."""
    rows = [
        (
            d.coordinator,
            *(number(count) for count in d.counts),
            f"{d.draws:.1f}",
            f"{d.run:.1f}",
            f"{d.run / d.draws:.2f}",
        )
        for d in found
    ]
    return Table(
        "A run, and the draws in it",
        (
            "institution", "blocks", "table values", "normals", "plain",
            "draws, us", "run, us", "run / draws",
        ),
        rows,
    )  # fmt: skip
