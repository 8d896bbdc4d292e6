"""Sensitivity indices by SALib, with its traps closed.

A single NaN makes SALib report a first-order index of 0, so no index is computed where a point is
undefined; its row says why. What is true of one institution is no obstacle to the others.
Rows must stand in the order of the sample, which the dataset keeps.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pandas as pd

from kernegotiate.analysis.estimators import UNDEFINED
from kernegotiate.batch.design import share_of
from kernegotiate.batch.sampling import salib

SEED = 1  # of the resampling that the intervals come from
NAMED = 10  # undefined points in a sentence
SHOWN = {
    "sobol": ("S1", "S1_conf", "ST", "ST_conf"),
    "morris": ("mu", "mu_star", "mu_star_conf", "sigma"),
}


def indices(
    points: pd.DataFrame,
    design: pd.DataFrame,
    factors: Sequence[str],
    kind: str,
    outcome: str,
    confidence: float,
) -> pd.DataFrame:
    """Indices of each factor in each scenario under each institution.

    Args:
        points: One row a point in order: `point`, `scenario`, `institution`, `value`, and whether
            it `failed`.
        design: One row a point of each cell, with the shares of sampled factors.
        factors: Their names, in the order of the sample.
        kind: sobol or morris.
        outcome: What the values are.
        confidence: Of each interval.

    Returns:
        One row a scenario, institution and factor: the indices, NaN where there are none, and
        `why` that is so.

    Raises:
        ScenarioError: SALib is missing.
    """
    salib()
    names = list(factors)
    told = {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}
    shares = design[[share_of(name) for name in names]].to_numpy()
    tables = []
    for (scenario, institution), group in points.groupby(["scenario", "institution"], sort=False):
        why = _none(group, outcome, f"{scenario} under {institution}")
        if why:
            table = pd.DataFrame(math.nan, range(len(names)), SHOWN[kind])
        else:
            found = _analyse(kind, told, shares, group["value"].to_numpy(), confidence)
            table = pd.DataFrame({name: list(found[name]) for name in SHOWN[kind]})
        table.insert(0, "factor", names)
        table.insert(0, "institution", str(institution))
        table.insert(0, "scenario", str(scenario))
        tables.append(table.assign(why=why))
    return pd.concat(tables, ignore_index=True)


def _none(points: pd.DataFrame, outcome: str, where: str) -> str:
    """Why there are no indices, one sentence; "" if there are."""
    unknown = points[points["value"].isna()]
    undefined = unknown["point"].tolist()
    if undefined:
        more = f" and {len(undefined) - NAMED} more" if len(undefined) > NAMED else ""
        named = ", ".join(map(str, undefined[:NAMED]))
        reason = f", {UNDEFINED[outcome]}" if outcome in UNDEFINED else ""
        if unknown["failed"].any():
            reason = f", of which {unknown['failed'].sum()} could not be run"
        return (
            f"{outcome} is undefined at {len(undefined)} of {len(points)} points of {where} "
            f"({named}{more}){reason}"
        )
    values = points["value"]
    if values.min() == values.max():
        return (
            f"{outcome} is {values.iloc[0]:g} at all points of {where}, so that nothing explains "
            "its variance"
        )
    return ""


def _analyse(kind: str, told: dict[str, Any], shares: Any, values: Any, confidence: float) -> Any:
    if kind == "sobol":
        from SALib.analyze import sobol

        return sobol.analyze(told, values, conf_level=confidence, seed=SEED)
    from SALib.analyze import morris

    return morris.analyze(told, shares, values, conf_level=confidence, seed=SEED)
