"""A chart that fills its place, and the width of the window from which sizes of print follow."""
# ruff: noqa: N802

from collections.abc import Callable, Mapping
from typing import Any

import solara

from viz import palette

LANGUAGE = solara.create_context("en")
"""Code of the language in which the numbers beside axes are written."""
SMALL, LARGE = 12, 20  # pixels of small print, at least and at most
PIXELS_A_POINT = 100  # width of the window for each pixel of small print


@solara.component_vue("chart.vue")
def Drawing(
    name: str,
    told: str,
    option: dict[str, Any],
    language: str,
    event_picked: Callable[[dict[str, str]], None],
) -> None:
    """See `Chart`."""


@solara.component
def Chart(
    name: str,
    told: str,
    option: dict[str, Any],
    pick: Callable[[dict[str, str]], None] | None = None,
) -> None:
    """An ECharts figure.

    Args:
        name: By which tests find it.
        told: What it shows, for people who hear the page.
        option: Of ECharts.
        pick: Called with `name` and `series` of what is clicked on.
    """
    Drawing(
        name=name,
        told=told,
        option=option,
        language=solara.use_context(LANGUAGE),
        event_picked=pick or (lambda _: None),
    )


@solara.component_vue("screen.vue")
def Screen(
    query: str,
    place: str,
    language: str,
    unanswered: Mapping[str, str],
    event_measured: Callable[[int], None],
    event_returned: Callable[[str], None],
) -> None:
    """Calls back with the width of the window, pixels, and watches over the page.

    The address always says what is shown, so that loading the page again shows the same; with each
    new `place` it gets an entry in the browser's history, and a return to one calls back with the
    query of that time. When no answer comes, `unanswered` is told by its cause: the program has
    `stopped` or is `frozen`, or the network is `lost`.
    """


def print_for(width: int) -> int:
    """Size of small print that can be read from the back when the window fills a wall."""
    return max(SMALL, min(LARGE, round(width / PIXELS_A_POINT)))


def base() -> dict[str, Any]:
    """What every option of ECharts begins with: its font, and how fast it moves."""
    return {
        "animationDuration": 0,
        "animationDurationUpdate": 200,  # milliseconds
        "textStyle": {"fontFamily": palette.FONT},
    }
