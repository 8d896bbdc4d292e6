"""Copies, reckoned by hand: docs/model.md, sections 3.4.4 (copies, the plan) and 3.4.10."""

import pytest

from small_worlds import begun, close, events, finished, lead, no, project, told, towns, yes

PAIR = project("AB", (1, 1), duplicable=True, life=4)  # a copy costs 30, alone yields 1.2 x 30/4
REFUSE = {"*": {"vote": no}}
FIRST = 1.2 * 30 / 4  # 9 a year


def offers(model, code):
    """Terms of all opportunities that a town took, by year."""
    return [(e.year, e.terms) for e in events(model, "copied") if e.government == code]


def test_what_a_first_and_a_second_copy_are_worth_to_their_builder():
    """Crowding .5: a second one makes each yield 9/1.5 = 6; four years less 30 is a loss."""
    model = finished(towns(PAIR, copy_crowding=0.5), REFUSE)
    assert told(model, "copied", "government", "year", "amount") == [("A", 1, 30.0)]
    ((_, terms),) = offers(model, "A")
    assert (terms.benefit, terms.cost, terms.value) == (close(36), 30.0, close(6))


def test_two_copies_share_what_there_is():
    """Yields of 9/(1 + .2) = 7.5 each: 30 in four years, exactly what the second costs: no."""
    assert len(events(finished(towns(PAIR, copy_crowding=0.2), REFUSE), "copied")) == 1
    model = finished(towns(PAIR, copy_crowding=0.19), REFUSE)
    assert told(model, "copied", "government") == ["A", "B"]
    assert model.outcomes()["welfare"] == close(2 * 4 * 9 / 1.19 - 60)
    assert model.outcomes()["duplication_waste"] == close(30 / 60)
    assert model.outcomes()["own_visible_share"] == 1.0


def test_a_copy_opens_in_the_next_year_and_is_worth_its_discounted_yields():
    """-30 in year 1, 9 in each of years 2 to 5, at .9 a year."""
    model = finished(towns(PAIR, social_discount=0.9, copy_crowding=9.0), REFUSE)
    yields = 1.2 * 30 / (0.9 + 0.81 + 0.729 + 0.6561)  # a year, of a first copy
    assert float(model.world.project[0].copy_yield) == close(yields)
    assert model.outcomes()["welfare"] == close(0.2 * 30)


def test_a_late_copy_yields_until_the_first_one_ends():
    """A builds in year 1, B in year 2 with three years left: 9 in year 2, then 2 x 6 in 3 to 5."""
    model = begun(towns(PAIR, agenda_life=2, copy_crowding=0.5), REFUSE)
    model.take_over("B", go_alone=lambda _, m: m.year == 2)
    while model.running:
        model.step()
    ((year, terms),) = offers(model, "B")
    assert (year, terms.years) == (2, 3)
    assert terms.benefit == close(3 * 6)
    assert model.outcomes()["welfare"] == close(-30 - 30 + 9 + 3 * 2 * 6)
    assert model.projects[0].copies_until == 6


def test_who_cares_for_the_region_counts_what_a_copy_takes_from_others():
    """w = .4, c = .25, w'' = .4 (1 - .5): own 6, added 2 x 6 - 9 = 3 of which a half is felt."""
    model = begun(towns(PAIR, copy_crowding=0.5), REFUSE, kpi_regional=0.5)
    model.take_over("A", go_alone=yes)
    model.take_over("B", go_alone=yes)
    lead(model, "B", parochial=0.4, credit=0.25)
    model.step()
    ((_, terms),) = offers(model, "B")
    home = 0.4 * (1 - 0.5)
    assert terms.benefit == close((home * 6 + (1 - home) * 3 / 2) * 4)
    felt = (home + (1 - home) / 2) * 30
    assert terms.cost == close(felt)
    assert terms.credit == close(0.25 * felt)
    assert terms.value == close(terms.benefit + terms.credit - terms.cost)


def test_a_copy_must_fit_under_the_ceiling_whoever_decides():
    """A copy costs 30; the budget is 20, and may be exceeded by half, or by less."""
    for ceiling, built in [(0.5, 1), (0.49, 0)]:
        scenario = towns(PAIR, ceiling=ceiling, budget_share=0.02, copy_crowding=9.0)
        assert len(events(finished(scenario, REFUSE), "copied")) == built
        taken = {"*": {"vote": no}, "A": {"go_alone": yes}, "B": {"go_alone": no}}
        assert len(events(finished(scenario, taken), "copied")) == built


def test_one_copy_uses_up_the_room_for_the_next():
    """Two projects, a budget of 40: the older one's copy leaves 10."""
    rows = [PAIR, project("AC", (1, 1), duplicable=True, life=4)]
    scenario = towns(*rows, ceiling=0.0, budget_share=0.04, copy_crowding=9.0)
    assert told(finished(scenario, REFUSE), "copied", "government", "project") == [
        ("A", "A-1-0"), ("C", "A-1-1"),
    ]  # fmt: skip


def test_a_new_year_has_room_again():
    """40 a year pay for a copy of 30 in year 1 and for another in year 2."""
    rows = [PAIR, project("AC", (1, 1), year=2, duplicable=True, life=4)]
    scenario = towns(*rows, ceiling=0.0, budget_share=0.04, copy_crowding=9.0)
    assert told(finished(scenario, REFUSE), "copied", "government", "year") == [("A", 1), ("A", 2)]


def best_of(row, **values):
    """The planner's choice: value, whether it builds the joint work, copies."""
    p = finished(towns(row, **values), {"*": {"vote": no, "go_alone": no}}).projects[0]._row
    return float(p.first_best), bool(p.best_joint), int(p.best_copies)


def test_a_planner_bridges_the_wait_with_a_copy():
    """3.4.12. A copy costs 20 and yields 12: signed in year 2 the work opens in year 4, so that a
    copy yields in years 2 and 3, 24 - 20 = 4, beside the work's 48 - 40 = 8; at once 12 - 20."""
    row = project("AC", (12, 12), cost=40, duplicable=True)
    assert best_of(row, agenda_life=1) == (close(8), True, 0)
    assert best_of(row, agenda_life=2) == (close(4 + 8), True, 1)
    # At .9 a year a copy yields 24/(.9 + .81), worth 24 whenever it may run to its end.
    joint = 24 * (0.81 + 0.729) - 40 * (0.5 + 0.5 * 0.9)
    assert joint < 0
    assert best_of(row, agenda_life=2, social_discount=0.9) == (close(24 - 20), False, 1)
    rich = project("AC", (20, 12), cost=40, duplicable=True)
    joint = 32 * (0.81 + 0.729) - 40 * (0.5 + 0.5 * 0.9)
    waits = 24 - 20 + 0.9 * joint
    assert waits > joint
    assert best_of(rich, agenda_life=2, social_discount=0.9) == (close(waits), True, 1)


def test_a_planner_builds_a_copy_for_each_party_where_they_do_not_crowd():
    """1.5 x 20 each for 20 each, beside a joint work that is a loss."""
    row = project("AC", (5, 5), cost=40, duplicable=True)
    assert best_of(row, copy_ratio=1.5, copy_crowding=0.0) == (close(2 * (30 - 20)), False, 2)
    assert best_of(row, copy_ratio=1.5) == (close(30 - 20), False, 1)
    assert best_of(row, copy_ratio=0.9) == (0.0, False, 0)


def test_what_is_not_duplicable_is_not_copied():
    row = project("AB", (1, 1), duplicable=False, life=4)
    assert not events(finished(towns(row), {"*": {"vote": no, "go_alone": yes}}), "copied")


def test_the_plan_forbids_by_one_draw_for_good():
    """Of forty parties those whose draw lies below .5, in whatever year."""
    rows = [project("AB", (1, 1), duplicable=True, life=4) for _ in range(20)]
    scenario = towns(*rows, copy_crowding=0.0, agenda_life=2)
    model = finished(scenario, REFUSE, plan_supremacy=0.5)
    draws = model.world.party["plan_draw"][:20, :2]
    allowed = {(p, i) for p in range(20) for i in range(2) if draws[p, i] >= 0.5}
    built = {
        (int(code.split("-")[2]), "AB".index(town))
        for code, town in told(model, "copied", "project", "government")
    }
    assert built == allowed
    assert 10 < len(built) < 30
    assert not events(finished(scenario, REFUSE, plan_supremacy=1.0), "copied")
    assert len(events(finished(scenario, REFUSE), "copied")) == 40


def test_who_is_bound_by_a_deal_builds_no_copy_and_who_left_it_may():
    """A leaves in year 1; the work opens in year 4, so that its copy yields for two years."""
    row = project("AB", (9, 9), duplicable=True, life=4, build=2)
    model = begun(towns(row), {"*": {"vote": yes, "honour": yes, "go_alone": yes}})
    model.take_over("A", honour=no)
    model.step()
    assert told(model, "copied", "government") == ["A"]
    ((_, terms),) = offers(model, "A")
    assert terms.years == 2


def test_copies_stand_until_the_joint_work_opens():
    """Built in year 1, 9 in years 2 and 3; signed in year 2, the work yields 8 from 4 to 7."""
    row = project("AB", (5, 3), duplicable=True, life=4)
    model = begun(towns(row, agenda_life=2, copy_crowding=9.0), REFUSE)
    for code in "AB":
        model.take_over(code, vote=lambda _, m: m.year == 2, honour=yes)
    while model.running:
        model.step()
    assert told(model, "copied", "government") == ["A"]
    assert model.outcomes()["welfare"] == close(-30 + 2 * 9 - 60 + 4 * 8)


def test_copies_of_a_dead_work_stand_to_their_own_end():
    row = project("AB", (5, 3), duplicable=True, life=4)
    model = begun(towns(row, agenda_life=2, copy_crowding=9.0), REFUSE)
    for code in "AB":
        model.take_over(code, vote=lambda _, m: m.year == 2, honour=no)
    while model.running:
        model.step()
    assert model.outcomes()["welfare"] == close(-30 + 4 * 9)


@pytest.mark.parametrize(("build", "years"), [(1, 2), (2, 3), (9, 4)])
def test_a_copy_beside_a_signed_work_yields_until_that_opens(build, years):
    """Signed in year 1 by all but the outsider's will: C, outvoted, leaves and builds in year 1."""
    row = project("ABC", (9, 9, 9), duplicable=True, life=4, build=build)
    model = begun(towns(row), {"*": {"vote": yes, "honour": yes}})
    model.take_over("C", honour=no, go_alone=yes)
    model.step()
    ((_, terms),) = offers(model, "C")
    assert terms.years == min(4, build + 1 - 1)
