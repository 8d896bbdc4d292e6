"""Factors that move nothing: what can be known before any run, and what the runs show.

Runs show it where points differ in a single factor: in a factorial design, in the trajectories of
Morris and in the rows of Saltelli's sample. A Latin hypercube has no such points.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from kernegotiate.batch.design import Design
from kernegotiate.batch.plan import Cell
from kernegotiate.batch.store import Store
from kernegotiate.scenario.changes import as_changes, in_turn
from kernegotiate.scenario.idle_levers import NEEDS
from kernegotiate.scenario.levers import Levers
from kernegotiate.scenario.meetings import departures, reached

PRINT = "print"
SAME = "moves nothing: whatever it is, the runs come out the same"


def foreseen(cells: Sequence[Cell], design: Design) -> Iterator[str]:
    """What can be said of the factors before any run.

    Args:
        cells: What the design changes.
        design: Settings of every point.

    Returns:
        A sentence for each factor that reaches some governments only, or never has any effect.
    """
    factors = list(design.types)
    for scenario in dict.fromkeys(cell.scenario for cell in cells):
        for sentence in (*departures(scenario), *reached(scenario, dict.fromkeys(factors))):
            yield f"Note, {scenario.title}: {sentence}"
    for name in factors:
        if name in NEEDS and not _wakes(name, cells, design):
            yield f"Note: the factor {name} has no effect, since {NEEDS[name][2]} at all points."


def observed(store: Store, factors: Sequence[str]) -> Iterator[str]:
    """Factors whose values make no difference to any run, other factors being equal.

    Args:
        store: A finished dataset.
        factors: Of its design.

    Returns:
        A sentence for each, with the institutions for which it is so unless it is for all.
    """
    rows = _prints(store)
    design = store.design()[list(factors)]
    if rows.empty or len(design) < 2:
        return
    cells = list(rows.groupby(["scenario", "institution"], sort=False))
    still: dict[str, list[str]] = {}
    for (scenario, institution), points in cells:
        for name in _still(design, points["print"]):
            still.setdefault(name, []).append(f"{scenario} under {institution}")
    for name in factors:
        where = still.get(name, [])
        if len(where) == len(cells):
            yield f"Note: the factor {name} {SAME}."
        elif where:
            yield f"Note: the factor {name} {SAME} in {', '.join(where)}."


def _wakes(name: str, cells: Sequence[Cell], design: Design) -> bool:
    """Whether a lever has what it needs at any point, in any year."""
    used = [other for other in design.types if other in Levers.model_fields or other == "changes"]
    distinct = design.table[used].drop_duplicates().to_dict("records")
    is_met = NEEDS[name][0]
    for row in ({str(key): value for key, value in row.items()} for row in distinct):
        text = row.pop("changes", None)
        for cell in cells:
            levers = cell.institution.levers.model_copy(update=row)
            changes = cell.scenario.changes if text is None else as_changes(text)
            if any(is_met(law) for _, law in in_turn(levers, changes)):
                return True
    return False


def _prints(store: Store) -> pd.DataFrame:
    """A fingerprint of all runs of each point: `scenario`, `institution`, `print`."""
    kept = store.manifest["outcomes"]
    places: dict[int, tuple[str, str]] = {}
    prints: dict[int, bytes] = {}
    for table in store.tables(["point", "scenario", "institution", *kept]):
        frame = table.to_pandas()
        values = frame[kept].to_numpy("float64") + 0.0  # no sign of zero
        values[np.isnan(values)] = np.nan  # nor of NaN
        numbers = frame["point"].to_numpy()
        starts = np.flatnonzero(np.r_[True, numbers[1:] != numbers[:-1]])
        heads = frame.iloc[starts]
        for point, runs, *place in zip(
            numbers[starts].tolist(),
            np.split(values, starts[1:]),
            heads["scenario"],
            heads["institution"],
            strict=True,
        ):
            places[point] = (place[0], place[1])
            told = prints.get(point, b"") + np.ascontiguousarray(runs).tobytes()
            prints[point] = hashlib.blake2b(told, digest_size=16).digest()
    rows = [(*places[point], prints[point]) for point in sorted(prints)]
    return pd.DataFrame(rows, columns=["scenario", "institution", "print"])


def _still(design: pd.DataFrame, prints: pd.Series) -> Iterator[str]:
    """Factors in nothing but which some points differ, and all such points agree."""
    table = design.assign(**{PRINT: prints.to_numpy()})
    for name in design.columns:
        others = [other for other in design.columns if other != name]
        alike = table.groupby(others or (lambda _: 0), sort=False)[[name, PRINT]].nunique()
        moved = alike[alike[name] > 1]
        if len(moved) and (moved[PRINT] == 1).all():
            yield str(name)
