"""Bets: by how much will a card change what is built? First a handle each, then the truth."""
# ruff: noqa: N802

import threading
from collections.abc import Callable, Mapping
from typing import Any

import solara

from kernegotiate.scenario import ScenarioError
from viz.ask import attempt
from viz.asking import Answer
from viz.cards import cards, played
from viz.session import Session
from viz.state import HIGHEST_BET, LOWEST_BET, Bets, Run, State
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
    wanted: solara.Reactive[tuple[Run, frozenset[int]]] = solara.use_reactive(
        (state.preset, frozenset[int]())
    )
    found: solara.Reactive[dict[Run, tuple[float, float]]] = solara.use_reactive({})
    usual: solara.Reactive[dict[Run, float]] = solara.use_reactive({})
    bets = bets_of(state.bets)
    made = frozenset(i for i, bet in enumerate(bets) if bet is not None)
    asked = wanted.value[1] & made if wanted.value[0] == state.preset else frozenset()

    def compute(stop: threading.Event) -> None:
        if state.preset not in usual.peek():
            answer = reckon(session, state.preset, state, stop)
            if answer is not None:
                usual.value = {**usual.peek(), state.preset: answer.levels[OUTCOME]}
        for card in sorted(asked):
            reckon_card(session, card, state, stop, found)

    def show(cards: frozenset[int]) -> None:
        wanted.value = state.preset, asked | (cards & made)

    def clear(*_: Any) -> None:
        wanted.value = state.preset, frozenset()
        session.show(bets=())

    solara.use_thread(compute, [state.preset, asked], intrusive_cancel=False)
    known = known_of(state, found.value)
    shown = {card: known[card] for card in asked if card in known}
    base = usual.value.get(state.preset)
    behind = base is None or asked - set(shown)
    with solara.Div(classes=["panels", "betting"]):
        Handles(
            base=words.betting["base"].format(
                coordinator=words.title_of(state.preset.resolved()[1]),
                completed=words.undefined if base is None else words.percent(base),
            ),
            cards=[
                {
                    "letter": card.letter,
                    "told": card.told[words.code],
                    "bet": bet,
                    "betTold": words.betting["none"] if bet is None else points(bet, words),
                    "truth": None if i not in shown else _drawn(shown[i], words),
                    "asked": i in asked,
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
            event_shown=lambda card: show(made & {card} if isinstance(card, int) else frozenset()),
            event_shown_all=lambda *_: show(made),
            event_cleared=clear,
        )


def known_of(state: State, found: Mapping[Run, tuple[float, float]]) -> Truths:
    """What is known of the cards as they are played on a page, whatever was known before."""
    fitting = {}
    for i, card in enumerate(cards()):
        try:
            run = played(card, state)
        except ScenarioError:
            continue
        if run in found:
            fitting[i] = found[run]
    return fitting


def reckon_card(
    session: Session,
    card: int,
    state: State,
    stop: threading.Event,
    found: solara.Reactive[dict[Run, tuple[float, float]]],
) -> None:
    """Put what a card changes into `found`, by the run that it makes; nothing if that is known."""
    if stop.is_set():
        return
    try:
        run = played(cards()[card], state)
    except ScenarioError as error:
        session.wrong.value = Wrong("not_possible", error)
        return
    answer = None if run in found.peek() else reckon(session, run, state, stop)
    if answer is not None:
        found.value = {**found.peek(), run: apart(answer, OUTCOME)}


def reckon(session: Session, run: Run, state: State, stop: threading.Event) -> Answer | None:
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
