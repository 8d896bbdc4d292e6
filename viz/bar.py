"""The bar on top: which page, what is chosen, the language, what differs from the preset."""
# ruff: noqa: N802

from collections.abc import Callable

import solara

from kernegotiate import institution_names, load_institution, load_scenario, scenario_names
from kernegotiate.scenario import ScenarioError
from viz.session import Session
from viz.share import Share
from viz.state import LARGEST_SEED, PAGES, usual, whole
from viz.words import LANGUAGES, Words, speak


@solara.component
def Bar(session: Session, words: Words) -> None:
    """Choose what to see."""
    state = session.state.value
    sharing, share = solara.use_state(False)
    mistake: solara.Reactive[str] = solara.use_reactive("")  # what was typed and is no seed
    # Read once, not with every year that passes.
    known = solara.use_memo(lambda: {name: load_scenario(name) for name in scenario_names()}, [])
    scenarios = {name: words.title_of(one) for name, one in known.items()}
    bodies = solara.use_memo(lambda: {n: load_institution(n) for n in institution_names()}, [])
    coordinators = {name: words.title_of(one) for name, one in bodies.items()}
    pages = {"watch": words.watch, "compare": words.compare, "ask": words.ask}
    with solara.Div(classes=["controls"]):
        with solara.Div(classes=["bar"]):
            with solara.Div(classes=["tabs"]):
                for page in PAGES:
                    Tab(pages[page], page == state.page, lambda page=page: session.show(page=page))
            Titles(
                "scenario",
                words.scenario,
                scenarios,
                state.scenario,
                lambda name: session.show(scenario=name, government="", changes=()),
            )
            Titles(
                "coordinator",
                words.coordinator,
                coordinators,
                state.coordinator,
                session.choose_coordinator,
            )
            if state.page == "compare":
                Titles(
                    "other",
                    words.other_coordinator,
                    coordinators,
                    state.other,
                    lambda name: session.show(other=name),
                )
            Seed(words.seed, state.seed, lambda seed: session.show(seed=seed), mistake)
            Tab(words.share_it, sharing, lambda: share(not sharing))
            for code in LANGUAGES:
                if code != words.code:
                    other = speak(code).language
                    Tab(other, False, lambda code=code: session.show(language=code))
        if mistake.value:
            Mistake(words.bad_seed.format(text=mistake.value))
        if session.wrong.value is not None:
            Mistake(session.wrong.value.told(words))
        if state.changes:
            Changes(session, words)
        if sharing:
            Share(session, words)


@solara.component
def Tab(label: str, chosen: bool, choose: Callable[[], None]) -> None:
    """A button that shows whether it is on."""
    solara.Button(label, on_click=choose, text=True, classes=["tab", "chosen" if chosen else ""])


@solara.component
def Mistake(text: str) -> None:
    """What went wrong, in one sentence."""
    solara.v.Html(tag="p", class_="mistake", attributes={"role": "alert"}, children=[text])


@solara.component
def Changes(session: Session, words: Words) -> None:
    """What differs from the preset; a click takes it back."""
    state = session.state.value
    with solara.Div(classes=["changes"]):
        solara.Text(words.changed)
        for name, value in state.changes:
            setting = words.settings.get(name, name)
            text = words.change.format(
                setting=setting,
                before=words.value(usual(state.preset, name)),
                after=words.value(value),
            )
            undo = words.undo.format(setting=setting)
            Chip(f"{text} \N{MULTIPLICATION SIGN}", undo, lambda name=name: session.undo(name))
        if len(state.changes) > 1:
            Chip(words.undo_all, words.undo_all, session.undo)


@solara.component
def Chip(text: str, told: str, act: Callable[[], None]) -> None:
    """A small button; `told` says what it does."""
    button = solara.v.Html(
        tag="button", class_="key chip", attributes={"title": told}, children=[text]
    )
    solara.v.use_event(button, "click", lambda *_: act())


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
    name: str, label: str, titles: dict[str, str], chosen: str, choose: Callable[[str], None]
) -> None:
    """A list of titles by what stands behind them, one of them chosen; `name` is the field's."""
    choices = [{"value": key, "title": title} for key, title in titles.items()]
    Drop(name=name, label=label, choices=choices, chosen=chosen, event_picked=choose)


@solara.component_vue("seed.vue")
def SeedField(label: str, seed: str, wrong: bool, event_sown: Callable[[str], None]) -> None:
    """A number to type, as text: it may be larger than what a page can count."""


@solara.component
def Seed(label: str, seed: int, sow: Callable[[int], None], wrong: solara.Reactive[str]) -> None:
    """A number to type; what is no seed is kept in `wrong`, and changes nothing else."""

    def commit(text: str) -> None:
        try:
            new = whole("seed", text, LARGEST_SEED)
        except ScenarioError:
            wrong.value = text or " "
            return
        wrong.value = ""
        sow(new)

    SeedField(label=label, seed=str(seed), wrong=bool(wrong.value), event_sown=commit)
