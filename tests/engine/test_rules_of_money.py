"""The year's money, reckoned by hand: docs/model.md, section 3.4.5, and what 3.4.11 makes of it."""

import pytest

from kernegotiate.engine.layout import CENTRE, EQUALISATION, FUND, LEVY, POOL, TRANSFER
from small_worlds import begun, close, finished, no, project, towns, yes

REFUSE = {"*": {"vote": no, "go_alone": no}}
AGREE = {"*": {"vote": yes, "honour": yes, "go_alone": no}}
UNLIKE = {"budget": [50.0, 60.0, 90.0], "population": [1e5, 1e5, 2e5], "grdp": [1e3, 2e3, 3e3]}
QUIET = [project("ABC", (1, 1, 1)), project("ABC", (1, 1, 1), year=3)]


def test_incomes():
    """Levy .1 of the budget; equalisation .5 of the way to 50 a head of 100,000; transfer .2."""
    model = begun(
        towns(*QUIET, columns=UNLIKE), REFUSE, levy_rate=0.1, equalisation=0.5, withheld_share=0.2
    )
    model.step()
    assert [town.income for town in model.governments] == close(
        [
            50 - 5 + 0.5 * (50 - 50) + 10,
            60 - 6 + 0.5 * (50 - 60) + 12,
            90 - 9 + 0.5 * (100 - 90) + 18,
        ]
    )
    assert model.coordinator.fund == close(0.1 * 200)
    ledger = model.world.ledger
    assert ledger[:3, LEVY].tolist() == close([-5, -6, -9])
    assert ledger[:3, EQUALISATION].tolist() == close([0, -5, 5])
    assert ledger[:3, TRANSFER].tolist() == close([10, 12, 18])
    assert [ledger[3 + FUND, LEVY], ledger[3 + CENTRE, TRANSFER]] == close([20, -40])
    assert float(ledger[3 + POOL].sum()) == close(0)


def test_levies_pile_up_and_grants_do_not():
    model = begun(towns(*QUIET, columns=UNLIKE), REFUSE, levy_rate=0.1, grant_budget=0.3)
    for year in (1, 2):
        model.step()
        assert model.coordinator.fund == close(year * 20)
        assert model.coordinator.grants == close(0.3 * 200)


def test_a_full_equalisation_gives_everybody_the_mean_a_head():
    model = begun(towns(*QUIET, columns=UNLIKE), REFUSE, equalisation=1.0)
    model.step()
    assert [town.income for town in model.governments] == close([50, 50, 100])


def test_a_government_has_room_for_what_is_left_of_its_income():
    """Income 60 - 6 and a tenth more; 15 a year are due, and a copy of 30 was built: 14.4 left."""
    from kernegotiate.engine.decisions.appraisal import room

    rows = [project("AB", (9, 9)), project("AC", (9, 9), duplicable=True)]
    model = begun(towns(*rows, ceiling=0.1), AGREE, levy_rate=0.1)
    model.take_over("A", vote=lambda _, m: m.projects[0].code == "A-1-0", go_alone=yes)
    model.step()
    fund = 18 / 60  # all that the fund holds goes into the first work
    due = 0.5 * 60 * (1 - fund) / 2
    assert model.government("A").dues == close(due)
    assert float(room(model.world.gov, 0)) == close(54 * 1.1 - due - 30)


def test_money_from_outside_is_grants_paid_and_transfers_while_projects_come():
    """A grant of .5 x 60 in two halves, the second in year 2 at .9; transfers of 6 x 3 in year 1
    only, since no project comes later."""
    scenario = towns(project("AB", (9, 9)), social_discount=0.9)
    model = finished(scenario, AGREE, match_rate=0.5, grant_budget=1.0, withheld_share=0.1)
    assert model.outcomes()["outside_money"] == close(15 + 0.9 * 15 + 18)


def test_inequality_counts_transfers_and_what_works_and_copies_yield():
    """At the end of year 3: a joint work of A and B pays 10 and 5, a copy of A yields 18."""
    rows = [
        project("AB", (10, 5), life=2),
        project("AC", (1, 1), duplicable=True, life=2),
        project("ABC", (1, 1, 1), year=3),
    ]
    model = begun(towns(*rows, columns=UNLIKE), REFUSE, levy_rate=0.1)
    for code in "AB":
        model.take_over(code, vote=lambda _, m: m.projects[0].code == "A-1-0", honour=yes)
    model.take_over("A", go_alone=lambda _, m: m.project.code == "A-1-1")
    for _ in range(3):
        model.step()
    copy = 1.2 * 30 / 2  # 18
    people = [1e5, 1e5, 2e5]
    heads = [(1000 - 5 + 10 + copy) / 1e5, (2000 - 6 + 5) / 1e5, (3000 - 9) / 2e5]
    spread = sum(
        people[i] * people[j] * abs(heads[i] - heads[j]) for i in range(3) for j in range(3)
    )
    total = sum(p * h for p, h in zip(people, heads, strict=True))
    assert float(model.world.tally[0].inequality) == close(spread / (2 * sum(people) * total))


def test_a_work_that_has_opened_displaces_its_copies_and_ends_in_time():
    """Copies of A and B could yield 9/2 each in years 2 to 5; the work runs from year 4 to 7."""

    def by_year(last):
        own = [project("AB", (10, 5), duplicable=True, life=4), project("AB", (1, 1), year=last)]
        model = begun(towns(*own, agenda_life=2), AGREE)
        for code in "AB":
            model.take_over(
                code,
                vote=lambda _, m: m.projects[0].code == "A-1-0" and m.year == 2,
                go_alone=lambda _, m: m.project.code == "A-1-0",
            )
        for _ in range(last):
            model.step()
        return [float(income) * 1e5 - 1000 for income in model.world.income]

    assert by_year(3) == pytest.approx([4.5, 4.5, 0], abs=1e-9)
    assert by_year(4) == pytest.approx([10, 5, 0], abs=1e-9)
    assert by_year(7) == pytest.approx([10, 5, 0], abs=1e-9)
    assert by_year(8) == pytest.approx([0, 0, 0], abs=1e-9)


def test_a_copy_crowds_from_the_year_after_it_is_built():
    """A's of year 1 yields 9 in year 3, in which B builds: no half of it until year 4."""
    rows = [project("AB", (1, 1), duplicable=True, life=4), project("BC", (1, 1), year=3)]
    model = begun(towns(*rows, agenda_life=3), REFUSE)
    model.take_over("A", go_alone=lambda _, m: m.year == 1)
    model.take_over("B", go_alone=lambda _, m: m.year == 3)
    for _ in range(3):
        model.step()
    assert [town.code for town in model.projects[0].builders] == ["A", "B"]
    gains = [float(income) * 1e5 - 1000 for income in model.world.income]
    assert gains == pytest.approx([9, 0, 0], abs=1e-9)
