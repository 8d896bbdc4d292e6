"""The null of each lever, as the table of docs/model.md, section 3.4.16, has it."""

from kernegotiate.scenario import Levers

NULLS = {
    "decider": 0.0, "bar": 1.0, "capture": 0.0, "captor": "host", "delegates": 0.0,
    "quota": 1.0, "proposal_rule": "equal", "linkage": 1, "rounds": 0,
    "meeting_capacity": 0.0, "side_payments": False, "veto_points": 0, "approval_years": 1,
    "send_back": 0.0, "agenda": "members", "membership": "mandatory", "plan_supremacy": 0.0,
    "contract_completeness": 0.3, "monitoring": 0.2, "sanction": 0.0, "match_rate": 0.0,
    "grant_budget": 0.0, "grant_bar": 0.0, "grant_carry": 0.0, "partial_grants": False,
    "withheld_share": 0.0, "levy_rate": 0.0, "backstop": False,
    "equalisation": 0.0, "staff_loyalty": 1.0, "delegate_loyalty": 1.0, "kpi_regional": 0.0,
    "central_support": 0.0, "bonds": 0.0, "earmark": 1.0,
    "institutional_memory": 0.0, "chair_rank": 0.0,
    "data_sharing": 0.0, "mediation": 0.0, "hosted_costs": 0.0,
}  # fmt: skip


def test_a_lever_that_is_not_set_is_at_its_null():
    assert Levers().model_dump() == NULLS
