"""One chunk: from settings to rows. All that a worker does, wherever it stands."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from kernegotiate.batch.factor import parameter
from kernegotiate.batch.plan import Cell, Job, Point
from kernegotiate.engine.ensemble import drive
from kernegotiate.engine.layout import World
from kernegotiate.engine.losses import LOSS
from kernegotiate.engine.outcomes import COLUMNS, OUTCOME, TRAJECTORY
from kernegotiate.engine.prepared import Prepared, prepare
from kernegotiate.engine.setting import Setting
from kernegotiate.scenario import Scenario
from kernegotiate.scenario.overrides import sorted_out

TYPES = {
    "number": pa.float64(),
    "whole number": pa.int64(),
    "flag": pa.bool_(),
    "choice": pa.string(),
    "text": pa.string(),
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
    checked = _checked(job)
    last: _Last | None = None
    for place, point in enumerate(job.points):
        rows = slice(place * job.runs, (place + 1) * job.runs)
        settings = checked[place] if checked else None
        try:
            last = _run(job, point, settings, last, outcomes[rows])
        except MemoryError:  # of the machine, not of the point
            raise
        except Exception as error:  # noqa: BLE001 (whatever a point meets must not end the sweep)
            outcomes[rows] = np.nan
            errors[rows] = [_told(error)] * job.runs
    return _table(job, outcomes, errors)


def _checked(job: Job) -> list[dict[str, Any]] | None:
    """The settings of each point, checked column by column, in a fraction of the time.

    Returns:
        None if one is not allowed: then each point is checked by itself, and says what is wrong.
    """
    columns = []
    for name in job.factors:
        try:
            column = [point.settings[name] for point in job.points]
            columns.append(parameter(name).validate_all(column))
        except (ValueError, KeyError):
            return None
    rows = zip(*columns, strict=True) if columns else [()] * len(job.points)
    return [dict(zip(job.factors, row, strict=True)) for row in rows]


class _Last(NamedTuple):
    """What the next point may use again."""

    cell: Cell
    others: dict[str, Any]  # settings that are no levers
    prepared: Prepared
    world: World


def _run(
    job: Job,
    point: Point,
    checked: dict[str, Any] | None,
    last: _Last | None,
    outcomes: np.ndarray,
) -> _Last:
    """Run a point into rows of `outcomes`; keep what the next one may use again.

    Args:
        job: What the point belongs to.
        point: What is run.
        checked: Its settings, if each of them is allowed by itself.
        last: What the point before has left, if there was one.
        outcomes: Filled, shape (runs, outcomes).
    """
    levers, others = sorted_out(point.settings if checked is None else checked)
    scenario: Scenario | Setting
    if last is not None and last.cell is point.cell and last.others == others:
        scenario = last.prepared.setting
    elif checked is None:
        scenario = point.cell.scenario.with_overrides(**others)
    else:
        scenario = point.cell.scenario.with_checked(**others)
    law = point.cell.institution.levers
    law = law.changed("override", **levers) if checked is None else law.refilled(**levers)
    prepared = prepare(scenario, law)
    world = prepared.world(used=last.world if last else None)
    records = np.empty(job.runs, OUTCOME)
    drive(prepared, world, job.seed, job.first_run, records, NO_YEARS, NO_LOSSES)
    outcomes[:] = records.view(np.float64).reshape(outcomes.shape)
    return _Last(point.cell, others, prepared, world)


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
