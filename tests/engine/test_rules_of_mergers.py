"""What becomes one in a merger, reckoned by hand: docs/model.md, section 3.4.19."""

import pytest

from small_worlds import begun, close, events, lead, no, project, told, towns, trust, yes

AGREE = {"vote": yes, "go_alone": no, "honour": yes}
AB = "2 A B"


def merged(*projects, columns=None, answers=None, levers=None, **values):
    """A model in which A and B become A in year 2; everybody agrees unless `answers` says so."""
    years = values.pop("years", 2)
    values = {"agenda_life": 5} | values
    world = towns(*projects, columns=columns, years=years, mergers=AB, **values)
    return begun(world, {"*": answers or AGREE}, **(levers or {}))


def steps(model, n):
    for _ in range(n):
        model.step()
    return model


def test_people_product_and_money_add_up():
    columns = {
        "population": [1.0, 2.0, 3.0],
        "grdp": [100.0, 300.0, 50.0],
        "budget": [10.0, 30.0, 5.0],
    }
    columns |= {"land_dependence": [0.0, 0.4, 0.0], "ceiling": [0.2, 0.6, 0.0]}
    model = steps(merged(columns=columns), 2)
    a, b = model.world.gov[0], model.world.gov[1]
    assert [a.population, a.grdp, a.budget] == [3.0, 400.0, 40.0]
    assert [b.population, b.grdp, b.budget, int(b.into)] == [0.0, 0.0, 0.0, 0]
    assert a.land_dependence == close(0.4 * 300 / 400)
    assert a.ceiling == close(0.25 * 0.2 + 0.75 * 0.6)
    assert told(model, "merged", "year", "government") == [(2, "B")]
    assert model.government("B").part_of is model.government("A")


def test_the_new_government_has_a_leader_of_its_own():
    model = merged(term=10)
    model.step()
    lead(model, "A", parochial=0.123, years_left=7)
    model.step()
    assert model.world.gov[0].parochial != 0.123
    assert [model.world.gov[0].years_left, model.world.gov[0].served] == [10, 1]
    assert [e.government for e in events(model, "took_office") if e.year == 2] == ["A"]


def test_trust_in_it_is_the_mean_by_budgets():
    """C trusts A .2 and B .6, with budgets 10 and 30; what the newcomer puts back is nothing."""
    columns = {"budget": [10.0, 30.0, 5.0]}
    model = merged(columns=columns, trust_reset=0.0, trust_up=0.0)
    model.step()
    model.world.trust[2, 0], model.world.trust[2, 1] = 0.2, 0.6
    model.world.trust[0, 2], model.world.trust[1, 2] = 1.0, 0.0
    model.step()
    assert trust(model, "CA") == close(0.5)
    assert trust(model, "AC") == close(0.25)


def test_trust_moves_back_as_for_any_newcomer():
    model = merged(columns={"budget": [10.0, 10.0, 10.0]}, trust_reset=0.5, trust_up=0.0, term=10)
    model.step()
    model.world.trust[2, 0], model.world.trust[2, 1] = 0.9, 0.9
    model.step()
    assert trust(model, "CA") == close(0.9 + 0.5 * (0.5 - 0.9))


def test_what_was_merged_before_goes_along():
    world = towns(project("ABC", (9, 9, 9), build=5), years=3, mergers="2 A B; 3 C A")
    model = steps(begun(world, {"*": AGREE}), 3)
    assert [int(g.into) for g in model.world.gov] == [2, 2, 2]
    assert model.projects[0].own_benefits == {"C": 27.0}
    assert model.government("B").part_of.code == "C"


def test_agreeing_costs_the_parties_that_are_left():
    """Talks of 60 at .06: 2 each for three, 3 each where A and B are one."""
    each = []
    for mergers in ((), "2 A B"):
        world = towns(project("ABC", (9, 9, 9), year=2), mergers=mergers, cost_round=0.1)
        model = steps(begun(world, {"*": {"go_alone": no}}), 2)
        votes = [e for e in events(model, "voted") if e.government == "C"]
        each.append(votes[0].terms.transaction)
    assert each == [close(0.1 * 20.0), close(0.1 * 30.0)]


def test_shares_and_gains_of_a_work_under_way_add_up():
    model = steps(merged(project("ABC", (5, 7, 9), build=3, cost=90.0)), 2)
    work = model.projects[0]
    assert {g.code: s for g, s in zip(work.parties, work._seats.share, strict=True)} == {
        "A": close(2 / 3), "C": close(1 / 3),
    }  # fmt: skip
    assert work.own_benefits == {"A": 12.0, "C": 9.0}
    paid = [(e.year, e.government, e.amount) for e in events(model, "paid")]
    assert paid[3:] == [(2, "A", close(10.0)), (2, "C", close(5.0))]


def test_a_work_among_members_has_nobody_left_who_could_break_it():
    model = merged(project("AB", (30, 30), build=3), answers={"vote": yes, "go_alone": no})
    steps(model, 2)
    last = events(model, "paid")[-1]
    assert (last.year, last.government, last.terms.confidence) == (2, "A", 1.0)


def test_a_promise_broken_by_one_member_stays_broken_but_not_by_the_other():
    model = merged(project("ABC", (9, 9, 9), build=3))
    model.take_over("B", honour=no)
    steps(model, 2)
    shares = model.projects[0].shares
    assert shares == {"A": close(0.5), "C": close(0.5)}
    assert [e.government for e in events(model, "paid") if e.year == 2] == ["A", "C"]


def test_a_project_that_comes_later_seats_them_as_one():
    model = steps(merged(project("ABC", (5, 7, 9), year=2)), 2)
    work = model.projects[0]
    assert [g.code for g in work.parties] == ["A", "C"]
    assert work.own_benefits == {"A": 12.0, "C": 9.0}
    assert [float(s) for s in work.shares.values()] == [close(0.5)] * 2  # equal shares of two


def test_what_each_has_built_alone_stands_and_nothing_more_is_built():
    """A and B copy in year 1; as one they have two copies and build no third."""
    go = {"vote": no, "go_alone": yes}
    model = merged(project("ABC", (5, 5, 5), duplicable=True, life=6), answers=go, copy_ratio=3.0)
    model.take_over("C", go_alone=no)
    steps(model, 2)
    work = model.projects[0]
    assert told(model, "copied", "year", "government") == [(1, "A"), (1, "B")]
    assert [int(n) for n in work._seats.copies] == [2, 0]
    assert int(work._row.copies) == 2
    while model.running:
        model.step()
    losses = model.losses()
    assert abs(losses["residual"]) < 1e-9


def test_a_copy_costs_what_it_did():
    """A third of the cost, also where two parties are left."""
    go = {"vote": no, "go_alone": yes}
    model = merged(project("ABC", (5, 5, 5), duplicable=True, year=2), answers=go)
    steps(model, 2)
    assert told(model, "copied", "government", "amount") == [("A", 20.0), ("C", 20.0)]


def test_plans_made_for_the_old_units_lapse():
    model = merged(
        project("AC", (5, 5), duplicable=True), project("AB", (5, 5), duplicable=True),
        answers={"vote": no, "go_alone": no}, levers={"plan_supremacy": 1.0},
    )  # fmt: skip
    model.step()
    party = model.world.party
    by_parties = {tuple(g.code for g in p.parties): p.number for p in model.projects}
    both, other = by_parties["A", "B"], by_parties["A", "C"]
    assert party[both, 0].forbidden
    assert party[other, 0].forbidden
    model.step()
    assert not party[both, 0].forbidden
    assert party[other, 0].forbidden  # its units are what they were


def test_what_the_coordinator_refused_may_be_tabled_again():
    board = {"decider": 1.0, "bar": 5.0, "meeting_capacity": 9.0}
    model = merged(project("ABC", (9, 9, 9)), levers=board, estimate_error=0.0)
    steps(model, 2)
    assert told(model, "refused", "year") == [1, 2]


@pytest.mark.parametrize(("year", "slots"), [(1, 3 * 0.5), (2, 2 * 0.5)])
def test_fewer_governments_talk_less(year, slots):
    model = steps(merged(own_talks=0.5), year)
    assert model.rules.slots == close(slots)


def test_a_refusal_is_the_cause_of_what_is_not_tabled_again():
    board = {"decider": 1.0, "bar": 10.0, "meeting_capacity": 9.0}
    law = {"changes": [{"year": 2, "set": {"meeting_capacity": 0.0}}], "own_talks": 0.0}
    model = merged(project("ABC", (40, 40, 40)), levers=board, estimate_error=0.0, **law)
    while model.running:
        model.step()
    assert told(model, "refused", "year") == [1]
    assert model.projects[0].causes == {"judgement": 1.0}
