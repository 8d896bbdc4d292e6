"""From a plan to results that are as precise as asked for."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from kernegotiate.analysis.results import Results
from kernegotiate.batch.executors import Executor
from kernegotiate.batch.plan import Plan
from kernegotiate.batch.runner import Shard, run
from kernegotiate.batch.simulation import Progress
from kernegotiate.batch.store import Tell


def fill(
    plan: Plan,
    out: str | Path,
    *,
    resume: bool,
    executor: Executor,
    shard: Shard | None,
    progress: Progress | None,
    tell: Tell,
) -> Results:
    """Do what is missing of a plan, then rounds of further runs until the results are precise.

    How many rounds there are follows from the rows alone, so that an interrupted batch comes to
    the same end as one that was not. See `batch.runner.run` for the arguments.
    """
    go_on = partial(run, out=out, executor=executor, shard=shard, progress=progress, tell=tell)
    results = Results(go_on(plan, resume=resume))
    while further := results.further:
        plan = plan.going_on((*results.store.cut.runs, further))
        results = Results(go_on(plan, resume=True))
    return results
