"""`validate` on the command line."""

from pathlib import Path
from typing import Any

import pytest

from fact_helpers import MONEY
from kernegotiate.analysis.validation.validation import POINTS, RUNS, SEED
from kernegotiate.cli.parser import build_parser


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "money.toml"
    path.write_text(MONEY)
    return path


def test_a_fact_of_ones_own_is_judged_and_written_about(
    say: Any, own: Path, tmp_path: Path
) -> None:
    command = f"validate --facts {own} --points 24 --runs 20"
    said = say(f"{command} --report {tmp_path / 'report'}")
    assert said.code == 0
    assert "24 points of the plausible box" in said.out
    [line] = [line for line in said.out.splitlines() if line.startswith("money")]
    assert "Money for joint works" in line
    page = (tmp_path / "report" / "validation.md").read_text()
    assert "### money" in page
    assert (tmp_path / "report" / "validation" / "money.svg").exists()
    found = say(f"{command} --json").json
    [fact] = found["facts"]
    assert fact["verdict"] in line
    assert found["parts"][0]["points"] == 24


def test_runs_are_kept_and_gone_on_with(say: Any, own: Path, tmp_path: Path) -> None:
    command = f"validate --facts {own} --points 24 --runs 20 --out {tmp_path / 'runs'}"
    first = say(f"{command} --json").json
    again = say(f"{command} --resume --json").json
    assert first == again
    refused = say(command)
    assert refused.code == 2
    assert "--resume" in refused.err
    other = say(command.replace("--points 24", "--points 25") + " --resume")
    assert other.code == 2
    assert str(tmp_path / "runs") in other.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("--only SF999", "did you mean"),
        ("--only SF04 --resume", "--out"),
        ("--facts nowhere.toml", "no such file"),
        ("--only SF04 --points 1", "2"),
        ("--only SF04 --beside nowhere.csv", "nowhere.csv"),
    ],
)
def test_what_is_wrong_is_told_in_a_sentence(say: Any, words: str, told: str) -> None:
    said = say(f"validate {words}")
    assert said.code == 2
    assert told in said.err
    assert "Traceback" not in said.err


def test_the_command_and_the_function_have_the_same_defaults() -> None:
    """The parser, which loads nothing, writes them down a second time."""
    asked = build_parser().parse_args(["validate"])
    assert (asked.points, asked.runs, asked.seed) == (POINTS, RUNS, SEED)


def test_a_report_that_cannot_be_written_is_refused_before_anything_is_run(
    say: Any, own: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("here")
    said = say(f"validate --facts {own} --out {tmp_path / 'runs'} --report {tmp_path / 'file'}")
    assert said.code == 2
    assert "cannot be written" in said.err
    assert not (tmp_path / "runs").exists()
