"""Levels that a source gives, beside the model's distribution of the same quantity.

There are few (E33, E125, E126, E138). What of them has set a value of an institution, such as how
often the North-East meets (E138), its file in `scenarios/institutions/` says.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

import kernegotiate as kn
from tools.cases.results import RUNS, SEED, read_table, write_table

LEVELS = "docs/cases/levels.csv"
FOUR_YEARS = 4
PARTIES = (2, 6)  # fewest and most that a work has by default
LATE = 60.0  # years, for runs in which it never happens: later than any

Numbers = NDArray[np.float64]


def first_talks(case: str) -> Numbers:
    """Years until a project is first tabled, by run; `LATE` if that never happens."""
    return np.array([_first_tabled(case, seed) for seed in range(1, RUNS + 1)])


def _first_tabled(case: str, seed: int) -> float:
    scenario = kn.load_scenario(case)
    model = kn.RegionModel(scenario, scenario.institution, rng=seed)
    seen = 0
    while not model.is_over:
        model.step()
        for event in model.log[seen:]:
            if event.event == "tabled":
                return float(event.year)
        seen = len(model.log)
    return LATE


def first_agreement(case: str) -> Numbers:
    """Years until the first project is signed, by run; `LATE` if none is."""
    table = kn.simulate(case, runs=RUNS, seed=SEED, trajectories=True).trajectories
    assert table is not None
    signed = table[table["signed"] > 0].groupby("run")["year"].min()
    return signed.reindex(range(RUNS)).fillna(LATE).to_numpy(float)


def signed_in_four_years(case: str) -> Numbers:
    """Projects signed in the first four years, by run."""
    table = kn.simulate(case, runs=RUNS, seed=SEED, trajectories=True).trajectories
    assert table is not None
    then = table[table["year"] == FOUR_YEARS].set_index("run")["signed"]
    return then.reindex(range(RUNS)).to_numpy(float)


def granted_share(case: str) -> Numbers:
    """Part of the spending on joint works that grants have paid, by run with any spending."""
    found = kn.simulate(case, runs=RUNS, seed=SEED).outcomes
    found = found[found["joint_spending"] > 0]
    return (found["grant_spending"] / found["joint_spending"]).to_numpy(float)


def completed_by_parties(case: str) -> Numbers:
    """Completed share where all works have six parties minus that where all have two, by run."""
    few, many = (
        kn.simulate(case, runs=RUNS, seed=SEED, parties_min=n, parties_max=n).outcomes
        for n in PARTIES
    )
    apart = (many["completion_rate"] - few["completion_rate"]).to_numpy(float)
    return apart[~np.isnan(apart)]


# name: (what is compared, unit, ids, what the source gives in words, as a number, beyond it)
KNOWN: dict[str, tuple[Callable[[str], Numbers], str, str, str, float, str]] = {
    "first_talks": (
        first_talks, "years until a project is first tabled", "E138",
        "6 years from the launch to the first meeting; sets `meeting_capacity`", 6.0, "later",
    ),
    "first_agreement": (
        first_agreement, "years until the first project is signed", "E138",
        "about 7 years from the launch to an agreement", 7.0, "later",
    ),
    "signed_in_four_years": (
        signed_in_four_years, "projects signed in the first four years", "E126",
        "67 projects in four years, in all of Korea", 67.0, "more",
    ),
    "granted_share": (
        granted_share, "share of the spending on joint works that grants pay", "E125",
        "at most half of the cost; it sets `match_rate`", 0.5, "more",
    ),
    "completed_by_parties": (
        completed_by_parties, "completed share with six parties minus that with two", "E33",
        "as seamless in regions of hundreds of units: no difference", 0.0, "less",
    ),
}  # fmt: skip


def row_of(case: str, name: str) -> dict[str, object]:
    """The model's distribution of a quantity, and which share of its runs lies beyond the source's.

    Args:
        case: Name of a case.
        name: One of `KNOWN`.
    """
    measure, what, ids, words, number, side = KNOWN[name]
    values = measure(case)
    beyond = values > number if side in ("later", "more") else values < number
    low, middle, high = np.quantile(values, [0.05, 0.5, 0.95])
    return {
        "case": case, "level": name, "what": what, "ids": ids, "source": words, "beyond": side,
        "number": number, "p5": low, "median": middle, "p95": high,
        "share": beyond.mean(), "runs": len(values),
    }  # fmt: skip


def write_levels(root: Path, wanted: dict[str, tuple[str, ...]]) -> None:
    """Measure the levels of all cases that name some, and keep them."""
    rows = [row_of(case, name) for case, names in wanted.items() for name in names]
    write_table(root / LEVELS, pd.DataFrame(rows), f"{RUNS} runs, seed {SEED}")


def read_levels(root: Path) -> pd.DataFrame:
    """The levels on disk."""
    return read_table(root / LEVELS)[1]
