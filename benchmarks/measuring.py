"""Time, taken fairly: in turn, so that a slow moment of the machine hits all ways alike."""

import math
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Time:
    """What one piece of work took.

    Attributes:
        wall: seconds on the clock.
        core: core-seconds, that is processor time of all threads and processes that did the work.
    """

    wall: float
    core: float


class UnequalError(RuntimeError):
    """Two ways to run the same thing gave different numbers, so their speed means nothing."""


Work = Callable[[], object]


def say(words: str) -> None:
    """Tell on stderr what is being measured."""
    print(words, file=sys.stderr, flush=True)


def timed(work: Work) -> Time:
    """Time of one call. Work that knows its own time, such as a pool's, returns a `Time`."""
    wall, core = time.perf_counter(), time.process_time()
    found = work()
    if isinstance(found, Time):
        return found
    return Time(time.perf_counter() - wall, time.process_time() - core)


def in_turn[K](ways: Mapping[K, Work], repeats: int) -> dict[K, Time]:
    """Medians of `repeats` rounds, in each of which every way has its turn."""
    taken: dict[K, list[Time]] = {name: [] for name in ways}
    for _ in range(repeats):
        for name, work in ways.items():
            taken[name].append(timed(work))
    return {name: median(times) for name, times in taken.items()}


def median(times: Sequence[Time]) -> Time:
    """Median of the clock and of the core-seconds, each for itself."""
    return Time(
        statistics.median(time.wall for time in times),
        statistics.median(time.core for time in times),
    )


def slope(x: Sequence[float], y: Sequence[float]) -> float:
    """Exponent b of the least-squares line of y ~ x^b: 1 is linear growth. NaN for one point."""
    if len(x) < 2:
        return math.nan
    return statistics.linear_regression([math.log(v) for v in x], [math.log(v) for v in y]).slope
