"""One small figure a fact: shares of the answers of each part, and how large the effects are."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kernegotiate.analysis.validation.fact import Fact

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLOURS = {  # told apart by people who do not see red and green apart, and in grey print
    "right": "#0072b2",
    "small": "#b9d6e8",
    "unclear": "#e3e3e3",
    "opposite": "#d55e00",
}
WIDEST = 4.0  # thresholds; what lies beyond is drawn at the end
LABEL = 60  # letters of a label


def draw(fact: Fact, parts: pd.DataFrame, answers: pd.DataFrame) -> bytes:
    """Draw a fact.

    Args:
        fact: Which.
        parts: Its rows of the table of parts.
        answers: Its rows of the answers.

    Returns:
        An SVG file; the same bytes for the same numbers.
    """
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    with rc_context({"svg.hashsalt": fact.name, "font.size": 8, "svg.fonttype": "none"}):
        rows = len(parts)
        figure = Figure(figsize=(9.2, 0.75 + 0.3 * rows), layout="constrained")
        bars, effects = figure.subplots(1, 2, sharey=True, width_ratios=(3, 2))
        _bars(bars, parts)
        _effects(effects, parts, answers)
        for axes in (bars, effects):
            axes.spines[["top", "right", "left"]].set_visible(False)
            axes.tick_params(axis="y", length=0)
            axes.set_ylim(rows - 0.5, -0.5)
        drawn = io.BytesIO()
        figure.savefig(drawn, format="svg", metadata={"Date": None, "Creator": None})
    return drawn.getvalue()


def _bars(axes: Axes, parts: pd.DataFrame) -> None:
    """Shares of the points that count, as stacked bars; what is at a floor is told in words."""
    from matplotlib.patches import Patch

    for row, part in enumerate(parts.to_dict("records")):
        left = 0.0
        for name, colour in COLOURS.items():
            share = part[name]
            if np.isnan(share):
                continue
            axes.barh(row, 100 * share, 0.62, left, color=colour, label=name if row == 0 else None)
            left += 100 * share
        if part["floor"] > 0:
            axes.text(
                101,
                row,
                f"floor {100 * part['floor']:.0f} %",
                va="center",
                color="#555555",
                fontsize=7,
            )
    labels = [_short(part["label"]) for part in parts.to_dict("records")]
    axes.set_yticks(range(len(labels)), labels)
    axes.set_xlim(0, 118)
    axes.set_xticks([0, 50, 80, 100])
    axes.axvline(80, color="#555555", linewidth=0.6, linestyle=":")
    axes.set_xlabel("% of the points that count")
    axes.legend(
        [Patch(color=colour) for colour in COLOURS.values()],
        list(COLOURS),
        ncols=4,
        loc="lower left",
        bbox_to_anchor=(0, 1),
        frameon=False,
        handlelength=0.9,
        columnspacing=1.0,
        borderaxespad=0.1,
    )


def _effects(axes: Axes, parts: pd.DataFrame, answers: pd.DataFrame) -> None:
    """Effects in units of the threshold: 5 to 95 % of the points, the middle half, the median."""
    axes.axvspan(-1, 1, color="#f3f3f3", zorder=0)
    axes.axvline(0, color="#555555", linewidth=0.6)
    for row, part in enumerate(parts.to_dict("records")):
        here = answers[(answers["part"] == part["part"]) & (answers["least"] > 0)]
        scaled = (here["value"] / here["least"]).dropna()
        if part["expected"].startswith("between") or not len(scaled):
            continue
        low, first, middle, third, high = np.clip(
            np.quantile(scaled, [0.05, 0.25, 0.5, 0.75, 0.95]), -WIDEST, WIDEST
        )
        axes.plot([low, high], [row, row], color="#333333", linewidth=0.8)
        axes.plot([first, third], [row, row], color="#333333", linewidth=3.2, solid_capstyle="butt")
        axes.plot(middle, row, "o", color="white", markeredgecolor="#333333", markersize=4)
    axes.set_xlim(-WIDEST * 1.03, WIDEST * 1.03)
    axes.set_xticks([-4, -2, -1, 0, 1, 2, 4], ["≤ -4", "-2", "-1", "0", "1", "2", "≥ 4"])
    axes.set_xlabel("effect, in thresholds (grey: too small)")


def _short(label: str) -> str:
    return label if len(label) <= LABEL else label[: LABEL - 1].rstrip() + "…"
