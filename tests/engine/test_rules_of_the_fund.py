"""The fund's money, reckoned by hand: docs/model.md, section 3.4.20.

Budgets are 60 each, so that a levy or a support of .1 brings 18 a year.
"""

import pytest

from kernegotiate.engine.layout import (
    AID,
    BOND,
    CENTRE,
    COPIES,
    FINE,
    FUND,
    INTEREST,
    LENDERS,
    SUPPORT,
    WORKS,
)
from kernegotiate.engine.losses import LINES
from small_worlds import begun, bound, close, events, finished, lead, no, project, told, towns, yes

REFUSE = {"*": {"vote": no, "go_alone": no}}
AGREE = {"*": {"vote": yes, "honour": yes, "go_alone": no}}
LATER = project("ABC", (1, 1, 1), year=4)  # so that years go on


def stepped(years, scenario, answers, **levers):
    model = begun(scenario, answers, **levers)
    for _ in range(years):
        model.step()
    return model


def joined(*rows, **values):
    """Towns that sign whatever is of year 1 to 3, and nothing later."""
    return towns(*rows, LATER, **({"fund_cap": 1.0, "upfront": 1.0} | values)), {
        "*": {"vote": lambda _, m: m.year < 4, "honour": yes, "go_alone": no}
    }


def fund_shares(model):
    return [float(p._row.fund_share) for p in model.projects]


# Central support


def test_the_centre_pays_into_the_fund():
    """.1 of budgets of 180, none of it the members'; years 1 to 4 count, the fifth does not."""
    work = project("AB", (9, 9), year=4)
    scenario = towns(LATER, work, social_discount=0.5, agenda_life=2)
    model = begun(scenario, REFUSE, central_support=0.1)
    model.step()
    assert model.coordinator.fund == close(18)
    assert [town.income for town in model.governments] == close([60, 60, 60])
    assert float(model.world.ledger[3 + CENTRE, SUPPORT]) == close(-18)
    while model.running:
        model.step()
    assert model.year == 5
    assert model.coordinator.fund == close(5 * 18)
    assert model.outcomes()["outside_money"] == close(18 * (1 + 0.5 + 0.25 + 0.125))


def test_a_fund_that_only_the_centre_fills_shares_costs_and_takes_fines():
    """A leaves 15 of 60 that 18 of the fund have lowered to 42; the fine is .5 of A's 21."""
    model = begun(
        towns(project("AB", (9, 9)), social_discount=1.0), AGREE,
        central_support=0.1, monitoring=1.0, sanction=1.0, contract_completeness=0.5,
    )  # fmt: skip
    model.take_over("A", honour=no)
    model.step()
    assert fund_shares(model) == close([18 / 60])
    assert float(model.world.ledger[3 + FUND, FINE]) == close(0.5 * 21)


# Bonds


def test_what_is_signed_beyond_the_fund_is_borrowed_and_repaid_with_interest():
    """A work of 60, all due at once: the fund's 18 and a year's income borrowed, 36 together.

    It owes 18 at the end of year 1; 18 + 1.8 - 18 = 1.8 of year 2; 1.8 + .18 - 18 < 0 of year 3.
    """
    scenario, answers = joined(project("AB", (40, 40)), social_discount=0.9, interest=0.1)
    model = begun(scenario, answers, levy_rate=0.1, bonds=1.0)
    model.step()
    assert fund_shares(model) == close([36 / 60])
    assert (model.coordinator.fund, model.coordinator.debt) == (close(-18), close(18))
    ledger, lenders = model.world.ledger, 3 + LENDERS
    assert (float(ledger[lenders, BOND]), float(ledger[lenders, INTEREST])) == (close(-18), 0)
    model.step()
    assert (model.coordinator.fund, model.coordinator.debt) == (close(-1.8), close(1.8))
    assert float(ledger[lenders, BOND]) == close(-1.8)
    assert float(ledger[lenders, INTEREST]) == close(1.8)
    while model.running:
        model.step()
    assert told(model, "borrowed", "year", "amount") == [(1, close(18))]
    assert told(model, "repaid", "year", "amount") == [(2, close(16.2)), (3, close(1.8))]
    assert model.coordinator.debt == 0
    assert model.coordinator.fund == close(4 * 18 - 36 - 1.8 - 0.18)
    assert list(model.trajectory().debt) == close([18, 1.8, 0, 0])


def test_interest_beyond_society_s_own_rate_is_lost_to_the_region_and_what_was_lent_is_not():
    """1.8 in year 2 on 18, .18 in year 3 on 1.8; to pay a year later is worth .05 and .0475 of it.

    The work costs 60 and yields 80 a year in years 3 and 4.
    """
    scenario, answers = joined(project("AB", (40, 40)), social_discount=0.95, interest=0.1)
    model = finished(scenario, answers, levy_rate=0.1, bonds=1.0)
    interest = 0.95 * 1.8 - 0.05 * 18 + 0.9025 * 0.18 - 0.0475 * 1.8
    worth = -60 + 80 * (0.95**2 + 0.95**3)
    assert model.outcomes()["welfare"] == close(worth - interest)
    losses = model.losses()
    assert dict(zip(LINES, losses["line"], strict=True))["interest"] == close(interest)
    assert float(losses["residual"]) == close(0)
    cheap, _ = joined(project("AB", (40, 40)), social_discount=0.9, interest=0.1)
    model = finished(cheap, answers, levy_rate=0.1, bonds=1.0)  # a year's delay is worth more
    assert model.outcomes()["welfare"] == close(-60 + 80 * (0.9**2 + 0.9**3))
    without = finished(scenario, answers, levy_rate=0.1)
    assert without.outcomes()["welfare"] == close(worth)


def test_the_fund_owes_no_more_than_its_limit():
    """Two works of 60: with a limit of half a year's income there are 27 for the first, 0 then."""
    works = project("AB", (9, 9)), project("BC", (9, 9))
    scenario, answers = joined(*works)
    model = stepped(1, scenario, answers, levy_rate=0.05, central_support=0.05, bonds=0.5)
    assert fund_shares(model) == close([27 / 60, 0])
    assert model.coordinator.debt == close(9)


def test_money_that_is_only_set_aside_is_not_borrowed_yet():
    """Half of the 36 is due in year 1, when 18 are there, half in year 2, when 18 more are."""
    scenario, answers = joined(project("AB", (9, 9)), upfront=0.5)
    model = stepped(1, scenario, answers, levy_rate=0.1, bonds=1.0)
    assert (model.coordinator.fund, model.coordinator.reserved) == (close(-18), close(18))
    model.step()
    assert events(model, "borrowed") == []
    assert (model.coordinator.fund, model.coordinator.reserved) == (close(0), close(0))


def test_debts_take_from_later_works():
    """In year 2 there are 18 less 18 that are owed and 1.8 of interest, and 18 to be borrowed."""
    works = project("AB", (9, 9)), project("AB", (9, 9), year=2)
    scenario, answers = joined(*works, interest=0.1)
    model = stepped(2, scenario, answers, levy_rate=0.1, bonds=1.0)
    assert fund_shares(model) == close([36 / 60, (18 - 1.8) / 60])
    assert model.coordinator.debt == close(18)
    again = stepped(2, *joined(*works, interest=0.0), levy_rate=0.1, bonds=1.0)
    assert fund_shares(again) == close([36 / 60, 18 / 60])


@pytest.mark.parametrize(("years", "amounts"), [(1.0, [30.0]), (0.5, [])])
def test_a_fund_may_borrow_to_stand_in_for_who_leaves(years, amounts):
    """A leaves 30 of 60; the fund holds 18 and may owe 18, or 9."""
    columns = bound(A=0.5, B=0.3, C=0.2)
    scenario = towns(project("ABC", (9, 9, 9)), columns=columns, fund_cap=0.0)
    model = begun(
        scenario, AGREE, levy_rate=0.1, bonds=years, backstop=True, proposal_rule="ability"
    )
    model.take_over("A", honour=no)
    model.step()
    assert float(model.world.project[0].cushion) == close(18 + 18 * years)
    assert told(model, "taken_over", "amount") == close(amounts)


def test_a_board_s_works_are_paid_by_what_the_fund_may_borrow_too():
    scenario, answers = joined(project("AB", (90, 90)))
    model = stepped(1, scenario, answers, levy_rate=0.1, bonds=1.0, decider=1.0)
    assert fund_shares(model) == close([36 / 60])


def test_a_debt_is_repaid_under_a_law_that_allows_no_other():
    """18 are owed; without a levy 1.8 of interest are added, with a levy of .2 36 come in."""
    scenario, answers = joined(project("AB", (9, 9)), interest=0.1)
    model = stepped(1, scenario, answers, levy_rate=0.1, bonds=1.0)
    poor = model.branch("none")
    poor.step()
    assert poor.coordinator.debt == close(19.8)
    rich = model.branch("none", levy_rate=0.2)
    rich.step()
    assert (rich.coordinator.debt, rich.coordinator.fund) == (0, close(36 - 18 - 1.8))
    for later in (poor, rich):
        assert float(later.world.tally[0].imbalance) == close(0)


# The earmark

ALONE = project("AB", (1, 1), duplicable=True, life=4)  # a copy costs 30 and yields 9 a year


def test_joint_works_have_the_earmarked_part_of_a_year_s_income_and_all_that_is_left_of_it():
    """.25 of 18 in year 1; in year 2 what nobody has used, 13.5, and .25 of 18 again."""
    works = project("AB", (9, 9)), project("AB", (9, 9), year=2)
    scenario, answers = joined(*works)
    model = stepped(2, scenario, answers, levy_rate=0.1, earmark=0.25)
    assert fund_shares(model) == close([4.5 / 60, (13.5 + 4.5) / 60])


def test_who_goes_alone_has_its_part_from_the_fund_as_long_as_money_lasts():
    """13.5 of 18 are open: A's copy gets the cap, .3 x 30 = 9; B's what is left, 4.5."""
    answers = {"*": {"vote": no, "go_alone": yes}}
    scenario = towns(ALONE, LATER, fund_cap=0.3, agenda_life=1)
    model = stepped(1, scenario, answers, levy_rate=0.1, earmark=0.25)
    assert told(model, "copied", "government", "amount") == [("A", 30.0), ("B", 30.0)]
    assert told(model, "aided", "government", "amount") == [("A", close(9)), ("B", close(4.5))]
    ledger = model.world.ledger
    assert ledger[:3, COPIES].tolist() == close([-21, -25.5, 0])
    assert float(ledger[3 + FUND, AID]) == close(-13.5)
    assert float(ledger[3 + WORKS, COPIES] + ledger[3 + WORKS, AID]) == close(60)
    assert [float(row.alone) for row in model.world.gov] == close([21, 25.5, 0])
    assert model.coordinator.fund == close(4.5)
    assert model.outcomes()["copy_spending"] == 60.0


def test_nothing_is_open_to_copies_where_all_is_earmarked():
    answers = {"*": {"vote": no, "go_alone": yes}}
    model = stepped(1, towns(ALONE, LATER), answers, levy_rate=0.1)
    assert events(model, "aided") == []
    assert model.coordinator.fund == close(18)


def test_what_the_fund_pays_is_no_cost_and_is_seen_all_the_same():
    """w = .4, c = .25: .4 x 9 + .6 x 9/2 a year; of 30 the fund pays .6; credit is for all 30."""
    answers = {"*": {"vote": no, "go_alone": no}, "A": {"vote": no, "go_alone": yes}}
    model = begun(towns(ALONE, LATER), answers, levy_rate=0.1, earmark=0.0)
    lead(model, "A", parochial=0.4, credit=0.25)
    model.step()
    ((terms,),) = [[e.terms for e in events(model, "copied")]]
    part = 0.4 + 0.6 / 2
    assert terms.benefit == close(part * 9 * 4)
    assert terms.cost == close(part * (30 - 18))
    assert terms.credit == close(0.25 * part * 30)


def test_a_copy_that_the_fund_helps_to_pay_is_a_better_fall_back():
    """Four years of 9 less 30: 6; less 12, where the fund pays 18: 24."""
    for earmark, value in [(1.0, 6), (0.0, 24)]:
        model = stepped(1, towns(ALONE, LATER), REFUSE, levy_rate=0.1, earmark=earmark)
        assert [float(row.fall_back) for row in model.world.party[0, :2]] == close([value] * 2)


def test_only_what_home_pays_must_fit_under_the_ceiling():
    """Income of 20 less 2 of levies; a copy costs 30, of which the fund's 6 can pay all."""
    answers = {"*": {"vote": no, "go_alone": yes}}
    for extra, built in [(0.0, ["A"]), (7.0, [])]:
        row = project("AB", (1, 1), cost=48.0 + 2 * extra, duplicable=True, life=4)
        scenario = towns(row, LATER, ceiling=0.0, budget_share=0.02)
        model = stepped(1, scenario, answers, levy_rate=0.1, earmark=0.0)
        assert told(model, "copied", "government") == built


def test_lenders_come_before_copies():
    """27 of 60 in year 1: 9 are owed; of 18 in year 2 .9 is interest, half of the rest open."""
    row = project("AB", (1, 1), year=2, duplicable=True, life=4)
    scenario, _ = joined(project("AB", (9, 9)), row, interest=0.1)
    answers = {"*": {"vote": lambda _, m: m.year == 1, "honour": yes, "go_alone": yes}}
    model = stepped(2, scenario, answers, levy_rate=0.1, bonds=1.0, earmark=0.5)
    assert float(model.world.ledger[3 + LENDERS, INTEREST]) == close(0.9)
    assert told(model, "aided", "government", "amount") == [("A", close((18 - 0.9) / 2))]
