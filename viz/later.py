"""From a year on another coordinator: the simplest change in time, without writing a link."""
# ruff: noqa: N802

from collections.abc import Callable
from typing import Any

import solara

from kernegotiate.scenario import institution_names
from kernegotiate.scenario.changes import written
from viz.offered import offered
from viz.session import Session
from viz.state import FIRST_CHANGE, LATER, State
from viz.words import Words


@solara.component_vue("later.vue")
def Law(
    year: int,
    earliest: int,
    latest: int,
    chosen: str,
    choices: list[dict[str, str]],
    words: dict[str, str],
    event_picked: Callable[[dict[str, Any]], None],
) -> None:
    """A year to type, and a list."""


@solara.component
def Later(session: Session, state: State, words: Words) -> None:
    """Who coordinates from when on; nothing where a link or a file says more than that."""
    at = change_of(state)
    if at is None:
        return
    known = offered().institutions
    names = [name for name in institution_names() if name in known]
    titles = {"": words.later_none} | {name: words.title_of(known[name]) for name in names}
    Law(
        year=at[0],
        earliest=FIRST_CHANGE,
        latest=state.run.resolved()[0].years,
        chosen=at[1],
        choices=[{"value": name, "title": title} for name, title in titles.items()],
        words={"year": words.later_year, "law": words.later_law},
        event_picked=lambda what: choose(session, what["year"], what["law"]),
    )


def change_of(state: State) -> tuple[int, str] | None:
    """Year and coordinator of the one change there is; "" where there is none, None if more."""
    scenario = state.run.resolved()[0]
    if not scenario.changes:
        third = max(FIRST_CHANGE, scenario.years // 3)
        return None if scenario.years < FIRST_CHANGE else (third, "")
    year, law, *more = written(scenario.changes).split()
    return None if more or law not in institution_names() else (int(year), law)


def choose(session: Session, year: int, law: str) -> None:
    """Put a coordinator in force from a year on, or ("") none."""
    session.change(LATER, f"{year} {law}" if law else "")
