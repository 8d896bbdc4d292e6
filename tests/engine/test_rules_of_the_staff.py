"""Whom a secretariat serves, and whom the delegates: docs/model.md, 3.4.17."""

import pytest

from small_worlds import begun, close, project, towns


def rules(staff, delegates=1.0, **values):
    scenario = towns(
        project("ABC", (9, 9, 9)), noise=0.4, estimate_error=0.4, evasion=0.5, **values
    )
    return begun(
        scenario, staff_loyalty=staff, delegate_loyalty=delegates, monitoring=0.8, rounds=5,
        data_sharing=0.5, kpi_regional=0.2,
    ).rules  # fmt: skip


def test_staff_for_home_blunt_enforcement_and_nothing_else_unless_they_shirk():
    """Detection .8 (1 - .5 x .6); data and drafts as they were."""
    found = rules(0.6)
    assert found.detection == close(0.8 * 0.7)
    assert (found.noise, found.estimate_error) == close((0.4 * 0.5, 0.4 * 0.75))
    assert found.drafts == 2 + 5


def test_staff_who_shirk_hold_back_data_and_drafts():
    """.5 x .6 of their work is missing: data .35, drafts 3 of 5."""
    found = rules(0.6, shirking=0.5)
    assert (found.noise, found.estimate_error) == close((0.4 * 0.65, 0.4 * (1 - 0.35 / 2)))
    assert found.information == 0.0
    assert found.drafts == 2 + 3


@pytest.mark.parametrize("staff", [0.0, 1.0])
def test_delegates_vote_as_loyal_as_they_are_whoever_works_for_the_body(staff):
    found = rules(staff, delegates=0.3)
    assert (found.home_at_vote, found.home) == close((0.3 * 0.8, 0.8))
