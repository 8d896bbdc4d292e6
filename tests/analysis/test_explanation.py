"""Where the first best went, estimated over runs."""

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest

import kernegotiate as kn
from kernegotiate.analysis.explanation import DIFFERENCES, LEDGER, LEDGER_LINES, RISKS, WHY
from kernegotiate.engine.diagnosis import CAUSES, RISK

RUNS = 40


@pytest.fixture(scope="module")
def found() -> kn.Explanation:
    return kn.explain("mekong_delta", ["advisory_council", "lga"], runs=RUNS, seed=3, years=12)


def by(table: pd.DataFrame, *keys: str) -> pd.DataFrame:
    return table.set_index(list(keys))


def test_nothing_is_left_over(found: kn.Explanation) -> None:
    assert found.residual < 1e-9
    for _, rows in found.ledger.groupby("coordinator"):
        lines = rows.set_index("line")
        for column in ("value", "share"):
            lost = lines[column].drop(["first_best", "welfare"]).sum()
            left = lines.loc["first_best", column] - lost
            assert left == pytest.approx(lines.loc["welfare", column], rel=1e-12)


def test_the_ledger_is_tidy(found: kn.Explanation) -> None:
    assert tuple(found.ledger.columns) == LEDGER
    assert found.ledger["line"].tolist() == [*LEDGER_LINES] * 2
    assert (found.ledger["low"] <= found.ledger["value"]).all()
    assert (found.ledger["share_high"] >= found.ledger["share"]).all()


def test_the_welfare_is_that_of_the_comparison(found: kn.Explanation) -> None:
    compared = kn.compare(
        "mekong_delta", ["advisory_council", "lga"], runs=RUNS, seed=3, years=12,
        outcomes=["welfare", "efficiency"],
    )  # fmt: skip
    levels = by(compared.levels, "coordinator", "outcome")
    ledger = by(found.ledger, "coordinator", "line")
    change = by(found.differences, "line")
    paired = by(compared.differences, "outcome")
    for name in ("advisory_council", "lga"):
        for outcome, columns in (
            ("welfare", ["value", "low", "high"]),
            ("efficiency", ["share", "share_low", "share_high"]),
        ):
            mine = ledger.loc[(name, "welfare"), columns].to_list()
            assert mine == pytest.approx(
                levels.loc[(name, outcome), ["value", "low", "high"]].to_list(), rel=1e-9
            )
    mine = change.loc["welfare", ["share", "share_low", "share_high", "saved"]].to_list()
    theirs = paired.loc["efficiency", ["value", "low", "high", "saved"]].to_list()
    assert mine == pytest.approx(theirs, rel=1e-9)


def test_differences_are_paired(found: kn.Explanation) -> None:
    assert tuple(found.differences.columns) == DIFFERENCES
    assert set(found.differences["coordinator"]) == {"lga"}
    assert set(found.differences["baseline"]) == {"advisory_council"}
    best = by(found.differences, "line").loc["first_best"]
    assert best[["value", "low", "high", "share"]].to_list() == [0, 0, 0, 0]
    one, other = (found.runs[name].losses for name in ("lga", "advisory_council"))
    assert one is not None
    assert other is not None
    gap = one["blocked"] - other["blocked"]
    blocked = by(found.differences, "line").loc["blocked"]
    assert blocked["value"] == pytest.approx(gap.mean())
    half = 2.0226909 * gap.std() / math.sqrt(RUNS)
    assert blocked["high"] - blocked["value"] == pytest.approx(half, rel=1e-6)


def test_causes_add_up(found: kn.Explanation) -> None:
    assert tuple(found.causes.columns) == WHY
    for name, rows in found.causes.groupby("coordinator"):
        assert rows["cause"].tolist() == [*CAUSES]
        assert rows["risk"].tolist() == [RISK[cause] for cause in CAUSES]
        assert rows["share"].sum() == pytest.approx(1)
        risks = found.risks[found.risks["coordinator"] == name].set_index("risk")
        assert set(risks.index) == set(RISKS)
        for risk, of_risk in rows.groupby("risk"):
            for column in ("share", "value", "lost"):
                assert risks.loc[risk, column] == pytest.approx(of_risk[column].sum())


def test_an_institution_against_itself_differs_in_nothing() -> None:
    found = kn.explain("mekong_delta", {"one": "lga", "other": "lga"}, runs=4, years=4)
    numbers = found.differences[["value", "low", "high", "share", "share_low", "share_high"]]
    assert not numbers.any(axis=None)


def test_baseline_and_overrides() -> None:
    found = kn.explain(
        "mekong_delta", ["none", "lga"], runs=3, years=3, baseline="lga", quota=0.5, threads=1
    )
    assert set(found.differences["coordinator"]) == {"none"}
    assert all(runs.institution.levers.quota == 0.5 for runs in found.runs.values())


def test_without_projects_shares_are_undefined() -> None:
    found = kn.explain("mekong_delta", "lga", runs=2, years=2, rate=0.0)
    assert found.residual == 0
    assert not found.ledger["value"].any()
    assert found.ledger["share"].isna().all()
    assert found.causes["share"].isna().all()
    assert found.differences.empty
    assert np.isnan(found.risks["lost"]).all()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"runs": 1}, "runs is 1; allowed: a whole number from 2"),
        ({"confidence": 2}, "confidence: found 2, allowed is a number in (0, 1)"),
        ({"baseline": "lgb"}, "baseline: 'lgb' is not compared"),
        ({"coordinators": []}, "coordinators: found none"),
        ({"quotta": 1}, "override: quotta: unknown keyword"),
    ],
)
def test_what_is_wrong_is_told(arguments: dict[str, Any], sentence: str) -> None:
    usual = {"scenario": "mekong_delta", "coordinators": ["none", "lga"], "runs": 2}
    with pytest.raises(kn.ScenarioError) as error:
        kn.explain(**{**usual, **arguments})
    assert str(error.value).startswith(sentence)


def test_runs_that_were_not_asked_have_no_losses() -> None:
    from kernegotiate.analysis.explanation import losses_of

    with pytest.raises(ValueError, match="explain=True"):
        losses_of(kn.simulate("mekong_delta", runs=1, years=1))
