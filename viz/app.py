"""A first window on a region: the map, who trusts whom, the two verdicts, what happened.

    solara run viz/app.py

Every browser session has a model of its own. Nothing is fetched from outside this machine.
"""
# ruff: noqa: N802

import sys
from collections.abc import Sequence
from pathlib import Path

import solara

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # where the package `viz` stands

from viz.chart import Screen, print_for
from viz.controls import Controls
from viz.panels import Panels
from viz.quiet import hush
from viz.session import Session, warm_up
from viz.words import ENGLISH

hush()
warm_up()


@solara.component
def Page() -> None:
    """Everything a session sees."""
    words = ENGLISH
    session = solara.use_memo(Session, [])
    width = solara.use_reactive(0)  # of the window, pixels; 0 until it is known
    solara.use_thread(session.play, [session.playing.value], intrusive_cancel=False)

    solara.Title(words.title)
    solara.Style(Path(__file__).with_name("style.css"))
    with solara.Div(classes=["window"]):
        Controls(session, words)
        Screen(event_measured=width.set)
        if width.value:
            Panels(session.view.value, session.choice.value.scenario, words, print_for(width.value))


@solara.component
def Layout(children: Sequence[solara.Element]) -> solara.Element:
    """The whole window, without Solara's own frame."""
    return solara.Div(children=list(children), classes=["layout"])
