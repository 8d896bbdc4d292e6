"""Progress: the time left is that of the round that is running."""

import io
import sys
from collections.abc import Sequence

import pytest
from rich.progress import Progress as Bar

from kernegotiate.cli import progress


def lines(capsys: pytest.CaptureFixture[str], calls: Sequence[tuple[float, int, int]]) -> list[str]:
    """What is said of calls, each a time, runs done and runs in all."""
    times = iter([time for time, _, _ in calls])
    told = progress._Lines(lambda: next(times))
    for _, done, total in calls:
        told(done, total)
    return capsys.readouterr().err.splitlines()


def test_the_time_left(capsys: pytest.CaptureFixture[str]) -> None:
    calls = [(0, 0, 100), (5, 20, 100), (10, 40, 100), (20, 50, 100), (30, 100, 100)]
    assert lines(capsys, calls) == [
        "40 of 100 runs, about 15 s left",
        "50 of 100 runs, about 20 s left",
    ]


def test_a_round_that_begins_at_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    calls = [(0, 64, 100), (10, 90, 100), (11, 100, 100), (30, 64, 100), (41, 82, 100)]
    assert lines(capsys, calls) == [
        "90 of 100 runs, about 4 s left",
        "82 of 100 runs, about 11 s left",
    ]


def test_a_round_that_adds_to_the_total(capsys: pytest.CaptureFixture[str]) -> None:
    calls = [(0, 0, 100), (50, 100, 100), (60, 100, 400), (70, 200, 400)]
    assert lines(capsys, calls) == ["200 of 400 runs, about 20 s left"]


def test_nothing_is_said_before_anything_is_done(capsys: pytest.CaptureFixture[str]) -> None:
    assert lines(capsys, [(0, 64, 200), (20, 64, 200), (40, 64, 200)]) == []


def test_the_bar_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    bars: list[Bar] = []
    usual = Bar.reset
    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.setattr(Bar, "reset", lambda bar, *a, **k: bars.append(bar) or usual(bar, *a, **k))
    with progress._shown() as told:
        for done, total in [(10, 100), (100, 100), (10, 100), (20, 100), (20, 400)]:
            told(done, total)
    assert len(bars) == 3
