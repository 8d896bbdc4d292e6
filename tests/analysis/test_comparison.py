"""Institutions side by side on the same runs."""

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest

import kernegotiate as kn
from kernegotiate.analysis import Comparison, paired_runs
from kernegotiate.analysis.comparison import DIFFERENCES, LEVELS
from kernegotiate.analysis.estimators import estimate
from kernegotiate.engine.outcomes import OUTCOMES

SMALL: dict[str, Any] = {"runs": 70, "seed": 5, "years": 8}


@pytest.fixture(scope="module")
def found() -> Comparison:
    return kn.compare("mekong_delta", ["none", "lga", "empowered_board"], **SMALL)


def test_tables_are_tidy(found: Comparison) -> None:
    assert tuple(found.levels.columns) == LEVELS
    assert tuple(found.differences.columns) == DIFFERENCES
    assert len(found.levels) == 3 * len(OUTCOMES)
    assert len(found.differences) == 2 * len(OUTCOMES)
    assert list(found.runs) == ["none", "lga", "empowered_board"]
    assert found.scenario.years == 8
    assert (found.seed, found.confidence) == (5, 0.95)


def test_numbers_are_those_of_the_estimators(found: Comparison) -> None:
    board = estimate(found.runs["empowered_board"].outcomes, "signed_gap")
    none = estimate(found.runs["none"].outcomes, "signed_gap")
    rows = found.levels.set_index(["coordinator", "outcome"])
    level = rows.loc["none", "signed_gap"]
    assert level[["value", "se"]].tolist() == [none.value, none.error]
    assert (level["low"], level["high"]) == none.interval()
    assert level["runs"] == none.counted
    rows = found.differences.set_index(["coordinator", "outcome"])
    difference = rows.loc["empowered_board", "signed_gap"]
    assert difference["value"] == board.value - none.value
    assert difference["se"] == (board - none).error
    assert difference["baseline"] == "none"


def test_all_meet_the_same_projects(found: Comparison) -> None:
    best = [runs.outcomes["first_best"] for runs in found.runs.values()]
    assert best[0].equals(best[1])
    assert best[0].equals(best[2])
    rows = found.differences[found.differences["outcome"] == "first_best"]
    assert (rows[["value", "low", "high", "se"]] == 0).all(axis=None)


def test_pairing_saves_variance(found: Comparison) -> None:
    rows = found.differences.set_index(["coordinator", "outcome"])
    assert rows.loc["lga", "welfare"]["saved"] > 0.1


@pytest.mark.parametrize("threads", [1, 2])
def test_threads_change_nothing(found: Comparison, threads: int) -> None:
    again = kn.compare("mekong_delta", ["none", "lga", "empowered_board"], threads=threads, **SMALL)
    pd.testing.assert_frame_equal(again.levels, found.levels, check_exact=True)
    pd.testing.assert_frame_equal(again.differences, found.differences, check_exact=True)


def test_equal_institutions_differ_by_exactly_nothing() -> None:
    levers = kn.load_institution("empowered_board").levers  # with a fund: all is defined
    found = kn.compare("mekong_delta", {"one": "empowered_board", "other": levers}, **SMALL)
    assert (found.differences[["value", "low", "high", "se"]] == 0).all(axis=None)
    assert set(found.differences["saved"].dropna()) == {1.0}
    assert found.runs["other"].institution.title == "Custom levers"


def test_equal_institutions_are_simulated_once(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def counting(*args: Any, **kwargs: Any) -> kn.Runs:
        calls.append(args)
        return kn.simulate(*args, **kwargs)

    monkeypatch.setattr(paired_runs, "simulate", counting)
    progress: list[tuple[int, int]] = []
    kn.compare(
        "mekong_delta",
        {"one": "lga", "none": "none", "other": "lga"},
        runs=4,
        years=3,
        progress=lambda done, total: progress.append((done, total)),
    )
    assert len(calls) == 2
    assert progress == [(4, 8), (8, 8)]


def test_baseline_outcomes_and_confidence() -> None:
    found = kn.compare(
        "mekong_delta",
        ["none", "lga"],
        runs=8,
        years=4,
        baseline="lga",
        outcomes=["welfare", "died", "welfare"],
        confidence=0.5,
        quota=0.5,
    )
    assert set(found.differences["coordinator"]) == {"none"}
    assert list(dict.fromkeys(found.levels["outcome"])) == ["welfare", "died"]
    assert all(runs.institution.levers.quota == 0.5 for runs in found.runs.values())
    wide = (found.levels["high"] - found.levels["low"]) / found.levels["se"]
    assert wide.to_numpy() == pytest.approx(2 * 0.7111, abs=1e-3)


def test_one_institution_has_levels_only() -> None:
    found = kn.compare("mekong_delta", "lga", runs=2, years=2)
    assert found.differences.empty
    assert tuple(found.differences.columns) == DIFFERENCES


def test_undefined_is_nan() -> None:
    found = kn.compare("mekong_delta", ["none", "lga"], runs=3, years=2, rate=0.0)
    rows = found.levels.set_index(["coordinator", "outcome"])
    assert math.isnan(rows.loc["lga", "signed_gap"]["value"])
    assert rows.loc["lga", "agreement_rate"]["runs"] == 0
    assert rows.loc["lga", "welfare"]["value"] == 0
    assert np.isfinite(rows.loc["lga", "mean_trust"]["value"])


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"runs": 1}, "runs is 1; allowed: a whole number from 2"),
        ({"seed": -1}, "seed is -1; allowed: a whole number from 0"),
        ({"confidence": 1.0}, "confidence: found 1.0, allowed is a number in (0, 1)"),
        ({"outcomes": ["signd"]}, "outcomes: there is no 'signd', did you mean 'signed'?"),
        ({"baseline": "lgb"}, "baseline: 'lgb' is not compared, allowed is one of none, lga"),
        ({"coordinators": []}, "coordinators: found none"),
        ({"coordinators": ["lga", "lga"]}, "coordinators: found 'lga' twice, allowed is once"),
        ({"coordinators": ["lgb"]}, "institution: there is no built-in 'lgb'"),
        ({"scenario": "delta"}, "scenario: there is no built-in 'delta'"),
        ({"quotta": 1}, "override: quotta: unknown keyword, did you mean 'quota'?"),
    ],
)
def test_what_is_wrong_is_told(arguments: dict[str, Any], sentence: str) -> None:
    usual = {"scenario": "mekong_delta", "coordinators": ["none", "lga"], "runs": 2}
    with pytest.raises(kn.ScenarioError) as error:
        kn.compare(**{**usual, **arguments})
    assert str(error.value).startswith(sentence)
