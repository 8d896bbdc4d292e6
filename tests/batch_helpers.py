"""Small plans, and a process that works on one and can be killed.

python tests/batch_helpers.py FOLDER LOG CHUNKS    # LOG names each chunk that is begun
"""

import sys
from pathlib import Path

import pandas as pd

from kernegotiate.batch.design import Design
from kernegotiate.batch.executors import Threads
from kernegotiate.batch.plan import Cell, Plan
from kernegotiate.batch.runner import run
from kernegotiate.scenario import resolve

TABLE = pd.DataFrame({"quota": [0.5, 0.75, 1.0], "term": [4, 5, 6]})


def plan_of(table=TABLE, coordinators=("none", "lga"), replications=7, size=10, **changes):
    """A plan in the Mekong Delta, of three years unless told otherwise."""
    years = changes.pop("years", 3)
    cells = tuple(Cell(name, *resolve("mekong_delta", name, years=years)) for name in coordinators)
    about = {"name": "small"}
    return Plan(about, cells, Design(table), replications, 5, size=size, **changes)


def long_plan(chunks):
    """Some seconds of work in so many chunks."""
    return plan_of(coordinators=("empowered_board",), replications=200 * chunks, size=600, years=20)


def parts(folder):
    """Every part to the last byte."""
    return {path.name: path.read_bytes() for path in sorted((folder / "parts").iterdir())}


class Logged(Threads):
    """Threads that write down what they begin."""

    def __init__(self, workers, log):
        super().__init__(workers)
        self.log = log

    def map(self, work, jobs):
        def logged(job):
            with Path(self.log).open("a") as file:
                file.write(f"{job.chunk}\n")
            return work(job)

        return super().map(logged, jobs)


if __name__ == "__main__":
    folder, log, chunks = sys.argv[1:]
    run(long_plan(int(chunks)), folder, resume=True, executor=Logged(2, log))
