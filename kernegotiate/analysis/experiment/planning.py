"""From an experiment to the plan of a batch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from kernegotiate.analysis.estimators import columns_of
from kernegotiate.analysis.experiment.definition import Definition
from kernegotiate.analysis.experiment.fitting import overridden, unfound, unmoved
from kernegotiate.analysis.inert import foreseen
from kernegotiate.batch.design import Design
from kernegotiate.batch.plan import Cell, Plan
from kernegotiate.batch.simulation import whole
from kernegotiate.engine.outcomes import COLUMNS
from kernegotiate.scenario import ScenarioError, load_scenario
from kernegotiate.scenario.arguments import shown
from kernegotiate.scenario.messages import dotted


def plan_of(
    experiment: Definition,
    *,
    design: Design | pd.DataFrame | None = None,
    runs: int | None = None,
    seed: int | None = None,
    precision: Mapping[str, Any] | None = None,
) -> Plan:
    """Plan an experiment: scenarios x institutions and arms x rows of its design.

    Args:
        experiment: What is asked.
        design: Instead of its own; a table has one row a point, one column a factor.
        runs: Of each point; the experiment's by default.
        seed: Of all draws; the experiment's by default.
        precision: What decides whether there are further rounds; see `Precision.contents`.

    Raises:
        ScenarioError: A value or the design is not allowed, or does not fit the experiment.
    """
    for name, value, least in (("runs", runs, 1), ("seed", seed, 0)):
        if value is not None:
            whole(name, value, least)
    runs, seed = (
        None if value is None else int(value) for value in (runs, seed)
    )  # be they NumPy's
    asked = {"runs": runs, "seed": seed}
    runs = experiment.runs_of_each if runs is None else runs
    seed = experiment.seed if seed is None else seed
    if isinstance(design, pd.DataFrame):
        design = Design.of(design)
    if not isinstance(design, Design | None):
        raise ScenarioError(f"design: found {shown(design)}, allowed is a table or a Design")
    if design is None:
        design = experiment.design.design() if experiment.design else Design()
    else:
        for misfit in (
            *overridden(experiment.set, experiment.arms, design.types),
            *unfound(experiment.claims, design),
            *unmoved((load_scenario(name) for name in experiment.worlds), design.types),
        ):
            raise ScenarioError(f"{experiment.name}: {dotted(misfit.place)}: {misfit.sentence}")
    cells = tuple(
        Cell(name, world, body, name not in experiment.compared)
        for name, world, body in experiment.points()
    )
    known = (*experiment.remarks_on_settings(), *foreseen(cells, design))
    about = {
        "name": experiment.name,
        "title": experiment.title,
        "question": experiment.question,
        "evidence": list(experiment.evidence),
        "asked": asked,
        "baseline": experiment.base,
        "outcomes": list(experiment.outcomes),
        "claims": [claim.model_dump(mode="json") for claim in experiment.claims],
        "remarks": list(dict.fromkeys(known)),
    }
    return Plan(
        about,
        cells,
        design,
        runs,
        seed,
        _kept(experiment),
        precision=precision,
    )


def _kept(experiment: Definition) -> tuple[str, ...]:
    """Columns to keep: what is asked for or claimed, and what it is pooled from; all by default."""
    if not experiment.outcomes:
        return COLUMNS
    claimed = (
        term.outcome for claim in experiment.claims for part in claim.parts for term in part.terms
    )
    asked = {*experiment.outcomes, *claimed}
    needed = asked.union(*(columns_of(name) for name in asked))
    return tuple(name for name in COLUMNS if name in needed)
