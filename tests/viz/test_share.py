"""Taking a view along: a command line with the same figures, a file, the data."""

import io
import json
import shlex
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import solara

from kernegotiate.analysis.changes import CHANGED
from kernegotiate.analysis.changes import USUAL as OTHER
from kernegotiate.cli import main
from viz import share
from viz.asking import OUTCOMES, TOGETHER, USUAL, YOURS, ask, ensemble
from viz.film import film
from viz.session import Session
from viz.state import RUNS, State
from viz.words import speak
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


def test_the_command_is_that_of_the_page() -> None:
    state = STATES[2]
    one, other = share.command(state).split(" ; ")
    assert one == f"{state.run.command('run')} --out empowered_board-4-first"
    assert other == f"{state.other_run.command('run')} --out none-4-second"
    assert "--coordinator none" in other
    assert "calendar=random" in other
    assert "levy_rate" not in other
    assert share.command(State()) == f"{State().run.command('run')} --out advisory_council-1"


@pytest.mark.parametrize(
    "state",
    [
        State(),
        State(page="compare", coordinator="lga", other="lga", seed=3).changed("quota", 0.5),
    ],
    ids=["watch", "compare"],
)
def test_the_commands_give_the_figures_of_every_year(
    state: State,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    runs = [state.run, state.other_run] if state.page == "compare" else [state.run]
    commands = share.command(state).split(" ; ")
    folders = {shlex.split(command)[-1] for command in commands}
    for run, command in zip(runs, commands, strict=True):
        story = say(command, capsys)["story"]
        folder = shlex.split(command)[-1]
        years = pd.read_csv(tmp_path / folder / "trajectory.csv").set_index("year")
        for year in (1, 8, 23, int(years.index[-1])):
            view = film(run).at(year)
            now = view.history.iloc[-1]
            for column in ("arrived", "signed", "completed", "died", "welfare", "first_best"):
                assert years.loc[year, column] == now[column]
            opened = {
                line["code"] for line in story if line["year"] <= year and "opens" in line["news"]
            }
            assert len(opened) == now.completed
    assert folders == {path.name for path in tmp_path.iterdir()}
    assert len(folders) == len(runs)


@pytest.mark.parametrize(
    "state",
    [
        replace(STATES[2], page="ask"),
        State(page="ask", coordinator="lga", seed=2**63 - 1).changed("trust", 0.3),
        State(page="ask"),
    ],
    ids=["several", "one", "none"],
)
def test_the_command_gives_both_sides_of_what_if(
    state: State, capsys: pytest.CaptureFixture[str]
) -> None:
    told = say(share.command(state), capsys)
    answer = ask(state.run, state.preset)
    levels = {(row["coordinator"], row["outcome"]): row for row in told["comparison"]["levels"]}
    differences = {row["outcome"]: row for row in told["comparison"]["differences"]}
    for outcome in OUTCOMES:
        assert levels[CHANGED, outcome]["value"] == answer.levels[outcome]
        row = differences[outcome]
        apart = row["value"], (row["high"] - row["low"]) / 2
        assert apart == answer.differences[outcome]
    for whose, side in ((YOURS, CHANGED), (USUAL, OTHER)):
        ledger, causes, parts = (
            [row for row in told["explanation"][table] if row["coordinator"] == side]
            for table in ("ledger", "causes", "parts")
        )
        assert {row["line"]: row["share"] for row in ledger} == answer.ledger[whose]
        (together,) = (row["share"] for row in parts if row["part"] == "not_built")
        lost = {row["cause"]: row["lost"] for row in causes}
        assert {TOGETHER: together} | lost == answer.causes[whose]


@pytest.mark.parametrize(
    ("page", "said"),
    [("watch", "trajectory.csv"), ("compare", "trajectory.csv"), ("ask", "differences")],
)
def test_the_hint_says_what_the_command_gives(page: str, said: str) -> None:
    box, shown = solara.render(
        share.Share(Session(), State(page=page), speak("en")), handle_error=False
    )
    (sharing,) = box.children
    assert said in sharing.words["command_hint"]
    shown.close()


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
        "[" * 200_000,
        '{"view":' * 200_000,
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
    assert set(table["run"]) == {"first"}
    assert table["settings"].isna().all()


def test_data_of_two_runs_are_told_apart() -> None:
    _, text = share.data(State(page="compare", year=9))
    table = pd.read_csv(io.StringIO(text))
    for name in ("advisory_council", "empowered_board"):
        rows = table[table["coordinator"] == name]
        assert len(rows) == len(views_of(run_of(name))[9].log)


def test_data_of_two_variants_of_one_coordinator_are_told_apart() -> None:
    state = State(page="compare", coordinator="lga", other="lga", year=9)
    state = state.changed("quota", 0.5).changed("backstop", True).changed("trust", 0.3)
    _, text = share.data(state)
    table = pd.read_csv(io.StringIO(text), keep_default_na=False)
    first, second = (table[table["run"] == side] for side in ("first", "second"))
    assert len(first) + len(second) == len(table)
    assert set(first["coordinator"]) == set(second["coordinator"]) == {"lga"}
    assert set(first["settings"]) == {"backstop=true quota=0.5 trust=0.3"}
    assert set(second["settings"]) == {"trust=0.3"}
    changed = run_of("lga", backstop=True, quota=0.5, trust=0.3)
    for rows_of, run in ((first, changed), (second, run_of("lga", trust=0.3))):
        assert rows_of["event"].tolist() == [event.event for event in views_of(run)[9].log]


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
