"""Taking a view along: a command line with the same figures, a file, the data."""

import io
import json
import shlex
from typing import Any

import numpy as np
import pandas as pd
import pytest

from kernegotiate.cli import main
from viz import share
from viz.asking import OUTCOMES, YOURS, ask, ensemble
from viz.film import film
from viz.state import RUNS, State
from viz_helpers import run_of, views_of

STATES = [
    State(),
    State(coordinator="lga", seed=2**63 - 1, year=17, government="92", language="vi"),
    State(coordinator="empowered_board", other="none", page="compare", seed=4)
    .changed("levy_rate", 0.015)
    .changed("backstop", False)
    .changed("proposal_rule", "benefit")
    .changed("calendar", "random")
    .changed("trust", 0.30000000000000004)
    .changed("rounds", 7),
]


def say(command: str, capsys: pytest.CaptureFixture[str]) -> Any:
    """What a command line answers."""
    program, *words = shlex.split(command)
    assert program == "kernegotiate"
    assert main([*words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.coordinator)
def test_the_command_for_a_run_gives_its_figures(
    state: State, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = say(state.run.command("run"), capsys)
    latest = film(state.run).at(1000).history.iloc[-1]
    outcomes = answer["outcomes"]
    assert latest.first_best == outcomes["first_best"] > 0
    for column in ("arrived", "signed", "completed", "died", "welfare"):
        assert latest[column] == outcomes[column]
    assert answer["settings"] == state.run.settings


@pytest.mark.parametrize("state", [STATES[0], STATES[2]], ids=lambda state: state.coordinator)
def test_the_command_for_an_ensemble_gives_its_figures(
    state: State, capsys: pytest.CaptureFixture[str]
) -> None:
    told = say(state.run.command("explain"), capsys)
    answer = ask(state.run, state.preset)
    assert told["runs"] == RUNS
    assert {row["line"]: row["share"] for row in told["ledger"]} == answer.ledger[YOURS]
    assert {row["cause"]: row["share"] for row in told["causes"]} == answer.causes[YOURS]
    told = say(state.run.command("compare"), capsys)
    levels = {row["outcome"]: row["value"] for row in told["levels"]}
    assert {outcome: levels[outcome] for outcome in OUTCOMES} == answer.levels


def test_the_command_is_that_of_the_page() -> None:
    state = STATES[2]
    one, other = share.command(state).split(" ; ")
    assert (one, other) == (state.run.command("run"), state.other_run.command("run"))
    assert "--coordinator none" in other
    assert "calendar=random" in other
    assert "levy_rate" not in other
    asking = State(page="ask").changed("trust", 0.3)
    both = [asking.run.command(what) for what in ("compare", "explain")]
    assert share.command(asking).split(" ; ") == both
    assert share.command(State()) == State().run.command("run")


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.coordinator)
def test_a_file_brings_back_the_page(state: State) -> None:
    query = share.read(share.written(state))
    assert query is not None
    assert State.read(query) == state


@pytest.mark.parametrize(
    "text",
    [
        "",
        "year,event\n1,voted",
        "[]",
        "[1]",
        "3",
        "null",
        '{"view": 3}',
        '{"vieww": ""}',
        "{",
        "\0",
    ],
)
def test_other_files_are_not_read(text: str) -> None:
    assert share.read(text) is None


def test_data_of_a_run_are_its_events_so_far() -> None:
    name, text = share.data(State(year=9))
    assert name == "events.csv"
    table = pd.read_csv(io.StringIO(text), dtype={"government": str})
    view = views_of(run_of())[9]
    assert table["year"].max() == 9
    assert table["event"].tolist() == [event.event for event in view.log]
    assert table["amount"].tolist() == pytest.approx([event.amount for event in view.log])
    assert table["government"].fillna("").tolist() == [e.government or "" for e in view.log]
    assert set(table["coordinator"]) == {"advisory_council"}


def test_data_of_two_runs_are_told_apart() -> None:
    _, text = share.data(State(page="compare", year=9))
    table = pd.read_csv(io.StringIO(text))
    for name in ("advisory_council", "empowered_board"):
        rows = table[table["coordinator"] == name]
        assert len(rows) == len(views_of(run_of(name))[9].log)


def test_data_of_an_ensemble_are_its_runs() -> None:
    state = State(page="ask", coordinator="lga")
    name, text = share.data(state)
    assert name == "runs.csv"
    table = pd.read_csv(io.StringIO(text))
    known = ensemble(state.run)
    assert len(table) == RUNS
    for outcome in ("completion_rate", "efficiency"):
        assert np.array_equal(table[outcome], known.outcomes[outcome])
    assert known.losses is not None
    assert np.array_equal(table["abandoned"], known.losses["abandoned"])
    assert len(set(table.columns)) == len(table.columns)
