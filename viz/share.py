"""Taking a view along: a link, a small file, the command line that gives the same, the data."""
# ruff: noqa: N802

import json
from collections.abc import Callable
from typing import Any

import pandas as pd
import solara

from kernegotiate import __version__
from kernegotiate.agents.log import EventLog
from viz.asking import ensemble
from viz.film import film
from viz.session import Session
from viz.state import State
from viz.words import Words
from viz.wrong import NotAllowedError, Wrong


@solara.component_vue("share.vue")
def Sharing(
    query: str,
    command: str,
    content: str,
    file: str,
    table: dict[str, str],
    words: dict[str, str],
    event_opened: Callable[[str], None],
    event_wanted: Callable[[], None],
) -> None:
    """See `Share`."""


@solara.component
def Share(session: Session, words: Words) -> None:
    """What there is to take along of what is shown."""
    state = session.state.value
    table: solara.Reactive[dict[str, str]] = solara.use_reactive({})

    def open_file(text: str) -> None:
        query = read(text)
        if query is None:
            error = NotAllowedError("view", text.strip(), "", "saved file")
            session.wrong.value = Wrong("bad_file", error)
        else:
            session.open(query)

    def give_data(*_: Any) -> None:
        name, text = data(session.state.peek())
        table.value = {}  # so that the same table can be asked for twice
        table.value = {"name": name, "text": text}

    names = (
        *("link", "link_hint", "copy", "copied", "file", "open_file", "data", "picture"),
        *("command", "command_hint"),
    )
    Sharing(
        query=state.query(),
        command=command(state),
        content=written(state),
        file=f"kernegotiate-{state.page}-{state.coordinator}-{state.seed}.json",
        table=table.value,
        words={name: getattr(words, name) for name in names},
        event_opened=open_file,
        event_wanted=give_data,
    )


def command(state: State) -> str:
    """A command line that gives the figures that are shown."""
    if state.page == "ask":
        return f"{state.run.command('compare')} ; {state.run.command('explain')}"
    if state.page == "compare":
        return f"{state.run.command('run')} ; {state.other_run.command('run')}"
    return state.run.command("run")


def written(state: State) -> str:
    """A state as a small file."""
    return json.dumps({"kernegotiate": __version__, "view": state.query()}, indent=1) + "\n"


def read(text: str) -> str | None:
    """The query in a file that `written` wrote; None if it is no such file."""
    try:
        view = json.loads(text)["view"]
    except (ValueError, TypeError, KeyError):
        return None
    return view if isinstance(view, str) else None


def data(state: State) -> tuple[str, str]:
    """Name and text of a CSV file with what is shown: runs of an ensemble, or events of a run."""
    if state.page == "ask":
        found = ensemble(state.run)
        table = (
            found.outcomes
            if found.losses is None
            else found.outcomes.join(
                found.losses.drop(columns=[c for c in found.losses if c in found.outcomes])
            )
        )
        return "runs.csv", table.to_csv()
    runs = (state.run, state.other_run) if state.page == "compare" else (state.run,)
    tables = []
    for run in runs:
        view = film(run).at(state.year)
        events = EventLog(view.log).table()
        tables.append(events.assign(coordinator=run.coordinator))
    return "events.csv", pd.concat(tables).to_csv(index=False)
