"""`experiment run`, `status` and `show`: a batch on disk, from the first run to its figures."""

import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from kernegotiate.analysis import Experiment, Results
from kernegotiate.batch.cluster import Cluster
from kernegotiate.batch.executors import Executor, Threads
from kernegotiate.batch.runner import Shard
from kernegotiate.cli.answer import Answer
from kernegotiate.cli.progress import progress
from kernegotiate.cli.words import counted, label
from kernegotiate.scenario import ScenarioError

if TYPE_CHECKING:
    from rich.console import RenderableType

FIRST = ("completion_rate", "efficiency")  # one of each verdict
SHOWN = 20  # points
WIDE = 4  # factors that fit in a line


def answer(arguments: Namespace) -> Answer:
    """Answer `kernegotiate experiment run|status|show`."""
    if arguments.action == "run":
        return _state(_run(arguments))
    results = Results.open(arguments.folder)
    if arguments.action == "status":
        return _state(results)
    return _figures(results, arguments.outcomes)


def _run(arguments: Namespace) -> Results:
    experiment = Experiment.load(arguments.name)
    shard = Shard.read(arguments.shard) if arguments.shard else None
    if shard and arguments.scheduler:
        raise ScenarioError("--shard: a scheduler shares out the work by itself; leave one out")
    executor: Executor = Threads(arguments.workers)
    if arguments.scheduler:
        executor = Cluster(arguments.scheduler, arguments.workers)
    with progress() as told:
        try:
            return experiment.run(
                out=arguments.out,
                resume=arguments.resume,
                executor=executor,
                shard=shard,
                progress=told,
            )
        except KeyboardInterrupt:
            sys.stderr.write("What is finished is kept; go on with --resume.\n")
            raise


def _state(results: Results) -> Answer:
    """How far a batch is."""
    store = results.store
    manifest, done = store.manifest, len(store.done())
    data = {
        "experiment": manifest["experiment"]["name"],
        "folder": str(store.folder),
        "finished": done == manifest["chunks"],
        "chunks": manifest["chunks"],
        "chunks_done": done,
        "points": manifest["points"],
        "runs": manifest["runs"],
        "failed_points": results.failures(),
        "content": manifest["content"],
        "engine": manifest["engine"],
    }

    def blocks() -> Iterator[str]:
        points, runs = counted(data["points"], "point"), counted(data["runs"], "run")
        yield f"{manifest['experiment']['title'] or data['experiment']}: {points}, {runs}."
        left = manifest["chunks"] - done
        if left:
            yield (
                f"{done:,} of {counted(manifest['chunks'], 'chunk')} are there. Go on: "
                f"kernegotiate experiment run NAME --out {store.folder} --resume"
            )
        else:
            yield f"Finished: {Path(store.folder) / 'parts'}"
        failed = data["failed_points"]
        if failed:
            first = next(iter(failed))
            yield (
                f"{counted(len(failed), 'point')} could not be run, such as point {first}: "
                f"{failed[first]}"
            )

    return Answer(lambda: data, blocks)


def _figures(results: Results, chosen: list[str] | None) -> Answer:
    """Estimates at the points, and indices if the design has any."""
    outcomes = chosen or results.store.manifest["experiment"].get("outcomes") or list(FIRST)
    summary = results.summary(outcomes)
    kind = results.store.manifest["design"]["kind"]
    indices: dict[str, pd.DataFrame] = {}
    if kind in ("sobol", "morris"):
        indices = {outcome: results.sensitivity(outcome) for outcome in outcomes}
    name = results.store.manifest["experiment"]["name"]

    def data() -> dict[str, Any]:
        return {
            "experiment": name,
            "points": summary.to_dict("records"),
            "sensitivity": {key: table.to_dict("records") for key, table in indices.items()},
        }

    def blocks() -> "Iterator[RenderableType]":
        for outcome in outcomes:
            if outcome in indices:
                yield f"{label(outcome)}: what it depends on"
                table = indices[outcome].sort_values(
                    ["scenario", "institution", "ST" if kind == "sobol" else "mu_star"],
                    ascending=[True, True, False],
                    kind="stable",
                )
                yield _table(table.columns, table.to_numpy().tolist())
        few = len(results.factors) <= WIDE
        wide = _wide(summary, results.factors if few else (), outcomes)
        yield _table(wide.columns, wide.head(SHOWN).to_numpy().tolist())
        yield "± is half of the 95% confidence interval."
        if len(wide) > SHOWN or not few:
            shown = counted(min(len(wide), SHOWN), "point")
            yield f"{shown} of {len(wide):,} shown{'' if few else ', no factors'}; --json has all."

    return Answer(data, blocks)


def _wide(summary: pd.DataFrame, factors: Iterable[str], outcomes: list[str]) -> pd.DataFrame:
    """One row a point, an estimate and half its interval in one cell."""
    if summary.empty:
        raise ScenarioError("show: no chunk is there yet")
    named = [key for key in ("scenario", "institution") if len(set(summary[key])) > 1]
    keys = ["point", *named, *factors]
    first = summary[summary["outcome"] == outcomes[0]].reset_index(drop=True)
    wide = first[keys].copy()
    for outcome in outcomes:
        rows = summary[summary["outcome"] == outcome]
        wide[label(outcome)] = [
            f"{value:.4g} ± {high - value:.2g}"
            for value, high in zip(rows["value"], rows["high"], strict=True)
        ]
    return wide


def _table(columns: Iterable[Any], rows: list[list[Any]]) -> "RenderableType":
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
    for column in columns:
        table.add_column(str(column))
    for row in rows:
        table.add_row(*(f"{cell:.3g}" if isinstance(cell, float) else str(cell) for cell in row))
    return table
