"""The pages that watch: one run with all its pictures, or two runs side by side."""
# ruff: noqa: N802

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import solara

from viz import deals, feed, map, outcomes, trust  # noqa: A004
from viz.bar import Titles
from viz.chart import Chart
from viz.feed import Feed
from viz.figures import share_of
from viz.film import film
from viz.forms import FORMS
from viz.government import GovernmentPanel
from viz.headline import Headline
from viz.session import Session
from viz.sheet import sheet
from viz.state import State
from viz.view import View
from viz.words import Words


@solara.component
def Watch(session: Session, state: State, view: View, words: Words, size: int) -> None:
    """One run; `size` is that of small print, pixels.

    While the deals of a year are told, what is known of whole years only is the year before's.
    """
    works = deals.told(view, state.deal)
    whole = state.deal in (0, len(deals.of_year(view)))
    latest = view if whole else film(state.run).at(view.year - 1)
    with solara.Div(classes=["panels", "watch", "" if latest.year else "start"]):
        if view.year:
            Headline(latest, works.values(), words)
        RegionMap(session, state, view, words, size, words.map)
        Told(view, state, words)
        if latest.year and state.view == "desk":
            Growth(latest, words, size)
            with Panel("trust", words.trust, words.trust_hint):
                Chart("trust", words.trust, trust.picture(latest, words, size))
        if state.government:
            with solara.Div(classes=["aside"]):
                close = partial(session.show, government="")
                GovernmentPanel(view, state.government, words, size, close).key(state.government)
        elif state.view == "desk":
            with Panel("feed", words.feed):
                Feed(
                    chapters=feed.chapters(view, words, state.deal),
                    opening=feed.opening(view, words),
                    chosen=state.work,
                    event_picked=session.single_out,
                )


@solara.component
def Growth(view: View, words: Words, size: int) -> None:
    """How both verdicts grew, above each other on one axis of years."""
    unit = words.worth_unit.format(currency=words.currency(view.region.currency))
    with solara.Div(classes=["panel", "growth"]):
        solara.v.Html(tag="h2", children=[words.success])
        solara.Div(
            children=[Chart("success", words.success, outcomes.success([view], words, size))],
            classes=["body"],
        )
        hint = solara.v.Html(tag="span", class_="hint", children=[unit])
        solara.v.Html(tag="h2", children=[words.worth, hint])
        solara.Div(
            children=[Chart("worth", words.worth, outcomes.worth([view], words, size))],
            classes=["body"],
        )


@solara.component
def Told(view: View, state: State, words: Words) -> None:
    """What has become of the deal that is told, or the whole life of one that is singled out.

    For a room it is the last sentence alone.
    """
    lines = feed.of_a_deal(view, state.deal, state.work, words)
    if state.view == "room":
        lines = lines[-1:] if view.year else feed.opening(view, words)
    solara.v.Html(
        tag="p",
        class_="told",
        attributes={"data-test": "told", "aria-live": "polite", "tabindex": "0"},
        children=[" ".join(lines)],
    )


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
            Chart("success", words.success, outcomes.both(views, "completed", size))
            Ahead("success-difference", words.difference_success, views, "completed", words, size)
        with Panel("worth", words.worth):
            Legend(titles, [f"{share_of(last, words)} {words.share}" for last in latest])
            Chart("worth", words.worth, outcomes.both(views, "welfare", size))
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
    Chart(name, told, outcomes.apart(views, column, size))


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
    plane = solara.use_memo(lambda: sheet(state.scenario, view.region), [state.scenario])
    alone = name == "map"

    def pick(code: str) -> None:
        if code in view.numbers:
            chosen = session.state.peek().government
            again = chosen and view.into[view.numbers[chosen]] == view.into[view.numbers[code]]
            session.show(government="" if again else code)

    def look(code: str) -> None:
        session.show(government=code)

    deal, work = (state.deal, state.work) if alone else (0, "")
    drawn = map.picture(view, plane, words, state.government, deal=deal, work=work)
    places = {"": words.nobody} | {
        view.region.codes[i]: words.place(view.region.governments[i]) for i in view.standing
    }
    with Panel(name, "" if alone else title, aside=True):
        if state.view == "desk" or state.page != "watch":
            Titles(f"look-{name}", words.look_at, places, state.government, look)
        if view.year and alone:
            Key(words, view.is_voluntary)
        Region(
            name=name,
            told=title,
            sheet=plane.land,
            picture=drawn,
            size=size if state.view == "desk" else 2 * size,
            singled=state.work,
            event_picked=pick,
            event_worked=session.single_out,
        ).key(plane.name)


@solara.component_vue("map.vue")
def Region(
    name: str,
    told: str,
    sheet: dict[str, Any],
    picture: dict[str, Any],
    size: int,
    singled: str,
    event_picked: Callable[[str], None],
    event_worked: Callable[[str], None],
) -> None:
    """See `viz/map.py`."""


@solara.component
def Key(words: Words, voluntary: bool) -> None:
    """What the forms on the map mean; hatched areas where a body is `voluntary`."""
    with solara.Div(classes=["legend", "key-to-map"]):
        for form in FORMS:
            KeyForm(form=form.name, told=words.forms[form.name])
        if voluntary:
            solara.v.Html(tag="span", class_="outside", children=[words.outside])


@solara.component_vue("key.vue")
def KeyForm(form: str, told: str) -> None:
    """A form and what it stands for."""


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
        if title:
            beside = [solara.v.Html(tag="span", class_="hint", children=[hint])] if aside else []
            solara.v.Html(tag="h2", children=[title, *beside])
        if hint and not aside:
            solara.v.Html(tag="p", class_="hint", children=[hint])
        solara.Div(children=list(children), classes=["body"])
