"""The workshop: a region to watch, to compare and to question.

    kernegotiate app

Every browser session has a state of its own. Nothing is fetched from outside this machine.
"""
# ruff: noqa: N802

import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import solara

from kernegotiate.scenario import ScenarioError
from viz import palette
from viz.ask import Ask
from viz.bar import Bar
from viz.bets import BetsPage
from viz.chart import LANGUAGE, Screen, print_for
from viz.clock import Clock
from viz.debrief import Debrief
from viz.forms import symbols
from viz.panels import Compare, Watch
from viz.quiet import hush
from viz.session import WARM, Session, views_of, warm_up
from viz.state import State, language_of, start
from viz.words import Words, speak
from viz.wrong import Wrong

STYLE = palette.sheet() + Path(__file__).with_name("style.css").read_text(encoding="utf-8")

hush()
warm_up()


@solara.component
def Page() -> None:
    """Everything a session sees."""
    query = solara.use_router().search or ""
    session = solara.use_memo(lambda: opened(query), [])
    state = session.state.value
    words = speak(state.language)
    LANGUAGE.provide(words.code)
    width = solara.use_reactive(0)  # of the window, pixels; 0 until it is known
    warm = solara.use_reactive(WARM.is_set())

    def wait(stop: threading.Event) -> None:
        while not (stop.is_set() or WARM.wait(0.2)):
            pass
        warm.value = True

    solara.use_thread(wait, [], intrusive_cancel=False)
    solara.use_thread(session.play, [session.playing.value], intrusive_cancel=False)

    solara.Title(words.title)
    solara.Style(STYLE)
    room = state.view == "room" and state.page == "watch"
    telling = "telling" if state.story else ""
    with solara.v.Html(
        tag="main", class_=f"window {state.page}-page {'room' if room else 'desk'} {telling}"
    ):
        solara.HTML(tag="div", unsafe_innerHTML=symbols(), style="position: absolute")
        Bar(session, state, words)
        Screen(
            query=state.query(),
            place=state.place,
            language=words.code,
            unanswered=words.unanswered,
            event_measured=width.set,
            event_returned=session.return_to,
        )
        if not warm.value:
            solara.v.Html(tag="p", class_="preparing", children=[words.preparing])
        elif width.value:
            Stage(session, state, words, print_for(width.value))


@solara.component
def Stage(session: Session, state: State, words: Words, size: int) -> None:
    """The page that was chosen; while it cannot be shown, a sentence in its place."""
    error, forget = solara.use_exception()  # the log has told it
    solara.use_effect(forget, [state.run, state.other, state.page])
    if error is not None:
        solara.v.Html(tag="p", class_="preparing", children=[words.not_shown])
    elif state.page == "ask":
        Ask(session, state, words, size)
    elif state.page == "bet":
        BetsPage(session, state, words)
    elif state.page == "debrief":
        Debrief(session, state, words)
    else:
        Runs(session, state, words, size)


@solara.component
def Runs(session: Session, state: State, words: Words, size: int) -> None:
    """One run, or two that are compared, and the clock."""
    views = views_of(state)
    beyond = state.year > max(view.year for view in views)
    solara.use_effect(lambda: session.go_to(state.year) if beyond else None, [beyond])
    with solara.Div(classes=["stage"]):
        if state.page == "compare":
            Compare(session, state, views, titles(state, words), words, size)
        else:
            Watch(session, state, views[0], words, size)
        Clock(session, state, views, words)


def opened(query: str) -> Session:
    """A session that shows what a link says; what is wrong with the link is told on the page."""
    try:
        state, wrong = State.rescued(query)
    except ScenarioError as error:
        session = Session(replace(start(), language=language_of(query)))
        session.wrong.value = Wrong("no_link", error)
        return session
    session = Session(state)
    if wrong:
        session.wrong.value = Wrong("bad_link", wrong[0], wrong[1:])
    return session


def titles(state: State, words: Words) -> tuple[str, str]:
    """What the two runs that are compared are called."""
    one, other = (words.title_of(run.resolved()[1]) for run in (state.run, state.other_run))
    changed = state.run.changes != state.other_run.changes
    return (f"{one} ({words.yours})" if changed else one), other


@solara.component
def Layout(children: Sequence[solara.Element]) -> solara.Element:
    """The whole window, without Solara's own frame."""
    return solara.Div(children=list(children), classes=["layout"])
