"""The same forty years of the Mekong Delta, four ways: Mesa, Mesa in a pool, one and two threads.

A typical Mesa model of the same story has its turn with them, for a fair ratio: our own does more.
Before anything is timed, the answers are compared to the last bit. Core-seconds are processor time,
so their ratio holds on a busy machine too; runs a second do not. Compiling is not counted, nor is
the start of worker processes.
"""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import kernegotiate as kn
from benchmarks import ceiling
from benchmarks.agents import Pool, Row, batch, typical
from benchmarks.measuring import Time, UnequalError, in_turn, say
from benchmarks.table import Table, number
from kernegotiate.engine.outcomes import COLUMNS

MESA, POOL = "mesa.batch_run, 1 process", "mesa.batch_run in chunks, {} processes"
ONE, TWO = "ensemble, 1 thread", "ensemble, 2 threads"
TYPICAL, STORY = "a typical Mesa model", "advisory_council"  # and the institution it tells of
DRAWS = 20_000_000  # of the ceiling, about half a second


@dataclass(frozen=True)
class Ways:
    """What was measured.

    Attributes:
        coordinator: institution that was run.
        compared: runs whose answers were compared before.
        runs: by way, runs in one repeat.
        times: by way, medians of a repeat.
        ceiling: gain of a second thread that only draws, see `ceiling.py`.
    """

    coordinator: str
    compared: int
    runs: dict[str, int]
    times: dict[str, Time]
    ceiling: float

    def per_core(self, way: str) -> float:
        """Runs a core-second."""
        return self.runs[way] / self.times[way].core

    def table(self) -> Table:
        """One row a way."""
        rows = [
            (
                way,
                f"{self.runs[way]:,}",
                number(self.runs[way] / time.wall),
                number(self.per_core(way)),
                number(self.per_core(way) / self.per_core(MESA)),
            )
            for way, time in self.times.items()
            if way != TYPICAL
        ]
        one, two = (self.times[way].wall / self.runs[way] for way in (ONE, TWO))
        return Table(
            f"Four ways to the same numbers, {self.coordinator}",
            ("way", "runs", "runs/s", "runs per core-second", "times Mesa per core-second"),
            rows,
            f"Two threads are {one / two:.2f} times as fast as one on the clock; two that only "
            f"draw and share nothing, measured in turn with them, {self.ceiling:.2f} times. "
            f"{self.compared} runs were equal to the last bit, each way.",
        )

    def beside(self) -> Table:
        """The typical model, ours and the ensemble; each draws and reckons for itself."""
        least = self.per_core(TYPICAL)
        return Table(
            f"Beside a typical Mesa model of the same story, {STORY}",
            ("what", "ms of a core a run", "runs per core-second", "times the typical model"),
            [
                (
                    way,
                    number(1000 / self.per_core(way)),
                    number(self.per_core(way)),
                    number(self.per_core(way) / least),
                )
                for way in (TYPICAL, MESA, ONE)
            ],
            "Medians of the turns above. The typical model asks nobody why a motion failed, keeps "
            "no log, and its numbers are its own.",
        )


def measure(
    coordinator: str, mesa_runs: int, runs: int, repeats: int, workers: int = 2, chunk: int = 5
) -> Ways:
    """Compare the answers, then time each way.

    Args:
        coordinator: institution to run.
        mesa_runs: runs of the Mesa model in a repeat; so many for each worker in the pool.
        runs: runs of the ensemble in a repeat, on each thread.
        repeats: how often each way has its turn.
        workers: processes of the pool.
        chunk: runs that a worker is given at once.

    Raises:
        UnequalError: the answers differ.
    """
    say(f"Four ways: {coordinator}")
    seeds = list(range(mesa_runs))
    many = list(range(mesa_runs * workers))

    def bulk(threads: int, runs: int = runs) -> object:
        return kn.simulate(
            "mekong_delta", coordinator, runs=runs * threads, seed=0, threads=threads
        )

    with Pool(coordinator, workers) as pool:
        _check(coordinator, batch(coordinator, seeds), pool.run(seeds, chunk)[0])
        pool_way = POOL.format(workers)
        times = in_turn(
            {
                TYPICAL: lambda: typical(many),
                MESA: lambda: batch(coordinator, seeds),
                pool_way: lambda: pool.run(many, chunk)[1],
                ONE: lambda: bulk(1),
                TWO: lambda: bulk(2),
            }
            | ceiling.ways(DRAWS),
            repeats,
        )
    gain = 2 * times.pop(ceiling.ONE).wall / times.pop(ceiling.TWO).wall
    counts = {TYPICAL: len(many), MESA: len(seeds), pool_way: len(many), ONE: runs, TWO: 2 * runs}
    return Ways(coordinator, len(seeds), counts, times, gain)


def bits(values: Mapping[str, float]) -> bytes:
    """All outcomes of a run, as the bytes of their numbers; every NaN is the same."""
    return struct.pack(
        f"{len(COLUMNS)}d",
        *(float("nan") if values[name] != values[name] else values[name] for name in COLUMNS),
    )


def _check(coordinator: str, one: Sequence[Row], other: Sequence[Row]) -> None:
    """Hold Mesa, the pool and the ensemble on one and two threads against each other."""
    for row, again in zip(one, other, strict=True):
        seed = int(row["rng"])
        expected = bits(kn.outcome(rng=seed, coordinator=coordinator))
        if not bits(row) == bits(again) == expected:
            raise UnequalError(f"{coordinator}, seed {seed}: the answers differ.")
    alone, both = (
        kn.simulate("mekong_delta", coordinator, runs=200, seed=0, threads=threads).outcomes
        for threads in (1, 2)
    )
    if alone.to_numpy().tobytes() != both.to_numpy().tobytes():
        raise UnequalError(f"{coordinator}: one and two threads differ.")
