"""One chunk: from settings to rows. All that a worker does, wherever it stands."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from kernegotiate.batch.plan import Cell, Job, Point
from kernegotiate.engine.ensemble import ensemble
from kernegotiate.engine.layout import World
from kernegotiate.engine.losses import LOSS
from kernegotiate.engine.outcomes import COLUMNS, OUTCOME, TRAJECTORY
from kernegotiate.engine.rules import enact
from kernegotiate.engine.setting import Setting, settle
from kernegotiate.scenario.overrides import sorted_out

TYPES = {
    "number": pa.float64(),
    "whole number": pa.int64(),
    "flag": pa.bool_(),
    "choice": pa.string(),
}
"""Type of a column by type of its factor."""

NO_YEARS, NO_LOSSES = np.zeros((0, 0), TRAJECTORY), np.zeros(0, LOSS)


def work(job: Job) -> pa.Table:
    """Do a chunk.

    Args:
        job: What is to be done.

    Returns:
        One row a run, point after point: `point`, `scenario`, `institution`, the factors, `run`,
        the outcomes, and `error`. A point that cannot be run has undefined outcomes and its error
        in every row; elsewhere `error` is null.
    """
    size = len(job.points) * job.runs
    outcomes = np.full((size, len(COLUMNS)), np.nan)
    errors: list[str | None] = [None] * size
    last: _Last | None = None
    for place, point in enumerate(job.points):
        rows = slice(place * job.runs, (place + 1) * job.runs)
        try:
            last = _run(job, point, last, outcomes[rows])
        except MemoryError:  # of the machine, not of the point
            raise
        except Exception as error:  # noqa: BLE001 (whatever a point meets must not end the sweep)
            outcomes[rows] = np.nan
            errors[rows] = [_told(error)] * job.runs
    return _table(job, outcomes, errors)


class _Last(NamedTuple):
    """What the next point may use again."""

    cell: Cell
    others: dict[str, Any]  # settings that are no levers
    setting: Setting
    world: World


def _run(job: Job, point: Point, last: _Last | None, outcomes: np.ndarray) -> _Last:
    """Run a point into rows of `outcomes`; keep what the next one may use again."""
    levers, others = sorted_out(point.settings)
    if last is not None and last.cell is point.cell and last.others == others:
        setting = last.setting
    else:
        setting = settle(point.cell.scenario.with_overrides(**others))
    scenario = setting.scenario
    size = len(scenario.region.governments)
    law = point.cell.institution.levers.changed("override", **levers)
    rules = enact(law, scenario.behaviour, scenario.projects, size)
    world = setting.world(rules.linkage, used=last.world if last else None)
    records = np.empty(job.runs, OUTCOME)
    ensemble(
        world,
        setting.nature,
        rules,
        job.seed,
        job.first_run,
        records,
        NO_YEARS,
        NO_LOSSES,
    )
    outcomes[:] = records.view(np.float64).reshape(outcomes.shape)
    return _Last(point.cell, others, setting, world)


def _table(job: Job, outcomes: np.ndarray, errors: list[str | None]) -> pa.Table:
    """Rows of a chunk; same columns and types in every chunk."""
    each = job.runs
    points = np.repeat(np.arange(len(job.points)), each)

    def spread(values: list[Any], kind: pa.DataType) -> pa.Array:
        return pa.array(values, kind).take(pa.array(points))

    columns = {
        "point": spread([point.number for point in job.points], pa.int64()),
        "scenario": spread([point.cell.scenario.name for point in job.points], pa.string()),
        "institution": spread([point.cell.name for point in job.points], pa.string()),
    }
    for name, kind in job.factors.items():
        columns[name] = spread([point.settings[name] for point in job.points], TYPES[kind])
    runs = np.arange(job.first_run, job.first_run + each)
    columns["run"] = pa.array(np.tile(runs, len(job.points)), pa.int64())
    for name in job.outcomes:
        columns[name] = pa.array(outcomes[:, COLUMNS.index(name)].copy(), pa.float64())
    columns["error"] = pa.array(errors, pa.string())
    return pa.table(columns)


def _told(error: Exception) -> str:
    """An error as one line."""
    text = " ".join(str(error).split())
    return text or type(error).__name__
