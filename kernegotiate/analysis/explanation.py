"""Where the first best went under each institution, and why good works were not built.

The loss ledger of a run (`engine/losses.py`) leads from the first best to welfare without a
remainder. Here it is estimated over runs: in money a run, and as a share of the first best, which
is a ratio of sums like efficiency. So are the causes (`engine/diagnosis.py`): their share of the
projects that should have been built jointly and were not, and what those projects lost.

Institutions can be held against each other by what was lost only: the shares are of projects that
each institution leaves unbuilt, and so of a whole that changes with it; the first best does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kernegotiate.analysis.comparison import known_baseline
from kernegotiate.analysis.estimators import Estimate, check_confidence, ratio, variance_saved
from kernegotiate.analysis.paired_runs import Coordinator, having_set, name_cells, simulate_all
from kernegotiate.analysis.remarks import remarks
from kernegotiate.batch import Runs
from kernegotiate.batch.simulation import Progress, whole
from kernegotiate.engine.diagnosis import CAUSES, RISK
from kernegotiate.engine.losses import LINES
from kernegotiate.scenario import Scenario

LEDGER_LINES = ("first_best", *LINES, "welfare")
"""The first best, what is lost of it line by line, and what is left."""
RISKS = tuple(dict.fromkeys(RISK[cause] for cause in CAUSES))
"""Feiock's risks of collective action, and other."""
PARTS = ("not_built", "other")
"""With what welfare was lost: good works that were not built, which have causes; all else."""

_MONEY = ("value", "low", "high")
_SHARE = ("share", "share_low", "share_high")
_LOST = ("lost", "lost_low", "lost_high")
LEDGER = ("coordinator", "line", *_MONEY, *_SHARE)
SPLIT = ("coordinator", "part", *_MONEY, *_SHARE)
DIFFERENCES = ("coordinator", "baseline", "line", *_MONEY, *_SHARE, "saved")
WHY = ("coordinator", "cause", "risk", *_SHARE, *_MONEY, *_LOST)

Column = NDArray[np.float64]
"""One number a run."""


@dataclass(frozen=True, eq=False)
class Explanation:
    """Where the first best went, with confidence intervals, on the same runs for all.

    Attributes:
        ledger: One row a coordinator and line: `value` with its interval in money a run, `share`
            with its interval of the first best. The lines between the first best and welfare are
            what is lost; a gain, such as a bad work that died early, is negative.
        differences: One row a coordinator but the baseline, and line: coordinator minus baseline,
            with `saved`, the part of the share's variance that meeting the same runs saves.
        causes: One row a coordinator and cause: Feiock's `risk`, the cause's `share` of the
            projects that should have been built jointly and were not, the money lost to them a
            run (`value`), and `lost`, the same as a share of the first best. NaN if none was.
        risks: The same by risk, the cause left out.
        parts: Two rows a coordinator: what is missing of the first best in money a run (`value`)
            and as a `share` of it. `not_built` was lost with the works that have causes, whose
            losses add up to it; `other` with all else: works that were built, works that were not
            worth it, and the coordinating body.
        residual: Largest gap in a run between the ledger and the welfare booked year by year, as a
            share of the mean first best: zero to rounding.
        runs: Results by name of coordinator, with `losses`.
        scenario: What was simulated.
        seed: Of all draws.
        confidence: Of all intervals, each taken by itself.
    """

    ledger: pd.DataFrame
    differences: pd.DataFrame
    causes: pd.DataFrame
    risks: pd.DataFrame
    parts: pd.DataFrame
    residual: float
    runs: dict[str, Runs]
    scenario: Scenario
    seed: int
    confidence: float

    @property
    def remarks(self) -> tuple[str, ...]:
        """What to know before drawing conclusions, such as settings without effect."""
        return tuple(remarks(self.runs))

    def __repr__(self) -> str:
        """What was compared, not all of it."""
        names = ", ".join(self.runs)
        return f"<Explanation: {names} in {self.scenario.name}, seed {self.seed}>"


def explain(
    scenario: str | Path | Scenario,
    coordinators: Sequence[Coordinator] | Mapping[str, Coordinator],
    *,
    runs: int = 1000,
    seed: int = 1,
    baseline: str | None = None,
    threads: int | None = None,
    progress: Progress | None = None,
    confidence: float = 0.95,
    **overrides: Any,
) -> Explanation:
    """Find out where the first best went under one or more institutions on the same runs.

    Args:
        scenario: Name of a built-in, path of a TOML file, or a Scenario.
        coordinators: As for `compare`.
        runs: How many, 2 or more.
        seed: Of all draws, an integer from 0 to 2^63 - 1.
        baseline: Name of the coordinator that differences are taken from; the first by default.
        threads: At most; one for each core by default.
        progress: Called as `progress(runs done, runs in all)`, over all coordinators.
        confidence: Of the intervals, in (0, 1).
        **overrides: Levers, behaviour and scenario parameters, for all coordinators.

    Raises:
        ScenarioError: A name, file, keyword or value is not allowed.
    """
    runs = whole("runs", runs, 2)
    seed = whole("seed", seed, 0)
    check_confidence(confidence)
    cells = name_cells(scenario, coordinators, overrides)
    first = known_baseline(baseline, list(cells))
    found = simulate_all(
        cells, runs=runs, seed=seed, explain=True, threads=threads, progress=progress
    )
    return account(having_set(found, overrides), first, confidence)


def account(runs: dict[str, Runs], baseline: str, confidence: float = 0.95) -> Explanation:
    """Explain institutions whose runs are at hand.

    Args:
        runs: Results by name of coordinator, simulated with `explain=True`, of the same scenario,
            seed and run numbers.
        baseline: Name of the one that differences are taken from.
        confidence: Of the intervals, in (0, 1).
    """
    reports = {name: _Report(losses_of(result), confidence) for name, result in runs.items()}
    base = reports[baseline]
    some = next(iter(runs.values()))
    return Explanation(
        _table(LEDGER, ((name, *row) for name, one in reports.items() for row in one.ledger())),
        _table(
            DIFFERENCES,
            (
                (name, baseline, *row)
                for name, one in reports.items()
                if name != baseline
                for row in one.less(base)
            ),
        ),
        _table(WHY, ((name, *row) for name, one in reports.items() for row in one.causes())),
        _table(
            [column for column in WHY if column != "cause"],
            ((name, *row) for name, one in reports.items() for row in one.risks()),
        ),
        _table(SPLIT, ((name, *row) for name, one in reports.items() for row in one.parts())),
        max(one.residual for one in reports.values()),
        runs,
        some.scenario,
        some.seed,
        confidence,
    )


def losses_of(runs: Runs) -> pd.DataFrame:
    """The losses of runs that were asked to explain themselves."""
    if runs.losses is None:
        raise ValueError("these runs were simulated without explain=True")
    return runs.losses


class _Report:
    """Estimates from the losses of one institution."""

    def __init__(self, losses: pd.DataFrame, confidence: float) -> None:
        self._columns: dict[str, Column] = {
            str(name): losses[name].to_numpy(np.float64) for name in losses
        }
        self._confidence = confidence
        self._best = self._columns["first_best"]
        self._runs = np.ones(len(losses))

    @property
    def residual(self) -> float:
        """Largest in a run, as a share of the mean first best; as money if there is none."""
        return float(np.abs(self._columns["residual"]).max() / (self._best.mean() or 1.0))

    def ledger(self) -> Iterator[tuple[Any, ...]]:
        """Rows of the ledger."""
        for line in LEDGER_LINES:
            money, share = self._line(line)
            yield line, *self._told(money), *self._told(share)

    def less(self, base: _Report) -> Iterator[tuple[Any, ...]]:
        """Rows of the differences from another institution on the same runs."""
        for line in LEDGER_LINES:
            (money, share), (other_money, other_share) = self._line(line), base._line(line)
            saved = variance_saved(share, other_share)
            yield line, *self._told(money - other_money), *self._told(share - other_share), saved

    def causes(self) -> Iterator[tuple[Any, ...]]:
        """Rows of the causes."""
        for cause in CAUSES:
            yield cause, RISK[cause], *self._why([cause])

    def risks(self) -> Iterator[tuple[Any, ...]]:
        """Rows of the risks."""
        for risk in RISKS:
            yield risk, *self._why([cause for cause in CAUSES if RISK[cause] == risk])

    def parts(self) -> Iterator[tuple[Any, ...]]:
        """Rows of the two parts of what is missing."""
        not_built = self._sum(f"loss_{cause}" for cause in CAUSES)
        other = self._best - self._columns["welfare"] - not_built
        for part, lost in zip(PARTS, (not_built, other), strict=True):
            yield part, *self._told(ratio(lost, self._runs)), *self._told(ratio(lost, self._best))

    def _line(self, line: str) -> tuple[Estimate, Estimate]:
        """Money a run, and the share of the first best."""
        lost = self._columns[line]
        return ratio(lost, self._runs), ratio(lost, self._best)

    def _why(self, causes: Sequence[str]) -> Iterator[float]:
        """Share of the projects not built; money a run; the same as a share of the first best."""
        often = self._sum(f"cause_{cause}" for cause in causes)
        money = self._sum(f"loss_{cause}" for cause in causes)
        yield from self._told(ratio(often, self._columns["not_built"]))
        yield from self._told(ratio(money, self._runs))
        yield from self._told(ratio(money, self._best))

    def _sum(self, names: Iterable[str]) -> Column:
        return reduce(add, (self._columns[name] for name in names))

    def _told(self, value: Estimate) -> tuple[float, float, float]:
        return value.value, *value.interval(self._confidence)


def _table(columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(columns))
