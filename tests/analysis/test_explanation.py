"""Where the first best went, estimated over runs."""

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest

import kernegotiate as kn
from kernegotiate.analysis.explanation import (
    DIFFERENCES,
    LEDGER,
    LEDGER_LINES,
    PARTS,
    RISKS,
    SPLIT,
    WHY,
    account,
)
from kernegotiate.engine.diagnosis import CAUSES, RISK
from kernegotiate.engine.ensemble import drive
from kernegotiate.engine.layout import COMPLETED
from kernegotiate.engine.losses import LINES, LOSS, lines_of
from kernegotiate.engine.outcomes import OUTCOME, TRAJECTORY
from kernegotiate.engine.prepared import prepare
from kernegotiate.scenario import resolve

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


LAWS = {
    "council": ("advisory_council", {"foresight": 0.0}),
    "grants": ("conditional_funding", {}),
    "fund": ("lga", {"levy_rate": 0.01, "overrun": 0.5}),
    "board": ("empowered_board", {"monitoring": 0.2, "evasion": 1.0}),
}
"""Works die, are crowded out, come late, cost more than planned; bodies cost something."""
SOME = 6


def ledger_of(law: str) -> dict[str, np.ndarray]:
    """Lines of the ledger, works that have causes apart from all else, project by project."""
    coordinator, settings = LAWS[law]
    scenario, institution = resolve("mekong_delta", coordinator, years=15, **settings)
    prepared = prepare(scenario, institution.levers)
    world, rules = prepared.world(), prepared.laws[0].rules
    found = {part: np.zeros(len(LINES)) for part in PARTS}
    nobody, losses = np.zeros((0, 0), TRAJECTORY), np.zeros(1, LOSS)
    for run in range(SOME):
        drive(prepared, world, 3, run, np.empty(1, OUTCOME), nobody, losses)
        for p in range(int(world.tally["projects"][0])):
            lines_of(world, rules, p)
            missed = world.project["best_joint"][p] and world.project["status"][p] != COMPLETED
            found[PARTS[0] if missed else PARTS[1]] += world.line
        for line in ("upkeep", "interest"):  # of no project
            found["other"][LINES.index(line)] += losses["line"][0, LINES.index(line)]
    return found


def lost_of(law: str) -> tuple[kn.Runs, float]:
    """The same runs as everybody gets them, and their first best in all."""
    coordinator, settings = LAWS[law]
    runs = kn.simulate(
        "mekong_delta", coordinator, runs=SOME, seed=3, explain=True, years=15, **settings
    )
    assert runs.losses is not None
    return runs, float(runs.losses["first_best"].sum())


@pytest.mark.parametrize("law", LAWS)
def test_what_the_causes_lost_adds_up_to_the_ledger(law: str) -> None:
    runs, best = lost_of(law)
    found, lines = account({law: runs}, law), ledger_of(law)
    assert tuple(found.parts.columns) == SPLIT
    parts, ledger = by(found.parts, "part")["share"], by(found.ledger, "line")["share"]
    assert found.causes["lost"].sum() == pytest.approx(parts["not_built"], abs=1e-12)
    for part in PARTS:
        assert parts[part] == pytest.approx(lines[part].sum() / best, abs=1e-9)
    assert parts.sum() == pytest.approx(1 - ledger["welfare"], abs=1e-9)
    for line, both in zip(LINES, sum(lines.values()), strict=True):
        assert ledger[line] == pytest.approx(both / best, abs=1e-9)
    blocked = LINES.index("blocked")  # all of it has causes, and it is not all that has
    assert lines["other"][blocked] == 0
    assert 0 < ledger["blocked"] < parts["not_built"]


@pytest.mark.parametrize("cause", ["horizon", "defection"])
def test_a_sum_that_lacks_a_cause_does_not_add_up(cause: str) -> None:
    runs, best = lost_of("council")
    broken = runs.losses
    assert broken is not None
    broken[f"loss_{cause}"] *= 0.999
    found = account({"council": runs}, "council").parts.set_index("part")["share"]
    lost = ledger_of("council")["not_built"].sum() / best
    assert found["not_built"] != pytest.approx(lost, abs=1e-9)


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
    assert np.isnan(found.parts["share"]).all()
    assert not found.parts["value"].any()


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
