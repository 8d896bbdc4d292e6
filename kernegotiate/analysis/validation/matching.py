"""History matching: which points of the box no target rules out, and what they have in common.

Craig, Goldstein, Seheult and Smith (1997) ask an emulator of a slow model which settings are not
implausible. This model is fast enough to be asked itself, so a point is ruled out by its own runs:
where the whole interval of a target lies outside its bounds.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import ks_1samp, uniform

from kernegotiate.analysis.validation.shares import share_of
from kernegotiate.analysis.validation.trees import Leaf, grow
from kernegotiate.analysis.validation.validation import Validation

LEVEL = 0.05  # of all parameters together, for a parameter to count as moved
TAIL = 0.1


def survivors(found: Validation) -> NDArray[np.bool_]:
    """Whether no target rules a point out, shape (points,)."""
    ruled_out = found.matched.loc[found.matched["answer"] == "opposite", "point"]
    return ~np.isin(np.arange(len(found.box)), ruled_out)


def targets_table(found: Validation) -> pd.DataFrame:
    """One row a target, and one for all of them: the share of the points that it rules out."""
    rows = []
    for target in found.targets:
        for number, part in enumerate(target.parts):
            here = found.matched[found.matched["fact"] == target.name]
            own = here[here["part"] == number]
            out = own["answer"] == "opposite"
            rows.append(
                {"target": target.name, "title": target.title, "label": part.label}
                | {"measure": part.measure.words, "expected": part.expected}
                | _share(int(out.sum()), len(own))
                | {"median": own["value"].median()}
            )
    if rows:
        alive = survivors(found)
        rows.append({"target": "all"} | _share(int((~alive).sum()), len(alive)))
    return pd.DataFrame(rows)


def moved_table(found: Validation) -> pd.DataFrame:
    """One row a parameter: where its survivors lie in its range, 0 to 1, and whether they moved.

    In the whole box each parameter is spread evenly over its range. A Kolmogorov-Smirnov test asks
    whether the survivors still are; with so many parameters some would look moved by chance, so the
    level is divided by their number (Bonferroni).

    Returns:
        `parameter`, `mean`, `low` and `high` (a tenth of the survivors lies below and above), `p`,
        and `moved`; the most certain first.
    """
    alive = survivors(found)
    if not found.targets or alive.sum() < 2:
        return pd.DataFrame()
    shares = found.box.shares[alive]
    rows = []
    for name in shares:
        own = shares[name].to_numpy()
        chance = float(ks_1samp(own, uniform.cdf).pvalue)
        low, high = np.quantile(own, (TAIL, 1.0 - TAIL))
        moved = chance < LEVEL / len(shares.columns)
        rows.append((name, own.mean(), low, high, chance, moved))
    table = pd.DataFrame(rows, columns=["parameter", "mean", "low", "high", "p", "moved"])
    return table.sort_values("p", kind="stable", ignore_index=True)


def who_survives(found: Validation) -> list[Leaf]:
    """When a point survives: a tree over all points."""
    words = np.where(survivors(found), "survives", "ruled out")
    return grow(found.box.settings({}), words.tolist())


def _share(count: int, points: int) -> dict[str, float]:
    share = share_of(count, points)
    return {"out": share.value, "out_low": share.low, "out_high": share.high}
