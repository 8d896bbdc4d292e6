"""What a vote weighs, reckoned by hand: docs/model.md, sections 3.4.1 and 3.4.7."""

import math

import pytest

from kernegotiate.engine.horizon import horizon_table, in_office, row_of, worth
from small_worlds import begun, close, events, finished, lead, no, project, towns, trust, yes

OUTSIDE = {"*": {"go_alone": no}}


def votes(model, code, year=1):
    """Terms of the votes of a town in a year, draft by draft."""
    return [e.terms for e in events(model, "voted") if (e.government, e.year) == (code, year)]


# What a future year weighs (3.4.1)


@pytest.mark.parametrize("renewable", [False, True])
@pytest.mark.parametrize("left", [0, 2, 4])
@pytest.mark.parametrize("legacy", [0.0, 0.25, 1.0])
def test_what_a_future_year_weighs(left, renewable, legacy):
    """psi(y) = d^y [a + l (1 - a)]; a = 1 in office, the renewal chance in a next term of 4."""
    table, row = horizon_table(0.9, 4, 0.3, 14), row_of(left, renewable)

    def office(y):
        return 1.0 if y < left else 0.3 if renewable and y < left + 4 else 0.0

    def psi(y):
        return 0.9**y * (office(y) + legacy * (1 - office(y)))

    for start, stop in [(0, 14), (1, 3), (2, 9), (5, 5)]:
        assert worth(table, row, legacy, start, stop) == close(
            sum(psi(y) for y in range(start, stop))
        )
    assert [in_office(table, row, y) for y in range(10)] == close(
        [0.9**y * office(y) for y in range(10)]
    )


@pytest.mark.parametrize(
    ("limit", "legacy", "weight"),
    [
        (2, 0.0, 0.4 + 0.4 + 0 + 0),  # a term of 2 years, perhaps another one, then gone
        (1, 0.0, 0.0),  # gone when it opens
        (2, 0.5, 0.5 * 4 + 0.5 * 0.8),
        (1, 1.0, 4.0),
    ],
)
def test_who_may_be_renewed_looks_further(limit, legacy, weight):
    """Benefits in the years 2 to 5 ahead."""
    scenario = towns(project("AB", (10, 7), life=4), term=2, term_limit=limit, renewal=0.4)
    model = begun(scenario, OUTSIDE)
    for code in "AB":
        lead(model, code, legacy=legacy)
    model.step()
    assert votes(model, "A")[0].own_gain == close(10 * weight)
    assert votes(model, "B")[0].own_gain == close(7 * weight)


# Reading


def test_gains_are_misread_and_caution_makes_a_loss_look_larger():
    """sd = .6 (1 - .5) = .3; e is drawn; caution .4 lowers a gain and raises a loss."""
    scenario = towns(
        project("AB", (30, -4)), project("BC", (2, -9), spillover=0), noise=0.6, caution=0.4
    )
    model = begun(scenario, OUTSIDE, data_sharing=0.5)
    model.step()
    gain, loss = model.world.party[0, :2]
    assert abs(gain.reading) > 1e-3
    assert float(gain.read) == close(30 * math.exp(0.3 * (float(gain.reading) - 0.4)))
    assert float(loss.read) == close(-4 * math.exp(0.3 * (float(loss.reading) + 0.4)))
    # Of the region, without error: 30 - 4 = 26 looks less, 2 - 9 = -7 more.
    assert float(model.world.project[0].read) == close(26 * math.exp(-0.3 * 0.4))
    assert float(model.world.project[1].read) == close(-7 * math.exp(0.3 * 0.4))
    # Two years of what is read are the gain.
    assert votes(model, "A")[0].own_gain == close(2 * float(gain.read))


# All terms at once

# A's leader: w = .5, c = .2, one year left; its delegate: w' = .5 x .5 x (1 - .2) = .2.
HOME = 0.5 * 0.5 * (1 - 0.2)
SHARE, TOGETHER = 0.3, 0.9  # a tenth is granted
PAY = 0.4 + 0.3 * (0.5 + 0.25)  # .4 at once, .3 in each of two years, at half a year's worth
YEARS = 0.5**3 + 0.5**4  # of benefits, three and four years ahead
ENFORCED = 0.5 * (1 - 0.4 * 0.5) * 0.5 * 0.6  # monitored, not evaded, fined, written down
SURE = (1 - SHARE * (1 - 0.8) * (1 - ENFORCED)) * (1 - SHARE * (1 - 0.5) * (1 - ENFORCED))
OWN = 30 * YEARS
MEAN = (30 + 12 - 4 + 10) * YEARS / 3
REGARD = HOME * OWN + (1 - HOME) * MEAN
COSTS = {"information": 0.02 * (1 - 0.25), "draft": 0.01 * (1 - 0.1), "later": 0.03 + 2 * 0.005}


@pytest.fixture
def weighed():
    """Terms of A's votes on three drafts in which nobody moves but the number of drafts."""
    scenario = towns(
        project("ABC", (30, 12, -4), spillover=10, build=2, touches_land=True),
        upfront=0.4, leader_discount=0.5, evasion=0.4, cover=0.3, reputation=0.7,
        signing_credit=0.9, autonomy_cost=0.05, cost_information=0.02, cost_round=0.01,
        cost_setup=0.03, cost_monitoring=0.005, share_step=0.0, land_dependence=0.25,
    )  # fmt: skip
    model = begun(
        scenario, {"B": {"vote": no}}, staff_loyalty=0.5, match_rate=0.1, grant_budget=1.0,
        delegate_loyalty=0.5, kpi_regional=0.2, monitoring=0.5, sanction=0.5,
        contract_completeness=0.6,
        data_sharing=0.25, mediation=0.1, hosted_costs=0.5, plan_supremacy=0.6, decider=0.05,
    )  # fmt: skip
    lead(model, "A", parochial=0.5, credit=0.2, years_left=1)
    for pair, value in {"AB": 0.8, "AC": 0.5, "BA": 0.9, "CA": 0.3}.items():
        trust(model, pair, value)
    model.step()
    assert model.projects[0]._row.draw > 0.05  # not the coordinator's
    (terms,) = votes(model, "A")
    return terms


def test_gains_and_confidence(weighed):
    assert weighed.own_gain == close(OWN)
    assert weighed.regional_gain == close(MEAN)
    assert weighed.confidence == close(SURE)
    assert weighed.benefit == close(SURE * REGARD)


@pytest.mark.parametrize(("sanction", "counts"), [(0.5, 0.5), (4.0, 1.0)])
def test_enforcement_is_no_more_than_certain(sanction, counts):
    """A fine of four times the dues makes a promise as sure as one of once the dues."""
    model = begun(
        towns(project("AB", (9, 9)), trust=0.2), OUTSIDE, monitoring=0.5, sanction=sanction,
        contract_completeness=0.6,
    )  # fmt: skip
    model.step()
    sure = 0.2 + 0.8 * 0.5 * counts * 0.6
    assert votes(model, "A")[0].confidence == close(1 - 0.5 * (1 - sure))


def test_credit_is_for_opening_it_while_in_office(weighed):
    """The last instalment falls two years ahead."""
    assert weighed.credit == close(SURE * 0.2 * 60 * SHARE * 0.5**2)


def test_dues_weigh_by_regard(weighed):
    assert weighed.dues == close((HOME * SHARE + (1 - HOME) * TOGETHER / 3) * 60 * PAY)


def test_costs_of_agreeing(weighed):
    """The coordinator hosts half of set-up and monitoring."""
    agreeing = 20 * (COSTS["information"] + COSTS["draft"] + 0.5 * COSTS["later"])
    assert weighed.transaction == close(agreeing)


def test_autonomy_is_felt_more_where_land_matters(weighed):
    assert weighed.autonomy == close(20 * 0.05 * (0.05 + 0.6) / 2 * (1 + 0.25))


def test_where_land_does_not_matter_autonomy_is_the_same_for_all():
    """30 x .05 x 1/2, although a quarter of the revenue comes from land."""
    scenario = towns(project("AB", (9, 9)), autonomy_cost=0.05, land_dependence=0.25)
    model = begun(scenario, OUTSIDE, plan_supremacy=1.0)
    model.step()
    assert votes(model, "A")[0].autonomy == close(30 * 0.05 / 2)


def test_the_honest_value(weighed):
    assert weighed.honest == close(
        SURE * REGARD
        + SURE * 0.2 * 60 * SHARE * 0.25
        - (HOME * SHARE + (1 - HOME) * TOGETHER / 3) * 60 * PAY
        - 20 * (COSTS["information"] + COSTS["draft"] + 0.5 * COSTS["later"])
        - 20 * 0.05 * 0.325 * 1.25
    )


def test_the_paper_value(weighed):
    """Standing is the others' trust in A, (.9 + .3)/2, and A has one of two years left."""
    fine = 0.5 * (1 - 0.4 * 0.5) * 0.5 * 0.6
    face = 0.7 * 0.6 * (0.9 + 0.3) / 2 * 1 / 2
    assert weighed.paper == close(
        0.9 * 0.2 * 20
        + 0.3 * (1 - SHARE) * (SURE * REGARD - (1 - HOME) * TOGETHER / 3 * 60 * PAY)
        - (fine + face) * SHARE * 60
        - 20 * (COSTS["information"] + COSTS["draft"] + 0.5 * COSTS["later"])
    )


def test_each_draft_voted_on_costs_its_parties():
    """.01 x 60/3 for each of three drafts, that which is voted on included."""
    scenario = towns(project("ABC", (9, 9, 9)), cost_round=0.01, share_step=0.2, own_rounds=3)
    model = begun(scenario, {"*": {"vote": yes}, "B": {"vote": no}})
    model.step()
    assert [terms.transaction for terms in votes(model, "A")] == close([0.2, 0.4, 0.6])


def test_a_region_that_is_paid_to_join_fears_no_more_than_certain_failure():
    """With side payments a share above 1 counts as 1: P = 1 - 1 x (1 - .5), not 1 - 1.25 x .5."""
    scenario = towns(project("AB", (9, 9)), share_step=0.75, own_rounds=3)
    model = begun(scenario, {"A": {"vote": no}, "B": {"vote": yes}}, side_payments=True)
    model.step()
    assert model.projects[0].shares == close({"A": -0.25, "B": 1.25})
    first, _, last = votes(model, "A")
    assert (first.confidence, last.confidence) == (0.75, 0.5)
    # What A is paid is no promise of A's: B trusts that nothing is missing.
    assert votes(model, "B")[-1].confidence == 1.0


def test_who_is_paid_to_join_has_neither_credit_nor_a_fine_to_fear():
    """At 1/2 credit .3 x 30 and a fine of 30; at -1/4 neither; a signature earns .7 x .3 x 30."""
    scenario = towns(project("AB", (9, 9)), share_step=0.75, own_rounds=3, signing_credit=0.7)
    model = begun(
        scenario, {"A": {"vote": no}, "B": {"vote": yes}}, side_payments=True, monitoring=1.0,
        sanction=1.0, contract_completeness=1.0,
    )  # fmt: skip
    lead(model, "A", credit=0.3)
    model.step()
    first, _, last = votes(model, "A")
    assert (first.credit, last.credit) == (close(0.3 * 30), 0.0)
    assert (first.paper, last.paper) == (close(6.3 - 30), close(6.3))


# Yes or no


def test_a_motion_must_beat_going_alone():
    """A copy at 1.2 yields 1.2 x 30 - 30 = 6; two years of 17.5 less 30 are 5, of 18.5 are 7."""
    for own, answer in [(17.5, False), (18.5, True)]:
        model = begun(towns(project("AB", (own, own), duplicable=True), trust=1.0), OUTSIDE)
        model.step()
        (terms,) = votes(model, "A")
        assert (terms.fall_back, terms.honest, terms.yes) == (close(6), close(2 * own - 30), answer)


@pytest.mark.parametrize(
    ("values", "levers"),
    [
        ({}, {"plan_supremacy": 1.0}),  # forbidden
        ({"ceiling": 0.0, "budget_share": 0.029}, {}),  # 29 do not pay for 30
        ({"copy_ratio": 0.9}, {}),  # a loss
    ],
)
def test_without_a_way_alone_there_is_no_fall_back(values, levers):
    model = begun(
        towns(project("AB", (9, 9), duplicable=True), trust=1.0, **values), OUTSIDE, **levers
    )
    model.step()
    assert votes(model, "A")[0].fall_back == 0


@pytest.mark.parametrize(("builders", "each"), [("A", 7.2), ("AB", 3.6)])
def test_standing_copies_are_lost_when_the_joint_work_opens(builders, each):
    """Built in year 1, they yield 1.2 x 30/5 = 7.2 (or half) in years 2 to 6; the work would open
    in year 4: each loses three years of yield, and nobody loses what it has not built."""
    scenario = towns(
        project("AB", (20, 10), life=5, duplicable=True), agenda_life=2, own_rounds=1, trust=1.0
    )
    model = begun(scenario, {"*": {"vote": no, "go_alone": no}})
    for code in builders:
        model.take_over(code, go_alone=yes)
    model.step()
    model.step()
    (a,), (b,) = votes(model, "A", 2), votes(model, "B", 2)
    assert a.own_gain == close(5 * 20 - 3 * each)
    assert b.own_gain == close(5 * 10 - (3 * each if "B" in builders else 0))
    assert a.regional_gain == close((5 * 30 - 3 * each * len(builders)) / 2)


def test_dues_must_fit_under_the_ceiling():
    """Half of 60 at once or a year later: 15 each, of a budget of 10 that may be exceeded by .5."""
    for ceiling, fits in [(0.5, True), (0.49, False)]:
        scenario = towns(project("AB", (99, 99)), trust=1.0, ceiling=ceiling, budget_share=0.01)
        model = begun(scenario, OUTSIDE)
        model.step()
        (terms,) = votes(model, "A")
        assert terms.honest > 0
        assert (terms.dues_fit, terms.yes) == (fits, fits)


def test_a_signature_without_dues_to_pay_may_be_worth_its_applause():
    """Honestly 2 - 30 is a loss; on paper .5 x .4 x 30 = 6 in applause less 5 of fine is a gain."""
    scenario = towns(project("AB", (1, 1)), signing_credit=0.5, trust=1.0, own_rounds=1)
    for sanction, answer in [(5 / 30, True), (6.1 / 30, False)]:
        model = begun(
            scenario, {"*": {"honour": no}}, monitoring=1.0, contract_completeness=1.0,
            sanction=sanction,
        )  # fmt: skip
        lead(model, "A", credit=0.4)
        model.step()
        (terms,) = votes(model, "A")
        assert terms.paper == close(6 - sanction * 30)
        assert terms.honest < 0
        assert bool(terms.yes) is answer


# The conditional transfer


def test_what_a_no_costs_counts_once_a_year_and_by_regard():
    """Transfers of .1 x 60 = 6, a year ahead at half: 3. A no to A and B's costs B's already."""
    scenario = towns(project("AB", (1, 1)), project("BC", (1, 1)), leader_discount=0.5)
    model = begun(scenario, {"*": {"vote": no, "go_alone": no}}, withheld_share=0.1)
    lead(model, "A", parochial=0.0)
    lead(model, "B", parochial=1.0)
    lead(model, "C", parochial=0.25)
    model.step()
    (a,), (b, b_again), (c,) = votes(model, "A"), votes(model, "B"), votes(model, "C")
    assert a.withheld == close(0.5 * (6 + 6) / 2)
    assert b.withheld == close(0.5 * 6)
    assert b_again.withheld == 0
    assert c.withheld == close(0.5 * (0.25 * 6 + 0.75 * 6 / 2))


@pytest.mark.parametrize(
    ("own", "share", "answer"),
    [
        (12.0, 0.101, True),  # honest 24 - 30 = -6 against -6.06
        (12.0, 0.099, False),
        (1.0, 0.0, False),
    ],
)
def test_a_transfer_at_stake_makes_a_loss_bearable(own, share, answer):
    """Without it to be lost both refuse; a fine on the whole keeps them from signing on paper."""
    scenario = towns(project("AB", (own, own)), trust=1.0)
    binding = {"monitoring": 1.0, "contract_completeness": 1.0, "sanction": 9.0}
    model = begun(scenario, OUTSIDE, withheld_share=share, **binding)
    model.step()
    assert [bool(terms.yes) for code in "AB" for terms in votes(model, code)] == [answer] * 2


def test_signing_on_paper_also_saves_the_transfer():
    """Agreeing costs .05 x 30 = 1.5, the transfer at stake is 2 (or 1): sign and do not pay."""
    for share, answer in [(2 / 60, True), (1 / 60, False)]:
        scenario = towns(project("AB", (1, 1)), cost_information=0.05)
        model = begun(scenario, OUTSIDE, withheld_share=share)
        model.step()
        assert [bool(terms.yes) for terms in votes(model, "A")] == [answer]
        assert votes(model, "A")[0].paper == close(-1.5)


# Packages


def test_a_package_is_weighed_as_a_whole():
    """Gains of 2 x 22 - 30 and 2 x 10 - 30 add up to 4; one alone would fail."""
    rows = project("AB", (22, 22)), project("BA", (10, 10))
    model = begun(towns(*rows, trust=1.0), {"*": {"honour": yes}}, linkage=2)
    model.step()
    (terms,) = votes(model, "A")
    assert terms.honest == close((44 - 30) + (20 - 30))
    assert len(events(model, "agreed")) == 2
    apart = begun(towns(*rows, trust=1.0), {"*": {"honour": yes}})
    apart.step()
    assert [event.project for event in events(apart, "agreed")] == ["A-1-0"]


def test_a_leader_who_sees_the_region_only_agrees_to_bear_what_others_enjoy():
    """w = 0: the mean gain 2 x (0 + 40)/2 less mean dues of 30 counts, and A's own 0 does not."""
    model = finished(towns(project("AB", (0, 40)), trust=1.0, parochial_mean=0.0))
    assert votes(model, "A")[0].honest == close(40 - 30)
    assert model.outcomes()["completed"] == 1
