"""The bar on top: what is chosen, what can be pressed, which year it is."""
# ruff: noqa: N802

from collections.abc import Callable

import solara

from kernegotiate import institution_names, load_institution, load_scenario, scenario_names
from viz import palette
from viz.session import Session
from viz.view import View
from viz.words import Words

LARGEST_SEED = 2**63 - 1
LOOK = {"density": "compact", "variant": "outlined", "hide_details": True}


@solara.component
def Controls(session: Session, words: Words) -> None:
    """Choose, play, step, reset."""
    choice = session.choice.value
    scenarios = solara.use_memo(lambda: {n: load_scenario(n).title for n in scenario_names()}, [])
    coordinators = solara.use_memo(
        lambda: {n: load_institution(n).title for n in institution_names()}, []
    )
    wrong: solara.Reactive[str | None] = solara.use_reactive(None)  # what was typed and is no seed
    with solara.Div(classes=["controls"]):
        with solara.Div(classes=["bar"]):
            Titles(
                words.scenario,
                scenarios,
                choice.scenario,
                lambda name: session.choose(scenario=name),
            )
            Titles(
                words.coordinator,
                coordinators,
                choice.coordinator,
                lambda name: session.choose(coordinator=name),
            )
            Seed(words.seed, choice.seed, lambda seed: session.choose(seed=seed), wrong)
            Buttons(session, words)
            solara.Text(tell_year(session.view.value, words), classes=["year"])
        if wrong.value is not None:
            told = words.bad_seed.format(text=wrong.value)
            solara.v.Html(tag="p", class_="mistake", attributes={"role": "alert"}, children=[told])


@solara.component
def Titles(
    label: str, titles: dict[str, str], name: str, choose: Callable[[str], None]
) -> solara.Element:
    """A list of titles, one of them chosen; `name` is what stands behind it."""
    items = [{"value": key, "title": title} for key, title in titles.items()]
    return solara.v.Select(
        label=label,
        items=items,
        v_model=name,
        on_v_model=choose,
        class_="titles",
        menu_props={"maxHeight": 600},  # pixels
        **LOOK,
    )


@solara.component
def Seed(
    label: str, seed: int, sow: Callable[[int], None], wrong: solara.Reactive[str | None]
) -> None:
    """A number to type; what is no seed is kept in `wrong`, and changes nothing else."""
    typed = solara.use_reactive(str(seed))

    def commit(*_event: object) -> None:
        new = as_seed(typed.value)
        wrong.value = typed.value if new is None else None
        if new is not None:
            sow(new)

    field = solara.v.TextField(
        label=label,
        v_model=typed.value,
        on_v_model=typed.set,
        error=wrong.value is not None,
        class_="seed",
        **LOOK,
    )
    solara.v.use_event(field, "keyup.enter", commit)
    solara.v.use_event(field, "focusout", commit)


@solara.component
def Buttons(session: Session, words: Words) -> None:
    """Play or pause, one year, back to the start."""
    playing, over = session.playing.value, session.view.value.over
    with solara.Div(classes=["buttons"]):
        solara.Button(
            words.pause if playing else words.play,
            icon_name="mdi-pause" if playing else "mdi-play",
            on_click=lambda: session.playing.set(not playing),
            disabled=over,
            color=palette.WELFARE,
        )
        solara.Button(
            words.step,
            icon_name="mdi-skip-next",
            on_click=session.step,
            disabled=over or playing,
        )
        solara.Button(words.reset, icon_name="mdi-restart", on_click=session.reset)


def as_seed(text: str) -> int | None:
    """The seed that was typed, None if it is none."""
    text = text.strip()
    if not (text.isascii() and text.isdecimal()):
        return None
    return int(text) if int(text) <= LARGEST_SEED else None


def tell_year(view: View, words: Words) -> str:
    """The year; behind the last year with arrivals, that the rest is winding up."""
    if view.over:
        return words.over.format(year=view.year)
    if view.year == 0:
        return words.start.format(years=view.years)
    template = words.year if view.year <= view.years else words.winding_up
    return template.format(year=view.year, years=view.years)
