"""The panels below the bar: one picture each, drawn from a view."""
# ruff: noqa: N802

from collections.abc import Sequence

import solara

from viz import feed, map, outcomes, trust  # noqa: A004
from viz.chart import Chart
from viz.feed import Feed
from viz.figures import SuccessFigures, WorthFigures
from viz.view import View
from viz.words import Words


@solara.component
def Panels(view: View, scenario: str, words: Words, size: int) -> None:
    """The pictures of a view; `size` is that of small print, pixels."""
    sheet = solara.use_memo(lambda: map.sheet(scenario, view.region), [scenario])
    unit = words.worth_unit.format(currency=view.region.currency)
    with solara.Div(classes=["panels"]):
        with Panel("map", words.map, words.map_hint):
            option = map.picture(view, sheet, words, size)
            Chart("map", words.map, option, {sheet.name: sheet.shapes}).key(sheet.name)
        with Panel("trust", words.trust, words.trust_hint):
            Chart("trust", words.trust, trust.picture(view, words, size))
        with Panel("success", words.success, words.success_unit):
            SuccessFigures(view, words)
            Chart("success", words.success, outcomes.success(view, size))
        with Panel("worth", words.worth, unit):
            WorthFigures(view, words)
            Chart("worth", words.worth, outcomes.worth(view, size))
        with Panel("feed", words.feed):
            Feed(chapters=feed.chapters(view, words), opening=feed.opening(view, words))


@solara.component
def Panel(name: str, title: str, hint: str = "", children: Sequence[solara.Element] = ()) -> None:
    """A titled part of the page."""
    with solara.Div(classes=["panel", name]):
        solara.v.Html(tag="h2", children=[title])
        if hint:
            solara.v.Html(tag="p", class_="hint", children=[hint])
        solara.Div(children=list(children), classes=["body"])
