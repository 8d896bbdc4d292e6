"""How fast is it, side by side in one run, after checking that the answers are equal.

    .venv/bin/python benchmarks/speed.py [--mesa-runs 20] [--runs 20000] [--coordinator lga]

Measures forty-year runs of the Mekong Delta: `mesa.batch_run` on `RegionModel`, and the compiled
ensemble on one and on two threads. Core-seconds are processor time of this process, so the ratio
to Mesa holds on a busy machine too; runs a second do not. Compiling is not counted.
"""

import argparse
import math
import os
import platform
import statistics
import time
from collections.abc import Callable
from importlib.metadata import version

import mesa

import kernegotiate as kn


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds on the clock, and core-seconds, of one call."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--coordinator", default="advisory_council")
    parser.add_argument("--mesa-runs", type=int, default=20)
    parser.add_argument("--runs", type=int, default=20_000)
    parser.add_argument("--repeats", type=int, default=5)
    options = parser.parse_args()

    def agents() -> list[dict[str, object]]:
        return mesa.batch_run(
            kn.RegionModel,
            {"scenario": "mekong_delta", "coordinator": options.coordinator},
            rng=list(range(options.mesa_runs)),
            max_steps=80,
            display_progress=False,
        )

    def bulk(threads: int, runs: int) -> Callable[[], object]:
        return lambda: kn.simulate(
            "mekong_delta", options.coordinator, runs=runs, seed=0, threads=threads
        )

    bulk(1, 1)()
    for row in agents()[:5]:
        expected = kn.outcome(rng=row["rng"], coordinator=options.coordinator)
        if not all(row[name] == value or math.isnan(value) for name, value in expected.items()):
            raise SystemExit(f"Seed {row['rng']}: the answers differ, so speed means nothing.")
    print("Answers are equal, to the last bit.")
    print(
        f"Python {platform.python_version()}, Mesa {mesa.__version__}, Numba {version('numba')}, "
        f"NumPy {version('numpy')}; {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    )

    ways = {
        "mesa.batch_run": (agents, options.mesa_runs),
        "ensemble, 1 thread": (bulk(1, options.runs), options.runs),
        "ensemble, 2 threads": (bulk(2, options.runs), options.runs),
    }
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
    for _ in range(options.repeats):  # in turn, so that a slow moment of the machine hits all
        for name, (work, _runs) in ways.items():
            taken[name].append(timed(work))
    print(f"\nMedians of {options.repeats}:")
    print(f"{'':22}{'runs':>8}{'runs/s':>12}{'per core-second':>18}{'times Mesa':>12}")
    base = None
    for name, (_work, runs) in ways.items():
        wall = statistics.median(w for w, _ in taken[name])
        core = runs / statistics.median(c for _, c in taken[name])
        base = base or core
        print(f"{name:22}{runs:>8,}{runs / wall:>12,.1f}{core:>18,.1f}{core / base:>12,.0f}")
    one, two = (
        statistics.median(w for w, _ in taken[f"ensemble, {n} thread{'s' * (n > 1)}"])
        for n in (1, 2)
    )
    print(f"\nTwo threads are {one / two:.2f} times as fast as one.")


if __name__ == "__main__":
    main()
