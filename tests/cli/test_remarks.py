"""A reader is told when a lever does nothing and when two institutions cannot be told apart."""

from pathlib import Path

import pytest

from kernegotiate.cli import main

IDLE = "match_rate 0.3 has no effect while grant_budget is 0."


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main([*words]) in (0, None)
    return " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    "words",
    [
        ("compare", "mekong_delta", "none", "lga", "--runs", "8"),
        ("explain", "mekong_delta", "--coordinator", "lga", "--runs", "8"),
        ("run", "mekong_delta", "--coordinator", "lga", "--seed", "1", "--years", "3"),
    ],
    ids=lambda words: words[0],
)
def test_an_idle_lever_is_told(capsys: pytest.CaptureFixture[str], words: tuple[str, ...]) -> None:
    assert IDLE in said(capsys, *words, "--set", "match_rate=0.3")
    woken = said(capsys, *words, "--set", "match_rate=0.3", "--set", "grant_budget=0.5")
    assert "has no effect" not in woken


def test_a_built_in_institution_is_not_scolded(capsys: pytest.CaptureFixture[str]) -> None:
    assert "Note" not in said(capsys, "compare", "mekong_delta", "none", "lga", "--runs", "8")


def test_twins_are_told(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    own = tmp_path / "twin.toml"
    own.write_text(
        'title = "Twin"\nbased_on = "advisory_council"\n[levers]\nmatch_rate = 0.3\n',
        encoding="utf-8",
    )
    text = said(capsys, "compare", "mekong_delta", "advisory_council", str(own), "--runs", "8")
    assert f"Note, Twin: {IDLE}" in text
    assert "Note, Twin: the same numbers as Advisory council, in every run." in text
