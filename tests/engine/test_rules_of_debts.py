"""Debts of governments, reckoned by hand: docs/model.md, section 3.4.20.

Budgets are 20 each. A work of 60 for two, all due at once, takes 30 of each: 10 are borrowed.
"""

import pytest

from kernegotiate.engine.decisions.appraisal import room
from kernegotiate.engine.layout import BOND, INTEREST, LENDERS
from kernegotiate.engine.losses import LINES
from small_worlds import begun, close, finished, no, project, told, towns, yes

AGREE = {"*": {"vote": lambda _, m: m.year < 4, "honour": yes, "go_alone": no}}
WORK = project("AB", (90, 90))
LATER = project("ABC", (1, 1, 1), year=4)  # so that years go on


def poor(*rows, **values):
    usual = {"budget_share": 0.02, "upfront": 1.0, "ceiling": 1.0, "interest": 0.1, "debt_years": 5}
    return towns(*rows, LATER, **(usual | values))


def stepped(years, scenario, answers=AGREE, **levers):
    model = begun(scenario, answers, **levers)
    for _ in range(years):
        model.step()
    return model


def owed(model):
    return [float(row.debt) for row in model.world.gov]


def test_what_income_does_not_cover_is_borrowed_and_repaid_over_years():
    """10 in year 1; a fifth of it in year 2 with 1 of interest, then a fifth of 8 with .8."""
    model = stepped(1, poor(WORK))
    assert owed(model) == close([10, 10, 0])
    assert told(model, "borrowed", "year", "government", "amount") == [
        (1, "A", close(10)), (1, "B", close(10)),
    ]  # fmt: skip
    lenders = model.world.ledger[3 + LENDERS]
    assert (float(lenders[BOND]), float(lenders[INTEREST])) == (close(-20), 0)
    model.step()
    assert owed(model) == close([8, 8, 0])
    assert float(model.world.gov[0].service) == close(1 + 2)
    assert (float(lenders[BOND]), float(lenders[INTEREST])) == (close(-16), close(2))
    model.step()
    assert owed(model) == close([6.4, 6.4, 0])
    assert len(told(model, "borrowed", "year")) == 2
    assert float(model.world.tally[0].imbalance) == close(0)


def test_interest_of_governments_beyond_society_s_own_rate_is_lost_to_the_region():
    """2 on 20 in year 2, 1.6 on 16 in year 3, 1.28 on 12.8 in year 4; then nothing is under way."""
    d = 0.95
    model = finished(poor(WORK, social_discount=d), AGREE)
    interest = (20 + 16 * d + 12.8 * d**2) * (0.1 * d - (1 - d))
    assert model.outcomes()["welfare"] == close(-60 + 180 * (d**2 + d**3) - interest)
    losses = model.losses()
    assert dict(zip(LINES, losses["line"], strict=True))["interest"] == close(interest)
    assert float(losses["residual"]) == close(0)


def test_without_years_to_repay_nothing_is_borrowed():
    model = stepped(2, poor(WORK, debt_years=0))
    assert owed(model) == [0, 0, 0]
    assert float(room(model.world.gov, 0)) == close(40)


@pytest.mark.parametrize(
    ("ceiling", "years", "signed"), [(1.0, 5, [1]), (1.1, 5, [1, 2]), (1.0, 0, [1, 2])]
)
def test_a_ceiling_is_of_debt(ceiling, years, signed):
    """In year 2 each may spend 20 and owe 20 or 22; 8 are owed and 3 due: 29 or 31 for 30."""
    scenario = poor(WORK, project("AB", (90, 90), year=2), ceiling=ceiling, debt_years=years)
    model = stepped(2, scenario, {})
    assert told(model, "agreed", "year") == signed


def test_who_owes_more_than_the_ceiling_may_spend_what_comes_in():
    """40 are borrowed by order; in year 2 32 are owed, 12 of 20 go to lenders."""
    model = stepped(2, poor(project("AB", (90, 90), cost=120.0), ceiling=0.5), {}, decider=1.0)
    assert owed(model) == close([32, 32, 0])
    assert float(room(model.world.gov, 0)) == close(20 - 12)


def test_copies_are_paid_on_credit_too_and_so_is_the_service_of_debts():
    """A copy of 30 in year 1; in year 2 another, with 3 for lenders: 8 + 30 + 3 - 20."""
    rows = [project("AB", (1, 1), year=y, duplicable=True, life=4) for y in (1, 2)]
    answers = {"*": {"vote": no, "go_alone": no}, "A": {"vote": no, "go_alone": yes}}
    model = stepped(1, poor(*rows, ceiling=9.0), answers)
    assert owed(model) == close([10, 0, 0])
    model.step()
    assert owed(model) == close([8 + 30 + 3 - 20, 0, 0])
