"""From a plan to results that are as precise as asked for."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from kernegotiate.analysis.precision import Precision
from kernegotiate.analysis.results import Results
from kernegotiate.batch.executors import Executor
from kernegotiate.batch.plan import Plan
from kernegotiate.batch.runner import Shard, run
from kernegotiate.batch.simulate import Progress


def fill(
    plan: Plan,
    out: str | Path,
    precision: Precision | None,
    *,
    resume: bool,
    executor: Executor,
    shard: Shard | None,
    progress: Progress | None,
) -> Results:
    """Do what is missing of a plan, then rounds of further runs until the results are precise.

    How many rounds there are follows from the rows alone, so that an interrupted batch comes to
    the same end as one that was not. See `batch.runner.run` for the arguments.
    """
    go_on = partial(run, out=out, executor=executor, shard=shard, progress=progress)
    results = Results(go_on(plan, resume=resume))
    while precision:
        rounds = results.store.cut.rounds
        further = precision.further(sum(rounds), widest(results, precision))
        if not further:
            break
        plan = plan.going_on((*rounds, further))
        results = Results(go_on(plan, resume=True))
    return results


def widest(results: Results, precision: Precision) -> float:
    """Half the width of the widest interval: of the effects, or of the levels if there are none."""
    table = results.effects if results.compares else results.summary
    return precision.widest(table(precision.outcomes, confidence=precision.confidence))
