"""What a user does with an input in Python: the names that calls and arguments of a try may use."""
# ruff: noqa: F401 (arguments are source that uses these names)

import enum
import os
import subprocess
import sys
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

import kernegotiate as kn
from kernegotiate.analysis import Results
from kernegotiate.analysis.planning import plan_of
from kernegotiate.batch.design import Design
from kernegotiate.cli.window import check_map
from kernegotiate.scenario import load
from viz import map as maps
from viz import offered, share, state

ROOT = Path(__file__).resolve().parents[2]
FEW = 60  # runs of an experiment that are made; a larger one is planned only
SHORT = 3  # years that a Mesa model is stepped


class Color(enum.Enum):
    RED = 1


class Whole(int):
    """A whole number of somebody's own."""


class Word(str):  # noqa: SLOT000
    """A text of somebody's own."""


class Loud:
    """An object with a long and odd name."""

    def __repr__(self) -> str:
        return "Loud\n\x1b[31m" + "x" * 5000


def nested(depth: int) -> list[Any]:
    """A list in a list in a list."""
    found: list[Any] = []
    for _ in range(depth):
        found = [found]
    return found


def story(**given: Any) -> None:
    """Step a Mesa model for some years and look at everything."""
    model = kn.RegionModel(**given)
    for _ in range(SHORT):
        model.step()
    looked_at(model)


def played(who: Any, decision: Any, answer: Any, **given: Any) -> None:
    """Take a decision over, be it with an odd function."""
    model = kn.RegionModel("mekong_delta", rng=3, **given)
    model.take_over(who, **{decision if isinstance(decision, str) else "vote": answer})
    for _ in range(SHORT):
        model.step()
    looked_at(model)


def looked_at(model: kn.RegionModel) -> None:
    """Read what a model tells."""
    model.log.table()
    model.log.votes()
    model.trajectory()
    for government in model.governments:
        repr((government, government.leader, government.trusted, government.projects))
    for project in model.projects:
        repr((project.status, project.shares, project.causes, project.builders, project.opens))


def asked(path: Any) -> None:
    """Load an experiment; run it if it is small."""
    experiment = kn.Experiment.load(path)
    done(experiment, out="out")


def made(**given: Any) -> None:
    """Make an experiment in Python and run it if it is small."""
    experiment = kn.Experiment(**given)
    done(experiment, out="out")


def ran(**given: Any) -> None:
    """Run a small experiment with odd arguments."""
    kn.Experiment.load("./question.toml").run(**given)


def done(experiment: kn.Experiment, **given: Any) -> None:
    """Run an experiment if it is small."""
    plan = plan_of(experiment, runs=2)
    years = sum(len(c.scenario.region.governments) * c.scenario.years for c in plan.cells)
    if plan.runs <= FEW and years <= 2000:
        seen(experiment.run(runs=2, threads=1, **given))


def framed(table: Any) -> None:
    """Run a design from a table in memory."""
    if isinstance(table, pd.DataFrame) and len(table) > FEW:
        Design.of(table)
        return
    seen(kn.Experiment.load("./question.toml").run(out="out", design=table, runs=2, threads=1))


def opened(folder: Any) -> None:
    """Read all that a dataset says."""
    seen(Results.open(folder))


def seen(results: Any) -> None:
    """Look at results from all sides; one side refusing must not hide another's fault."""
    sampled = results.store.manifest["design"]["kind"] in ("sobol", "morris")
    first = None
    for look in (
        results.failures, results.rows, results.summary, results.effects, results.claims,
        *([lambda: results.sensitivity("efficiency")] if sampled else []),
    ):  # fmt: skip
        try:
            look()
        except kn.KernegotiateError as error:
            first = first or error
    if first is not None:
        raise first


def linked(query: Any) -> None:
    """Open a link of the window, and follow what it leads to."""
    read = state.State.read(query)
    read.run.resolved()
    read.other_run.resolved()
    share.command(read)
    if state.State.read(read.query()) != read:
        raise AssertionError("a link leads elsewhere than where it was made")


def viewed(text: Any) -> None:
    """Open a saved view."""
    query = share.read(text)
    if query is not None:
        linked(query)


def moved(name: Any, value: Any) -> None:
    """Move a setting in the window."""
    linked(state.State().changed(name, value).query())


def drawn(path: Any) -> None:
    """Draw the map of a scenario."""
    maps.sheet("map", kn.load_scenario(path).region)


def chosen() -> None:
    """What the window offers, its environment being odd."""
    offered.offered.cache_clear()
    state.start.cache_clear()
    try:
        known = offered.offered()
        for error in known.wrong:
            raise error
        maps.sheet("map", kn.load_scenario("mekong_delta").region)
    finally:
        offered.offered.cache_clear()
        state.start.cache_clear()


SMALL = """
from kernegotiate.engine.horizon import row_of
print(row_of(3, True))
"""
"""Reads a small function of the engine from the folder of compiled code, or compiles it there."""


def started(*words: str, answer: str = "") -> None:
    """Start Python anew, in an odd environment or beside odd files of compiled code."""
    variables = {"XDG_CACHE_HOME": str(Path("cache").absolute()), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, *words],
        env=variables | os.environ,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=60,
        check=False,
    )
    if done.returncode == 2 and len(done.stderr.splitlines()) == 1:
        raise kn.KernegotiateError(done.stderr.rstrip().removeprefix("kernegotiate: "))
    last = (done.stderr.splitlines() or [""])[-1]
    if done.returncode == 1 and last.startswith("kernegotiate.scenario.errors."):
        raise kn.KernegotiateError(last)  # as Python tells an error that nobody catches
    if done.returncode or answer not in done.stdout or "Traceback" in done.stderr:
        raise AssertionError(f"left with {done.returncode}: {done.stderr[-250:]}")


def compiled() -> None:
    """Use a folder of compiled code."""
    started("-c", SMALL, answer="8")


def listed() -> None:
    """Ask something that needs the engine loaded."""
    started("-m", "kernegotiate", "list", "outcomes", answer="efficiency")


NAMES = dict(globals())
