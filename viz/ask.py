"""The page that asks what if: sliders, and what an ensemble of runs makes of them."""
# ruff: noqa: N802

import logging
import math
import threading
from collections.abc import Callable, Hashable
from typing import Any

import solara

from kernegotiate.engine.diagnosis import CAUSES
from kernegotiate.engine.losses import LINES
from kernegotiate.scenario import ScenarioError
from viz import settings
from viz.asking import OUTCOMES, TOGETHER, Answer, ask
from viz.chart import Chart
from viz.later import Later
from viz.panels import Panel
from viz.session import Session
from viz.shares import REST, Shares, bars, with_rest
from viz.spread import histograms
from viz.state import RUNS, Run, State
from viz.waiting import ReplacedError
from viz.words import Words
from viz.wrong import Wrong

log = logging.getLogger(__name__)


@solara.component_vue("levers.vue")
def Levers(
    groups: list[dict[str, Any]], language: str, event_changed: Callable[[dict[str, Any]], None]
) -> None:
    """All that can be moved."""


@solara.component
def Ask(session: Session, state: State, words: Words, size: int) -> None:
    """Move something, and see how 1,000 runs come out; `size` is that of small print, pixels."""
    answered: solara.Reactive[tuple[State, Answer | Wrong] | None] = solara.use_reactive(None)

    def compute(stop: threading.Event) -> None:
        before = answered.peek()
        found = attempt(state.run, state.preset, session, stop.is_set)
        if found is None or stop.is_set():  # something has been moved since
            return
        answered.value = state, found
        if isinstance(found, Wrong):
            session.wrong.value = found
        elif before is not None and session.wrong.peek() is before[1]:
            session.wrong.value = None  # what went wrong before goes well now

    solara.use_thread(compute, [state.run], intrusive_cancel=False)
    known = answered.value
    behind = known is None or known[0].run != state.run
    with solara.Div(classes=["panels", "asking"]):
        with Panel("settings", words.ask):
            Later(session, state, words)
            Levers(
                groups=settings.shown(state, words),
                language=words.code,
                event_changed=lambda what: session.change(what["name"], what["value"]),
            )
        if known is not None and isinstance(known[1], Answer):
            Pictures(known[0], known[1], words, size)
        note = words.computing if behind else ""
        solara.v.Html(tag="p", class_="computing", children=[note])


def attempt(run: Run, usual: Run, who: Hashable, gone: Callable[[], bool]) -> Answer | Wrong | None:
    """The answer, or what is wrong: whatever it is, nobody shall wait for an answer for ever.

    None if nobody waits any more; see `viz.asking.ask`.
    """
    try:
        return ask(run, usual, who, gone)
    except ReplacedError:
        return None
    except ScenarioError as error:
        return Wrong("not_possible", error)
    except Exception as error:
        log.exception("What if: %s", run)
        return Wrong("not_possible", error)


@solara.component
def Pictures(state: State, answer: Answer, words: Words, size: int) -> None:
    """How it comes out, where the possible went, and why."""
    years = state.run.resolved()[0].years
    made = words.runs.format(runs=words.number(RUNS), years=years, seed=state.seed)
    with solara.Div(classes=["contents"]):
        with Panel("spread", words.distribution, f"{made}. {words.distribution_hint}"):
            with solara.Div(classes=["figures"]):
                for outcome, label in zip(
                    OUTCOMES, (words.completed_share, words.welfare_share), strict=True
                ):
                    Verdict(outcome, label, answer, words)
            if not answer.moved or answer.same:
                told = words.unchanged if answer.moved else words.invitation
                told = told.format(runs=words.number(RUNS))
                solara.v.Html(tag="p", class_="no-change", children=[told])
            Chart("spread", words.distribution, histograms(answer, words, size))
        with Panel("ledger", words.ledger, words.ledger_hint):
            labels = {REST: words.rest, **words.ledger_lines}
            shares, lines = with_rest(answer.ledger, LINES)
            some = {line: labels[line] for line in ("welfare", *lines)}
            Bars("ledger", words.ledger, shares, some, words.lost, answer.moved, words, size)
        with Panel("causes", words.causes, words.causes_hint):
            labels = {TOGETHER: words.together, REST: words.rest, **words.cause_words}
            shares, causes = with_rest(answer.causes, CAUSES)
            some = {cause: labels[cause] for cause in (TOGETHER, *causes)} if causes else {}
            Bars("causes", words.causes, shares, some, words.by_cause, answer.moved, words, size)


@solara.component
def Bars(
    name: str,
    title: str,
    shares: Shares,
    labels: dict[str, str],
    lost: str,
    moved: bool,
    words: Words,
    size: int,
) -> None:
    """Shares line by line; a dash where there is none at all, such as causes of what never was."""
    if labels:
        option = bars(shares, labels, words, size, lost=lost, moved=moved)
        Chart(name, title, option)
    else:
        solara.v.Html(tag="p", attributes={"data-test": name}, children=[words.undefined])


@solara.component
def Verdict(outcome: str, label: str, answer: Answer, words: Words) -> None:
    """One figure, large, and how far it is from the usual where something came out otherwise."""
    with solara.Div(classes=["figure"]):
        level = words.percent(answer.levels[outcome])
        solara.v.Html(tag="b", attributes={"data-test": outcome}, children=[level])
        if not answer.moved or answer.same:
            solara.v.Html(tag="span", children=[label])
            return
        told = told_apart(*answer.differences[outcome], words)
        apart = solara.v.Html(tag="strong", children=[told])
        solara.v.Html(tag="span", children=[f"{label}; ", apart])


def told_apart(change: float, half: float, words: Words) -> str:
    """A difference from the usual in words.

    Args:
        change: A share.
        half: Half the width of its interval; 0 where every run differs alike.
        words: Of the page.
    """
    if math.isnan(change) or math.isnan(half):
        return words.undefined
    told = words.no_difference if abs(change) <= half else words.against_preset
    sign = "+" if change > 0 else ""
    difference = f"{sign}{words.number(100 * change, 1)}"
    return told.format(difference=difference, half=words.number(100 * half, 1))
