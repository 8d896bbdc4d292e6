"""Agent by agent in Mesa and compiled in bulk: equal to the last bit."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine_helpers import agent_by_agent, differences, in_bulk
from kernegotiate.engine.outcomes import TRAJECTORY
from kernegotiate.scenario import institution_names
from strategies import institutions, scenarios


def assert_same(model, world, outcomes, years):
    assert differences(world, model.world) == []
    mesa_years = np.array(model._trajectory, TRAJECTORY)
    assert mesa_years.tobytes() == years[: len(mesa_years)].tobytes()
    assert not years[len(mesa_years) :]["year"].any()
    ours = np.array(list(model.outcomes().values()))
    assert np.array_equal(ours, np.array(outcomes[0].tolist()), equal_nan=True)


@settings(max_examples=40)
@given(scenarios(), institutions(), st.integers(0, 2**63 - 1))
def test_mesa_equals_ensemble(scenario, levers, seed):
    model = agent_by_agent(scenario, levers, seed)
    assert_same(model, *in_bulk(scenario, levers, seed))


@pytest.mark.parametrize("name", institution_names())
def test_mesa_equals_ensemble_on_the_mekong_delta(name):
    model = agent_by_agent("mekong_delta", name, 11)
    assert_same(model, *in_bulk("mekong_delta", name, 11))
