"""What somebody at a terminal waits for: whole processes, from start to end, on the clock.

Each command is run once before, so that nothing is compiled and files are at hand, as in daily use.
Core-seconds are not taken: people wait by the clock.
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.measuring import say
from benchmarks.table import Table

ROOT = Path(__file__).parents[1]
COMPARE = "compare mekong_delta none empowered_board --runs"


def commands(runs: int) -> dict[str, list[str]]:
    """What is run, by the name it is shown under."""
    compare = f"{COMPARE} {runs}"
    return {
        "python -c pass": ["-c", "pass"],
        "import numba": ["-c", "import numba"],
        "kernegotiate --help": ["-m", "kernegotiate", "--help"],
        f"kernegotiate {compare}": ["-m", "kernegotiate", *compare.split()],
    }


def waited(arguments: Sequence[str]) -> float:
    """Seconds that a Python process takes; its exit code must be 0."""
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, check=True)
    return time.perf_counter() - start


def measure(repeats: int, runs: int = 1000) -> dict[str, float]:
    """Median seconds by command, each in turn."""
    say("Command line")
    taken: dict[str, list[float]] = {name: [] for name in commands(runs)}
    for arguments in commands(runs).values():
        waited(arguments)
    for _ in range(repeats):
        for name, arguments in commands(runs).items():
            taken[name].append(waited(arguments))
    return {name: statistics.median(times) for name, times in taken.items()}


def table(found: dict[str, float]) -> Table:
    """One row a command."""
    return Table(
        "Whole commands",
        ("command", "s"),
        [(f"`{name}`", f"{seconds:.2f}") for name, seconds in found.items()],
    )
