"""Call the command line as a user does."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from kernegotiate.cli import main


class Said(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out, parse_constant=pytest.fail)


@pytest.fixture(autouse=True)
def warm(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Let the engine pass for compiled, so that nothing is said about it."""
    folder = tmp_path / "engine"
    folder.mkdir()
    for entry in ("ensemble.ensemble", "vote.weigh_vote"):
        (folder / f"{entry}-1.nbc").touch()
    monkeypatch.setattr("kernegotiate.engine.cache.cache_folder", lambda: folder)


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Callable[[str], Said]:
    """Run a command line; argparse leaves by SystemExit."""

    def run(line: str) -> Said:
        try:
            code = main(line.split())
        except SystemExit as leaving:
            code = int(leaving.code or 0)
        return Said(code, *capsys.readouterr())

    return run
