"""A small figure: completion and efficiency against a lever, with 95 % bands.

Equal tables give equal files: no date, fixed ids, and no random layout.
"""

import io
from pathlib import Path
from typing import Any

import pandas as pd

from kernegotiate.batch.disk import put
from kernegotiate.scenario.parameter import Parameter
from tools.docs_pages.shape import word

PANELS = {"completion_rate": "completed", "efficiency": "efficiency"}
STYLE: Any = {
    "svg.hashsalt": "kernegotiate",
    "svg.fonttype": "path",
    "font.family": "DejaVu Sans",
    "font.size": 9.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.color": "#e4e4e4",
    "grid.linewidth": 0.6,
    "axes.axisbelow": True,
    "lines.linewidth": 1.6,
}
COLOUR = {"completion_rate": "#0b5fa5", "efficiency": "#a2490b"}


def draw(lever: Parameter, table: pd.DataFrame, presets: dict[str, Any], path: Path) -> None:
    """Draw one lever's figure.

    Args:
        lever: What is swept.
        table: Its rows of the sweeps.
        presets: Values of the built-in institutions by name, marked on the axis.
        path: File to write; its ending says the format.
    """
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(6.6, 2.5), layout="constrained")
        axes = figure.subplots(1, 2)
        for axis, (outcome, title) in zip(axes, PANELS.items(), strict=True):
            rows = table[table["outcome"] == outcome]
            _panel(axis, lever, rows, COLOUR[outcome])
            _marks(axis, lever, presets)
            axis.set_title(title, loc="left", fontsize=9.5, color=COLOUR[outcome])
            axis.set_xlabel(f"{lever.name}" + (f"  ({lever.unit})" if lever.unit else ""))
        drawn = io.BytesIO()
        kind = path.suffix.removeprefix(".")
        figure.savefig(drawn, format=kind, dpi=130, metadata=_no_date(path))
    put(path, drawn.getvalue())


def _panel(axis: Any, lever: Parameter, rows: pd.DataFrame, colour: str) -> None:
    """One outcome: a line with its band, or points with whiskers where values are no numbers."""
    level, low, high = (rows[name].to_numpy() for name in ("level", "low", "high"))
    if _numeric(lever):
        x = rows["setting"].astype(float).to_numpy()
        axis.fill_between(x, low, high, color=colour, alpha=0.22, linewidth=0)
        axis.plot(x, level, color=colour, marker="o", markersize=3)
    else:
        places = range(len(rows))
        axis.errorbar(
            places,
            level,
            [level - low, high - level],
            color=colour,
            fmt="o",
            markersize=5,
            capsize=4,
        )
        axis.set_xticks(list(places), [word(setting) for setting in rows["setting"]])
        axis.set_xlim(-0.5, len(rows) - 0.5)
    # A window of a fifth at least, so that a flat line looks flat.
    bottom, top = float(low.min()), float(high.max())
    middle, half = (bottom + top) / 2, max((top - bottom) * 0.58, 0.1)
    lowest = max(middle - half, 0.0) if bottom >= 0.0 else middle - half
    axis.set_ylim(lowest, lowest + 2 * half)


def _marks(axis: Any, lever: Parameter, presets: dict[str, Any]) -> None:
    """The null as a dashed line; the built-in institutions' values as ticks on the axis."""
    if not _numeric(lever):
        return
    axis.axvline(float(lever.default), color="#777777", linewidth=0.9, linestyle=(0, (4, 3)))
    for value in sorted({float(value) for value in presets.values()}):
        axis.plot(
            [value], [0.0], marker="^", markersize=6, color="#333333", clip_on=False,
            transform=axis.get_xaxis_transform(), linestyle="none",
        )  # fmt: skip


def _numeric(lever: Parameter) -> bool:
    return lever.plausible is not None


def _no_date(path: Path) -> dict[str, Any]:
    return {"Date": None, "Creator": None} if path.suffix == ".svg" else {}
