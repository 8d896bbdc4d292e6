"""The figure of `explain`: from the best possible to welfare, and why works were not built.

One column an institution. Above, a waterfall: each line starts where the one before ended. Below,
the causes, in the colour of their risk. Bars are told apart by their place; colours, those of Okabe
and Ito, only repeat what place and words say.
"""

from __future__ import annotations

import io
import math
import textwrap
from collections.abc import Hashable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from kernegotiate.analysis import Explanation
from kernegotiate.analysis.explanation import LEDGER_LINES, losses_of
from kernegotiate.analysis.labels import CAUSE_WORDS, LINE_WORDS, RISK_WORDS, causes_by_risk
from kernegotiate.batch.disk import put
from kernegotiate.batch.place import local
from kernegotiate.scenario import ScenarioError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ENDINGS = (".png", ".svg", ".pdf")
INK, FAINT, RULE = "#1b2733", "#5c6b7a", "#d5dce3"
LOSS, GAIN = "#d55e00", "#56b4e9"
WHOLE = {"first_best": "#8a97a5", "welfare": "#0072b2"}  # lines that start at zero
RISK_COLOUR = {
    "coordination": "#56b4e9",
    "division": "#e69f00",
    "defection": "#d55e00",
    "other": "#8a97a5",
}
STYLE: dict[Any, Any] = {
    "font.size": 9,
    "font.family": "sans-serif",
    "svg.fonttype": "none",
    "svg.hashsalt": "kernegotiate",  # the same numbers, the same file
    "text.color": INK,
    "axes.labelcolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
}
MARK = b"kernegotiate"
METADATA: dict[str, dict[str, str | None]] = {  # ours, and without a date: same numbers, same file
    "png": {"Software": MARK.decode()},
    "svg": {"Creator": MARK.decode(), "Date": None},
    "pdf": {"Creator": MARK.decode(), "CreationDate": None},
}
NOTHING = 1e-3  # a share of the first best that nobody would see


Rows = dict[str, dict[Hashable, Any]]
"""Rows of a table of an explanation, by line or cause."""


def check_figure(path: str) -> Path:
    """Refuse a file that cannot be drawn, before anything is simulated.

    Raises:
        ScenarioError: Another ending, no folder to put it in, or a file that is no such figure.
    """
    place = local(path)
    if place.suffix.lower() not in ENDINGS:
        raise ScenarioError(
            f"--figure: found '{path}', allowed is a file that ends in {', '.join(ENDINGS)}"
        )
    if not place.parent.is_dir():
        raise ScenarioError(f"--figure: there is no folder {place.parent}")
    if place.is_dir():
        raise ScenarioError(f"--figure: {place} is a folder, allowed is a file")
    try:
        there = place.exists() and MARK not in place.read_bytes()
    except OSError as error:
        raise ScenarioError(f"--figure: {place}: {error.strerror}") from None
    if there:
        raise ScenarioError(
            f"--figure: {place} is there and no figure of this program; choose another name"
        )
    return place


def save(found: Explanation, shown: dict[str, str], path: Path) -> None:
    """Draw an explanation.

    Args:
        found: What is drawn.
        shown: Titles by name of coordinator, in the order of the columns.
        path: Ends in one of `ENDINGS`.

    Raises:
        ScenarioError: The file cannot be written.
    """
    from matplotlib import rc_context
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    lines, causes = _lines(found.ledger), _causes(found.causes)
    width, height = 2.6 + 2.6 * len(shown), 2.4 + 0.3 * (len(lines) + len(causes))
    with rc_context(STYLE):
        figure = Figure(figsize=(width, height), layout="constrained")
        FigureCanvasAgg(figure)
        axes = figure.subplots(
            2,
            len(shown),
            squeeze=False,
            sharex="row",
            sharey="row",
            height_ratios=(len(lines) + 1, len(causes) + 1),
        )
        for column, (name, title) in enumerate(shown.items()):
            top, bottom = axes[0, column], axes[1, column]
            _waterfall(top, _of(found.ledger, name, "line"), lines)
            _bars(bottom, _of(found.causes, name, "cause"), causes)
            missed = losses_of(found.runs[name])["not_built"].mean()
            top.set_title("\n".join(textwrap.wrap(title, 26)), fontsize=10, fontweight="bold")
            bottom.set_title(f"{missed:,.1f} good works a run not built", fontsize=9, color=FAINT)
        _key(figure, found.causes, causes)
        note = "\n".join(textwrap.wrap(_note(found), int(15 * width)))
        figure.suptitle(note, fontsize=8, color=FAINT)
        drawn = io.BytesIO()
        kind = path.suffix.lower().removeprefix(".")
        figure.savefig(drawn, format=kind, dpi=200, metadata=METADATA[kind])
    try:
        put(path, drawn.getvalue())
    except OSError as error:
        raise ScenarioError(f"--figure: {path}: {error.strerror}") from None


def _waterfall(axes: Axes, rows: Rows, lines: list[str]) -> None:
    """Shares of the first best, each from where the one before ended."""
    left = 1.0
    for place, line in enumerate(lines):
        share, half = _share(rows[line])
        whole = line in WHOLE
        start, end = (0.0, share) if whole else (left, left - share)
        colour = WHOLE.get(line, LOSS if share > 0 else GAIN)
        axes.barh(place, end - start, left=start, height=0.66, color=colour)
        if half > 0:
            axes.errorbar(end, place, xerr=half, color=INK, linewidth=1, capsize=2)
        _number(axes, max(start, end + half), place, share if whole else -share, signed=not whole)
        left = left if whole else end
    _dress(axes, [LINE_WORDS[line] for line in lines], "% of the best possible")


def _bars(axes: Axes, rows: Rows, causes: list[str]) -> None:
    """Shares of the works not built, with their intervals."""
    for place, cause in enumerate(causes):
        share, half = _share(rows[cause])
        if share > 0:
            colour = RISK_COLOUR[rows[cause]["risk"]]
            axes.barh(place, share, height=0.66, color=colour)
            axes.errorbar(share, place, xerr=half, color=INK, linewidth=1, capsize=2)
            _number(axes, share + half, place, share)
    _dress(axes, [CAUSE_WORDS[cause] for cause in causes], "% of these works, by cause")


def _number(axes: Axes, x: float, place: int, share: float, *, signed: bool = False) -> None:
    """A per cent behind the end of a bar."""
    text = f"{100 * share:{'+' if signed else ''}.1f}".replace("-", "\N{MINUS SIGN}")
    if text[1:] == "0.0":
        text = "0.0"
    if not math.isnan(share):
        axes.annotate(text, (x, place), (3, 0), textcoords="offset points", va="center", fontsize=8)


def _dress(axes: Axes, labels: list[str], unit: str) -> None:
    """Labels, per cents and a quiet frame."""
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.set_xlim(min(0.0, axes.get_xlim()[0]), 1.18)
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "25", "50", "75", "100"])
    axes.set_xlabel(unit, fontsize=8, color=FAINT)
    axes.grid(axis="x", color=RULE, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    axes.axvline(0, color=FAINT, linewidth=0.8)


def _key(figure: Figure, table: pd.DataFrame, causes: list[str]) -> None:
    """Say which colour is which risk."""
    from matplotlib.patches import Patch

    here = set(table.loc[table["cause"].isin(causes), "risk"])
    patches = [
        Patch(color=RISK_COLOUR[risk], label=words)
        for risk, words in RISK_WORDS.items()
        if risk in here
    ]
    if patches:
        figure.legend(
            handles=patches, loc="outside lower center", ncols=4, frameon=False, fontsize=8
        )


def _share(row: dict[Hashable, Any]) -> tuple[float, float]:
    """A share and half the width of its interval."""
    return row["share"], (row["share_high"] - row["share_low"]) / 2


def _lines(ledger: pd.DataFrame) -> list[str]:
    largest = ledger["share"].abs().groupby(ledger["line"]).max()
    return [line for line in LEDGER_LINES if line in WHOLE or largest[line] > NOTHING]


def _causes(causes: pd.DataFrame) -> list[str]:
    most = causes["share"].groupby(causes["cause"]).max()
    every = [cause for of_risk in causes_by_risk().values() for cause in of_risk]
    return [cause for cause in every if most[cause] > NOTHING]


def _of(table: pd.DataFrame, name: str, key: str) -> Rows:
    """Rows of a coordinator by line or cause."""
    return {row[key]: row for row in table[table["coordinator"] == name].to_dict("records")}


def _note(found: Explanation) -> str:
    runs = len(next(iter(found.runs.values())).outcomes)
    return (
        f"{found.scenario.title}; {runs:,} runs, seed {found.seed}; "
        f"whiskers: {found.confidence:.0%} confidence intervals"
    )
