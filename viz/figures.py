"""The latest figures of both verdicts, large; each in the colour of its curve."""
# ruff: noqa: N802

import math
from typing import Any

import solara

from viz import palette
from viz.view import View
from viz.words import Words


@solara.component
def SuccessFigures(view: View, words: Words) -> None:
    """How many works were proposed, signed, finished, given up."""
    latest = view.history.iloc[-1]
    with solara.Div(classes=["figures"]):
        Figure("proposed", words.number(latest.arrived), words.proposed, palette.PROPOSED, True)
        Figure("signed", words.number(latest.signed), words.signed, palette.UNDER_WAY)
        Figure("opened", words.number(latest.completed), words.opened, palette.OPEN)
        Figure("died", words.number(latest.died), words.died, palette.DIED)


@solara.component
def WorthFigures(view: View, words: Words) -> None:
    """Welfare so far, and which share that is of what was possible."""
    latest = view.history.iloc[-1]
    with solara.Div(classes=["figures"]):
        Figure("possible", words.number(latest.first_best), words.possible, palette.POSSIBLE, True)
        Figure("welfare", words.number(latest.welfare), words.welfare, palette.WELFARE)
        Figure("share", share_of(latest, words), words.share, "transparent")


def share_of(latest: Any, words: Words) -> str:
    """Welfare as a share of what was possible, in a row of the history."""
    best = float(latest.first_best)
    return words.percent(latest.welfare / best if best > 0.0 else math.nan)


@solara.component
def Figure(name: str, value: str, label: str, color: str, dashed: bool = False) -> None:
    """A number and its label under a piece of the curve that it belongs to."""
    line = f"border-top: 4px {'dashed' if dashed else 'solid'} {color}"
    with solara.Div(classes=["figure"], style=line):
        solara.v.Html(tag="b", attributes={"data-test": name}, children=[value])
        solara.v.Html(tag="span", children=[label])
