"""Talks, rule by rule, reckoned by hand: docs/model.md, section 3.4.6 (and 3.4.8 where named)."""

import math

import pytest

from kernegotiate.engine.draws import ESTIMATE
from small_worlds import (
    begun,
    bound,
    close,
    events,
    finished,
    generated,
    no,
    normal_draw,
    project,
    told,
    towns,
    trust,
    yes,
)

ALL_REFUSE = {"*": {"vote": no, "go_alone": no}}
ALL_AGREE = {"*": {"vote": yes, "honour": yes, "go_alone": no}}


# Slots and the agenda


def test_the_least_recently_discussed_comes_first_then_the_oldest():
    """One motion a year: A's, then B's; a newcomer was never discussed; then A's again."""
    scenario = towns(
        project("AB", (1, 1)), project("BC", (1, 1)), project("CA", (1, 1), year=3),
        own_talks=1 / 3, agenda_life=4,
    )  # fmt: skip
    assert told(finished(scenario, ALL_REFUSE), "tabled", "year", "project")[:5] == [
        (1, "A-1-0"), (2, "B-1-0"), (3, "C-3-0"), (4, "A-1-0"), (5, "C-3-0"),
    ]  # fmt: skip


def test_whole_slots_lapse_on_an_empty_agenda_and_parts_are_saved():
    """3 towns x 1 + .5 = 3.5 slots: year 1 leaves .5 behind, so that year 2 has 4 and not 6."""
    later = [project("AB", (1, 1), year=2) for _ in range(6)]
    model = finished(towns(*later), ALL_REFUSE, meeting_capacity=0.5)
    assert len(told(model, "tabled", "year")) == 4


def test_thirds_of_a_slot_make_one_in_three_years():
    """3 towns x 1/9: a motion in year 3, the next in year 6."""
    scenario = towns(project("AB", (1, 1)), project("BC", (1, 1)), own_talks=1 / 9, agenda_life=7)
    assert told(finished(scenario, ALL_REFUSE), "tabled", "year") == [3, 6]


def test_a_motion_is_tabled_once_a_year_and_drops_out_at_the_end_of_its_life():
    """Agenda life 2: voted on in years 1 and 2, dropped in year 2; counted as a wait of 2."""
    model = finished(towns(project("AB", (1, 1)), agenda_life=2), ALL_REFUSE)
    assert told(model, "tabled", "year") == [1, 2]
    assert told(model, "expired", "year") == [2]
    assert model.outcomes()["time_to_agreement"] == 2


def test_waiting_is_counted_to_the_signature():
    """Refused in year 1, signed in year 2: 1 year; the other at once: 0; mean 1/2."""
    scenario = towns(project("AB", (9, 9)), project("BC", (9, 9)), agenda_life=3)
    model = begun(scenario, ALL_AGREE)
    model.take_over("A", vote=lambda _, motion: motion.year > 1)
    while model.running:
        model.step()
    assert told(model, "agreed", "year", "project") == [(1, "B-1-0"), (2, "A-1-0")]
    assert model.outcomes()["time_to_agreement"] == 0.5


# Packages


def test_a_package_takes_the_next_projects_of_the_same_parties():
    """Two to a motion: A's first with B's (same parties, other order), not with C's (others)."""
    scenario = towns(
        project("AB", (1, 1)), project("AC", (1, 1)), project("BA", (1, 1)), project("BA", (2, 2)),
        own_talks=1 / 3, agenda_life=3, own_rounds=1,
    )  # fmt: skip
    model = finished(scenario, ALL_REFUSE, linkage=2)
    assert told(model, "tabled", "year", "project") == [
        (1, "A-1-0"), (1, "B-1-0"),  # B-1-1 must wait
        (2, "A-1-1"),
        (3, "B-1-1"), (3, "A-1-0"),  # the least recently discussed of those with its parties
    ]  # fmt: skip


def test_a_package_leaves_out_what_the_coordinator_decides():
    """Jurisdiction is drawn for each project; what is not the parties' is no part of a deal."""
    rows = [project("AB", (1, 1)) for _ in range(12)]
    model = begun(towns(*rows, own_talks=10.0, own_rounds=1), ALL_REFUSE, linkage=6, decider=0.5)
    model.step()
    draws = {p.code: float(p._row.draw) for p in model.projects}
    decided = {*told(model, "approved", "project"), *told(model, "refused", "project")}
    assert decided == {code for code, draw in draws.items() if draw < 0.5}
    assert 0 < len(decided) < 12


# First draft


@pytest.mark.parametrize(
    ("rule", "shares"),
    [
        ("equal", {"A": 1 / 3, "B": 1 / 3, "C": 1 / 3}),
        ("ability", {"A": 5 / 10, "B": 3 / 10, "C": 2 / 10}),
        # Benefits 30, -6 and 10: a loser bears nothing.
        ("benefit", {"A": 30 / 40, "B": 0.0, "C": 10 / 40}),
    ],
)
def test_first_draft(rule, shares):
    scenario = towns(project("ABC", (30, -6, 10)), columns=bound(A=5, B=3, C=2))
    model = begun(scenario, ALL_AGREE, proposal_rule=rule)
    model.step()
    assert model.projects[0].shares == close(shares)


def test_a_draft_by_benefit_goes_by_what_outsiders_see():
    """With a misfit that only the locals see, shares follow the public part of the benefits."""
    scenario = generated(rate=1.0, years=1, misfit=0.9)
    model = begun(scenario, ALL_AGREE, proposal_rule="benefit")
    model.step()
    for p in model.projects:
        seats = p._seats
        assert p.shares == close(
            {g.code: float(s.own_public) / float(seats.own_public.sum())
             for g, s in zip(p.parties, seats, strict=True)}
        )  # fmt: skip
        assert abs(float(seats[0].own - seats[0].own_public)) > 1e-3


def test_where_nobody_benefits_a_draft_by_benefit_is_equal():
    model = begun(towns(project("AB", (-1, 0))), ALL_AGREE, proposal_rule="benefit")
    model.step()
    assert model.projects[0].shares == close({"A": 0.5, "B": 0.5})


def test_a_grant_is_all_or_nothing_and_lasts_as_the_year_s_money_does():
    """Grants .2 x 180 = 36: half of 60 is 30, the second finds 6; next year there are 36 again."""
    scenario = towns(project("AB", (9, 9)), project("BC", (9, 9)), project("CA", (9, 9), year=2))
    model = begun(scenario, ALL_AGREE, match_rate=0.5, grant_budget=0.2)
    model.step()
    assert model.coordinator.grants == close(0.2 * 180 - 0.5 * 60)
    model.step()
    assert [float(p._row.match) for p in model.projects] == [0.5, 0.0, 0.5]
    assert model.projects[0].shares == close({"A": 0.25, "B": 0.25})


def test_a_grant_that_the_money_just_covers_is_given():
    """.5 x 60 = 30 = grants of 1/6 x 180."""
    model = begun(towns(project("AB", (9, 9))), ALL_AGREE, match_rate=0.5, grant_budget=30 / 180)
    model.step()
    assert float(model.projects[0]._row.match) == 0.5


@pytest.mark.parametrize(
    ("cap", "match", "share"),
    [
        (0.2, 0.0, 0.2),  # the cap
        (0.6, 0.0, 18 / 60),  # what the fund holds: levies of .1 on budgets of 60
        (0.6, 0.9, 0.1),  # what the grant leaves
    ],
)
def test_the_fund_s_part(cap, match, share):
    model = begun(
        towns(project("AB", (9, 9)), fund_cap=cap), ALL_AGREE,
        levy_rate=0.1, match_rate=match, grant_budget=1.0,
    )  # fmt: skip
    model.step()
    assert float(model.projects[0]._row.fund_share) == close(share)
    assert model.projects[0].shares == close(dict.fromkeys("AB", (1 - match - share) / 2))
    # Set aside, and half of it paid by now.
    assert model.coordinator.fund == close(18 - share * 60)
    assert model.coordinator.reserved == close(share * 60 / 2)


def test_within_a_package_fund_and_grants_are_spent_once():
    """Fund 18, cap .2: 12 for the first, 6 left = .1 of 60; grants 36: 30 for the first only."""
    scenario = towns(project("AB", (9, 9)), project("BA", (9, 9)), fund_cap=0.2)
    model = begun(scenario, ALL_AGREE, linkage=2, levy_rate=0.1, match_rate=0.5, grant_budget=0.2)
    model.step()
    assert [float(p._row.fund_share) for p in model.projects] == close([12 / 60, 6 / 60])
    assert [float(p._row.match) for p in model.projects] == [0.5, 0.0]


# Votes and redrafts


def drafts(model):
    """Shares at each vote of A, draft by draft."""
    seen = []

    def look(_, motion):
        seen.append(motion.projects[0].shares)
        return False

    model.take_over("A", vote=look)
    model.step()
    return [[draft[code] for code in "ABC"] for draft in seen]


def test_a_refuser_s_share_falls_by_a_step_and_the_others_rise_alike():
    """Grant .4, so .2 each; step .5 x .6/3 = .1; at 0 the next draft would be the same: no vote."""
    scenario = towns(project("ABC", (9, 9, 9)), share_step=0.5, own_rounds=9)
    model = begun(scenario, ALL_AGREE, match_rate=0.4, grant_budget=1.0)
    assert drafts(model) == [
        close([0.2, 0.2, 0.2]), close([0.1, 0.25, 0.25]), close([0.0, 0.3, 0.3]),
    ]  # fmt: skip
    assert model.projects[0].shares["A"] == 0.0  # exactly: no promise of 1e-17


def test_with_side_payments_a_share_may_become_a_payment():
    scenario = towns(project("ABC", (9, 9, 9)), share_step=0.75, own_rounds=2)
    model = begun(scenario, ALL_AGREE, side_payments=True, rounds=1)
    assert drafts(model) == [
        close([1 / 3, 1 / 3, 1 / 3]),
        close([1 / 3 - 0.25, 1 / 3 + 0.125, 1 / 3 + 0.125]),
        close([1 / 3 - 0.5, 1 / 3 + 0.25, 1 / 3 + 0.25]),
    ]


def test_the_last_step_stops_at_the_floor():
    """Step .7 of a share of 1/3: only .3/3 is left to give after the first, not another .7/3."""
    scenario = towns(project("ABC", (9, 9, 9)), share_step=0.7, own_rounds=3)
    assert drafts(begun(scenario, ALL_AGREE))[2] == close([0.0, 0.5, 0.5])


def test_own_drafts_and_those_of_a_coordinator_add_up():
    scenario = towns(project("ABC", (9, 9, 9)), share_step=0.01, own_rounds=2)
    assert len(drafts(begun(scenario, ALL_AGREE, rounds=3))) == 2 + 3


def test_where_nobody_accepts_there_is_no_second_draft():
    model = finished(towns(project("AB", (1, 1)), own_rounds=5), ALL_REFUSE)
    assert len(events(model, "voted")) == 2


@pytest.mark.parametrize(
    ("quota", "yeses", "passes"),
    [(1.0, 2, False), (2 / 3, 2, True), (0.5, 1, False), (0.5, 2, True), (1 / 3, 1, True)],
)
def test_a_quota_of_three(quota, yeses, passes):
    """At least quota x 3 yeses, and then all three are bound."""
    model = begun(towns(project("ABC", (9, 9, 9)), own_rounds=1), ALL_AGREE, quota=quota)
    for code in "ABC"[yeses:]:
        model.take_over(code, vote=no)
    model.step()
    assert len(events(model, "agreed")) == passes
    assert len(model.projects[0].inside) == 3 * passes


def test_a_tiny_quota_still_needs_a_yes():
    model = begun(towns(project("AB", (1, 1))), ALL_REFUSE, quota=1e-12)
    model.step()
    assert not events(model, "agreed")


# What coordinating costs


def coordination(model):
    return model.outcomes()["coordination_cost"]


def test_information_is_paid_for_when_a_project_is_first_tabled():
    """Tabled in years 1 and 2; .05 x 60 x (1 - .2) once."""
    scenario = towns(project("AB", (1, 1)), cost_information=0.05, agenda_life=2)
    assert coordination(finished(scenario, ALL_REFUSE, data_sharing=0.2)) == close(0.05 * 60 * 0.8)


def test_every_draft_costs_and_mediation_saves():
    """Three drafts (A refuses them all) at .01 x 60 x (1 - .25)."""
    scenario = towns(project("ABC", (9, 9, 9)), cost_round=0.01, own_rounds=3, share_step=0.1)
    model = begun(scenario, ALL_AGREE, mediation=0.25)
    assert len(drafts(model)) == 3
    assert coordination_booked(model) == close(3 * 0.01 * 60 * 0.75)


def coordination_booked(model):
    """Of a model that is not over."""
    return float(model.world.tally[0].coordination_cost)


def test_set_up_and_monitoring_are_paid_at_signing_whoever_bears_them():
    """Signed in year 2, discounted once: .9 x 60 x (.02 + 3 x .01)."""
    scenario = towns(
        project("AB", (9, 9), year=2, build=3),
        cost_setup=0.02, cost_monitoring=0.01, social_discount=0.9,
    )  # fmt: skip
    model = finished(scenario, ALL_AGREE, hosted_costs=1.0)
    assert coordination(model) == close(0.9 * 60 * (0.02 + 3 * 0.01))


# The coordinator decides (3.4.8)


@pytest.mark.parametrize(("bar", "approved"), [(2.0, 1), (2.01, 0)])
def test_a_coordinator_passes_what_reaches_its_bar(bar, approved):
    """Benefits 2 x (35 + 25) = 120 against costs of 60: a ratio of 2; parties are not asked."""
    model = finished(towns(project("AB", (35, 25))), ALL_REFUSE, decider=1.0, bar=bar)
    assert len(events(model, "approved")) == approved
    assert events(model, "voted") == []
    (decision,) = events(model, "approved") + events(model, "refused")
    assert decision.amount == close(120 / 60)


def test_what_the_coordinator_refuses_is_not_tabled_again():
    model = finished(towns(project("AB", (1, 1)), agenda_life=4), decider=1.0)
    assert told(model, "tabled", "year") == [1]
    assert told(model, "expired", "year") == [4]


def test_its_estimate_discounts_and_pays_by_schedule():
    """Half at once, a quarter in each of years 1 and 2; two years of benefits after that."""
    scenario = towns(project("AB", (40, 40), build=2), social_discount=0.5)
    (decision,) = events(finished(scenario, decider=1.0), "refused")
    paid = 60 * (0.5 + 0.25 * (0.5 + 0.25))
    assert decision.amount == close(80 * (0.125 + 0.0625) / paid)


def test_an_estimate_misses_the_misfit_and_half_of_the_error_stays_under_full_data():
    """log(estimate / public benefit) = estimate_error (1 - sharing/2) z: the same z in both."""
    scenario = generated(rate=1.0, years=1, misfit=0.8, estimate_error=0.4)
    seen = {}
    for sharing in (0.0, 1.0):
        model = finished(scenario, decider=1.0, data_sharing=sharing)
        for decision in events(model, "approved") + events(model, "refused"):
            (p,) = [p for p in model.projects if p.code == decision.project]
            public = float(p._row.public_benefit) * int(p._row.life)
            assert abs(float(p._row.benefit) - float(p._row.public_benefit)) > 1e-6
            error = math.log(decision.amount / (public / p.cost))
            seen.setdefault(p.code, []).append(error)
    assert len(seen) == 3
    for code, (whole, half) in seen.items():
        z = normal_draw(1, ESTIMATE, code[0], None, 1, 0)
        assert whole == pytest.approx(0.4 * z, rel=1e-9)
        assert half == pytest.approx(0.4 * z / 2, rel=1e-9)


# Signing


def test_the_heaviest_year_counts_against_the_room_from_signing_on():
    """f = .2, D = 1: .8 of .5 x 60 = 24 each; of a budget of 40 then 16 is left, 24 too many."""
    scenario = towns(
        project("AB", (99, 99)), project("BA", (99, 99)), upfront=0.2, ceiling=0.0,
        budget_share=0.04,
    )  # fmt: skip
    model = begun(scenario, {"*": {"go_alone": no}})
    for pair in ("AB", "BA"):
        trust(model, pair, 1.0)
    model.step()
    fits = [event.terms.dues_fit for event in events(model, "voted")]
    assert fits == [True, True, False, False]
    assert model.government("A").dues == close(0.8 * 30)
    model.step()
    assert model.government("A").dues == close(0.8 * 30)  # the instalment of year 2


def test_a_ceiling_does_not_hold_up_what_the_coordinator_orders():
    scenario = towns(project("AB", (99, 99)), ceiling=0.0, budget_share=0.001)
    model = begun(scenario, {"*": {"honour": yes}}, decider=1.0)
    model.step()
    assert len(events(model, "approved")) == 1
    assert told(model, "paid", "amount") == close([15.0, 15.0])


# The conditional transfer (3.4.5 and 3.4.7)


def test_a_motion_voted_down_costs_its_parties_the_next_transfer():
    """.1 x 60 for all in year 1; not for A and B, who voted one down, in year 2; then again."""
    scenario = towns(project("AB", (1, 1)), project("CA", (1, 1), year=3), years=3)
    model = begun(scenario, ALL_REFUSE, withheld_share=0.1)
    incomes = []
    for _ in range(3):
        model.step()
        incomes.append([town.income for town in model.governments])
    assert incomes == [close([66, 66, 66]), close([60, 60, 66]), close([66, 66, 66])]
    assert model.outcomes()["outside_money"] == close(3 * 6 + 6 + 3 * 6)
