"""The feed: what happened, year by year, the newest first."""
# ruff: noqa: N802

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import solara

from kernegotiate.agents import Event
from viz import deals
from viz.teller import Line, tell
from viz.view import View
from viz.words import Words


@solara.component_vue("feed.vue")
def Feed(
    chapters: list[dict[str, Any]],
    opening: list[str],
    chosen: str,
    event_picked: Callable[[str], None],
) -> None:
    """What `chapters` tells, or `opening` at the start. A line picks the work it is about."""


def opening(view: View, words: Words) -> list[str]:
    """What it is all about, before anything has happened: a few paragraphs."""
    return words.opening.format(n=len(view.region.governments)).splitlines()


def chapters(view: View, words: Words, deal: int = 0) -> list[dict[str, Any]]:
    """A heading and lines for each year, the newest first.

    Args:
        view: Of the last year.
        words: Of the language.
        deal: How many deals of that year are told; 0 for all.
    """
    events: dict[int, list[Event]] = {}
    for event in view.log:
        events.setdefault(event.year, []).append(event)
    later = set(deals.of_year(view)[deal:]) if deal else set()
    told = []
    for year in range(view.year, 0, -1):
        happened = events.get(year, [])
        if year == view.year:
            happened = [event for event in happened if event.project not in later]
        lines = tell(view, happened, words) or [Line("other", words.quiet_year)]
        heading = words.year_heading.format(year=year)
        told.append({"heading": heading, "lines": [asdict(line) for line in lines]})
    return told


def of_a_deal(view: View, deal: int, work: str, words: Words) -> list[str]:
    """What the map's caption tells: of the deal that is told, or of all years of a work.

    Args:
        view: Of the year.
        deal: How many of its deals are told; 0 for all.
        work: Code of a work that is singled out; "" for none.
        words: Of the language.
    """
    if code := deals.current(view, deal):
        return [line.text for line in _about(view, code, view.year, words)]
    if work not in view.works:
        return []
    return [
        words.life.format(year=year, told=" ".join(line.text for line in lines))
        for year in range(1, view.year + 1)
        if (lines := _about(view, work, year, words))
    ]


def _about(view: View, code: str, year: int, words: Words) -> list[Line]:
    """The sentences on one work in one year."""
    events = [event for event in view.log if event.year == year and event.project == code]
    return tell(view, events, words) if events else []
