"""A chart that fills its place, and the width of the window from which sizes of print follow."""
# ruff: noqa: N802

from collections.abc import Callable
from typing import Any

import solara

SMALL, LARGE = 12, 20  # pixels of small print, at least and at most
PIXELS_A_POINT = 100  # width of the window for each pixel of small print


@solara.component
def Chart(
    name: str, told: str, option: dict[str, Any], maps: dict[str, Any] | None = None
) -> solara.Element:
    """An ECharts figure.

    Args:
        name: by which tests find it.
        told: what it shows, for people who hear the page.
        option: of ECharts.
        maps: outlines by name. A map is registered when its chart appears, so a chart that may
            change its maps needs a key.
    """
    attributes = {"class": "chart", "data-test": name, "role": "img", "aria-label": told}
    return solara.FigureEcharts(
        option=option, maps=maps or {}, attributes=attributes, responsive=True
    )


@solara.component_vue("screen.vue")
def Screen(event_measured: Callable[[int], None]) -> None:
    """Calls back with the width of the window, pixels."""


def print_for(width: int) -> int:
    """Size of small print that can be read from the back when the window fills a wall."""
    return max(SMALL, min(LARGE, round(width / PIXELS_A_POINT)))
