"""The feed: what happened, year by year, the newest first."""
# ruff: noqa: N802

from dataclasses import asdict
from typing import Any

import solara

from kernegotiate.agents import Event
from viz.teller import Line, tell
from viz.view import View
from viz.words import Words


@solara.component_vue("feed.vue")
def Feed(chapters: list[dict[str, Any]], opening: list[str]) -> None:
    """What `chapters` tells; at the start what `opening` tells."""


def opening(view: View, words: Words) -> list[str]:
    """What it is all about, before anything has happened: a few paragraphs."""
    return words.opening.format(n=len(view.region.governments)).splitlines()


def chapters(view: View, words: Words) -> list[dict[str, Any]]:
    """A heading and lines for each year, the newest first."""
    events: dict[int, list[Event]] = {}
    for event in view.log:
        events.setdefault(event.year, []).append(event)
    told = []
    for year in range(view.year, 0, -1):
        lines = tell(view, events.get(year, []), words) or [Line("other", words.quiet_year)]
        heading = words.year_heading.format(year=year)
        told.append({"heading": heading, "lines": [asdict(line) for line in lines]})
    return told
