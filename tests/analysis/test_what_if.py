"""What a change does: the same draws with it and without, in Python and on the command line."""

import json
import shlex
from typing import Any

import pytest

import kernegotiate as kn
from kernegotiate.analysis.changes import CHANGED, USUAL
from kernegotiate.cli import main

CHANGE = {"trust": 0.8, "monitoring": 1.0, "sanction": 1.0}


@pytest.fixture(scope="module")
def found() -> kn.WhatIf:
    return kn.what_if("mekong_delta", "advisory_council", runs=40, seed=3, **CHANGE)


def test_both_sides_are_what_is_run_by_itself(found: kn.WhatIf) -> None:
    sides = {CHANGED: CHANGE, USUAL: {}}
    for name, settings in sides.items():
        alone = kn.simulate(
            "mekong_delta", "advisory_council", runs=40, seed=3, explain=True, **settings
        )
        assert found.comparison.runs[name].outcomes.equals(alone.outcomes)
        assert found.explanation.runs[name].losses.equals(alone.losses)
    assert set(found.comparison.differences["baseline"]) == {USUAL}
    assert found.comparison.differences["value"].abs().max() > 0


def test_no_change_makes_no_difference() -> None:
    same = kn.what_if("mekong_delta", "lga", runs=10)
    assert (same.comparison.differences["value"].dropna() == 0).all()
    assert (same.explanation.differences["value"] == 0).all()


def test_the_command_line_says_the_same(
    found: kn.WhatIf, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = " ".join(f"{name}={value}" for name, value in CHANGE.items())
    line = f"what-if mekong_delta advisory_council --runs 40 --seed 3 --set {settings}"
    assert main([*shlex.split(line), "--json"]) == 0
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert told["settings"] == CHANGE
    assert told["coordinator"] == "advisory_council"
    values = [row["value"] for row in told["comparison"]["differences"]]
    expected = found.comparison.differences["value"]
    assert values == expected.astype(object).where(expected.notna(), None).tolist()
    shares = [row["share"] for row in told["explanation"]["ledger"]]
    assert shares == found.explanation.ledger["share"].tolist()
    assert main(shlex.split(line)) == 0
    text = capsys.readouterr().out
    assert "Difference from usual" in text
    assert "Where the best possible went" in text


def test_what_is_wrong_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(kn.ScenarioError, match="trust"):
        kn.what_if("mekong_delta", "lga", trust=2.0)
    with pytest.raises(kn.ScenarioError, match="runs"):
        kn.what_if("mekong_delta", "lga", runs=1)
    assert main(shlex.split("what-if mekong_delta lga --set trust=2")) == 2
    assert capsys.readouterr().err.count("\n") == 1
