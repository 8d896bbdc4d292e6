"""Taking a view along: a link, a small file, commands that give the same figures, the data."""
# ruff: noqa: N802

import json
import shlex
from collections.abc import Callable
from typing import Any

import pandas as pd
import solara

from kernegotiate import __version__
from kernegotiate.agents.log import EventLog
from kernegotiate.analysis.explanation import losses_of
from viz.asking import ensemble
from viz.film import film
from viz.session import Session
from viz.state import LONGEST_LINK, State
from viz.tables import figures
from viz.words import Words
from viz.wrong import NotAllowedError, Wrong

LARGEST = 64
"""Kilobytes of a saved view; one has a few, and the server takes no message above 1,000."""


@solara.component_vue("share.vue")
def Sharing(
    query: str,
    command: str,
    content: str,
    file: str,
    about: dict[str, str],
    table: dict[str, str],
    figures: dict[str, Any] | None,
    largest: int,
    words: dict[str, str],
    event_opened: Callable[[str], None],
    event_oversized: Callable[[int], None],
    event_wanted: Callable[[], None],
    event_asked: Callable[[str], None],
) -> None:
    """See `Share`."""


@solara.component
def Share(session: Session, state: State, words: Words) -> None:
    """What there is to take along of what is shown."""
    table: solara.Reactive[dict[str, str]] = solara.use_reactive({})
    picture = solara.use_reactive("")  # whose figures are shown

    def open_file(text: str) -> None:
        query = read(text)
        if query is None:
            error = NotAllowedError("view", text.strip(), "", "saved file")
            session.wrong.value = Wrong("bad_file", error)
        else:
            session.open(query)

    def refuse(kilobytes: int) -> None:
        error = NotAllowedError("size", f"{kilobytes} kB", str(LARGEST), "kilobytes")
        session.wrong.value = Wrong("bad_file", error)

    def give_data(*_: Any) -> None:
        name, text = data(session.state.peek())
        table.value = {}  # so that the same table can be asked for twice
        table.value = {"name": name, "text": text}

    names = (
        *(
            "link",
            "link_hint",
            "copy",
            "copied",
            "file",
            "open_file",
            "data",
            "pictures",
            "figures_of",
        ),
        *("save_as", "command"),
    )
    asks = state.page in ("ask", "bet")
    hint = words.command_hint_ask if asks else words.command_hint
    Sharing(
        query=state.query(),
        command=command(state),
        content=written(state),
        file=f"kernegotiate-{state.page}-{state.coordinator}-{state.seed}.json",
        about=about(state),
        table=table.value,
        figures=told(picture.value, state, words),
        largest=LARGEST,
        words={name: getattr(words, name) for name in names} | {"command_hint": hint},
        event_opened=open_file,
        event_oversized=refuse,
        event_wanted=give_data,
        event_asked=lambda name: picture.set("" if name == picture.peek() else name),
    )


def told(name: str, state: State, words: Words) -> dict[str, Any] | None:
    """The figures behind a picture as the page shows them, and as a file; None for none."""
    found = figures(name, state, words) if name else None
    if found is None:
        return None
    return {
        "name": name,
        "heads": list(found.heads),
        "rows": found.told(words),
        "file": f"{about(state)['stem']}-{name}.csv",
        "text": found.csv(),
    }


def about(state: State) -> dict[str, str]:
    """What a saved picture says of itself: the name of its file, and of what it is a picture."""
    body = f"{state.coordinator}-{state.other}" if state.page == "compare" else state.coordinator
    stem = f"kernegotiate-{__version__}-{state.scenario}-{body}-seed-{state.seed}"
    told = f"scenario {state.scenario}, coordinator {state.coordinator}"
    if state.page == "compare":
        told += f" and {state.other}"
    told += f", seed {state.seed}"
    if state.page != "ask":
        stem, told = f"{stem}-year-{state.year}", f"{told}, year {state.year}"
    told += f", kernegotiate {__version__}"
    return {"stem": stem, "told": told, "query": state.query()}


def command(state: State) -> str:
    """A command line that gives the figures that are shown.

    A run is told whole, and the figures of each of its years go to a file in a folder.
    """
    if state.page in ("ask", "bet"):
        return state.run.command("what-if")
    sides = {"": state.run}
    if state.page in ("compare", "debrief"):
        sides = {"-first": state.run, "-second": state.other_run}
    return " ; ".join(
        f"{run.command('run')} --out {shlex.quote(f'{run.coordinator}-{run.seed}{side}')}"
        for side, run in sides.items()
    )


def written(state: State) -> str:
    """A state as a small file."""
    return json.dumps({"kernegotiate": __version__, "view": state.query()}, indent=1) + "\n"


def read(text: str) -> str | None:
    """The query in a file that `written` wrote; None if it is no such file."""
    if len(text) > 10 * LONGEST_LINK:
        return None
    try:
        view = json.loads(text)["view"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return view if isinstance(view, str) else None


def data(state: State) -> tuple[str, str]:
    """Name and text of a CSV file with what is shown: runs of an ensemble, or events of a run.

    Each event says of which run it is, the first or the second, and what is changed there.
    """
    if state.page in ("ask", "bet"):
        found = ensemble(state.run)
        losses = losses_of(found)
        new = losses.columns.difference(found.outcomes.columns, sort=False)
        table = found.outcomes.join(losses[new])
        return "runs.csv", table.to_csv()
    sides = {"first": state.run}
    if state.page in ("compare", "debrief"):
        sides["second"] = state.other_run
    tables = [
        EventLog(film(run).at(state.year).log)
        .table()
        .assign(
            run=side,
            coordinator=run.coordinator,
            settings=" ".join(f"{name}={str(value).lower()}" for name, value in run.changes),
        )
        for side, run in sides.items()
    ]
    return "events.csv", pd.concat(tables).to_csv(index=False)
