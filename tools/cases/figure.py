"""The picture of a case: three outcomes under its institution, under nobody and under the board.

Points with their 95 % intervals, one panel an outcome; who is who stands at the left. Equal tables
give equal files.
"""

from __future__ import annotations

import io
import textwrap
from pathlib import Path
from typing import Any

import pandas as pd

from kernegotiate.analysis.plot import FAINT, HAD, INK, METADATA, RULE, STYLE
from kernegotiate.batch.disk import put
from kernegotiate.scenario import load_institution

PANELS = {
    "agreement_rate": "Signed, % of projects",
    "completion_rate": "Completed, % of projects",
    "efficiency": "Welfare, % of the best",
}
OWN, OTHER = HAD, "#8a97a5"


def draw(rows: pd.DataFrame, path: Path) -> None:
    """Draw one case.

    Args:
        rows: Its rows of the results; the case's own institution comes first.
        path: File to write; its ending says the format.
    """
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    names = list(rows["coordinator"].drop_duplicates())
    with rc_context(STYLE | {"font.family": "DejaVu Sans"}):
        figure = Figure(figsize=(7.6, 0.85 + 0.42 * len(names)), layout="constrained")
        axes = figure.subplots(1, len(PANELS), sharey=True)
        for axis, (outcome, title) in zip(axes, PANELS.items(), strict=True):
            _panel(axis, rows[rows["outcome"] == outcome].set_index("coordinator"), names)
            axis.set_title(title, loc="left", fontsize=9, color=INK)
        titles = [textwrap.fill(load_institution(name).title, 24) for name in names]
        axes[0].set_yticks(range(len(names)), titles)
        axes[0].set_ylim(len(names) - 0.4, -0.6)
        drawn = io.BytesIO()
        kind = path.suffix.removeprefix(".")
        figure.savefig(drawn, format=kind, dpi=150, metadata=METADATA[kind])
    put(path, drawn.getvalue())


def _panel(axis: Any, rows: pd.DataFrame, names: list[str]) -> None:
    """One outcome: a point an institution, with its interval and its number."""
    least = min(0.0, float(rows["low"].min()))
    ends = 100 * rows.loc[names, ["value", "low", "high"]].to_numpy(float)
    for place, (value, low, high) in enumerate(ends.tolist()):
        colour = OWN if place == 0 else OTHER
        axis.errorbar(
            value, place, xerr=[[value - low], [high - value]], fmt="o", color=colour,
            ecolor=INK, elinewidth=1, capsize=3.5, markersize=4.5,
        )  # fmt: skip
        text = f"{value:.1f}".replace("-", "\N{MINUS SIGN}")
        axis.annotate(
            text, (max(high, 0), place), (5, 0), textcoords="offset points", va="center", fontsize=8
        )
    axis.set_xlim(110 * least - 4, 128)
    axis.set_xticks([0, 25, 50, 75, 100])
    axis.grid(axis="x", color=RULE, linewidth=0.6)
    axis.set_axisbelow(True)
    axis.tick_params(length=0, labelsize=8)
    axis.spines[:].set_visible(False)
    axis.axvline(0, color=FAINT, linewidth=0.8)
