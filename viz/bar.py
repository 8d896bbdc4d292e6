"""The bar on top: which page, what is chosen, the language, what differs from the preset."""
# ruff: noqa: N802

from collections.abc import Callable, Mapping

import solara

from kernegotiate.batch.factor import Value
from kernegotiate.scenario import Institution
from kernegotiate.scenario.changes import Regime, regimes
from viz.guard.invite import INVITE, shared
from viz.offered import KINDS, kind_of, offered
from viz.rail import Rail
from viz.session import Session
from viz.share import Share
from viz.state import LATER, VIEWS, State, usual
from viz.words import LANGUAGES, Words, speak


@solara.component
def Bar(session: Session, state: State, words: Words) -> None:
    """Choose what to see."""
    sharing, share = solara.use_state(False)
    known, wrong = offered(), session.wrong.value
    scenarios = {name: words.title_of(one) for name, one in known.scenarios.items()}
    countries = {name: words.country_of(one) for name, one in known.scenarios.items()}
    coordinators = {name: words.title_of(one) for name, one in known.institutions.items()}
    kinds = by_kind(known.institutions, words)
    pages = {"watch": words.watch, "compare": words.compare, "ask": words.ask}
    if state.page in ("ask", "bet"):
        pages["bet"] = words.betting["tab"]
    with solara.Div(classes=["controls"]):
        Banner(session, state, words, sharing, lambda: share(not sharing))
        with solara.Div(classes=["bar"]):
            with solara.Div(classes=["tabs"]):
                for page, told in pages.items():
                    Tab(told, page == state.page, lambda page=page: session.show(page=page))
            Titles(
                "scenario",
                words.scenario,
                scenarios,
                state.scenario,
                session.choose_scenario,
                grouped(countries, words.no_country),
            )
            Titles(
                "coordinator",
                words.coordinator,
                coordinators,
                state.coordinator,
                session.choose_coordinator,
                kinds,
            )
            if state.page in ("compare", "debrief"):
                Titles(
                    "other",
                    words.other_coordinator,
                    coordinators,
                    state.other,
                    lambda name: session.show(other=name),
                    kinds,
                )
            SeedField(
                label=words.seed,
                seed=str(state.seed),
                wrong=wrong is not None and wrong.sentence == "bad_seed",
                event_sown=session.sow,
            )
        if state.story:
            Rail(session, state, words)
        with solara.Div():  # always there, so that what stands below is not made anew
            for error in known.wrong:
                Mistake(words.left_out.format(error=error))
            if wrong is not None:
                Mistake(wrong.told(words))
            if state.changes:
                Changes(session, state, words)
        if sharing:
            with solara.Div(classes=["along"]):
                Share(session, state, words)
                Tab(words.paper["tab"], False, lambda: session.show(page="debrief"))


@solara.component
def Banner(
    session: Session, state: State, words: Words, sharing: bool, share: Callable[[], None]
) -> None:
    """What it is all about, and what may be done with the page as a whole."""
    with solara.Div(classes=["banner"]):
        solara.v.Html(tag="h1", children=[words.title])
        solara.v.Html(tag="p", class_="asked", children=[words.question])
        for view in VIEWS:
            if view != state.view and state.page == "watch":
                Tab(words.views[view], False, lambda view=view: session.show(view=view))
        Tab(words.guide, state.story > 0, lambda: session.tell(0 if state.story else 1))
        Tab(words.share_it, sharing, share)
        if shared():
            Invitation(words)
        for code in LANGUAGES:
            if code != words.code:
                other = speak(code).language
                Tab(other, False, lambda code=code: session.show(language=code))


@solara.component
def Tab(label: str, chosen: bool, choose: Callable[[], None]) -> None:
    """A button that shows whether it is on."""
    solara.Button(label, on_click=choose, text=True, classes=["tab", "chosen" if chosen else ""])


@solara.component
def Invitation(words: Words) -> None:
    """A link to the page that lets a room in."""
    attributes = {"href": INVITE, "target": "_blank"}
    solara.v.Html(
        tag="a", class_="key invite", attributes=attributes, children=[words.invite_others]
    )


@solara.component
def Mistake(text: str) -> None:
    """What went wrong, in one sentence."""
    solara.v.Html(tag="p", class_="mistake", attributes={"role": "alert"}, children=[text])


@solara.component
def Changes(session: Session, state: State, words: Words) -> None:
    """What differs from the preset; a click takes it back."""
    with solara.Div(classes=["changes"]):
        solara.Text(words.changed)
        for name, value in state.changes:
            setting = words.settings[name]
            text = tell_change(state, name, value, words)
            undo = words.undo.format(setting=setting)
            Chip(f"{text} \N{MULTIPLICATION SIGN}", undo, lambda name=name: session.undo(name))
        if len(state.changes) > 1:
            Chip(words.undo_all, words.undo_all, session.undo, "all")


def tell_change(state: State, name: str, value: Value, words: Words) -> str:
    """A setting, what it usually is and what it is now; of changes in time, when what begins."""
    setting = words.settings[name]
    if name == LATER:
        scenario, institution = state.run.resolved()
        laws = regimes(Regime(1, institution), scenario.changes)
        told = zip(laws[1:], words.regimes(laws)[1:], strict=True)
        later = "; ".join(words.since.format(year=one.since, law=law) for one, law in told)
        return f"{setting}: {later}"
    before, after = words.value(usual(state.preset, name)), words.value(value)
    return words.change.format(setting=setting, before=before, after=after)


@solara.component
def Chip(text: str, told: str, act: Callable[[], None], name: str = "chip") -> None:
    """A small button; `told` says what it does."""
    attributes = {"title": told}
    button = solara.v.Html(
        tag="button", class_=f"key {name}", attributes=attributes, children=[text]
    )
    solara.v.use_event(button, "click", lambda *_: act())


def grouped(groups: dict[str, str], other: str) -> dict[str, str]:
    """Groups of what there is to choose from, in the order of groups; those of none come last.

    Args:
        groups: Name of its group, by what there is; "" if it has none.
        other: What to call the group of those.
    """
    ordered = sorted(groups.items(), key=lambda one: (not one[1], one[1]))
    return {key: group or other for key, group in ordered}


def by_kind(institutions: Mapping[str, Institution], words: Words) -> dict[str, str]:
    """Kinds of institutions in words, those that do least first."""
    kinds = {name: kind_of(one) for name, one in institutions.items()}
    ordered = sorted(kinds.items(), key=lambda one: KINDS.index(one[1]))
    return {name: words.kinds_of_institutions[kind] for name, kind in ordered}


@solara.component_vue("titles.vue")
def Drop(
    name: str,
    label: str,
    choices: list[dict[str, str]],
    chosen: str,
    event_picked: Callable[[str], None],
) -> None:
    """See `Titles`."""


@solara.component
def Titles(
    name: str,
    label: str,
    titles: dict[str, str],
    chosen: str,
    choose: Callable[[str], None],
    groups: dict[str, str] | None = None,
) -> None:
    """A list of titles by what stands behind them, one of them chosen; `name` is the field's.

    With `groups`, the name of a group for each, they stand in groups, in the order given there.
    """
    parts = groups or dict.fromkeys(titles, "")
    choices = [{"value": key, "title": titles[key], "group": group} for key, group in parts.items()]
    Drop(name=name, label=label, choices=choices, chosen=chosen, event_picked=choose)


@solara.component_vue("seed.vue")
def SeedField(label: str, seed: str, wrong: bool, event_sown: Callable[[str], None]) -> None:
    """A number to type, as text: it may be larger than what a page can count."""
