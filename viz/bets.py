"""Bets: by how much will a card change what is built? First a handle each, then the truth."""
# ruff: noqa: N802

import threading
from collections.abc import Callable, Mapping
from typing import Any

import solara

from viz.ask import attempt
from viz.asking import Answer
from viz.cards import cards, played
from viz.session import Session
from viz.state import HIGHEST_BET, LOWEST_BET, Bets, State
from viz.words import Words
from viz.wrong import Wrong

OUTCOME = "completion_rate"
"""What is bet on."""
TICKS = range(LOWEST_BET, HIGHEST_BET + 1, 20)

Truths = Mapping[int, tuple[float, float]]
"""By card what it changes, and half the width of the 95 % interval, both in points."""


@solara.component_vue("bets.vue")
def Handles(
    base: str,
    cards: list[dict[str, Any]],
    ticks: list[dict[str, Any]],
    low: int,
    high: int,
    total: str,
    waiting: str,
    words: dict[str, str],
    event_betted: Callable[[dict[str, Any]], None],
    event_shown: Callable[[int], None],
    event_shown_all: Callable[[], None],
    event_cleared: Callable[[], None],
) -> None:
    """A handle for each card, and beside it what came out."""


@solara.component
def BetsPage(session: Session, state: State, words: Words) -> None:
    """Bet first: a card's truth can be seen once there is a bet on it, which then stays."""
    wanted: solara.Reactive[frozenset[int]] = solara.use_reactive(frozenset[int]())
    found: solara.Reactive[dict[int, tuple[float, float]]] = solara.use_reactive({})
    base: solara.Reactive[float | None] = solara.use_reactive(None)

    def compute(stop: threading.Event) -> None:
        if base.peek() is None:
            usual = reckon(session, state.preset, state, stop)
            if usual is not None:
                base.value = usual.levels[OUTCOME]
        for card in sorted(wanted.value - set(found.peek())):
            if stop.is_set():
                return
            answer = reckon(session, played(cards()[card], state), state, stop)
            if answer is not None:
                found.value = {**found.peek(), card: apart(answer, OUTCOME)}

    def anew() -> None:
        wanted.value, found.value, base.value = frozenset(), {}, None

    def clear(*_: Any) -> None:
        anew()
        session.show(bets=())

    solara.use_effect(anew, [state.preset])
    solara.use_thread(compute, [state.preset, wanted.value], intrusive_cancel=False)
    shown = {card: value for card, value in found.value.items() if card in wanted.value}
    bets = bets_of(state.bets)
    behind = base.value is None or wanted.value - set(shown)
    with solara.Div(classes=["panels", "betting"]):
        Handles(
            base=words.betting["base"].format(
                coordinator=words.title_of(state.preset.resolved()[1]),
                completed=words.undefined if base.value is None else words.percent(base.value),
            ),
            cards=[
                {
                    "letter": card.letter,
                    "told": card.told[words.code],
                    "bet": bet,
                    "betTold": words.betting["none"] if bet is None else points(bet, words),
                    "truth": None if i not in shown else _drawn(shown[i], words),
                    "asked": i in wanted.value,
                }
                for i, (card, bet) in enumerate(zip(cards(), bets, strict=True))
            ],
            ticks=[{"at": at, "told": words.number(at)} for at in TICKS],
            low=LOWEST_BET,
            high=HIGHEST_BET,
            total=summed(bets, shown, words),
            waiting=words.computing if behind else "",
            words=dict(words.betting),
            event_betted=lambda what: session.bet(what["card"], what["points"]),
            event_shown=lambda card: wanted.set(wanted.peek() | {card}),
            event_shown_all=lambda *_: wanted.set(
                frozenset(
                    i for i, bet in enumerate(bets_of(session.state.peek().bets)) if bet is not None
                )
            ),
            event_cleared=clear,
        )


def reckon(session: Session, run: Any, state: State, stop: threading.Event) -> Answer | None:
    """What comes of a card, beside the usual; what is wrong is told on the page."""
    found = attempt(run, state.preset, session, stop.is_set)
    if isinstance(found, Wrong):
        session.wrong.value = found
        return None
    return found


def bets_of(bets: Bets) -> Bets:
    """A bet or None for every card."""
    return bets or (None,) * len(cards())


def apart(answer: Answer, outcome: str) -> tuple[float, float]:
    """A change and half the width of its interval, in points; 0 if no run differs."""
    if answer.same:
        return 0.0, 0.0
    change, half = answer.differences[outcome]
    return 100 * change, 100 * half


def points(value: float, words: Words, decimals: int = 0) -> str:
    """Percentage points with their sign."""
    sign = "+" if round(value, decimals) > 0 else ""
    return f"{sign}{words.number(value, decimals)}"


def told(truth: tuple[float, float], words: Words) -> str:
    """A change and its interval; the bare number where every run changes alike."""
    value, half = truth
    shown = points(value, words, 1)
    return f"{shown} ±{words.number(half, 1)}" if half > 0.0 else shown


def _drawn(truth: tuple[float, float], words: Words) -> dict[str, Any]:
    value, half = truth
    return {
        "value": value,
        "low": value - half,
        "high": value + half,
        "told": told(truth, words),
    }


def summed(bets: Bets, shown: Truths, words: Words) -> str:
    """How far the bets whose truth is shown were off, and which card does most; "" for none."""
    off = [abs(bet - shown[i][0]) for i, bet in enumerate(bets) if i in shown and bet is not None]
    if not off:
        return ""
    best = max(shown, key=lambda card: shown[card][0])
    return words.betting["sum"].format(
        n=len(off), off=words.number(sum(off) / len(off), 1), best=cards()[best].letter
    )
