"""Keeping and breaking promises, reckoned by hand: docs/model.md, sections 3.4.3 and 3.4.9."""

import pytest

from kernegotiate.engine.layout import CENTRE, FINE, FUND
from small_worlds import (
    begun,
    bound,
    close,
    events,
    finished,
    lead,
    no,
    project,
    told,
    towns,
    trust,
    yes,
)

AGREE = {"vote": yes, "go_alone": no}
ALL = {"*": {"honour": yes, **AGREE}}
FIVE_THREE_TWO = bound(A=0.5, B=0.3, C=0.2)
CERTAIN = {"monitoring": 1.0, "sanction": 0.5, "contract_completeness": 0.4}


def deserted(*, by="A", world=None, **levers):
    """Three towns sign a work of 60 at .5, .3 and .2; those in `by` do not pay. One year passes."""
    scenario = world or towns(project("ABC", (9, 9, 9)), columns=FIVE_THREE_TWO)
    model = begun(scenario, ALL, proposal_rule="ability", **levers)
    for code in by:
        model.take_over(code, honour=no)
    model.step()
    return model


def answers(model, code):
    """All a town's answers to a promise."""
    return [e for e in model.log if e.government == code and e.event in ("paid", "reneged")]


# The schedule


def test_a_work_is_paid_by_schedule_and_opens_after_its_last_payment():
    """.4 of 60 in year 1, .2 in each of years 2 to 4; it opens in year 5."""
    model = finished(
        towns(project("ABC", (9, 9, 9), build=3), upfront=0.4, columns=FIVE_THREE_TWO),
        ALL, proposal_rule="ability",
    )  # fmt: skip
    paid = [(e.year, e.amount) for e in events(model, "paid") if e.government == "B"]
    assert paid == [
        (1, close(0.4 * 0.3 * 60)), (2, close(0.2 * 0.3 * 60)), (3, close(0.2 * 0.3 * 60)),
        (4, close(0.2 * 0.3 * 60)),
    ]  # fmt: skip
    assert told(model, "opened", "year", "amount") == [(4, 27.0)]
    assert model.projects[0].opens == 5


def test_costs_and_benefits_are_discounted_to_year_1():
    """-.5 x 60 in each of years 1 and 2, then 18 a year in years 3 and 4, at .9 a year."""
    model = finished(towns(project("AB", (8, 7), spillover=3), social_discount=0.9), ALL)
    assert model.outcomes()["welfare"] == close(-30 - 0.9 * 30 + 18 * (0.81 + 0.729))


def test_a_due_of_nothing_asks_nobody_and_earns_no_trust():
    """Nothing is due at signing: one promise each, not two."""
    model = finished(towns(project("AB", (9, 9)), upfront=0.0), ALL)
    assert told(model, "paid", "year") == [2, 2]
    assert model.outcomes()["promises_due"] == 2
    assert trust(model, "AB") == close(0.5 + 0.5 * 0.5)


def test_who_bears_nothing_is_not_asked():
    model = begun(towns(project("ABC", (9, 0, 9))), ALL, proposal_rule="benefit")
    model.step()
    assert told(model, "paid", "government") == ["A", "C"]


# Breaking a promise


def test_a_reneger_s_share_falls_on_the_others_as_they_bear_already():
    """A's .5 goes to B and C as 3 to 2: .3 + .3 and .2 + .2; they pay this year's part of it."""
    model = deserted()
    assert model.projects[0].shares == close({"A": 0.0, "B": 0.6, "C": 0.4})
    assert told(model, "paid", "government", "amount") == [("B", close(18)), ("C", close(12))]
    assert told(model, "reneged", "government", "amount") == [("A", close(0.5 * 60))]
    assert model.outcomes()["promises_due"] == 3
    assert model.outcomes()["promises_kept"] == 2
    assert [town.code for town in model.projects[0].inside] == ["B", "C"]


def test_this_year_s_dues_move_with_the_share():
    """Half of 60 is due: A's 15 fall away, B's 9 become 18, C's 6 become 12."""
    model = deserted()
    assert [town.dues for town in model.governments] == close([0.0, 18.0, 12.0])


def test_reneging_can_cascade_and_what_is_left_falls_on_the_last():
    model = deserted(by="AB")
    assert model.projects[0].shares == close({"A": 0.0, "B": 0.0, "C": 1.0})
    # B left with A's part of the share on it.
    assert told(model, "reneged", "amount") == close([30.0, 0.6 * 60])
    assert told(model, "paid", "amount") == close([30.0])


def test_those_who_are_paid_to_join_take_over_nothing():
    """Shares -.25 and 1.25; when the payer leaves nobody bears a share, and the work is dead."""
    scenario = towns(project("AB", (9, 9)), share_step=0.75, own_rounds=3)
    model = begun(scenario, ALL, side_payments=True)
    model.take_over("A", vote=lambda _, motion: motion.projects[0].shares["A"] < 0)
    model.take_over("B", honour=no)
    model.step()
    assert told(model, "reneged", "amount") == close([1.25 * 60])
    assert told(model, "died", "amount") == [0.0]


def test_without_payers_a_work_is_dead_and_nothing_is_paid_that_year():
    """Year 1 is paid (half); in year 2 all leave: 30 was lost, half is unpaid for good."""
    model = begun(towns(project("AB", (9, 9))), ALL)
    model.step()
    for code in "AB":
        model.take_over(code, honour=no)
    model.step()
    assert told(model, "died", "year", "amount") == [(2, 0.5)]
    assert model.outcomes()["welfare"] == close(-30)
    assert model.outcomes()["joint_spending"] == close(30)
    assert told(model, "reneged", "amount") == close([15.0, 30.0])  # B's own and A's


def test_what_the_fund_set_aside_returns_when_a_work_dies():
    """18 of levies a year; .3 of 60 is set aside, half of it paid, the other half comes back."""
    model = begun(towns(project("AB", (9, 9))), ALL, levy_rate=0.1)
    model.step()
    assert (model.coordinator.fund, model.coordinator.reserved) == (close(0), close(9))
    for code in "AB":
        model.take_over(code, honour=no)
    model.step()
    assert (model.coordinator.fund, model.coordinator.reserved) == (close(18 + 9), close(0))


# The backstop


def test_the_fund_takes_over_a_share_that_it_holds():
    """Levies .2 x 60 x 3 = 36; the fund's own part is nil, so that it holds A's 30."""
    scenario = towns(project("ABC", (9, 9, 9)), columns=FIVE_THREE_TWO, fund_cap=0.0)
    model = deserted(world=scenario, levy_rate=0.2, backstop=True)
    assert told(model, "taken_over", "amount") == close([30.0])
    assert model.projects[0].shares == close({"A": 0.0, "B": 0.3, "C": 0.2})
    assert float(model.projects[0]._row.fund_share) == close(0.5)
    assert (model.coordinator.fund, model.coordinator.reserved) == (close(6), close(15))


def test_a_fund_that_holds_too_little_takes_over_nothing():
    """Levies of 27 do not hold A's 30."""
    scenario = towns(project("ABC", (9, 9, 9)), columns=FIVE_THREE_TWO, fund_cap=0.0)
    model = deserted(world=scenario, levy_rate=0.15, backstop=True)
    assert told(model, "taken_over", "amount") == []
    assert model.projects[0].shares == close({"A": 0.0, "B": 0.6, "C": 0.4})


# Fines


def test_a_fine_goes_to_the_centre_where_there_is_no_fund():
    """.5 x .4 of the 30 left unpaid."""
    model = deserted(**CERTAIN)
    assert told(model, "fined", "government", "amount") == [("A", close(0.5 * 0.4 * 30))]
    assert float(model.world.ledger[3 + CENTRE, FINE]) == close(6)
    assert model.coordinator.fund == 0


def test_and_into_the_fund_where_there_is_one():
    scenario = towns(project("ABC", (9, 9, 9)), columns=FIVE_THREE_TWO, fund_cap=0.0)
    model = deserted(world=scenario, levy_rate=0.1, **CERTAIN)
    assert float(model.world.ledger[3 + FUND, FINE]) == close(6)
    assert model.coordinator.fund == close(18 + 6)
    assert float(model.world.ledger[0, FINE]) == close(-6)


def test_a_later_breach_is_fined_on_what_is_left():
    """After half is paid A leaves .5 x .5 x 60."""
    model = begun(
        towns(project("ABC", (9, 9, 9)), columns=FIVE_THREE_TWO), ALL, proposal_rule="ability",
        **CERTAIN,
    )  # fmt: skip
    model.step()
    model.take_over("A", honour=no)
    model.step()
    assert told(model, "fined", "amount") == close([0.5 * 0.4 * 15])


@pytest.mark.parametrize(
    ("monitoring", "evasion", "loyalty", "fined"),
    [(1.0, 0.0, 1.0, 1), (0.0, 0.0, 1.0, 0), (1.0, 1.0, 1.0, 0), (1.0, 1.0, 0.0, 1)],
)
def test_who_is_caught(monitoring, evasion, loyalty, fined):
    """Staff loyal to their home look away."""
    scenario = towns(project("AB", (9, 9)), evasion=evasion)
    levers = {"monitoring": monitoring, "staff_loyalty": loyalty, "sanction": 1.0}
    assert len(events(deserted(world=scenario, **levers), "fined")) == fined


def test_a_breach_is_caught_by_one_draw_that_no_year_changes():
    """Chance .5: over many works about half; the same whenever one signs, whenever one leaves."""
    rows = [project("AB", (9, 9)) for _ in range(40)]
    caught = []
    for signs, leaves in [(1, 1), (1, 2), (2, 2)]:
        scenario = towns(*rows, own_talks=20.0, agenda_life=2)
        model = begun(scenario, ALL, monitoring=0.5, sanction=1.0)
        model.take_over("A", vote=lambda _, motion, signs=signs: motion.year >= signs)
        if leaves > 1:
            model.step()
        model.take_over("A", honour=no)
        model.step()
        caught.append(told(model, "fined", "project"))
    assert caught[0] == caught[1] == caught[2]
    assert 10 < len(caught[0]) < 30


# Trust (3.4.3)


def test_partners_trust_who_has_paid():
    """Up .25: .5 + .25 x .5, once a payment; nobody's own trust in others moves by paying."""
    model = begun(towns(project("AB", (9, 9)), project("AC", (9, 9), year=2), trust_up=0.25), ALL)
    model.step()
    assert trust(model, "BA") == close(0.5 + 0.25 * 0.5)
    assert trust(model, "CA") == 0.5
    model.step()
    assert trust(model, "BA") == close(1 - 0.5 * 0.75**2)
    assert trust(model, "CA") == close(1 - 0.5 * 0.75)


@pytest.mark.parametrize("completeness", [0.0, 0.4, 1.0])
def test_a_vague_promise_broken_hurts_less(completeness):
    """T falls by down x (.3 + .7 completeness) of itself, with all partners and them only."""
    scenario = towns(project("ABC", (9, 9, 9)), trust_down=0.6, trust_up=0.0)
    model = deserted(world=scenario, contract_completeness=completeness)
    left = 0.5 * (1 - 0.6 * (0.3 + 0.7 * completeness))
    assert [trust(model, pair) for pair in ("BA", "CA", "AB", "AC")] == close(
        [left, left, 0.5, 0.5]
    )


def test_outsiders_of_a_deal_still_watch_it():
    """A has left; it sees B pay all the same, and B sees nothing of A."""
    model = deserted(world=towns(project("AB", (9, 9)), trust_down=0.0, trust_up=0.5))
    assert trust(model, "AB") == close(0.75)
    assert trust(model, "BA") == 0.5


# What a promise weighs

# A's leader: w'' = .5 x (1 - .2) = .4, c = .2; shares .5, .3, .2; .4 of 60 at signing, then .3.
HOME = 0.5 * (1 - 0.2)
DETECTED = 0.5 * (1 - 0.4 * 0.5)
ENFORCED = DETECTED * 0.5 * 0.6


def weighed(year, **more):
    """Terms of A's promise in the year of signing or the next."""
    scenario = towns(
        project("ABC", (30, 12, -4), spillover=10, build=2), columns=FIVE_THREE_TWO,
        upfront=0.4, leader_discount=0.5, evasion=0.4, cover=0.3, reputation=0.7, trust_up=0.0,
        noise=0.9, **more,
    )  # fmt: skip
    model = begun(
        scenario, ALL, proposal_rule="ability", staff_loyalty=0.5,
        delegate_loyalty=0.5, kpi_regional=0.2, monitoring=0.5, sanction=0.5,
        contract_completeness=0.6,
    )  # fmt: skip
    for pair, value in {"AB": 0.8, "AC": 0.5, "BA": 0.9, "CA": 0.3}.items():
        trust(model, pair, value)
    lead(model, "A", parochial=0.5, credit=0.2, years_left=1)
    model.step()
    if year == 2:
        lead(model, "A", years_left=3)
        model.step()
    (terms,) = [e.terms for e in events(model, "paid") if (e.government, e.year) == ("A", year)]
    return terms


def test_a_promise_in_the_year_of_signing():
    """True benefits, three and four years ahead; dues by schedule; the fine falls due at once."""
    terms = weighed(1)
    years = 0.5**3 + 0.5**4
    sure = (1 - 0.3 * (1 - 0.8) * (1 - ENFORCED)) * (1 - 0.2 * (1 - 0.5) * (1 - ENFORCED))
    regard = HOME * 30 * years + (1 - HOME) * 48 * years / 3
    pay = 0.4 + 0.3 * (0.5 + 0.25)
    assert terms.confidence == close(sure)
    assert terms.benefit == close(sure * regard)
    assert terms.credit == close(sure * 0.2 * 60 * 0.5 * 0.25)
    assert terms.dues == close((HOME * 0.5 * 60 + (1 - HOME) * 60 / 3) * pay)
    assert terms.stay == close(terms.benefit + terms.credit - terms.dues)
    assert terms.free_ride == close(0.3 * (1 - 0.5) * sure * regard)
    assert terms.visible == close(0.2 * 0.4 * 0.5 * 60)
    assert terms.fine == close(DETECTED * 0.5 * 0.6 * 30)
    assert terms.reputation == close(0.7 * 0.6 * (0.9 + 0.3) / 2 * 12 * 1)  # one year left
    assert terms.burden == close((1 - HOME) * (60 - 30) / 3 * pay)
    assert terms.leave == close(
        terms.free_ride + terms.visible - terms.fine - terms.reputation - terms.burden
    )


def test_a_promise_a_year_later():
    """.6 is unpaid, two payments are left: S(0, 2)/2 = .75; benefits two and three years ahead,
    when A's leader, with two years left, is in office with the renewal chance of .5 only."""
    terms = weighed(2)
    years = 0.5 * (0.25 + 0.125)
    sure = (1 - 0.18 * (1 - 0.8) * (1 - ENFORCED)) * (1 - 0.12 * (1 - 0.5) * (1 - ENFORCED))
    regard = HOME * 30 * years + (1 - HOME) * 48 * years / 3
    mine, everybodys = 0.6 * 0.5 * 60, 0.6 * 60
    assert terms.confidence == close(sure)
    assert terms.benefit == close(sure * regard)
    assert terms.credit == close(sure * 0.2 * 60 * 0.5 * 0.5)
    assert terms.dues == close((HOME * mine + (1 - HOME) * everybodys / 3) * 0.75)
    assert terms.visible == close(0.2 * 0.3 * 0.5 * 60)
    assert terms.fine == close(DETECTED * 0.5 * 0.6 * mine)
    assert terms.reputation == close(0.7 * 0.6 * 0.6 * 9 * 2)  # two of its years left to pay
    assert terms.burden == close((1 - HOME) * (everybodys - mine) / 3 * 0.75)


def test_only_partners_still_in_the_deal_count():
    """B leaves before A's turn comes again: P, standing and what the region pays are C's alone."""
    scenario = towns(
        project("CBA", (9, 9, 9)), columns=FIVE_THREE_TWO, reputation=1.0, trust_down=0.0,
        trust_up=0.0, parochial_mean=0.0,
    )  # fmt: skip
    model = begun(
        scenario, {"*": AGREE, "C": {"honour": yes}, "B": {"honour": no}}, proposal_rule="ability",
        contract_completeness=1.0,
    )  # fmt: skip
    trust(model, "AC", 0.6)
    trust(model, "CA", 0.2)
    model.step()
    (terms,) = [event.terms for event in answers(model, "A")]
    share_c, share_a = 0.2 + 0.3 * 2 / 7, 0.5 + 0.3 * 5 / 7
    assert terms.confidence == close(1 - share_c * (1 - 0.6))
    assert terms.reputation == close(0.2 * 0.5 * share_a * 60 * 2)
    assert terms.dues == close(60 / 3)
    assert terms.burden == close(share_c * 60 / 3)


def test_whom_the_fund_would_replace_can_be_sure_of_the_work():
    """cover = 1 while the fund holds what A would leave, else .5 x (1 - 1/2)."""
    for levy, cover in [(0.4, 1.0), (0.1, 0.5 * 0.5)]:
        scenario = towns(project("AB", (40, 40)), fund_cap=0.0, cover=0.5)
        model = begun(scenario, {"*": AGREE, "B": {"honour": yes}}, levy_rate=levy, backstop=True)
        model.step()
        (terms,) = [event.terms for event in answers(model, "A")]
        assert terms.free_ride == close(cover * terms.benefit)


def test_a_promise_is_kept_when_it_is_worth_exactly_as_much():
    """Two years of 30 at certain delivery, of which half is paid: 60 - 30 against a ride of 30."""
    for own, answer in [(30, "paid"), (29.99, "reneged")]:
        scenario = towns(project("AB", (own, 60)), trust=1.0, cover=1.0, trust_up=0.0)
        model = begun(scenario, {"*": AGREE, "B": {"honour": yes}})
        model.step()
        (event,) = answers(model, "A")
        assert event.event == answer


def test_works_deliver_in_the_order_of_signing():
    """B's is signed first, since A refuses its own until year 2; dues and trust follow that."""
    scenario = towns(project("AB", (9, 9), build=3), project("BC", (9, 9), build=3), agenda_life=2)
    model = begun(scenario, ALL)
    model.take_over("A", vote=lambda _, motion: motion.year > 1)
    model.step()
    model.step()
    assert [e.project for e in events(model, "paid") if e.year == 2] == [
        "B-1-0", "B-1-0", "A-1-0", "A-1-0",
    ]  # fmt: skip
