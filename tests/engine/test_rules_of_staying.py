"""What membership is worth to a leader, reckoned by hand: docs/model.md, section 3.4.21.

Budgets are 60 each. Where a test says who is in, leaders are asked in year 1 and stay in office.
"""

import pytest

from clubs import CLUB, QUIET, answers_of, club, stepped
from small_worlds import begun, close, lead, project, towns

LATER = project("ABC", (0, 0, 0), year=4)  # so that years go on


def test_who_is_pivotal_joins_and_who_is_not_weighs_its_part_of_the_bill():
    """A's work costs 60 and yields 2 x 25 = 50 to each: worth it from two payers on.

    Trust .5. B: if only A sits (.5 x .5) the work hangs on B, which gains 50 - 30; if C sits as
    well (.5 x .5), it is built without B, which would bear 20 of it. A, the host: with one partner
    (.5) it gains 20, with two (.25) 30. Talks without the body need all (.25) and bring 30: A has
    them if it is out and, in the body, if nobody else comes (.25); B if it is out and only A in.
    """
    scenario = towns(project("ABC", (25, 25, 25)), own_talks=9.0, cost_joining=0.0, upfront=1.0)
    model = begun(scenario, None, membership="voluntary", trust=0.5)
    found = answers_of(model, 1)
    for code in "BC":
        terms = found[code]
        assert terms.pivotal == close(0.25 * 20)
        assert terms.bill == close(0.25 * 20)
        assert terms.hosted == 0
        assert terms.alone == close(0.25 * 0.25 * 30)
    # A handshake enforces nothing: trust is all there is.
    assert found["A"].hosted == close(0.5 * 20 + 0.25 * 30)
    assert found["A"].alone == close(0.75 * 0.25 * 30)
    assert found["A"].value == close((10 + 7.5 - 0.75 * 7.5) * found["A"].years)


def asked_in_year_1(*rows, levers=None, character=None, **values):
    """The terms of the first answers, of leaders with this character."""
    usual = {"own_talks": 0.0, "cost_joining": 0.0, "upfront": 1.0, "trust": 0.5}
    model = begun(towns(*rows, **(usual | values)), None, **(CLUB | (levers or {})))
    for code in "ABC":
        lead(model, code, **(character or {}))
    return answers_of(model, 1)


def test_who_gains_nothing_by_the_public_figures_is_not_reckoned_with():
    """C gains nothing: B is needed and A alone has to come. C itself has nothing to weigh."""
    found = asked_in_year_1(project("ABC", (25, 25, 0)))
    assert found["B"].pivotal == close(0.5 * (50 - 30))
    assert found["B"].bill == 0
    assert found["C"][:4] == (0, 0, 0, 0)
    assert found["C"].yes  # a tie


def test_members_are_believed_and_held_to_it_and_outsiders_do_not_come():
    """Year 2: B is asked anew. A is in, and pays with .5 + .5 E, E = .8; C is out."""
    row = project("ABC", (25, 25, 25), year=2)
    levers = {"monitoring": 0.8, "sanction": 1.0, "contract_completeness": 1.0}
    model = club(towns(row, **QUIET, upfront=1.0, trust=0.5), "A", None, **levers)
    stepped(model)
    lead(model, "B", years_left=1, served=2)
    terms = answers_of(model, 2)["B"]
    assert terms.pivotal == close(0.9 * (50 - 30) / 2)  # one work in two years
    assert terms.bill == 0


def test_a_work_without_its_host_is_no_reason_to_join():
    """Year 2: A, the host, is out, whatever B and C do."""
    model = club(towns(project("ABC", (40, 40, 40), year=2), **QUIET, trust=0.5), "C")
    stepped(model)
    lead(model, "B", years_left=1, served=2)
    assert answers_of(model, 2)["B"][:4] == (0, 0, 0, 0)


def test_works_of_all_years_so_far_stand_for_those_to_come():
    """One work in year 1, none in year 2: half of it a year. A is in, and pays by trust."""
    rows = project("ABC", (25, 25, 0)), LATER
    model = club(towns(*rows, **QUIET, upfront=1.0, trust=0.5), "A", sanction=0.0)
    stepped(model)
    lead(model, "B", years_left=1, served=2)
    assert answers_of(model, 2)["B"].pivotal == close(0.5 * (50 - 30) / 2)


def test_a_table_that_seldom_meets_is_worth_less():
    """Two works a year, and one meeting: half of each."""
    rows = [project("ABC", (25, 25, 0)), project("BAC", (25, 25, 0))]
    often, seldom = (
        asked_in_year_1(*rows, levers={"meeting_capacity": capacity}) for capacity in (2.0, 1.0)
    )
    assert seldom["A"].pivotal == close(often["A"].pivotal / 2)
    assert seldom["A"].hosted == close(often["A"].hosted / 2)


def test_what_the_body_bears_makes_works_cheaper():
    """Grants of .3 for half of what 90 (of 180) a year bear of 60; a fund of 18 more bears .3."""
    row = project("ABC", (10, 10, 0))
    assert asked_in_year_1(row)["B"].pivotal == 0
    half = asked_in_year_1(row, levers={"match_rate": 0.5, "grant_budget": 0.5})
    assert half["B"].pivotal == close(0.5 * (20 - 15))
    few = asked_in_year_1(row, levers={"match_rate": 0.5, "grant_budget": 0.1})
    assert few["B"].pivotal == 0  # grants of 18 bear .3 of the works of a year: 21 each are left
    fund = {"match_rate": 0.5, "grant_budget": 0.1, "central_support": 0.1}
    more = asked_in_year_1(row, levers=fund, fund_cap=0.6)
    assert more["B"].pivotal == close(0.5 * (20 - 12))
    capped = asked_in_year_1(row, levers=fund, fund_cap=0.1)
    assert capped["B"].pivotal == close(0.5 * (20 - 18))


@pytest.mark.parametrize(
    ("levers", "bill"),
    [
        ({"match_rate": 0.5, "grant_budget": 0.1}, 36),  # .1 of 120 pays .4 of 30
        ({"central_support": 0.1}, 30),  # 12, and half of the 6 that the fund holds
    ],
)
def test_what_the_body_bears_is_of_who_may_be_in_and_of_a_year(levers, bill):
    """Year 2: A is in, B asked anew, C out; works of 60 in two years; B gains 20 by one."""
    scenario = towns(project("ABC", (10, 10, 0)), LATER, **QUIET, upfront=1.0, trust=0.5)
    model = club(scenario, "A", None, sanction=0.0, **levers)
    stepped(model)
    lead(model, "B", years_left=1, served=2)
    assert answers_of(model, 2)["B"].pivotal == close(0.5 * (20 - bill / 2) / 2)


def test_dues_and_transfers_count_as_money_at_home():
    """Budgets 60, 60, 120: .1 in dues, .2 paid unless withheld, half of the gap to the mean."""
    columns = {"budget": [60.0, 60.0, 120.0], "population": [1e5, 1e5, 1e5]}
    levers = {"levy_rate": 0.1, "withheld_share": 0.2, "equalisation": 0.5, "meeting_capacity": 1.0}
    scenario = towns(
        LATER, columns=columns, cost_body=0.01, cost_joining=0.05, term=3, term_limit=1
    )
    model = begun(scenario, None, **(CLUB | levers))
    lead(model, "A", parochial=0.8)
    found = answers_of(model, 1)
    assert found["A"].net == close(0.8 * (-6 + 12 + 10 - 0.6))
    assert found["C"].net == close(-12 + 24 - 20 - 1.2)
    assert found["A"].years == close(3)
    assert found["A"].entry == close((0.8 + 0.2 / 3) * 3)
    assert found["A"].value == close(found["A"].net * 3 - found["A"].entry)
    assert [found[code].yes for code in "ABC"] == [True, True, False]


def test_who_is_in_pays_no_second_entry():
    model = club(towns(LATER, cost_joining=0.1), "B")
    stepped(model)
    for code in "BC":
        lead(model, code, years_left=1, served=2)
    found = answers_of(model, 2)
    assert (found["B"].entry, found["C"].entry) == close((0, 6))


def test_a_leader_that_cares_for_all_counts_their_gain_and_their_bill():
    """w = .8: gain .8 x 50 + .2 x 100/3; the region's bill .2 x 60/3; its own .8 x 60/2."""
    row = project("ABC", (25, 25, 0))
    found = asked_in_year_1(row, character={"parochial": 0.8})["B"]
    assert found.pivotal == close(0.5 * (40 + 20 / 3 - 4 - 24))


def test_talks_cost_who_sits_at_the_table():
    """Agreeing costs .1 + .05 + .02 + .01 of 20, autonomy .03 of it: a bill of a fifth more."""
    costs = {
        "cost_information": 0.1, "cost_round": 0.05, "cost_setup": 0.02, "cost_monitoring": 0.01,
        "autonomy_cost": 0.06,
    }  # fmt: skip
    found = asked_in_year_1(project("ABC", (25, 25, 0)), levers={"decider": 1.0}, **costs)["B"]
    assert found.pivotal == close(0.5 * (50 - 30 - 20 * 0.21))
    both = asked_in_year_1(project("ABC", (70, 70, 70)), levers={"decider": 1.0}, **costs)["B"]
    assert both.bill == close(0.5 * (0.5 * (30 + 4.2) + 0.5 * (20 + 4.2)))
