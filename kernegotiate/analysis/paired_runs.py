"""Several institutions on the same draws, none of them simulated twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from kernegotiate.batch import Runs, simulate
from kernegotiate.batch.simulation import Progress
from kernegotiate.scenario import (
    Institution,
    Levers,
    Scenario,
    ScenarioError,
    load_scenario,
    resolve,
)
from kernegotiate.scenario.arguments import as_names, check_progress, shown

Coordinator = str | Path | Institution | Levers
"""What names an institution: a built-in, a file, or the thing itself."""

Cell = tuple[Scenario, Institution]
"""What is run: a scenario and an institution, with all overrides in place."""


def simulate_all(
    cells: Mapping[str, Cell],
    *,
    runs: int,
    seed: int,
    first_run: int = 0,
    explain: bool = False,
    threads: int | None = None,
    progress: Progress | None = None,
) -> dict[str, Runs]:
    """Run each cell on the same draws.

    Cells that differ in name alone share their runs: a run depends on the scenario and the levers.

    Args:
        cells: What to run, by name.
        runs: How many of each, numbered from `first_run`.
        seed: Of all draws.
        first_run: Number of the first run.
        explain: Also keep the loss ledger and the causes.
        threads: At most; one for each core by default.
        progress: Called as `progress(runs done, runs in all)`, over all distinct cells.
    """
    check_progress(progress)
    alike: list[list[str]] = []
    for name, (scenario, institution) in cells.items():
        for group in alike:
            other = cells[group[0]]
            if other[0] == scenario and other[1].levers == institution.levers:
                group.append(name)
                break
        else:
            alike.append([name])
    results: dict[str, Runs] = {}
    for number, group in enumerate(alike):
        before = number * runs

        def told(done: int, _: int, before: int = before) -> None:
            if progress:
                progress(before + done, len(alike) * runs)

        scenario, institution = cells[group[0]]
        result = simulate(
            scenario,
            institution,
            runs=runs,
            seed=seed,
            first_run=first_run,
            explain=explain,
            threads=threads,
            progress=told,
        )
        results |= {name: replace(result, institution=cells[name][1]) for name in group}
    return {name: results[name] for name in cells}


def having_set(runs: Mapping[str, Runs], settings: Mapping[str, Any]) -> dict[str, Runs]:
    """The same results, which know what was set for them."""
    return {name: replace(found, settings=settings) for name, found in runs.items()}


def name_cells(
    scenario: str | Path | Scenario,
    coordinators: Sequence[Coordinator] | Mapping[str, Coordinator],
    overrides: Mapping[str, Any],
) -> dict[str, Cell]:
    """What is to be run, by name.

    Args:
        scenario: Name of a built-in, path of a TOML file, or a Scenario.
        coordinators: One or more; a mapping gives them names of its own.
        overrides: By keyword, for all of them.

    Raises:
        ScenarioError: A name, file, keyword or value is not allowed, or a name comes twice.
    """
    if isinstance(coordinators, str | Path | Institution | Levers):
        coordinators = [coordinators]
    named: list[tuple[str | None, Coordinator]] = (
        list(coordinators.items())
        if isinstance(coordinators, Mapping)
        else [(None, one) for one in as_names("coordinators", coordinators)]
    )
    if not named:
        raise ScenarioError("coordinators: found none, allowed are one or more")
    world = scenario if isinstance(scenario, Scenario) else load_scenario(scenario)
    cells: dict[str, Cell] = {}
    for given, one in named:
        cell = resolve(world, one, **overrides)
        if not isinstance(given, str | None):
            raise ScenarioError(f"coordinators: found the name {shown(given)}, allowed is a text")
        name = given or cell[1].name
        if name in cells:
            raise ScenarioError(f"coordinators: found '{name}' twice, allowed is once")
        cells[name] = cell
    return cells
