"""The figure of the page: what a run costs beside its draws, and how cost grows.

Colours are those of Okabe and Ito, which people who see red and green alike can tell apart; lines
are named where they end. Equal measurements give equal files.
"""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.floor import Draws
from benchmarks.growth import BARE, COUNCIL, NONE, Point

INK, FAINT, RULE = "#1b2733", "#5c6b7a", "#dfe4e9"
COLOUR = {NONE: "#0072b2", COUNCIL: "#d55e00", BARE: "#5c6b7a"}
DRAWS, REST = "#0072b2", "#a9cfe6"
STYLE: Any = {
    "svg.hashsalt": "kernegotiate",
    "svg.fonttype": "path",
    "font.family": "DejaVu Sans",
    "font.size": 10.0,
    "text.color": INK,
    "axes.labelcolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "axes.edgecolor": FAINT,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 10.5,
    "axes.titlepad": 10.0,
    "axes.axisbelow": True,
    "grid.color": RULE,
    "lines.linewidth": 1.8,
    "lines.markersize": 4.5,
}


def draw(
    draws: Sequence[Draws],
    governments: Sequence[Point],
    years: Sequence[Point],
    runs: Sequence[Point],
    path: Path,
) -> None:
    """Write the figure; the ending of the path says its format."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(9.6, 7.4))
        figure.set_layout_engine("constrained", w_pad=0.12, h_pad=0.12)
        first, second, third, fourth = figure.subplots(2, 2).flat
        _bars(first, draws)
        _per_unit(second, governments, 40, "governments")
        _per_unit(third, years, 13, "years")
        _runs(fourth, runs)
        plain = {"Date": None, "Creator": None} if path.suffix == ".svg" else {}
        figure.savefig(path, dpi=110, metadata=plain)


def _bars(axis: Any, draws: Sequence[Draws]) -> None:
    """One bar an institution, its draws in front."""
    for place, d in enumerate(reversed(draws)):
        axis.barh(place, d.run, color=REST, height=0.62)
        axis.barh(place, d.draws, color=DRAWS, height=0.62)
        axis.text(d.run, place, f" {d.run / d.draws:.1f} x", va="center")
    top = len(draws) - 1
    axis.text(0, top + 0.4, " its draws", color=DRAWS, fontsize=9)
    axis.set_yticks(range(len(draws)), [d.coordinator for d in reversed(draws)])
    axis.tick_params(axis="y", length=0)
    axis.set_xlim(0, max(d.run for d in draws) * 1.14)
    axis.set_ylim(-0.5, top + 0.8)
    axis.set_xlabel("microseconds of processor time")
    axis.set_title("A run, and how many times its draws it costs")
    axis.grid(axis="x")


def _per_unit(axis: Any, points: Sequence[Point], others: int, what: str) -> None:
    """Cost of a government-year by size; a flat line is linear growth."""
    sizes = [p.size for p in points]
    most = 0.0
    for way in points[0].cost:
        cost = [p.cost[way] / (p.size * others) for p in points]
        most = max(most, *cost)
        axis.plot(sizes, cost, marker="o", color=COLOUR[way])
    axis.set_ylim(0, most * 1.18)
    _name_lines(axis, points, others, most)
    _log_sizes(axis, sizes)
    axis.set_xlabel(what)
    axis.set_ylabel("microseconds a government-year")
    axis.set_title(f"By {what}: flat is linear growth")
    axis.grid(axis="y")


def _name_lines(axis: Any, points: Sequence[Point], others: int, most: float) -> None:
    """Names at the right end, apart from each other by a line's height at least."""
    last, gap = points[-1], 0.075 * most
    ends = sorted((last.cost[way] / (last.size * others), way) for way in last.cost)
    below = float("-inf")
    for end, way in ends:
        below = max(end, below + gap)
        axis.annotate(
            way.replace(", ", ",\n"), (last.size, below), xytext=(8, 0),
            textcoords="offset points", va="center", color=COLOUR[way], fontsize=9,
            annotation_clip=False,
        )  # fmt: skip


def _runs(axis: Any, points: Sequence[Point]) -> None:
    """Cost of a run by how many are asked for at once."""
    sizes = [p.size for p in points]
    cost = [p.cost[NONE] for p in points]
    axis.plot(sizes, cost, marker="o", color=COLOUR[NONE])
    axis.set_xscale("log")
    axis.set_yscale("log")
    axis.set_ylim(min(cost) / 2, max(cost) * 2)
    for side in (axis.xaxis, axis.yaxis):
        side.set_major_formatter(lambda value, _: f"{value:,.0f}")
    axis.set_xticks([size for size in sizes if round(math.log10(size)) % 2 == 0])
    axis.minorticks_off()
    for place in (0, -1):
        axis.annotate(
            f"{cost[place]:,.0f}", (sizes[place], cost[place]), xytext=(0, 8),
            textcoords="offset points", ha="left" if place == 0 else "right",
            color=COLOUR[NONE], fontsize=9,
        )  # fmt: skip
    axis.set_xlabel(f"runs in one call ({NONE})")
    axis.set_ylabel("microseconds a run")
    axis.set_title("By runs: a call has a price of its own")
    axis.grid(axis="both", which="major")


def _log_sizes(axis: Any, sizes: Sequence[int]) -> None:
    """A logarithmic axis that shows exactly the sizes that were measured."""
    axis.set_xscale("log")
    axis.set_xticks(list(sizes), [f"{size:,}" for size in sizes])
    axis.set_xticks([], minor=True)
