"""Each lever swept over its plausible range, from the institution in which its bite is tested."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from kernegotiate.analysis.comparison import compare
from kernegotiate.batch.disk import put
from kernegotiate.engine.cache import source_hash
from kernegotiate.scenario import Levers, load_institution, parameters
from kernegotiate.scenario.parameter import Parameter
from tools.docs_pages.proofs import bites

SCENARIO = "mekong_delta"
OUTCOMES = ("agreement_rate", "completion_rate", "efficiency")
POINTS, RUNS, SEED = 9, 1000, 1
SWEEPS = "docs/levers/sweeps.csv"


def points(lever: Parameter) -> list[Any]:
    """Values of a lever to try, its null among them."""
    if lever.type == "flag":
        return [False, True]
    if lever.choices:
        return list(lever.choices)
    assert lever.plausible is not None
    low, high = lever.plausible
    if lever.type == "whole number":
        spread = np.unique(np.linspace(low, high, POINTS).round().astype(int)).tolist()
    else:
        spread = np.linspace(low, high, POINTS).round(4).tolist()
    return sorted({*spread, lever.default})


def sweep(root: Path, lever: Parameter) -> pd.DataFrame:
    """One row a value of the lever and outcome: level, difference to the null, 95 % intervals."""
    bite = bites(root)[lever.name]
    # What else the setting needs may include levers; the rest goes to the scenario.
    levers = {key: value for key, value in bite.needs.items() if key in Levers.model_fields}
    others = {key: value for key, value in bite.needs.items() if key not in levers}
    base = load_institution(bite.institution)
    tried = {
        str(value): base.with_overrides(**levers | {lever.name: value}) for value in points(lever)
    }
    found = compare(
        SCENARIO, tried, runs=RUNS, seed=SEED, baseline=str(lever.default),
        outcomes=OUTCOMES, **others,
    )  # fmt: skip
    keys = ["coordinator", "outcome"]
    apart = found.differences[[*keys, "value", "low", "high"]].rename(
        columns={"value": "difference", "low": "difference_low", "high": "difference_high"}
    )
    table = found.levels[[*keys, "value", "low", "high"]].merge(apart, on=keys, how="left")
    table = table.fillna(dict.fromkeys(apart.columns[2:], 0.0))
    table = table.rename(columns={"coordinator": "setting", "value": "level"})
    table.insert(0, "lever", lever.name)
    return table


def write_sweeps(root: Path) -> None:
    """Simulate all sweeps and keep them as a table."""
    levers = [known for known in parameters() if known.part == "levers"]
    table = pd.concat([sweep(root, lever) for lever in levers], ignore_index=True)
    head = f"# {SCENARIO}, {RUNS} paired runs a value, seed {SEED}, engine {source_hash()}\n"
    text = table.to_csv(index=False, float_format="%.4f", lineterminator="\n")
    put(root / SWEEPS, (head + text).encode())


def read_sweeps(root: Path) -> tuple[str, pd.DataFrame]:
    """How the sweeps on disk were made, and the table."""
    with (root / SWEEPS).open(encoding="utf-8") as file:
        head = file.readline().removeprefix("# ").strip()
        return head, pd.read_csv(file, dtype={"setting": str})
