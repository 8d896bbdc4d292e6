"""The figure of `explain`: from the best possible to welfare, and what works not built lost.

One measure throughout, welfare in % of the best possible, on one scale: bars can be held against
each other across institutions and across both parts. Above, a waterfall: each line starts where the
one before ended. Below, what the causes lost, under their risk. Place says who; form says what a
bar is: an outline is a sum, hatching a gain. There are two colours: what is had, what is lost.

As wide as a page of A4 between its margins; more than three institutions go on below.
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
from kernegotiate.analysis.labels import (
    CAUSE_WORDS,
    LINE_WORDS,
    PART_WORDS,
    RISK_WORDS,
    causes_by_risk,
)
from kernegotiate.batch.disk import put
from kernegotiate.batch.place import local
from kernegotiate.scenario import ScenarioError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ENDINGS = (".png", ".svg", ".pdf")
INK, FAINT, RULE = "#1b2733", "#5c6b7a", "#d5dce3"
HAD, LOST = "#0072b2", "#7b8794"
WHOLE = ("first_best", "welfare")  # lines that start at zero
PAGE = 6.7  # inches between the margins of A4
ABREAST = 3  # institutions at most
LABEL = 21  # characters of a label on a line
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
Form = dict[str, Any]
"""How a bar is drawn."""


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

    lines, why = _lines(found.ledger), _why(found.causes)
    names = list(shown)
    bands = [names[start : start + ABREAST] for start in range(0, len(names), ABREAST)]
    across = max(map(len, bands))
    heights = (len(lines) + 1, len(why) + 1) * len(bands)
    with rc_context(STYLE):
        height = 0.9 + 0.9 * len(bands) + 0.215 * sum(heights)
        figure = Figure(figsize=(PAGE, height), layout="constrained")
        FigureCanvasAgg(figure)
        axes = figure.subplots(
            2 * len(bands), across, squeeze=False, sharex=True, height_ratios=heights
        )
        for band, row in enumerate(bands):
            for column in range(across):
                top, bottom = axes[2 * band, column], axes[2 * band + 1, column]
                if column >= len(row):
                    top.remove()
                    bottom.remove()
                    continue
                name = row[column]
                _waterfall(top, _of(found.ledger, name, "line"), lines)
                _causes(bottom, found, name, why)
                title = "\n".join(textwrap.wrap(shown[name], 60 // across))
                top.set_title(title, fontsize=9, fontweight="bold")
                missed = losses_of(found.runs[name])["not_built"].mean()
                bottom.set_title(
                    f"{missed:,.1f} good works a run not built", fontsize=8, color=FAINT
                )
                for one in (top, bottom):
                    one.tick_params(labelleft=column == 0)
        _key(figure)
        note = "\n".join(textwrap.wrap(_note(found), 100))
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
        share, half = _share(rows[line], "share")
        whole = line in WHOLE
        start, end = (0.0, share) if whole else (left, left - share)
        form = _had() if line == "welfare" else _sum() if whole else _part(share)
        axes.barh(place, end - start, left=start, height=0.66, **form)
        if half > 0:
            axes.errorbar(end, place, xerr=half, color=INK, linewidth=1, capsize=2)
        _number(axes, max(start, end + half), place, share if whole else -share, signed=not whole)
        left = left if whole else end
    _dress(axes, [LINE_WORDS[line] for line in lines])
    _embolden(axes, [place for place, line in enumerate(lines) if line in WHOLE])


def _causes(axes: Axes, found: Explanation, name: str, why: list[tuple[str, str]]) -> None:
    """What was lost with works not built, by risk and cause, in shares of the first best."""
    tables = {
        "part": (_of(found.parts, name, "part"), PART_WORDS, "share"),
        "risk": (_of(found.risks, name, "risk"), RISK_WORDS, "lost"),
        "cause": (_of(found.causes, name, "cause"), CAUSE_WORDS, "lost"),
    }
    for place, (kind, key) in enumerate(why):
        rows, _, column = tables[kind]
        share, half = _share(rows[key], column)
        form = _part(share) if kind == "cause" else _sum()
        axes.barh(place, share, height=0.66, **form)
        if half > 0:
            axes.errorbar(share, place, xerr=half, color=INK, linewidth=1, capsize=2)
        _number(axes, max(share + half, 0.0), place, share)
    _dress(axes, [tables[kind][1][key] for kind, key in why])
    _embolden(axes, [place for place, (kind, _) in enumerate(why) if kind != "cause"])


def _had() -> Form:
    return {"color": HAD}


def _sum() -> Form:
    return {"facecolor": "none", "edgecolor": INK, "linewidth": 0.9}


def _part(share: float) -> Form:
    """Of a sum: what is lost, or a gain."""
    if share < 0:
        return {"facecolor": "none", "edgecolor": LOST, "linewidth": 0.9, "hatch": "/////"}
    return {"color": LOST}


def _number(axes: Axes, x: float, place: int, share: float, *, signed: bool = False) -> None:
    """A per cent behind the end of a bar."""
    text = f"{100 * share:{'+' if signed else ''}.1f}".replace("-", "\N{MINUS SIGN}")
    if text in ("+0.0", "\N{MINUS SIGN}0.0"):
        text = "0.0"
    if not math.isnan(share):
        axes.annotate(text, (x, place), (3, 0), textcoords="offset points", va="center", fontsize=8)


def _dress(axes: Axes, labels: list[str]) -> None:
    """Labels, per cents and a quiet frame."""
    wrapped = ["\n".join(textwrap.wrap(label, LABEL)) for label in labels]
    axes.set_yticks(range(len(labels)), wrapped, linespacing=0.95)
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.set_xlim(min(0.0, axes.get_xlim()[0]), 1.24)
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "25", "50", "75", "100"])
    axes.grid(axis="x", color=RULE, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.tick_params(length=0, labelbottom=True, labelsize=8)
    axes.spines[:].set_visible(False)
    axes.axvline(0, color=FAINT, linewidth=0.8)


def _embolden(axes: Axes, places: list[int]) -> None:
    for place in places:
        axes.get_yticklabels()[place].set_fontweight("bold")


def _key(figure: Figure) -> None:
    """Say what the forms are."""
    from matplotlib.patches import Patch

    forms = {"had": _had(), "lost": _part(1.0), "gained": _part(-1.0), "a sum": _sum()}
    figure.legend(
        handles=[Patch(**form, label=label) for label, form in forms.items()],
        title="All bars: welfare, in % of the best possible",
        title_fontsize=8,
        loc="outside lower center",
        ncols=len(forms),
        frameon=False,
        fontsize=8,
    )


def _share(row: dict[Hashable, Any], column: str) -> tuple[float, float]:
    """A share and half the width of its interval."""
    return row[column], (row[f"{column}_high"] - row[f"{column}_low"]) / 2


def _lines(ledger: pd.DataFrame) -> list[str]:
    largest = ledger["share"].abs().groupby(ledger["line"]).max()
    return [line for line in LEDGER_LINES if line in WHOLE or largest[line] > NOTHING]


def _why(causes: pd.DataFrame) -> list[tuple[str, str]]:
    """Kind and name of each row: the sum, then each risk and its causes."""
    most = causes["lost"].abs().groupby(causes["cause"]).max()
    rows = [("part", "not_built")]
    for risk, of_risk in causes_by_risk().items():
        here = [cause for cause in of_risk if most[cause] > NOTHING]
        rows += [("risk", risk)] * bool(here) + [("cause", cause) for cause in here]
    return rows


def _of(table: pd.DataFrame, name: str, key: str) -> Rows:
    """Rows of a coordinator by line or cause."""
    return {row[key]: row for row in table[table["coordinator"] == name].to_dict("records")}


def _note(found: Explanation) -> str:
    runs = len(next(iter(found.runs.values())).outcomes)
    return (
        f"{found.scenario.title}; {runs:,} runs, seed {found.seed}; "
        f"whiskers: {found.confidence:.0%} confidence intervals"
    )
