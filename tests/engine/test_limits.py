"""Limits that must hold whatever the numbers (MODEL section 13)."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine_helpers import in_bulk
from kernegotiate.batch import simulate
from kernegotiate.scenario.changes import in_turn
from strategies import institutions, scenarios
from theory.checks import PAROCHIAL, SELFLESS, gains, study


@pytest.mark.parametrize(
    "copies", [{"duplicable": 0.0}, {"copy_ratio": 0.99}, {}, {"copy_crowding": 50.0}]
)
def test_selfless_leaders_need_no_institution(copies):
    """Efficiency 1 to 1e-9 in every run under `none`, whether or not a first copy pays."""
    runs = simulate("mekong_delta", "none", runs=200, **SELFLESS, **copies).outcomes
    assert (runs.efficiency - 1).abs().max() < 1e-9
    assert runs.agreement_rate.mean() > 0.5


def test_wholly_parochial_leaders_build_nothing_together():
    """No renewal, no legacy, no credit, and every work opens after every term."""
    runs = simulate("mekong_delta", "none", runs=200, **PAROCHIAL).outcomes
    assert runs.completed.max() == 0
    # One year less of building, and somebody would be in office to see it open.
    assert (
        simulate(
            "mekong_delta", "none", runs=200, build_min=1, build_max=1
        ).outcomes.completed.max()
        > 0
    )


@pytest.mark.parametrize("ratio", [1.3, 1.5, 1.7])
def test_a_board_that_never_refuses_loses_welfare(ratio):
    judging, nodding = (
        simulate("mekong_delta", "empowered_board", runs=400, ratio_mean=ratio, bar=bar).outcomes
        for bar in (1.0, 0.0)
    )
    lost = judging.welfare - nodding.welfare  # the same draws, run by run
    assert lost.mean() - 5 * lost.std() / np.sqrt(len(lost)) > 0
    assert nodding.agreement_rate.mean() > judging.agreement_rate.mean()


@settings(max_examples=150)
@given(scenarios(), institutions(), st.integers(0, 2**63 - 1))
def test_welfare_first_best_and_books(scenario, levers, seed):
    """Welfare never exceeds the first best, books balance, shares and trust stay in range."""
    world, outcomes, years = in_bulk(scenario, levers, seed)
    out = outcomes[0]
    scale = float(world.project["cost"].sum() + np.abs(world.project["benefit"]).sum() * 30 + 1)
    assert out["welfare"] <= out["first_best"] + 1e-9 * scale
    assert out["imbalance"] <= 1e-9 * scale
    assert out["arrived"] == out["completed"] + out["died"] + out["expired"]
    assert out["committed"] == out["completed"] + out["died"]
    assert out["promises_kept"] <= out["promises_due"]
    assert ((world.trust >= 0) & (world.trust <= 1)).all()
    fund, debt = (years[name][years["year"] > 0] for name in ("fund", "debt"))
    budgets = sum(scenario.region.budgets)
    laws = [law for _, law in in_turn(levers, scenario.changes)]
    limit = max(law.bonds * (law.levy_rate + law.central_support) * budgets for law in laws)
    assert (fund >= -limit - 1e-9 * scale).all()
    assert (debt >= 0).all()
    assert (debt <= limit + 1e-9 * scale).all()
    live = world.project[: int(out["arrived"])]
    for row, parties in zip(live, world.party, strict=False):
        shares = parties["share"][: row["k"]]
        if row["signed"] and row["status"] == 3:
            total = shares[parties["inside"][: row["k"]]].sum() + row["match"] + row["fund_share"]
            assert total == pytest.approx(1.0, abs=1e-9)
        if not any(law.side_payments for law in laws):
            assert (shares >= -1e-12).all()


@settings(max_examples=30)
@given(scenarios(), institutions(), st.integers(0, 2**63 - 1), st.randoms(use_true_random=False))
def test_the_order_of_governments_in_a_file_does_not_matter(scenario, levers, seed, random):
    rows = [g.model_dump() for g in scenario.region.governments]
    random.shuffle(rows)
    region = scenario.region.model_validate(scenario.region.model_dump() | {"governments": rows})
    shuffled = scenario.model_copy(update={"region": region})
    _, one, _ = in_bulk(scenario, levers, seed)
    _, other, _ = in_bulk(shuffled, levers, seed)
    assert one.tobytes() == other.tobytes()


@pytest.mark.parametrize("name", ["lga", "conditional_funding", "empowered_board"])
def test_other_codes_only_rename(name):
    """Where nothing is drawn, calling the governments otherwise changes nothing but rounding."""
    own = 1.2 + gains(5, 40, 0.3, 1.0, 12)
    scenario = study(5, own, build=2, life=3).with_overrides(
        estimate_error=0.0, credit_mean=0.0, upfront=0.4, trust=0.7, cover=0.3
    )
    other = dict(zip("abcde", "pqrst"[::-1], strict=True))
    rows = [g.model_dump() | {"code": other[g.code]} for g in scenario.region.governments]
    table = [
        row.model_dump() | {"host": other[row.host], "parties": [other[c] for c in row.parties]}
        for row in scenario.table
    ]
    renamed = scenario.model_validate(
        scenario.model_dump()
        | {"region": scenario.region.model_dump() | {"governments": rows}, "table": table}
    )
    (_, one, _), (_, two, _) = (in_bulk(s, name, 3) for s in (scenario, renamed))
    assert one[0]["signed"] > 0
    for column in one.dtype.names:
        if column not in ("inequality", "imbalance"):
            assert two[0][column] == pytest.approx(one[0][column], rel=1e-6, abs=1e-6, nan_ok=True)
