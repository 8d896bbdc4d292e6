"""Sensitivity indices by SALib, with its traps closed.

A single NaN makes SALib report a first-order index of 0, so undefined points are refused by name.
Rows must stand in the order of the sample, which the dataset keeps.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from kernegotiate.batch.design import share_of
from kernegotiate.batch.sampling import salib
from kernegotiate.scenario import ScenarioError

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
        points: One row a point in order: `point`, `scenario`, `institution`, `value`.
        design: One row a point of each cell, with the shares of sampled factors.
        factors: Their names, in the order of the sample.
        kind: sobol or morris.
        outcome: What the values are.
        confidence: Of each interval.

    Raises:
        ScenarioError: A value is undefined, all are the same, or SALib is missing.
    """
    salib()
    undefined = points.loc[points["value"].isna(), "point"].tolist()
    if undefined:
        more = f" and {len(undefined) - NAMED} more" if len(undefined) > NAMED else ""
        named = ", ".join(map(str, undefined[:NAMED]))
        raise ScenarioError(
            f"sensitivity: {outcome} is undefined at {len(undefined)} of {len(points)} points: "
            f"{named}{more}"
        )
    names = list(factors)
    told = {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}
    tables = []
    for (scenario, institution), group in points.groupby(["scenario", "institution"], sort=False):
        values = group["value"].to_numpy()
        if values.min() == values.max():
            raise ScenarioError(
                f"sensitivity: {outcome} is {values[0]:g} at all points of {scenario} under "
                f"{institution}, so that nothing explains its variance"
            )
        shares = design[[share_of(name) for name in names]].to_numpy()
        found = _analyse(kind, told, shares, values, confidence)
        table = pd.DataFrame({name: list(found[name]) for name in SHOWN[kind]})
        table.insert(0, "factor", names)
        table.insert(0, "institution", str(institution))
        table.insert(0, "scenario", str(scenario))
        tables.append(table)
    return pd.concat(tables, ignore_index=True)


def _analyse(kind: str, told: dict[str, Any], shares: Any, values: Any, confidence: float) -> Any:
    if kind == "sobol":
        from SALib.analyze import sobol

        return sobol.analyze(told, values, conf_level=confidence, seed=SEED)
    from SALib.analyze import morris

    return morris.analyze(told, shares, values, conf_level=confidence, seed=SEED)
