"""Several institutions on the same draws, none of them simulated twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kernegotiate.batch import Runs, simulate
from kernegotiate.batch.simulate import Progress
from kernegotiate.scenario import Institution, Scenario

Cell = tuple[Scenario, Institution]
"""What is run: a scenario and an institution, with all overrides in place."""


def simulate_all(
    cells: Mapping[str, Cell],
    *,
    runs: int,
    seed: int,
    threads: int | None = None,
    progress: Progress | None = None,
) -> dict[str, Runs]:
    """Run each cell on the same draws.

    Cells that differ in name alone share their runs: a run depends on the scenario and the levers.

    Args:
        cells: What to run, by name.
        runs: How many of each, numbered from 0.
        seed: Of all draws.
        threads: At most; one for each core by default.
        progress: Called as `progress(runs done, runs in all)`, over all distinct cells.
    """
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
            scenario, institution, runs=runs, seed=seed, threads=threads, progress=told
        )
        results |= {name: replace(result, institution=cells[name][1]) for name in group}
    return {name: results[name] for name in cells}
