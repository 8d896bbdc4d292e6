"""What the model shows of each case, kept as a table: the case's institution, nobody, the board."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

import kernegotiate as kn
from kernegotiate.analysis.comparison import compare
from kernegotiate.batch.disk import put
from kernegotiate.engine.cache import source_hash

RESULTS = "docs/cases/results.csv"
RUNS, SEED = 200, 1
BESIDE = ("none", "empowered_board")
"""What each case is held against: nobody, and the board."""
OUTCOMES = (
    "agreement_rate",
    "completion_rate",
    "efficiency",
    "signed_gap",
    "duplication_waste",
    "own_visible_share",
    "inequality",
    "time_to_agreement",
    "membership_rate",
)
ENDS = ["value", "low", "high"]
KEYS = ["coordinator", "outcome"]


def rows_of(case: str) -> pd.DataFrame:
    """One row an institution and outcome: level, and how far the case's own is from it.

    `difference` is that of the case's institution minus that of the row, on the same runs.
    """
    scenario = kn.load_scenario(case)
    assert scenario.institution is not None, case
    own = scenario.institution.name
    names = [own, *(name for name in BESIDE if name != own)]
    found = compare(scenario, names, runs=RUNS, seed=SEED, outcomes=OUTCOMES)
    table = found.levels[[*KEYS, *ENDS]]
    # Of each pair the comparison gives "other minus own"; a page says what the case's own adds.
    apart = found.differences[[*KEYS, *ENDS]].copy()
    apart[ENDS] = -apart[["value", "high", "low"]].to_numpy()
    apart.columns = pd.Index([*KEYS, "difference", "difference_low", "difference_high"])
    table = table.merge(apart, on=KEYS, how="left")
    table.insert(0, "case", case)
    return table


def simulated() -> pd.DataFrame:
    """All rows of all cases."""
    return pd.concat([rows_of(case) for case in kn.case_names()], ignore_index=True)


def write_table(path: Path, table: pd.DataFrame, made: str) -> None:
    """Keep a table, with how it was made in its first line."""
    text = table.to_csv(index=False, float_format="%.6g", lineterminator="\n")
    put(path, f"# {made}, engine {source_hash()}\n{text}".encode())


def read_table(path: Path) -> tuple[str, pd.DataFrame]:
    """How a kept table was made, and the table."""
    with path.open(encoding="utf-8") as file:
        made = file.readline().removeprefix("# ").strip()
        return made, pd.read_csv(file, dtype={"source": str}, keep_default_na=True)


def write_results(root: Path) -> None:
    """Simulate all cases and keep what they show."""
    write_table(root / RESULTS, simulated(), f"{RUNS} paired runs an institution, seed {SEED}")


def read_results(root: Path) -> tuple[str, pd.DataFrame]:
    """How the results on disk were made, and the table."""
    return read_table(root / RESULTS)
