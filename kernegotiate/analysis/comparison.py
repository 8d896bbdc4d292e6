"""Institutions side by side on the same runs: levels, and paired differences to one of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from kernegotiate.analysis.estimators import Estimate, check_confidence, estimate, variance_saved
from kernegotiate.analysis.paired_runs import (
    Cell,
    Coordinator,
    having_set,
    name_cells,
    simulate_all,
)
from kernegotiate.analysis.precision import Achieved, Precision
from kernegotiate.analysis.remarks import remarks
from kernegotiate.batch import Runs
from kernegotiate.batch.simulation import Progress, whole
from kernegotiate.engine.outcomes import COLUMNS, OUTCOMES
from kernegotiate.scenario import Scenario, ScenarioError
from kernegotiate.scenario.arguments import as_names, known, shown
from kernegotiate.scenario.errors import did_you_mean

if TYPE_CHECKING:
    import pandas as pd


class Level(NamedTuple):
    """What one coordinator achieves; see `Comparison.levels`."""

    coordinator: str
    outcome: str
    value: float
    low: float
    high: float
    se: float
    runs: int


class Difference(NamedTuple):
    """How far one coordinator is from the baseline; see `Comparison.differences`."""

    coordinator: str
    baseline: str
    outcome: str
    value: float
    low: float
    high: float
    se: float
    saved: float


LEVELS = Level._fields
DIFFERENCES = Difference._fields


@dataclass(frozen=True, eq=False)
class Comparison:
    """What institutions achieve on the same runs, with confidence intervals.

    Attributes:
        level_rows: The rows of `levels`, for whoever needs no table.
        difference_rows: The rows of `differences`.
        runs: Results by name of coordinator.
        scenario: What was simulated.
        seed: Of all draws.
        confidence: Of all intervals, each taken by itself.
    """

    level_rows: tuple[Level, ...]
    difference_rows: tuple[Difference, ...]
    runs: dict[str, Runs]
    scenario: Scenario
    seed: int
    confidence: float

    @cached_property
    def levels(self) -> pd.DataFrame:
        """One row a coordinator and outcome.

        `value`, `low` and `high` of its confidence interval, standard error `se`, and `runs`, how
        many runs carry weight (the others leave the outcome undefined). Units are those of the
        outcome.
        """
        return _table(self.level_rows, LEVELS)

    @cached_property
    def differences(self) -> pd.DataFrame:
        """One row a coordinator but the baseline, and outcome: coordinator minus baseline.

        `saved` is the part of its variance that meeting the same runs saves.
        """
        return _table(self.difference_rows, DIFFERENCES)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What to know before drawing conclusions, such as settings without effect."""
        return tuple(remarks(self.runs))

    def achieved(self, precision: Precision) -> Achieved:
        """How narrow the intervals are that count."""
        runs = len(next(iter(self.runs.values())))
        return precision.achieved(runs, self.differences, lambda: self.levels)

    def __repr__(self) -> str:
        """What was compared, not all of it."""
        names = ", ".join(self.runs)
        return f"<Comparison: {names} in {self.scenario.name}, seed {self.seed}>"


def compare(
    scenario: str | Path | Scenario,
    coordinators: Sequence[Coordinator] | Mapping[str, Coordinator],
    *,
    runs: int = 1000,
    seed: int = 1,
    baseline: str | None = None,
    outcomes: Sequence[str] | None = None,
    threads: int | None = None,
    progress: Progress | None = None,
    confidence: float = 0.95,
    precision: float | None = None,
    **overrides: Any,
) -> Comparison:
    """Run several institutions on the same leaders and projects and compare them pairwise.

    Args:
        scenario: Name of a built-in, path of a TOML file, or a Scenario.
        coordinators: Names of built-ins, paths, Institutions or Levers; a mapping gives them names
            of its own, so that two variants of one institution can be told apart.
        runs: How many, 2 or more; at first, if a precision is asked for.
        seed: Of all draws, an integer from 0 to 2^63 - 1.
        baseline: Name of the coordinator that differences are taken from; the first by default.
        outcomes: Names of outcomes or counts; all outcomes by default.
        threads: At most; one for each core by default.
        progress: Called as `progress(runs done, runs in all)`, over all coordinators.
        confidence: Of the intervals, in (0, 1).
        precision: Add runs until half of every interval that counts is at most this, in those
            `outcomes` that are shares; without `outcomes`, in completion and efficiency. Which
            count: see `Precision.achieved`.
        **overrides: Levers, behaviour and scenario parameters, for all coordinators.

    Raises:
        ScenarioError: A name, file, keyword or value is not allowed.
    """
    runs = whole("runs", runs, 2)
    seed = whole("seed", seed, 0)
    check_confidence(confidence)
    cells = name_cells(scenario, coordinators, overrides)
    wanted = known_outcomes(OUTCOMES if outcomes is None else outcomes)
    first = known_baseline(baseline, list(cells))
    asked = () if outcomes is None else wanted
    target = None if precision is None else Precision.of(precision, asked, confidence)

    def told(results: dict[str, Runs]) -> Comparison:
        return summarise(results, first, wanted, confidence)

    found = simulate_until(
        target, cells, told, runs=runs, seed=seed, threads=threads, progress=progress
    )
    return told(having_set(found, overrides))


def simulate_until(
    precision: Precision | None,
    cells: Mapping[str, Cell],
    told: Callable[[dict[str, Runs]], Comparison],
    *,
    runs: int,
    seed: int,
    threads: int | None = None,
    progress: Progress | None = None,
) -> dict[str, Runs]:
    """Run each cell on the same draws until what is told of them is precise.

    Args:
        precision: How precise; the runs asked for will do if left out.
        cells: What to run, by name.
        told: Compares what was run.
        runs: How many of each at first.
        seed: Of all draws.
        threads: At most; one for each core by default.
        progress: Called as `progress(runs done, runs in all)`, for each round anew.
    """
    simulated = partial(simulate_all, cells, seed=seed, threads=threads, progress=progress)
    results = simulated(runs=runs)
    while precision:
        found = told(results)
        further = precision.further(runs, found.achieved(precision).reached)
        if not further:
            break
        later = simulated(runs=further, first_run=runs)
        results = {name: one.followed_by(later[name]) for name, one in results.items()}
        runs += further
    return results


def summarise(
    runs: dict[str, Runs],
    baseline: str,
    outcomes: Sequence[str] = OUTCOMES,
    confidence: float = 0.95,
) -> Comparison:
    """Compare institutions whose runs are at hand.

    Args:
        runs: Results by name of coordinator, of the same scenario, seed and run numbers.
        baseline: Name of the one that differences are taken from.
        outcomes: Names of outcomes or counts.
        confidence: Of the intervals, in (0, 1).
    """
    found = {
        (name, outcome): estimate(result.records.outcomes, outcome)
        for name, result in runs.items()
        for outcome in outcomes
    }
    levels = [
        Level(name, outcome, *_told(value, confidence), value.counted)
        for (name, outcome), value in found.items()
    ]
    differences = []
    for (name, outcome), value in found.items():
        if name != baseline:
            base = found[baseline, outcome]
            told, saved = _told(value - base, confidence), variance_saved(value, base)
            differences.append(Difference(name, baseline, outcome, *told, saved))
    some = next(iter(runs.values()))
    return Comparison(tuple(levels), tuple(differences), runs, some.scenario, some.seed, confidence)


def known_outcomes(names: Sequence[str]) -> tuple[str, ...]:
    """Check names of outcomes and counts."""
    listed = as_names("outcomes", names)
    for name in listed:
        if not known(name, COLUMNS):
            hint = did_you_mean(name if isinstance(name, str) else "", COLUMNS)
            raise ScenarioError(f"outcomes: there is no {shown(name)}, {hint}")
    return tuple(dict.fromkeys(listed))


def known_baseline(name: str | None, coordinators: Sequence[str]) -> str:
    """Check the name of the baseline; the first coordinator if none is given."""
    if name is None:
        return coordinators[0]
    if not known(name, coordinators):
        raise ScenarioError(
            f"baseline: {shown(name)} is not compared, allowed is one of {', '.join(coordinators)}"
        )
    return name


def _told(value: Estimate, confidence: float) -> tuple[float, float, float, float]:
    """Value, ends of the interval, standard error."""
    return value.value, *value.interval(confidence), value.error


def _table(rows: Sequence[tuple[Any, ...]], columns: Sequence[str]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(list(rows), columns=list(columns))
