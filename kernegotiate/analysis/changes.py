"""What a change does: the same draws with it and without."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kernegotiate.analysis.comparison import Comparison, summarise
from kernegotiate.analysis.estimators import check_confidence
from kernegotiate.analysis.explanation import Explanation, account
from kernegotiate.analysis.paired_runs import (
    Cell,
    Coordinator,
    having_set,
    name_cells,
    simulate_all,
)
from kernegotiate.batch.simulation import Progress, whole
from kernegotiate.scenario import Scenario

CHANGED, USUAL = "changed", "usual"
"""Names of the two sides in all tables."""


@dataclass(frozen=True, eq=False)
class WhatIf:
    """An institution with changed settings beside the same as it usually is.

    Attributes:
        comparison: Levels of both sides, and how far the change leads from the usual.
        explanation: Where the best possible went on both sides, and why works were not built.
    """

    comparison: Comparison
    explanation: Explanation


def what_if(
    scenario: str | Path | Scenario,
    coordinator: Coordinator,
    *,
    runs: int = 1000,
    seed: int = 1,
    threads: int | None = None,
    progress: Progress | None = None,
    confidence: float = 0.95,
    **changes: Any,
) -> WhatIf:
    """Find out what a change of levers, leaders or the world does.

    Args:
        scenario: Name of a built-in, path of a TOML file, or a Scenario.
        coordinator: Name of a built-in, path, Institution or Levers.
        runs: How many of each side, 2 or more.
        seed: Of all draws, an integer from 0 to 2^63 - 1.
        threads: At most; one for each core by default.
        progress: Called as `progress(runs done, runs in all)`, over both sides.
        confidence: Of the intervals, in (0, 1).
        **changes: Levers, behaviour and scenario parameters, of the one side.

    Raises:
        ScenarioError: A name, file, keyword or value is not allowed.
    """
    runs = whole("runs", runs, 2)
    seed = whole("seed", seed, 0)
    check_confidence(confidence)
    cells = {
        CHANGED: _titled(name_cells(scenario, {CHANGED: coordinator}, changes)[CHANGED], CHANGED),
        USUAL: _titled(name_cells(scenario, {USUAL: coordinator}, {})[USUAL], USUAL),
    }
    found = simulate_all(
        cells, runs=runs, seed=seed, explain=True, threads=threads, progress=progress
    )
    found |= having_set({CHANGED: found[CHANGED]}, changes)
    return WhatIf(summarise(found, USUAL, confidence=confidence), account(found, USUAL, confidence))


def _titled(cell: Cell, side: str) -> Cell:
    """A side by a title of its own; one institution stands on both."""
    return cell[0], cell[1].model_copy(update={"title": side})
