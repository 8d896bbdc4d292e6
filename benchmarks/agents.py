"""Runs of the Mesa model: `mesa.batch_run` in this process, and in a pool of warm processes."""

import multiprocessing
import os
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from types import TracebackType
from typing import Any, Self

import mesa

import kernegotiate as kn
from benchmarks.measuring import Time
from benchmarks.typical import Delta

MAX_STEPS = 80  # beyond the end of a run of forty years
Row = dict[str, Any]
Clock = tuple[int, float, float]  # process, its processor time before and after a chunk


def batch(coordinator: str, seeds: Sequence[int]) -> list[Row]:
    """One row a seed, from Mesa's own runner in this process."""
    return _rows(kn.RegionModel, {"scenario": "mekong_delta", "coordinator": coordinator}, seeds)


def typical(seeds: Sequence[int]) -> list[Row]:
    """The same of the typical model, see `typical.py`."""
    return _rows(Delta, {}, seeds)


def _rows(model: type[mesa.Model], parameters: dict[str, str], seeds: Sequence[int]) -> list[Row]:
    rows: list[Row] = mesa.batch_run(
        model,
        parameters,
        rng=list(seeds),
        number_processes=1,
        max_steps=MAX_STEPS,
        display_progress=False,
    )
    return rows


class Pool:
    """Worker processes that have imported, loaded and run the model once, ready for chunks.

    Args:
        coordinator: institution to run.
        workers: processes.
    """

    def __init__(self, coordinator: str, workers: int) -> None:
        self.coordinator = coordinator
        context = multiprocessing.get_context("spawn")
        self.executor = ProcessPoolExecutor(
            workers, context, initializer=_meet, initargs=(context.Barrier(workers),)
        )
        # Each job waits for the others, so that every worker gets one.
        for job in [self.executor.submit(_warm, coordinator) for _ in range(workers)]:
            job.result()

    def __enter__(self) -> Self:
        """Return the pool."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the workers."""
        self.executor.shutdown()

    def run(self, seeds: Sequence[int], chunk: int) -> tuple[list[Row], Time]:
        """Rows in the order of seeds, and what they took.

        Core-seconds are this process's and each worker's, read inside the worker from the start of
        its first chunk to the end of its last, so that sending results is counted and starting up
        is not.
        """
        wall, core = time.perf_counter(), time.process_time()
        jobs = [
            self.executor.submit(_chunk, self.coordinator, seeds[start : start + chunk])
            for start in range(0, len(seeds), chunk)
        ]
        rows: list[Row] = []
        clocks: list[Clock] = []
        for job in jobs:
            found, clock = job.result()
            rows += found
            clocks.append(clock)
        wall, core = time.perf_counter() - wall, time.process_time() - core
        for process in {clock[0] for clock in clocks}:
            own = [clock for clock in clocks if clock[0] == process]
            core += max(clock[2] for clock in own) - min(clock[1] for clock in own)
        return rows, Time(wall, core)


_barrier: Any = None


def _meet(barrier: Any) -> None:
    global _barrier  # noqa: PLW0603 (what an initializer leaves to its worker)
    _barrier = barrier


def _warm(coordinator: str) -> None:
    batch(coordinator, [0])
    _barrier.wait()


def _chunk(coordinator: str, seeds: Sequence[int]) -> tuple[list[Row], Clock]:
    before = time.process_time()
    rows = batch(coordinator, seeds)
    return rows, (os.getpid(), before, time.process_time())
