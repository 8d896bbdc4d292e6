"""`run`: the story of one run, its ledger, and its files."""

import json
import math
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import kernegotiate as kn
from kernegotiate.analysis.explanation import LEDGER_LINES
from kernegotiate.cli import main, output
from kernegotiate.cli.run_folder import FILES, PROJECT

LINE = "run mekong_delta --coordinator lga --seed 4 --years 8 --set quota=.5"


def lines(text: str, start: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip().startswith(start)]


def in_json(outcomes: dict[str, float]) -> dict[str, float | None]:
    """What is undefined is null."""
    return {name: None if math.isnan(value) else value for name, value in outcomes.items()}


def test_the_numbers_are_those_of_the_ensemble(say: Any) -> None:
    found = say(f"{LINE} --json").json
    runs = kn.simulate("mekong_delta", "lga", runs=1, seed=4, years=8, quota=0.5, explain=True)
    assert runs.losses is not None
    losses = runs.losses.iloc[0]
    assert found["outcomes"] == in_json(runs.outcomes.iloc[0].to_dict())
    assert found["ledger"] == {line: losses[line] for line in LEDGER_LINES}
    assert all(losses[f"cause_{name}"] == weight for name, weight in found["causes"].items())
    assert len(found["failures"]) == losses["not_built"]
    assert found["settings"] == {"quota": 0.5, "years": 8}
    assert found["story"][0].keys() == {"year", "code", "project", "news"}
    assert found["failures"][0].keys() == {"year", "code", "sentence", "first_best", "causes"}


def test_a_reader_sees_the_story_both_verdicts_and_the_causes(say: Any) -> None:
    said = say(LINE)
    assert (said.code, said.err) == (0, "")
    for title in (
        *("Year 1", "Success: agreed and kept?", "Worth: good for the region?"),
        *("What came of it; money in ", "Where the best possible went; ", "Why "),
        *("Abandoned or stalled", "Defection risk", "The largest of them"),
    ):
        assert lines(said.out, title), title
    assert "With quota=0.5, years=8." in said.out
    assert len(max(said.out.splitlines(), key=len)) <= output.WIDEST


def test_the_head_names_the_institution_of_the_start(capsys: pytest.CaptureFixture[str]) -> None:
    main(["run", "mekong_delta", "--coordinator", "none", "--set", "years=5", "changes=3 lga"])
    assert "; No coordinator; 5 years" in capsys.readouterr().out.replace("\n", " ")


@pytest.mark.parametrize("wide", [60, 80])
def test_narrow_terminals(say: Any, monkeypatch: pytest.MonkeyPatch, wide: int) -> None:
    monkeypatch.setattr(output, "WIDEST", wide)
    assert len(max(say(LINE).out.splitlines(), key=len)) <= wide


def test_without_projects(say: Any, tmp_path: Path) -> None:
    line = f"run mekong_delta --years 2 --set rate=0 --out {tmp_path}/run"
    found = say(f"{line} --json").json
    assert found["outcomes"]["agreement_rate"] is None
    assert found["story"] == found["failures"] == []
    said = say(line).out
    assert lines(said, "Signed, % of projects")[0].split()[4] == "-"
    assert "Every work that should have been built jointly was built." in said
    assert tuple(pd.read_csv(tmp_path / "run" / "projects.csv").columns) == PROJECT


def test_files(say: Any, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "run"
    said = say(f"{LINE} --out {folder}")
    assert " ".join(said.out.split()).endswith(f"projects and outcomes are in {folder}.")
    assert {path.name for path in folder.iterdir()} == FILES
    model = kn.RegionModel("mekong_delta", "lga", rng=4, years=8, quota=0.5)
    while not model.is_over:
        model.step()
    saved = json.loads((folder / "outcomes.json").read_text())
    assert saved["outcomes"] == in_json(model.outcomes())
    assert saved["seed"] == 4
    tables = {path.stem: pd.read_csv(path) for path in folder.glob("*.csv")}
    assert len(tables["events"]) == len(model.log)
    assert tables["votes"]["honest"].to_list() == model.log.votes()["honest"].to_list()
    assert len(tables["promises"]) == len(model.log.promises())
    assert tables["trajectory"]["welfare"].iloc[-1] == model.trajectory()["welfare"].iloc[-1]
    projects = tables["projects"].set_index("code")
    assert projects["first_best"].sum() == pytest.approx(model.outcomes()["first_best"])
    for project in model.projects:
        row = projects.loc[project.code]
        assert (row["kind"], row["cost"], row["status"]) == (
            project.kind,
            project.cost,
            project.status,
        )
        assert len(str(row["parties"]).split()) == len(project.parties)
        assert isinstance(row["causes"], str) == bool(project.causes)
        assert math.isnan(row["signed"]) == (project.signed is None)


def test_a_run_may_replace_a_run(say: Any, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    for seed in (1, 2):
        said = say(f"run mekong_delta --years 2 --seed {seed} --out {folder}")
        assert said.code == 0
        assert ("It replaces the run that was in" in said.out) == (seed == 2)
    assert {path.name for path in folder.iterdir()} == FILES
    assert json.loads((folder / "outcomes.json").read_text())["seed"] == 2


def test_a_run_is_replaced_whole_or_not_at_all(
    say: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "run"
    assert say(f"run mekong_delta --years 2 --out {folder}").code == 0
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    synced = []

    def full(handle: int) -> None:
        synced.append(handle)
        if len(synced) > 5:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr("kernegotiate.batch.disk.os.fsync", full)
    said = say(f"run mekong_delta --years 2 --seed 9 --out {folder}")
    assert (said.code, said.err.count("\n")) == (2, 1)
    assert said.err.endswith("No space left on device\n")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize("foreign", ["notes.txt", "events.csv"])
def test_a_folder_of_others_is_left_alone(say: Any, tmp_path: Path, foreign: str) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / foreign).write_text("mine")
    said = say(f"run mekong_delta --years 2 --out {folder}")
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(f"kernegotiate: --out: {folder} holds other files, allowed is")
    assert said.err.count("\n") == 1
    assert [path.name for path in folder.iterdir()] == [foreign]
    assert (folder / foreign).read_text() == "mine"


def test_a_file_is_no_folder(say: Any, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for out in ("file", "file/run"):
        said = say(f"run mekong_delta --years 2 --out {tmp_path}/{out}")
        assert (said.code, said.out) == (2, "")
        assert said.err.startswith(f"kernegotiate: --out: {tmp_path}/{out}")
        assert said.err.count("\n") == 1
