"""Membership of a voluntary body, reckoned by hand: docs/model.md, section 3.4.21.

Budgets are 60 each. Where a test says who is in, leaders are asked in year 1 and stay in office.
"""

import math

import numpy as np
import pytest

from clubs import CLUB, QUIET, club, signed, stepped
from kernegotiate.engine.diagnosis import CAUSES, MEMBERSHIP
from kernegotiate.engine.layout import COPIES, EQUALISATION, LEVY, TRANSFER
from small_worlds import (
    begun,
    close,
    events,
    no,
    project,
    told,
    towns,
    trust,
    yes,
)

LATER = project("ABC", (0, 0, 0), year=4)  # so that years go on


def seats(model, p=0):
    """By town: whether it sits, its share."""
    found = model.projects[p]
    rows = model.world.party[p]
    return {
        town.code: (bool(rows[i].sits), float(rows[i].share))
        for i, town in enumerate(found.parties)
    }


# Who sits, votes and pays


def test_members_bargain_and_pay_among_themselves():
    """Of 60 A and B bear 30 each; C, outside, is not asked, owes nothing, and gains as they do."""
    asked = []
    vote = {"*": {"vote": lambda g, _: asked.append(g.code) or True, "honour": yes}}
    model = club(towns(project("ABC", (50, 50, 50)), **QUIET, upfront=1.0), "AB", vote)
    stepped(model)
    assert asked == ["A", "B"]
    assert seats(model) == {"A": (True, 0.5), "B": (True, 0.5), "C": (False, 0.0)}
    assert told(model, "paid", "government", "amount") == [("A", 30.0), ("B", 30.0)]
    while model.running:
        model.step()
    assert model.outcomes()["welfare"] == close(2 * 150 - 60)


def test_a_quota_counts_those_at_the_table():
    """One of the two who sit is half of them."""
    rows = project("ABC", (50, 50, 50))
    split = {"B": {"vote": no}, "A": {"vote": yes}}
    assert club_signs(rows, "AB", split, quota=0.5) == 1
    assert club_signs(rows, "ABC", split | {"C": {"vote": no}}, quota=0.5) == 0


def club_signs(row, members, answers, **levers):
    model = club(towns(row, **QUIET), members, answers, **levers)
    return signed(stepped(model))


def test_refusers_shares_move_among_those_at_the_table():
    """A refuses 30: a tenth of the mean share of two moves to B, none of it to C."""
    drafts = {"A": {"vote": no}, "B": {"vote": yes}}
    scenario = towns(project("ABC", (50, 50, 50)), **QUIET, own_rounds=2, share_step=0.1)
    model = stepped(club(scenario, "AB", drafts))
    shares = {code: share for code, (_, share) in seats(model).items()}
    assert shares == close({"A": 0.45, "B": 0.55, "C": 0.0})


def test_what_an_outsider_hosts_is_talked_about_without_the_body():
    """The body's decider of 1 would pass it; without it all three are asked, and C refuses."""
    asked = []
    vote = {"*": {"vote": lambda g, _: asked.append(g.code) or g.code != "C"}}
    scenario = towns(project("ABC", (50, 50, 50)), own_talks=1.0, cost_joining=0.0, own_rounds=1)
    model = stepped(club(scenario, "BC", vote, decider=1.0, data_sharing=1.0))
    assert asked == ["A", "B", "C"]
    assert not events(model, "approved")
    assert signed(model) == 0
    assert signed(stepped(club(scenario, "AC", vote, decider=1.0))) == 1


def test_a_table_needs_company():
    """A is the only member: its work is talked about among all three, without the board."""
    scenario = towns(project("ABC", (50, 50, 50)), own_talks=1.0, cost_joining=0.0)
    model = stepped(club(scenario, "A", {"*": {"vote": yes}}, decider=1.0))
    assert told(model, "voted", "government") == ["A", "B", "C"]
    assert [sits for sits, _ in seats(model).values()] == [True] * 3


@pytest.mark.parametrize(("members", "own", "tabled"), [("ABC", 0, 1), ("BC", 0, 0), ("BC", 1, 1)])
def test_governments_hold_their_own_talks_where_they_are(members, own, tabled):
    """Without own talks an outsider's work waits, however often the body meets."""
    scenario = towns(project("ABC", (50, 50, 50)), own_talks=float(own), cost_joining=0.0)
    model = stepped(club(scenario, members, {"*": {"vote": no}}))
    assert len(events(model, "tabled")) == tabled


def test_slots_are_shared_by_heads():
    """Half a slot a government and year: A, outside, has one in year 2."""
    rows = [project("ABC", (1, 1, 1)), project("BAC", (1, 1, 1)), LATER]
    scenario = towns(*rows, own_talks=0.5, cost_joining=0.0, agenda_life=9)
    model = stepped(club(scenario, "BC", {"*": {"vote": no}}, meeting_capacity=0.0), 2)
    assert told(model, "tabled", "year", "project") == [(1, "B-1-0"), (2, "B-1-0"), (2, "A-1-0")]


def test_only_works_with_the_same_table_are_tied():
    """Two works of the same parties, one hosted by a member: each is voted on alone."""
    rows = [project("ABC", (50, 50, 50)), project("BAC", (50, 50, 50))]
    votes = []
    vote = {"*": {"vote": lambda _, m: votes.append(len(m.projects)) or True}}
    scenario = towns(*rows, own_talks=5.0, cost_joining=0.0)
    stepped(club(scenario, "BC", vote, linkage=2))
    assert set(votes) == {1}
    votes.clear()
    stepped(club(scenario, "ABC", vote, linkage=2))
    assert set(votes) == {2}


def test_a_captured_board_looks_at_members_alone():
    """The largest, C, is outside: B's gain weighs, not C's."""
    scenario = towns(
        project("ABC", (10, 60, 0)), **QUIET, columns={"grdp": [900, 1000, 5000]}, upfront=1.0
    )
    levers = {"decider": 1.0, "capture": 1.0, "captor": "largest"}
    assert signed(stepped(club(scenario, "AB", **levers))) == 1
    assert signed(stepped(club(scenario, "ABC", **levers))) == 0


def test_delegates_are_those_of_members():
    """A is for it, B and C are not: among A and B it is half, and the judge decides."""
    vote = {"A": {"vote": yes}, "BC": {"vote": no}}
    scenario = towns(project("ABC", (50, 50, 50)), **QUIET)
    assert signed(stepped(club(scenario, "AB", vote, decider=1.0, delegates=1.0))) == 1
    assert signed(stepped(club(scenario, "ABC", vote, decider=1.0, delegates=1.0))) == 0


def test_declarations_are_of_those_at_the_table():
    scenario = towns(project("ABC", (50, 50, 50)), **QUIET, vagueness=1.0, credit_mean=0.4)
    model = stepped(club(scenario, "AB", contract_completeness=0.0, monitoring=0.0, sanction=0.0))
    assert told(model, "declared", "amount") == [2.0]


# Money


def test_dues_support_and_equalisation_are_of_members():
    """Budgets 60, 60, 120: A and C pay .1; their mean is 90 a head; the centre adds .05 of 180."""
    columns = {"budget": [60.0, 60.0, 120.0], "population": [1e5, 1e5, 1e5]}
    scenario = towns(LATER, columns=columns, **QUIET, cost_body=0.001)
    levers = {"levy_rate": 0.1, "equalisation": 0.5, "central_support": 0.05}
    levers |= {"withheld_share": 0.2, "meeting_capacity": 1.0}
    model = stepped(club(scenario, "AC", **levers))
    ledger = model.world.ledger
    assert ledger[:3, LEVY] == close([-6, 0, -12])
    assert ledger[:3, EQUALISATION] == close([15, 0, -15])
    assert ledger[:3, TRANSFER] == close([12, 0, 24])
    assert model.coordinator.fund == close(18 + 0.05 * 180)
    assert float(model.world.tally[0].upkeep) == close(0.001 * 180)


def test_grants_are_a_part_of_members_budgets():
    scenario = towns(LATER, **QUIET)
    model = stepped(club(scenario, "A", match_rate=0.5, grant_budget=0.3))
    assert float(model.world.coordinator[0].grants) == close(0.3 * 60)


def test_a_body_that_nobody_is_in_moves_no_money():
    scenario = towns(LATER, **QUIET)
    levers = {"levy_rate": 0.1, "equalisation": 1.0, "withheld_share": 0.2, "central_support": 0.1}
    model = stepped(club(scenario, "", **levers), 4)
    assert not model.world.ledger.any()
    assert model.outcomes()["membership_rate"] == 0


def test_talks_without_the_body_cost_nobody_its_transfer():
    """A's work fails among all three: B keeps what it would lose at the body's table."""
    scenario = towns(project("ABC", (9, 9, 9)), LATER, own_talks=9.0, cost_joining=0.0)
    for members, lost in (("BC", []), ("ABC", ["A", "B", "C"])):
        model = stepped(club(scenario, members, {"*": {"vote": no}}, withheld_share=0.1))
        gov = model.world.gov
        assert [g.code for g in model.governments if gov[g.number].transfer_lost] == lost


def test_nobody_reckons_with_a_transfer_that_such_talks_cannot_cost():
    scenario = towns(project("ABC", (9, 9, 9)), own_talks=9.0, cost_joining=0.0)
    for members, withheld in (("BC", 0.0), ("ABC", 6.0)):
        heard = []
        vote = {"B": {"vote": lambda _, m, heard=heard: heard.append(m.terms.withheld) or False}}
        stepped(club(scenario, members, vote, withheld_share=0.1))
        assert heard[0] == close(withheld)


def test_outsiders_get_no_help_for_copies_and_no_plan_forbids_them():
    """36 of the fund pay 12 of 20 to each member that builds; the plan forbids all but C's."""
    scenario = towns(
        project("ABC", (0, 0, 0), duplicable=True),
        **QUIET,
        fund_cap=0.6,
        agenda_life=1,
        copy_ratio=9.0,
    )
    refuse = {"*": {"vote": no, "go_alone": yes}}
    model = stepped(club(scenario, "BC", refuse, central_support=0.2, earmark=0.0))
    assert told(model, "aided", "government", "amount") == [("B", 12.0), ("C", 12.0)]
    assert told(model, "copied", "government") == ["A", "B", "C"]
    model = stepped(club(scenario, "AB", refuse, plan_supremacy=1.0))
    assert told(model, "copied", "government") == ["C"]
    assert float(model.world.ledger[2, COPIES]) == close(-20)


def test_the_fund_does_not_stand_in_for_works_agreed_without_it():
    answers = {"*": {"vote": yes, "honour": yes}, "B": {"honour": no}}
    scenario = towns(project("ABC", (50, 50, 50)), own_talks=9.0, cost_joining=0.0, fund_cap=0.0)
    for members, backed in (("BC", 0), ("ABC", 1)):
        levers = {"backstop": True, "central_support": 0.5}
        model = stepped(club(scenario, members, answers, **levers))
        assert len(events(model, "taken_over")) == backed
        assert len(events(model, "reneged")) == 1


# Memory, mergers, laws


def test_the_body_remembers_for_its_members():
    """Trust of .9 goes half way back to .5 where nobody remembers: A's partners, not B's."""
    scenario = towns(LATER, **QUIET, term=1, renewal=0.0, trust_reset=0.5)
    model = stepped(club(scenario, "A", institutional_memory=1.0))
    for pair in ("AB", "BA", "AC", "CA", "BC", "CB"):
        trust(model, pair, 0.9)
    stepped(model)
    assert [trust(model, pair) for pair in ("AB", "AC")] == close(
        [0.7, 0.7]
    )  # B, C new and outside
    assert trust(model, "BC") == close(0.6)
    model = stepped(club(scenario, "ABC", institutional_memory=1.0))
    trust(model, "AB", 0.9)
    assert trust(stepped(model), "AB") == close(0.9)


def test_a_merged_government_is_in_if_a_member_of_it_was_and_is_asked_anew():
    asked = []
    scenario = towns(LATER, **QUIET, mergers="2 A B")
    model = club(scenario, "B")
    stepped(model)
    model.take_over("A", stay=lambda _, m: asked.append(m.member) or True)
    stepped(model)
    assert asked == [True]
    assert [town.is_member for town in model.governments] == [True, True, False]
    assert int(model.world.tally[0].outsiders) == 1


def test_a_work_that_is_internal_after_a_merger_needs_no_company():
    """A and B are one, and a member: their work stays with the body."""
    rows = [project("AB", (0, 0)), LATER]
    model = club(towns(*rows, **QUIET, agenda_life=9, mergers="2 A B"), "AB", {"*": {"vote": no}})
    stepped(model, 2)
    assert len(model.projects[0].parties) == 1
    assert not model.world.project[0].apart


def test_a_body_that_becomes_mandatory_takes_all_in_and_asks_all_when_it_is_voluntary_again():
    scenario = towns(
        project("ABC", (1, 1, 1), life=2), LATER, **QUIET, agenda_life=9,
        changes="2 membership=mandatory; 3 membership=voluntary",
    )  # fmt: skip
    model = stepped(club(scenario, "AB", {"*": {"vote": no}}))
    assert seats(model)["C"][0] is False
    stepped(model)
    assert all(town.is_member for town in model.governments)
    assert [sits for sits, _ in seats(model).values()] == [True] * 3
    assert told(model, "joined", "year", "government") == [(1, "A"), (1, "B")]
    stepped(model)
    assert [town.is_member for town in model.governments] == [True, True, False]
    assert told(model, "joined", "year", "government")[2:] == [(3, "A"), (3, "B")]


def test_what_is_sent_back_is_open_to_all_of_a_mandatory_body():
    """Signed by A and B alone, sent back under a law by which all sit: C sits, too."""
    scenario = towns(
        project("ABC", (50, 50, 50)), LATER, **QUIET, agenda_life=9,
        changes="2 membership=mandatory",
    )  # fmt: skip
    levers = {"veto_points": 1, "send_back": 1.0}
    model = stepped(club(scenario, "AB", {"*": {"vote": yes}}, **levers), 2)
    assert len(events(model, "sent_back")) == 1
    assert [sits for sits, _ in seats(model).values()] == [True] * 3


# When leaders are asked, and what it costs


def test_leaders_are_asked_at_the_start_and_at_every_change():
    """Terms of 2 with one renewal: the leaders of year 1 are gone in year 5."""
    asked = []
    rows = [project("ABC", (0, 0, 0), year=6)]
    scenario = towns(*rows, **QUIET, term=2, renewal=1.0, term_limit=2)
    model = club(scenario, "", {"*": {"stay": lambda g, m: asked.append((m.year, g.code)) or True}})
    stepped(model, 6)
    assert asked == [(year, code) for year in (1, 5) for code in "ABC"]


def test_nobody_is_asked_when_no_project_can_come_any_more():
    asked = []
    row = project("ABC", (9, 9, 9), build=9, life=9)
    scenario = towns(row, **QUIET, term=2, renewal=0.0)
    answers = {"*": {"stay": lambda _, m: asked.append(m.year) or True, "vote": yes, "honour": yes}}
    model = club(scenario, "", answers)
    while model.running:
        model.step()
    assert model.year > 5
    assert set(asked) == {1}


def test_joining_costs_once_and_is_lost_to_the_region():
    """.1 of 60 for A and B in year 1, for C in year 2, which counts half; A pays it once."""
    rows = [project("ABC", (0, 0, 0), year=3)]
    scenario = towns(
        *rows, own_talks=0.0, cost_joining=0.1, term=1, renewal=0.0, social_discount=0.5
    )
    model = club(scenario, "AB")
    stepped(model)
    model.take_over("C", stay=yes)
    model.take_over("B", stay=no)
    stepped(model)
    assert told(model, "joined", "year", "government", "amount") == [
        (1, "A", 6.0), (1, "B", 6.0), (2, "C", 6.0),
    ]  # fmt: skip
    assert told(model, "left", "year", "government") == [(2, "B")]
    while model.running:
        model.step()
    assert float(model.world.tally[0].upkeep) == close(12 + 6 * 0.5)
    assert float(model.world.tally[0].welfare) == close(-15)
    assert model.losses()["residual"] == close(0)
    assert model.outcomes()["membership_rate"] == close((2 + 2 + 2) / 9)


# Why a good work fails


def test_a_good_work_that_fails_for_want_of_payers_fails_by_membership():
    """60 for 25 each: 30 are too much for A and B, 20 are not. Or they could care for C's gain."""
    scenario = towns(project("ABC", (25, 25, 25), life=1), **QUIET, agenda_life=1, upfront=1.0)
    model = club(scenario, "AB")
    while model.running:
        model.step()
    causes = dict(zip(CAUSES, model.losses()["cause"].tolist(), strict=True))
    assert {cause: weight for cause, weight in causes.items() if weight} == {
        "parochialism": 0.5, "membership": 0.5,
    }  # fmt: skip
    assert signed(stepped(club(scenario, "ABC"))) == 1


def test_membership_is_no_cause_where_it_would_not_help():
    """A and B gain 15 each of 75: they would not even pay 20."""
    scenario = towns(project("ABC", (15, 15, 45), life=1), **QUIET, agenda_life=1, upfront=1.0)
    model = club(scenario, "AB")
    while model.running:
        model.step()
    assert float(model.losses()["cause"][MEMBERSHIP]) == 0


# A body that one joins by a coin


@pytest.mark.parametrize("p", [0.116, 0.4])
def test_a_work_is_built_if_enough_have_joined(p):
    """Each gains 40 and the work costs 60, so that its host and one more are enough.

    A leader a year, who joins by a coin of chance p: built with p (1 - (1 - p)^2).
    """
    rows = [project("ABC", (20, 20, 20), year=year) for year in range(1, 201)]
    coin = np.random.default_rng(5)
    joins = {"*": {"stay": lambda _g, _m: bool(coin.random() < p)}}
    model = begun(
        towns(*rows, **QUIET, term=1, renewal=0.0, legacy_mean=1.0, upfront=1.0, agenda_life=1),
        joins,
        **CLUB,
    )
    expected = 0
    while model.running:
        before = signed(model)
        model.step()
        in_it = [town.is_member for town in model.governments]
        enough = model.year <= 200 and in_it[0] and sum(in_it) >= 2
        assert signed(model) - before == enough
        expected += enough
    share = p * (1 - (1 - p) ** 2)
    assert abs(expected / 200 - share) < 4 * math.sqrt(share * (1 - share) / 200)
