"""Numbers, words and sentences."""

import math
from typing import Any

import pytest

from kernegotiate.analysis.labels import VERDICTS, grouped, label
from kernegotiate.cli.numbers import Money, estimated, figure
from kernegotiate.cli.progress import PAUSE, _Lines, progress, tell_if_cold
from kernegotiate.cli.settings import read_settings
from kernegotiate.cli.words import either, larger, listed
from kernegotiate.engine.outcomes import OUTCOMES
from kernegotiate.scenario import ScenarioError

VND = Money("billion VND")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("quota=0.5", 0.5),
        ("quota=.5", 0.5),
        ("quota=1", 1),
        ("rounds=3", 3),
        ("backstop=true", True),
        ("proposal_rule=benefit", "benefit"),
    ],
)
def test_settings(text: str, value: Any) -> None:
    (found,) = read_settings([text]).values()
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize("text", ["true", "benefit", "[1, 2]", "a=b", "1\nother = 2", "", "1_0"])
def test_a_text_that_is_no_such_value(text: str) -> None:
    with pytest.raises(ScenarioError, match=r"^override: quota: found the text '.*', allowed is "):
        read_settings([f"quota={text}"])


def test_a_choice_is_a_word() -> None:
    assert read_settings(["proposal_rule=true"]) == {"proposal_rule": "true"}


@pytest.mark.parametrize(
    ("value", "half", "unit", "text"),
    [
        (0.71134, 0.0064, "share", "71.1 ±0.6"),
        (-0.0001, 0.0064, "share of spending", "0.0 ±0.6"),
        (100_221.0, 4_860.0, "money", "100,200 ±4,900"),
        (3.14159, 0.0271, "money", "3.14 ±0.03"),
        (-0.5, 12.3, "money", "0 ±12"),
        (0.10023, 0.00011, "0 to 1", "10.02 ±0.01"),
        (0.7, 0.01, "0 to 1", "70.0 ±1.0"),
        (3.178, 0.05, "years", "3.18 ±0.05"),
        (0.0, 0.0, "share", "0.0"),
        (0.0, 0.0, "money", "0"),
        (345_587.0, math.nan, "money", "345,600"),
        (math.nan, math.nan, "share", "-"),
    ],
)
def test_estimates(value: float, half: float, unit: str, text: str) -> None:
    assert estimated(value, half, unit, VND) == text


def test_differences_have_signs() -> None:
    assert estimated(0.1, 0.01, "share", VND, signed=True) == "+10.0 ±1.0"
    assert estimated(-0.1, 0.01, "share", VND, signed=True) == "-10.0 ±1.0"


def test_exact_figures() -> None:
    assert figure(0.5, "share", VND) == "50.0"
    assert figure(math.nan, "share", VND) == "-"
    assert figure(12_345.6, "money", VND) == "12,350"


def test_large_money_has_a_larger_unit() -> None:
    assert Money.to_fit([99_999.0, math.nan], "billion VND") == VND
    assert Money.to_fit([-100_000.0], "billion VND") == Money("trillion VND", 1e-3)
    assert Money.to_fit([], "EUR") == Money("EUR")
    assert larger("EUR") == "thousand EUR"
    assert larger("million USD") == "billion USD"


def test_every_outcome_has_words_and_a_verdict() -> None:
    placed = [name for names in VERDICTS.values() for name in names]
    assert sorted(placed) == sorted(OUTCOMES)
    assert all(len(label(name)) <= 25 for name in OUTCOMES)
    assert grouped(["new_thing", "welfare"])["Other"] == ["new_thing"]
    assert label("new_thing") == "New thing"


def test_lists() -> None:
    assert listed([]) == ""
    assert listed(["A"]) == "A"
    assert listed(["A", "B", "C"]) == "A, B and C"
    assert either(["A"]) == "A"
    assert either(iter("ABC")) == "A, B or C"


def test_waiting_is_told(
    capsys: pytest.CaptureFixture[str], monkeypatch: Any, tmp_path: Any
) -> None:
    folder = tmp_path / "cold"
    folder.mkdir()
    monkeypatch.setattr("kernegotiate.engine.cache.cache_folder", lambda: folder)
    assert tell_if_cold()
    assert capsys.readouterr().err.startswith("Compiling the engine, once")
    (folder / "ensemble.ensemble-29.py312.1.nbc").touch()
    assert not tell_if_cold()
    assert capsys.readouterr() == ("", "")


def test_progress_where_there_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    now = iter([1.0, PAUSE + 1, PAUSE + 2, 2 * PAUSE + 3])
    told = _Lines(lambda: next(now))
    told(1, 100)
    told(25, 100)
    told(30, 100)
    told(100, 100)
    assert capsys.readouterr().err == "25 of 100 runs, about 31 s left\n"
    with progress() as quick:
        quick(1, 2)
    assert capsys.readouterr() == ("", "")


def test_progress_on_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with progress() as told:
        told(1, 2)
    assert capsys.readouterr().out == ""
