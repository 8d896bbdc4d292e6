"""The pages that watch: one run with all its pictures, or two runs side by side."""
# ruff: noqa: N802

from collections.abc import Sequence
from functools import partial

import solara

from viz import feed, map, outcomes, palette, trust  # noqa: A004
from viz.chart import Chart
from viz.feed import Feed
from viz.figures import SuccessFigures, WorthFigures, share_of
from viz.government import GovernmentPanel
from viz.session import Session
from viz.state import State
from viz.view import View
from viz.words import Words


@solara.component
def Watch(session: Session, state: State, view: View, words: Words, size: int) -> None:
    """One run; `size` is that of small print, pixels."""
    unit = words.worth_unit.format(currency=words.currency(view.region.currency))
    with solara.Div(classes=["panels"]):
        RegionMap(session, state, view, words, size, words.map)
        with Panel("trust", words.trust, words.trust_hint):
            Chart("trust", words.trust, trust.picture(view, words, size))
        with Panel("success", words.success, words.success_unit, aside=True):
            SuccessFigures(view, words)
            Chart("success", words.success, outcomes.success([view], words, size))
        with Panel("worth", words.worth, unit, aside=True):
            WorthFigures(view, words)
            Chart("worth", words.worth, outcomes.worth([view], words, size))
        if state.government:
            with solara.Div(classes=["aside"]):
                close = partial(session.show, government="")
                GovernmentPanel(view, state.government, words, size, close).key(state.government)
        else:
            with Panel("feed", words.feed):
                Feed(chapters=feed.chapters(view, words), opening=feed.opening(view, words))


@solara.component
def Compare(
    session: Session,
    state: State,
    views: tuple[View, ...],
    titles: Sequence[str],
    words: Words,
    size: int,
) -> None:
    """Two runs on the same leaders and projects, and how they come apart.

    Of a government that is looked at, both stand beside: the same leader under two coordinators.
    """
    code, names = state.government, ("first", "second")
    close = partial(session.show, government="")
    with solara.Div(classes=["panels", "two", "looking" if code else ""]):
        for name, title, view in zip(names, titles, views, strict=True):
            RegionMap(session, state, view, words, size, title, name)
        if code:
            for name, title, view in zip(names, titles, views, strict=True):
                with solara.Div(classes=["aside", f"of-{name}"]):
                    GovernmentPanel(view, code, words, size, close, title).key(f"{name} {code}")
        else:
            Differences(views, titles, words, size)


@solara.component
def Differences(views: tuple[View, ...], titles: Sequence[str], words: Words, size: int) -> None:
    """Both verdicts of two runs, and how far the first is ahead."""
    unit = words.currency(views[0].region.currency)
    latest = [view.history.iloc[-1] for view in views]
    with solara.Div(classes=["contents"]):
        with Panel("success", words.success):
            Legend(titles, [f"{words.number(last.completed)} {words.opened}" for last in latest])
            Chart("success", words.success, outcomes.both(views, "completed", words, size))
            Ahead("success-difference", words.difference_success, views, "completed", words, size)
        with Panel("worth", words.worth):
            Legend(titles, [f"{share_of(last, words)} {words.share}" for last in latest])
            Chart("worth", words.worth, outcomes.both(views, "welfare", words, size))
            difference = f"{words.difference_worth}, {unit}"
            Ahead("worth-difference", difference, views, "welfare", words, size)


@solara.component
def Ahead(
    name: str, told: str, views: tuple[View, ...], column: str, words: Words, size: int
) -> None:
    """How far the first of two runs is ahead."""
    first, second = (float(view.history[column].iloc[-1]) for view in views)
    latest = solara.v.Html(
        tag="b", attributes={"data-test": f"{name}-now"}, children=[words.number(first - second)]
    )
    solara.v.Html(tag="p", class_="hint", children=[f"{told}: ", latest])
    Chart(name, told, outcomes.apart(views, column, words, size))


@solara.component
def RegionMap(
    session: Session,
    state: State,
    view: View,
    words: Words,
    size: int,
    title: str,
    name: str = "map",
) -> None:
    """The map; a click on a government looks at it, another one no longer."""
    sheet = solara.use_memo(lambda: map.sheet(state.scenario, view.region), [state.scenario])

    def pick(what: dict[str, str]) -> None:
        code = what["name"]
        if code in view.numbers:
            chosen = session.state.peek().government
            again = chosen and view.into[view.numbers[chosen]] == view.into[view.numbers[code]]
            session.show(government="" if again else code)

    with Panel(name, title, words.map_hint, aside=True):
        Key(words, view.is_voluntary)
        option = map.picture(view, sheet, words, size, state.government)
        shapes = {sheet.name: sheet.shapes}
        Chart(name, title, option, shapes, pick, sheet.ratio).key(sheet.name)


@solara.component
def Key(words: Words, voluntary: bool) -> None:
    """What the lines and chips of the map mean; hatched areas where a body is `voluntary`."""
    lines = {"way": words.under_way, "open": words.opened, "broken": words.broken}
    chips = {"died": words.died, "copy": words.copies}
    areas = {"outside": words.outside} if voluntary else {}
    with solara.Div(classes=["legend", "key-to-map"]):
        for place, text in (*lines.items(), *chips.items(), *areas.items()):
            solara.v.Html(tag="span", class_=place, children=[text])
        with solara.Div(classes=["scale"]):
            solara.v.Html(tag="span", class_="end", children=[words.low])
            solara.Div(style=f"background: linear-gradient(to right, {', '.join(palette.TRUST)})")
            solara.v.Html(tag="span", class_="end", children=[words.high])


@solara.component
def Legend(titles: Sequence[str], figures: Sequence[str]) -> None:
    """Which line is whose, and where it has got to."""
    with solara.Div(classes=["legend"]):
        for place, title, figure in zip(("first", "second"), titles, figures, strict=True):
            with solara.v.Html(tag="span", class_=place):
                solara.v.Html(tag="i", class_="name", children=[f"{title}: "])
                solara.v.Html(tag="b", children=[figure])


@solara.component
def Panel(
    name: str,
    title: str,
    hint: str = "",
    children: Sequence[solara.Element] = (),
    *,
    aside: bool = False,
) -> None:
    """A titled part of the page; the hint stands beside the title or below it."""
    with solara.Div(classes=["panel", name]):
        if aside:
            beside = solara.v.Html(tag="span", class_="hint", children=[hint])
            solara.v.Html(tag="h2", children=[title, beside])
        else:
            solara.v.Html(tag="h2", children=[title])
        if hint and not aside:
            solara.v.Html(tag="p", class_="hint", children=[hint])
        solara.Div(children=list(children), classes=["body"])
