"""What is wrong ends as one sentence and an exit code, never as a traceback."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kernegotiate.cli import main
from kernegotiate.cli.commands import list as catalogue


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("describe trst", "describe: nothing is called 'trst', did you mean 'trust'?"),
        ("describe no.toml", "no.toml: there is no such file"),
        ("run delta", "scenario: there is no built-in 'delta'"),
        ("run mekong_delta --coordinator counsel", "institution: there is no built-in 'counsel'"),
        ("run mekong_delta --set quota", "--set: found 'quota', allowed is KEY=VALUE"),
        ("run mekong_delta --set =1", "--set: found '=1', allowed is KEY=VALUE"),
        ("run mekong_delta --set quota=2", "override: quota: found 2, allowed is a finite number"),
        ("run mekong_delta --set quota=x", "override: quota: found the text 'x', allowed is"),
        ("run mekong_delta --set qota=1", "override: qota: unknown keyword, did you mean 'quota'?"),
        ("run mekong_delta --set quota=1 quota=1", "--set: quota: found twice"),
        ("run mekong_delta --years 3 --set years=3", "years: found --years and --set years="),
        ("run mekong_delta --years 401", "override: years: found 401, allowed is a whole number"),
        ("run . --seed 1", ".: found a folder, allowed is a file"),
        ("compare delta none", "scenario: there is no built-in 'delta'"),
        ("compare mekong_delta none non", "institution: there is no built-in 'non'"),
        ("compare mekong_delta none none --runs 2", "coordinators: found 'none' twice"),
        (
            "compare mekong_delta none --set trust=nan",
            "override: trust: found the text 'nan', allowed is",
        ),
    ],
)
@pytest.mark.parametrize("option", ["", " --json"])
def test_errors_are_one_sentence(say: Any, line: str, option: str, sentence: str) -> None:
    said = say(line + option)
    assert said.code == 2
    assert said.out == ""
    assert said.err.startswith(f"kernegotiate: {sentence}")
    assert said.err.count("\n") == 1


def _raise(error: BaseException) -> Callable[..., Any]:
    def fail(*_: Any) -> None:
        raise error

    return fail


def test_interrupted(say: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "answer", _raise(KeyboardInterrupt()))
    assert say("list") == (130, "", "Interrupted.\n")


def test_out_of_memory(say: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "answer", _raise(MemoryError()))
    said = say("list")
    assert (said.code, said.out) == (2, "")
    assert said.err.count("\n") == 1


def test_mistakes_of_our_own_keep_their_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "answer", _raise(ZeroDivisionError()))
    with pytest.raises(ZeroDivisionError):
        main(["list"])


def test_a_reader_may_leave() -> None:
    command = [sys.executable, "-m", "kernegotiate.cli", "list", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


def test_narrow_encodings_lose_letters_only(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kernegotiate.cli", "describe", "lga"]
    environment = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = subprocess.run(command, capture_output=True, check=True, env=environment)
    assert done.stderr == b""
    assert b"Local government association" in done.stdout
