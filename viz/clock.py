"""The clock below the pictures: play, pause, a year on or back, or a year far away."""
# ruff: noqa: N802

from collections.abc import Callable
from typing import Any

import solara

from viz import deals
from viz.session import PACES, Session
from viz.state import State
from viz.view import View
from viz.words import Words


@solara.component_vue("timeline.vue")
def Timeline(
    year: int,
    last: int,
    over: bool,
    ended: bool,
    playing: bool,
    deal: str,
    pace: int,
    paces: list[str],
    told: str,
    notes: list[str],
    regimes: list[dict[str, Any]],
    words: dict[str, str],
    event_moved: Callable[[int], None],
    event_toggled: Callable[[bool], None],
    event_turned: Callable[[int], None],
    event_paced: Callable[[int], None],
) -> None:
    """Buttons and a line to drag along.

    `ended`: there is no later year; `over`: all deals of the last one are told, too.
    """


@solara.component
def Clock(session: Session, state: State, views: tuple[View, ...], words: Words) -> None:
    """The clock of one run, or of two that are compared."""
    view = max(views, key=lambda one: (not one.over, one.year))
    year = min(state.year, view.year)  # a link may name one beyond the end
    names = ("play", "pause", "step", "next_year", "back", "reset", "speed", "timeline", "keys")
    there = deals.of_year(view) if len(views) == 1 else []
    over = all(one.over for one in views)
    all_told = state.deal in (0, len(there))
    Timeline(
        year=year,
        last=max(view.years, year),
        over=over and all_told,
        ended=over,
        playing=session.playing.value,
        pace=PACES.index(session.pace.value),
        paces=[words.paces[pace.name] for pace in PACES],
        told=tell_year(view, words),
        deal=tell_deal(state.deal, len(there), words),
        notes=notes(views, words),
        regimes=regimes_on_the_line(views, max(view.years, year), words),
        words={name: getattr(words, name) for name in names},
        event_moved=session.go_to,
        event_toggled=session.playing.set,
        event_turned=session.turn,
        event_paced=lambda at: session.pace.set(PACES[at]),
    )


def notes(views: tuple[View, ...], words: Words) -> list[str]:
    """How many are in a voluntary body, and what a fund holds and owes; of two runs, both."""
    lines = []
    for tell in (_members, _fund):
        told = [tell(view, words) for view in views]
        if any(told):
            lines.append(" / ".join(one or words.undefined for one in dict.fromkeys(told)))
    return lines


def _members(view: View, words: Words) -> str:
    if not view.is_voluntary:
        return ""
    there = len(view.standing)
    return words.members.format(n=there - len(view.outside[view.year]), all=there)


def _fund(view: View, words: Words) -> str:
    if view.fund is None:
        return ""
    unit = view.region.currency
    template = words.fund_owes if view.fund.debt > 0.0 else words.fund
    held, debt = (words.sum_of(value, unit) for value in (view.fund.held, view.fund.debt))
    return template.format(held=held, debt=debt)


def regimes_on_the_line(views: tuple[View, ...], last: int, words: Words) -> list[dict[str, Any]]:
    """Who coordinates when, for a strip below the line; none if nothing ever changes.

    Returns:
        Parts of the line, in order: `told`, `since` and the share of the line, `width`, 0 to 1.
    """
    changes = sorted({regime.since for view in views for regime in view.regimes})
    if len(changes) == 1:
        return []
    parts = []
    for since, until in zip(changes, [*changes[1:], last + 1], strict=True):
        here = [[r for r in view.regimes if r.since <= since] for view in views]
        told = dict.fromkeys(words.regimes(laws)[-1] for laws in here)
        width = max(until - since, 0) / last
        parts.append({"told": " / ".join(told), "since": since, "width": width})
    return parts


def tell_deal(deal: int, there: int, words: Words) -> str:
    """Which deal of how many in the year is told; "" if the whole year is."""
    return words.deal_of.format(deal=deal, deals=there) if 0 < deal <= there else ""


def tell_year(view: View, words: Words) -> str:
    """The year; behind the last year with arrivals, that the rest is winding up."""
    if view.over:
        return words.over.format(year=view.year)
    if view.year == 0:
        return words.start.format(years=view.years)
    template = words.year if view.year <= view.years else words.winding_up
    return template.format(year=view.year, years=view.years)
