"""What an experiment finds: a comparison of its institutions, and its claims as measured."""

from __future__ import annotations

from dataclasses import dataclass

from kernegotiate.analysis.claims import ClaimResult, measure
from kernegotiate.analysis.comparison import (
    Comparison,
    simulate_until,
    summarise,
)
from kernegotiate.analysis.estimators import check_confidence
from kernegotiate.analysis.experiment.definition import Definition
from kernegotiate.analysis.precision import Precision
from kernegotiate.batch import Runs
from kernegotiate.batch.simulation import Progress, whole


@dataclass(frozen=True, eq=False)
class Findings:
    """Results of an experiment.

    Attributes:
        experiment: What was asked.
        comparison: Of its institutions, not of the arms that only claims use.
        claims: In the order of the experiment; one that fails is kept like any other.
        runs: Results by name of institution and arm.
    """

    experiment: Definition
    comparison: Comparison
    claims: tuple[ClaimResult, ...]
    runs: dict[str, Runs]


def find(
    experiment: Definition,
    *,
    runs: int,
    seed: int,
    threads: int | None = None,
    progress: Progress | None = None,
    confidence: float = 0.95,
    precision: float | None = None,
) -> Findings:
    """Run an experiment; see `Experiment.run`."""
    runs = whole("runs", runs, 2)
    seed = whole("seed", seed, 0)
    check_confidence(confidence)
    target = None
    if precision is not None:
        target = Precision.of(precision, experiment.outcomes, confidence)

    def told(results: dict[str, Runs]) -> Comparison:
        compared = {name: results[name] for name in experiment.compared}
        return summarise(compared, experiment.base, confidence=confidence)

    results = simulate_until(
        target, experiment.cells(), told, runs=runs, seed=seed, threads=threads, progress=progress
    )
    tables = {name: result.outcomes for name, result in results.items()}
    claims = (
        measure(claim, lambda term: tables[term.arm], confidence) for claim in experiment.claims
    )
    return Findings(experiment, told(results), tuple(claims), results)
