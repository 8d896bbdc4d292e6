"""What a user does with an input in Python: the names that calls and arguments of a try may use."""
# ruff: noqa: F401 (arguments are source that uses these names)

import asyncio
import enum
import json
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
from solara.server.kernel import deserialize_binary_message

import kernegotiate as kn
from kernegotiate.analysis import Results
from kernegotiate.analysis.experiment.planning import plan_of
from kernegotiate.batch.design import Design
from kernegotiate.cli.commands.app import check_map
from kernegotiate.scenario import load
from viz import offered, share, state
from viz.guard.frames import FrameError, check
from viz.guard.gate import Guard
from viz.sheet import sheet

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
    sheet("map", kn.load_scenario(path).region)


def chosen() -> None:
    """What the window offers, its environment being odd."""
    offered.offered.cache_clear()
    state.start.cache_clear()
    try:
        known = offered.offered()
        for error in known.wrong:
            raise error
        sheet("map", kn.load_scenario("mekong_delta").region)
    finally:
        offered.offered.cache_clear()
        state.start.cache_clear()


def messaged(frame: Any) -> None:
    """Send a message through the guard of the window, and read it as the window would."""
    try:
        check(frame)
    except FrameError as error:
        raise kn.KernegotiateError(str(error)) from None
    message = json.loads(frame) if isinstance(frame, str) else deserialize_binary_message(frame)
    assert isinstance(message["header"], dict)


def requested(method: Any, path: Any, query: Any, headers: Any, kind: Any, key: Any) -> None:
    """Ask the guard of the window for something; the window behind it says 200 to all."""
    scope = {
        "type": kind, "method": method, "path": path, "raw_path": path.encode("latin-1", "replace"),
        "query_string": query, "headers": headers, "client": ("127.0.0.1", 50_000),
        "server": ("127.0.0.1", 8765), "scheme": "http", "http_version": "1.1", "root_path": "",
        "subprotocols": [], "extensions": {},
    }  # fmt: skip
    sent: list[dict[str, Any]] = []

    async def window(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1000})
            return
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def receive() -> dict[str, Any]:
        if kind == "websocket":
            return {"type": "websocket.connect"}
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    asyncio.run(Guard(window, Nothing(), key)(scope, receive, send))
    status = next((m["status"] for m in sent if m["type"] == "http.response.start"), 1000)
    if not sent or status == 500:
        raise AssertionError(f"answered {status}, {len(sent)} messages")
    if status not in (200, 1000):
        raise kn.KernegotiateError(f"refused with {status}")


class Nothing:
    """What a window holds that nobody has opened yet."""

    def ids(self) -> set[str]:
        return set()

    def session(self, page: str) -> str | None:
        return None


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
