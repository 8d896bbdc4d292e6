"""The loss ledger adds up to the welfare that was booked, with no line left over."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kernegotiate as kn
from engine_helpers import in_bulk
from kernegotiate.agents.local_government import DECISIONS
from kernegotiate.engine.diagnosis import CAUSES
from kernegotiate.engine.losses import LINES
from strategies import institutions, scenarios


def assert_adds_up(loss, scale):
    assert abs(loss["residual"]) <= 1e-9 * scale
    told = loss["first_best"] - sum(loss["line"])
    assert abs(told - loss["welfare"]) <= 1e-9 * scale
    for name in (
        "blocked",
        "crowded_out",
        "overreach",
        "unbuilt",
        "transaction",
        "overrun",
        "upkeep",
        "interest",
    ):
        assert loss["line"][LINES.index(name)] >= -1e-9 * scale
    assert loss["cause"].min() >= 0
    assert abs(loss["cause"].sum() - loss["not_built"]) < 1e-9 * max(loss["not_built"], 1)


def size(world):
    return float(world.project["cost"].sum() + np.abs(world.project["benefit"]).sum() * 30 + 1)


@settings(max_examples=150)
@given(scenarios(), institutions(), st.integers(0, 2**63 - 1))
def test_no_residual(scenario, levers, seed):
    world, outcomes, _, loss = in_bulk(scenario, levers, seed, explain=True)
    assert_adds_up(loss, size(world))
    # In another order of sums where a later law lets the planner wait longer.
    assert loss["first_best"] == pytest.approx(outcomes[0]["first_best"], rel=1e-12)


@settings(max_examples=25)
@given(scenarios(), institutions(), st.integers(0, 2**63 - 1), st.randoms(use_true_random=False))
def test_no_residual_whoever_decides(scenario, levers, seed, random):
    """Takeovers that follow no rule at all: the ledger still adds up."""
    model = kn.RegionModel(scenario, levers, rng=seed)
    for government in model.governments:
        for decision in DECISIONS:
            model.take_over(government.code, **{decision: lambda g, m: random.random() < 0.5})
    while model.running:
        model.step()
    assert_adds_up(model.losses(), size(model.world))


@settings(max_examples=15)
@given(scenarios(), institutions(), st.integers(0, 2**63 - 1))
def test_mesa_tells_the_same_losses(scenario, levers, seed):
    _, _, _, loss = in_bulk(scenario, levers, seed, explain=True)
    model = kn.RegionModel(scenario, levers, rng=seed)
    while model.running:
        model.step()
    assert model.losses().tobytes() == loss.tobytes()


def test_explaining_changes_no_number():
    plain = kn.simulate("mekong_delta", "lga", runs=50).outcomes
    told = kn.simulate("mekong_delta", "lga", runs=50, explain=True)
    assert told.outcomes.equals(plain)
    assert len(told.losses.columns) == 4 + len(LINES) + 2 * len(CAUSES)
