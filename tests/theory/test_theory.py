"""The engine against closed forms; ids are those of the theory list in docs/model.md."""

import pytest
from theory.checks import CHECKS
from theory.players import by_agents, in_bulk


@pytest.mark.parametrize("name", CHECKS)
def test_theory(name):
    check = CHECKS[name](in_bulk, 20_000 if name != "A2" else 3000)
    assert check.holds, check


@pytest.mark.parametrize("name", ["A1", "A3", "A6", "A8"])
def test_theory_agent_by_agent(name):
    check = CHECKS[name](by_agents, 300)
    assert check.holds, check
