"""What if: an ensemble of runs with changed settings beside the same runs as they usually are."""

import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from cachetools import LRUCache, cached
from numpy.typing import NDArray

from kernegotiate import simulate
from kernegotiate.analysis import account, summarise
from kernegotiate.analysis.explanation import losses_of
from kernegotiate.batch import Runs
from viz.state import RUNS, Run
from viz.waiting import Queue

KEPT = 32
"""Ensembles that are kept, of some hundred kilobytes each: moving back costs nothing."""
AT_ONCE = 2
"""Ensembles that are computed at a time; each uses all cores."""
OUTCOMES = ("completion_rate", "efficiency")
"""One of each verdict; both are shares."""
YOURS, USUAL = "yours", "usual"
TOGETHER = "together"
"""The sum of what all causes lost."""


@dataclass(frozen=True, eq=False)
class Answer:
    """What comes of the changes; NaN where nothing is defined, such as shares of nothing possible.

    Attributes:
        levels: Share by outcome, with the changes.
        differences: Of each outcome from the usual, and half the width of its 95 % interval.
        spread: Runs by outcome and whose they are, shape (runs,); undefined ones left out.
        ledger: Shares of the first best by line, of both.
        causes: What good works not built lost, by cause and `TOGETHER`, in shares of the first
            best, of both: a whole that no change of settings changes.
        moved: Whether there are changes.
        same: Whether no run came out otherwise in any way.
    """

    levels: dict[str, float]
    differences: dict[str, tuple[float, float]]
    spread: dict[str, dict[str, NDArray[np.float64]]]
    ledger: dict[str, dict[str, float]]
    causes: dict[str, dict[str, float]]
    moved: bool
    same: bool


_queue = Queue(AT_ONCE)


def _only_run(run: Run, *_: object) -> Run:
    return run


# Forty who ask the same at once wait for one ensemble.
@cached(LRUCache(KEPT), key=_only_run, condition=threading.Condition(), info=True)
def ensemble(run: Run, who: Hashable = None, gone: Callable[[], bool] = lambda: False) -> Runs:
    """Simulate with the seed of a run; see `Run` for the errors, `Queue.turn` for who waits."""
    scenario, institution = run.resolved()
    with _queue.turn(who, gone):
        return simulate(scenario, institution, runs=RUNS, seed=run.seed, explain=True)


def ask(
    run: Run, usual: Run, who: Hashable = None, gone: Callable[[], bool] = lambda: False
) -> Answer:
    """Compare two ensembles on the same leaders and projects.

    Args:
        run: With the changes.
        usual: Without.
        who: Asks, of whose questions one at a time is answered.
        gone: Whether nobody wants the answer any more.

    Raises:
        ReplacedError: Nobody does.
    """
    runs = {YOURS: ensemble(run, who, gone), USUAL: ensemble(usual, who, gone)}
    found, why = summarise(runs, USUAL, OUTCOMES), account(runs, USUAL)
    levels = found.levels[found.levels["coordinator"] == YOURS]
    return Answer(
        dict(zip(levels["outcome"], levels["value"], strict=True)),
        {
            row["outcome"]: (row["value"], (row["high"] - row["low"]) / 2)
            for row in found.differences.to_dict("records")
        },
        {
            outcome: {name: one.outcomes[outcome].dropna().to_numpy() for name, one in runs.items()}
            for outcome in OUTCOMES
        },
        _shares(why.ledger, "line", "share"),
        _with_sums(_shares(why.causes, "cause", "lost"), _shares(why.parts, "part", "share")),
        run != usual,
        _alike(runs[YOURS], runs[USUAL]),
    )


def _shares(table: pd.DataFrame, key: str, column: str) -> dict[str, dict[str, float]]:
    """Shares by whose they are and by line, cause or part."""
    return {
        str(name): dict(zip(rows[key], rows[column], strict=True))
        for name, rows in table.groupby("coordinator")
    }


def _with_sums(
    causes: dict[str, dict[str, float]], parts: dict[str, dict[str, float]]
) -> dict[str, dict[str, float]]:
    return {whose: {TOGETHER: parts[whose]["not_built"], **of} for whose, of in causes.items()}


def _alike(one: Runs, other: Runs) -> bool:
    """Whether all runs have the same outcomes, losses and causes, undefined ones too."""
    tables = ((one.outcomes, other.outcomes), (losses_of(one), losses_of(other)))
    return all(
        np.array_equal(mine.to_numpy(np.float64), theirs.to_numpy(np.float64), equal_nan=True)
        for mine, theirs in tables
    )
