"""Run an institution many times on addressed draws.

Runs are cut into chunks; each thread has one world of its own and the compiled loop holds no lock.
A run's numbers depend on (scenario, institution, seed, run) alone, so neither the number of threads
nor the size of a chunk changes them.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from kernegotiate.batch.processors import processors
from kernegotiate.batch.records import Records, trajectory_table
from kernegotiate.engine.ensemble import drive
from kernegotiate.engine.losses import LOSS
from kernegotiate.engine.outcomes import COLUMNS, OUTCOME, TRAJECTORY
from kernegotiate.engine.prepared import prepare
from kernegotiate.scenario import (
    Institution,
    Levers,
    Scenario,
    ScenarioError,
    remarks,
    resolve,
)
from kernegotiate.scenario.arguments import check_flags, check_progress

if TYPE_CHECKING:
    import pandas as pd

CHUNK = 64  # runs; small enough for a lively progress bar, large enough to forget the overhead

Progress = Callable[[int, int], None]


@dataclass(frozen=True, eq=False)
class Runs:
    """Results of `simulate`.

    `outcomes` and `losses` are made when they are first looked at: who only wants estimates does
    not wait for pandas.
    """

    scenario: Scenario
    institution: Institution
    seed: int
    records: Records  # what the engine wrote, of which the tables are made
    trajectories: pd.DataFrame | None  # one row a run and year, if asked for
    settings: Mapping[str, Any] = field(default_factory=dict)  # overrides by keyword

    @property
    def outcomes(self) -> pd.DataFrame:
        """One row a run, columns as in engine/outcomes.py."""
        return self.records.outcome_table

    @property
    def losses(self) -> pd.DataFrame | None:
        """One row a run: loss ledger and causes, if asked for."""
        return self.records.loss_table

    @property
    def remarks(self) -> tuple[str, ...]:
        """What to know before drawing conclusions: settings without effect, and whom they reach."""
        return tuple(remarks(self.scenario, self.institution, self.settings))

    def __len__(self) -> int:
        """How many runs."""
        return len(self.records.outcomes)

    def followed_by(self, later: Runs) -> Runs:
        """These and the next runs of the same, as if all had been asked for at once."""
        records, years = self.records.followed_by(later.records), None
        if self.trajectories is not None and later.trajectories is not None:
            import pandas as pd

            years = pd.concat([self.trajectories, later.trajectories])
        return replace(self, records=records, trajectories=years)

    def __repr__(self) -> str:
        """What was run, not all of it."""
        made = f"{len(self)} runs of {self.scenario.name} under {self.institution.name}"
        return f"<Runs: {made}, seed {self.seed}>"


def simulate(
    scenario: str | Scenario = "mekong_delta",
    coordinator: str | Institution | Levers | None = None,
    *,
    runs: int = 1000,
    seed: int = 1,
    first_run: int = 0,
    trajectories: bool = False,
    explain: bool = False,
    threads: int | None = None,
    progress: Progress | None = None,
    **overrides: Any,
) -> Runs:
    """Run one institution in one scenario `runs` times.

    Args:
        scenario: name of a built-in scenario, path of a TOML file, or a Scenario.
        coordinator: name of a built-in institution, path of a TOML file, an Institution or Levers;
            by default the scenario's own, and the advisory council if it has none.
        runs: how many, numbered from `first_run`.
        seed: of all draws, an integer from 0 to 2^63 - 1. The same seed and run meet the same
            leaders and projects under every institution (common random numbers).
        first_run: number of the first run.
        trajectories: also keep every year of every run.
        explain: also keep the loss ledger and the causes of every run.
        threads: at most; by default one for each processor that we may use.
        progress: called as `progress(runs done, runs in all)`.
        **overrides: levers, behaviour and scenario parameters by keyword.

    Raises:
        ScenarioError: a name, file, keyword or value that is not allowed.
    """
    runs = whole("runs", runs, 1)
    seed = whole("seed", seed, 0)
    if threads is not None:
        threads = whole("threads", threads, 1)
    first_run = whole("first_run", first_run, 0)
    check_flags(trajectories=trajectories, explain=explain)
    check_progress(progress)
    resolved, institution = resolve(scenario, coordinator, **overrides)
    prepared = prepare(resolved, institution.levers)
    outcomes = np.empty(runs, OUTCOME)
    years = np.zeros((runs if trajectories else 0, prepared.last_year), TRAJECTORY)
    losses = np.empty(runs if explain else 0, LOSS)
    memory = threading.local()

    def run_chunk(start: int) -> int:
        if not hasattr(memory, "world"):
            memory.world = prepared.world()
        stop = min(start + CHUNK, runs)
        drive(
            prepared,
            memory.world,
            seed,
            first_run + start,
            outcomes[start:stop],
            years[start:stop],
            losses[start:stop],
        )
        return stop - start

    # Each thread has a world of its own, so no more of them than chunks.
    workers = max(1, min(threads or processors(), -(-runs // CHUNK)))
    done = 0
    with ThreadPoolExecutor(workers) as pool:
        chunks = [pool.submit(run_chunk, start) for start in range(0, runs, CHUNK)]
        try:
            for chunk in as_completed(chunks):
                done += chunk.result()
                if progress:
                    progress(done, runs)
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    records = Records(first_run, outcomes, losses if explain else None)
    told = trajectory_table(years, first_run) if trajectories else None
    return Runs(resolved, institution, seed, records, told, overrides)


def outcome(
    *,
    rng: int = 1,
    scenario: str | Scenario = "mekong_delta",
    coordinator: str | Institution | Levers | None = None,
    **overrides: Any,
) -> dict[str, float]:
    """Outcomes of one run (seed `rng`, run 0) by name: keywords in, floats out.

    The same numbers as a `RegionModel` with the same arguments; by default under the scenario's own
    institution, and the advisory council if it has none. Undefined outcomes are NaN.
    Numbers only: that a setting is idle or reaches some governments only is in the `remarks` of
    what `simulate` returns. A setting that would change nothing at all is refused.

    Raises:
        ScenarioError: a name, file, keyword or value that is not allowed.
    """
    rng = whole("rng", rng, 0)
    if "seed" in overrides:
        raise ScenarioError("seed: one run takes its seed as rng, such as rng=7.")
    runs = simulate(scenario, coordinator, runs=1, seed=rng, threads=1, **overrides)
    return dict(zip(COLUMNS, runs.records.outcomes[0].tolist(), strict=True))


def whole(name: str, value: Any, low: int) -> int:
    """A whole number from `low` to 2^63 - 1 as Python's own integer.

    NumPy's would compile the engine anew for each of their types, and the small ones wrap.
    """
    good = isinstance(value, int | np.integer) and not isinstance(value, bool | np.bool_)
    if not good or not low <= int(value) < 2**63:
        raise ScenarioError(f"{name} is {value!r}; allowed: a whole number from {low} to 2^63 - 1.")
    return int(value)
