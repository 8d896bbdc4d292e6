"""Bite: for every lever there is a setting in which its extreme changes somebody's decision."""

import pytest

from engine_helpers import agent_by_agent, trail
from kernegotiate.scenario import Levers

# lever: (institution, an extreme, what else the setting needs)
SETTINGS = {
    "decider": ("none", 1.0, {}),
    "bar": ("empowered_board", 0.0, {}),
    "capture": ("empowered_board", 1.0, {"proposal_rule": "equal"}),
    "captor": ("empowered_board", "largest", {"capture": 1.0, "proposal_rule": "equal"}),
    "delegates": ("empowered_board", 1.0, {}),
    "quota": ("advisory_council", 0.2, {}),
    "proposal_rule": ("conditional_funding", "ability", {}),
    "linkage": ("advisory_council", 6, {"parties_max": 2}),
    "rounds": ("none", 20, {}),
    "meeting_capacity": ("none", 10.0, {}),
    "side_payments": ("advisory_council", True, {"rounds": 50}),
    "veto_points": ("empowered_board", 3, {}),
    "approval_years": ("empowered_board", 5, {"veto_points": 1}),
    "send_back": ("empowered_board", 1.0, {"veto_points": 1}),
    "agenda": ("advisory_council", "centre", {}),
    "membership": ("advisory_council", "voluntary", {}),
    "plan_supremacy": ("none", 1.0, {}),
    "contract_completeness": ("advisory_council", 1.0, {}),
    "monitoring": ("conditional_funding", 1.0, {}),
    "sanction": ("conditional_funding", 5.0, {}),
    "match_rate": ("conditional_funding", 0.9, {}),
    "grant_budget": ("conditional_funding", 5.0, {}),
    "grant_bar": ("conditional_funding", 3.0, {}),
    "grant_carry": ("conditional_funding", 1.0, {"grant_budget": 0.02}),
    "partial_grants": ("conditional_funding", True, {"grant_budget": 0.02}),
    "withheld_share": ("advisory_council", 1.0, {}),
    "levy_rate": ("advisory_council", 0.2, {}),
    "backstop": ("empowered_board", True, {"sanction": 0.0}),
    "equalisation": ("advisory_council", 1.0, {}),
    "central_support": ("advisory_council", 0.2, {}),
    "bonds": ("advisory_council", 5.0, {"levy_rate": 0.02}),
    "earmark": ("advisory_council", 0.0, {"levy_rate": 0.1}),
    "staff_loyalty": ("conditional_funding", 0.0, {}),
    "delegate_loyalty": ("advisory_council", 0.0, {}),
    "kpi_regional": ("advisory_council", 1.0, {}),
    "institutional_memory": ("conditional_funding", 1.0, {}),
    "chair_rank": ("advisory_council", 1.0, {}),
    "data_sharing": ("advisory_council", 1.0, {}),
    "mediation": ("advisory_council", 1.0, {"rounds": 20}),
    "hosted_costs": ("advisory_council", 1.0, {}),
}
NULL = Levers()


def test_every_lever_is_here():
    assert SETTINGS.keys() == Levers.model_fields.keys()


@pytest.mark.parametrize("lever", sorted(SETTINGS))
def test_bite(lever):
    name, extreme, needs = SETTINGS[lever]
    small = {"years": 15, "rate": 0.4} | needs
    null = {lever: getattr(NULL, lever)}
    assert extreme != null[lever]
    idle = agent_by_agent("mekong_delta", name, 2, **small | null)
    biting = agent_by_agent("mekong_delta", name, 2, **small | {lever: extreme})
    assert trail(idle) != trail(biting)
