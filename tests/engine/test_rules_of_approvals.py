"""Approvals between the signature and the first payment: docs/model.md, 3.4.18."""

import numpy as np
import pytest

from kernegotiate.engine.diagnosis import CAUSES, _margin
from kernegotiate.engine.draws import APPROVAL, address
from kernegotiate.engine.layout import EXPIRED, ON_AGENDA, SIGNED
from kernegotiate.engine.leaders import set_horizon
from kernegotiate.engine.losses import LINES
from small_worlds import begun, bound, close, events, finished, lead, no, project, told, towns, yes

ALL = {"*": {"vote": yes, "honour": yes, "go_alone": no}}
OBEDIENT = {"*": {"honour": yes, "go_alone": no}}
FIVE_THREE_TWO = bound(A=0.5, B=0.3, C=0.2)


# The schedule


def test_each_approval_takes_its_years_and_the_first_payment_comes_with_the_last():
    """Signed in year 1, approved in 3 and 5, paid in 5 and 6, open in 7."""
    model = finished(towns(project("ABC", (9, 9, 9))), ALL, veto_points=2, approval_years=2)
    assert told(model, "cleared", "year", "amount") == [(3, 1.0), (5, 2.0)]
    assert told(model, "paid", "year") == [5, 5, 5, 6, 6, 6]
    assert told(model, "opened", "year") == [6]
    assert (model.projects[0].signed, model.projects[0].opens) == (1, 7)
    assert model.outcomes()["start_delay"] == 4
    assert model.outcomes()["time_to_agreement"] == 0


def test_what_a_coordinator_decides_is_approved_likewise():
    scenario = towns(project("ABC", (20, 20, 20)))
    model = finished(scenario, ALL, decider=1.0, veto_points=1, approval_years=3)
    assert told(model, "approved", "year") == [1]
    assert told(model, "paid", "year")[0] == 4


def test_a_late_work_is_delayed_in_the_ledger_and_nothing_else():
    """What it is worth when it begins, two years later: V1 - V2 = (1 - .81) of it."""
    worth = 48 * (0.9**2 + 0.9**3) - 30 * (1 + 0.9)
    model = finished(towns(project("ABC", (30, 9, 9)), social_discount=0.9), ALL, veto_points=2)
    line = dict(zip(LINES, model.losses()["line"], strict=True))
    assert model.outcomes()["welfare"] == close(0.81 * worth)
    assert line["delayed"] == close(0.19 * worth)
    assert [name for name, money in line.items() if abs(money) > 1e-9] == ["delayed"]
    assert abs(model.losses()["residual"]) < 1e-9


def test_a_work_that_stalls_after_its_approvals_is_paid_for_from_their_end():
    """All pay .5 of 60 in year 3, nobody in year 4: 30 at .9 squared."""
    scenario = towns(project("ABC", (30, 9, 9)), social_discount=0.9)
    model = begun(scenario, ALL, veto_points=2)
    for _ in range(3):
        model.step()
    for town in "ABC":
        model.take_over(town, honour=no)
    model.step()
    assert told(model, "died", "year") == [4]
    assert model.outcomes()["signed"] == 1
    assert float(model.world.tally[0]["welfare"]) == close(-30 * 0.81)
    assert abs(model.losses()["residual"]) < 1e-9


def test_costs_overrun_in_years_of_building():
    """One year of building, which is the second of payments: year 3, not 2."""
    model = finished(towns(project("ABC", (30, 9, 9)), overrun=0.5), ALL, veto_points=1)
    assert told(model, "overran", "year") == [3]


def test_who_threatens_does_so_in_a_year_of_building():
    """One year of building: in year 3, when half is paid."""
    model = finished(
        towns(project("ABC", (60, 60, 60)), hold_up=1.0), {"*": {"go_alone": no}}, veto_points=1
    )
    assert set(told(model, "reopened", "year")) == {3}


@pytest.mark.parametrize("upfront", [0.7, 0.2])
def test_while_it_waits_the_dues_of_its_heaviest_year_count_against_the_room(upfront):
    """A bears .5 of 60: of the heavier payment in years 1 to 3, of the instalment in year 4."""
    scenario = towns(project("ABC", (30, 9, 9)), columns=FIVE_THREE_TWO, upfront=upfront)
    model = begun(scenario, ALL, veto_points=2, proposal_rule="ability")
    found = []
    for _ in range(4):
        model.step()
        found.append(float(model.world.gov[0]["dues"]))
    heaviest = max(upfront, 1 - upfront)
    assert found == [close(30 * heaviest)] * 3 + [close(30 * (1 - upfront))]


def test_the_planner_may_wait_as_long_as_an_agreement_can():
    """Agenda life 1: a copy of 20 yields 15 a year for two years, if the work begins in year 2.

    Then it is worth 10, and the work 2 x 48 - 60; begun in year 1, the work would end the copy
    after a year.
    """
    row = project("ABC", (30, 9, 9), duplicable=True)
    scenario = towns(row, copy_ratio=1.5, copy_crowding=50.0, agenda_life=1)
    for points, best in ((0, 36), (1, 46)):  # also of what nobody signs
        model = begun(scenario, {"*": {"vote": no, "go_alone": no}}, veto_points=points)
        model.step()
        assert model.projects[0]._row.first_best == close(best)


# The vote foresees the delay


def voted(values=None, left=9, legacy=0.0, **levers):
    """Terms of A's first vote, with credit .2, on a work of which it bears 30, trusting in full."""
    usual = {"leader_discount": 0.9, "trust": 1.0, "signing_credit": 0.9, "reputation": 0.6}
    usual |= {"cover": 0.0, "legacy_mean": 0.0} | (values or {})
    scenario = towns(project("ABC", (30, 9, 9)), columns=FIVE_THREE_TWO, **usual)
    model = begun(scenario, OBEDIENT, proposal_rule="ability", **levers)
    lead(model, "A", credit=0.2, years_left=left, legacy=legacy)
    gov, nature = model.world.gov, model.setting.nature
    set_horizon(gov, nature, model.government("A").number)
    model.step()
    return next(e.terms for e in events(model, "voted") if e.government == "A")


LONG = {"term": 9, "renewal": 0.0}


def test_benefits_dues_and_credit_are_as_many_years_later():
    """Two years: paid in years 2 and 3 from now, opened in 3, enjoyed in 4 and 5."""
    terms = voted(LONG, veto_points=2)
    assert terms.benefit == close(30 * (0.9**4 + 0.9**5))
    assert terms.dues == close(15 * (0.9**2 + 0.9**3))
    assert terms.credit == close(0.2 * 30 * 0.9**3)
    assert terms.honest == close(terms.benefit + terms.credit - terms.dues)


def test_the_window_of_office_closes_in_the_meantime():
    """Three years left: it sees the payment in year 2, but not that in year 3, nor a ribbon."""
    terms = voted(LONG, left=3, veto_points=2)
    assert (terms.benefit, terms.credit) == (0.0, 0.0)
    assert terms.dues == close(15 * 0.81)


@pytest.mark.parametrize(
    ("left", "legacy", "felt"), [(9, 0.0, 0.2 + 0.24), (2, 0.0, 0.0), (2, 1.0, 0.2)]
)
def test_who_signs_on_paper_pays_for_it_when_the_first_payment_is_due(left, legacy, felt):
    """A fine of .5 x .4 and face of .6 x .4, of 30, at .9 squared.

    Who has left by then loses no face, and minds the fine for its legacy alone. Credit for signing
    is had at once: .9 x .2 x 20.
    """
    law = {"monitoring": 1.0, "sanction": 0.5, "contract_completeness": 0.4}
    terms = voted(LONG | {"evasion": 0.0}, left, legacy, veto_points=2, **law)
    assert terms.paper == close(3.6 - felt * 30 * 0.81)


def test_who_foresees_keeping_it_misses_what_it_could_have_shown_on_that_day():
    """Signing + stay - .2 x 15 not spent at home, two years from now."""
    terms = voted(LONG | {"foresight": 1.0}, veto_points=2)
    stay = 30 * (0.9**4 + 0.9**5) + 6 * 0.9**3 - 15 * (0.9**2 + 0.9**3)
    assert (terms.keeps, terms.signing) == (True, close(3.6 + stay - 3 * 0.81))


def test_who_foresees_breaking_it_expects_the_fine_on_that_day():
    """No office at the opening: it leaves, for a fine of .2 x 30 and a year's face of .24 x 15."""
    law = {"monitoring": 1.0, "sanction": 0.5, "contract_completeness": 0.4}
    values = LONG | {"foresight": 1.0, "evasion": 0.0, "parochial_mean": 1.0}
    terms = voted(values, left=3, veto_points=2, **law)
    assert (terms.keeps, terms.signing) == (False, close(3.6 - 0.81 * (6 + 3.6)))


def test_no_bad_year_is_felt_when_the_payment_is_due_later():
    """Of two thirds of the budget lacking: the due would weigh three times as much today."""
    bad = LONG | {"foresight": 1.0, "bad_years": 1.0, "bad_year_loss": 2 / 3}
    terms = voted(bad, veto_points=2)
    stay = 30 * (0.9**4 + 0.9**5) + 6 * 0.9**3 - 15 * (0.9**2 + 0.9**3)
    assert terms.signing == close(3.6 + stay - 3 * 0.81)


def test_credit_that_comes_in_while_it_is_kept_comes_in_later():
    """.5 of 3.6 at once, the other half with payments in years 2 and 3."""
    terms = voted(LONG | {"foresight": 1.0, "credit_kept": 0.5}, veto_points=2)
    stay = 30 * (0.9**4 + 0.9**5) + 6 * 0.9**3 - 15 * (0.9**2 + 0.9**3)
    stay += 1.8 * (0.9**2 + 0.9**3) / 2
    assert terms.signing == close(1.8 + stay - 3 * 0.81)


@pytest.mark.parametrize(
    ("left", "again", "there"), [(3, 0.0, 1 / 4), (3, 0.5, 2 / 4), (1, 0.5, 1 / 8)]
)
def test_a_partner_is_believed_as_far_as_it_will_be_there_to_pay(left, again, there):
    """Four payments from year 2 on, terms of two years: B is trusted .8 (1 - .5 (1 - there))."""
    scenario = towns(
        project("ABC", (9, 9, 9), build=3), columns=FIVE_THREE_TWO, end_foreseen=0.5, term=2,
        trust=0.8,
    )  # fmt: skip
    model = begun(scenario, ALL, proposal_rule="ability", veto_points=2)
    for town in "ABC":
        lead(model, town, years_left=9)
    lead(model, "B", years_left=left, again=again)
    model.step()
    terms = next(e.terms for e in events(model, "voted") if e.government == "A")
    assert terms.confidence == close((1 - 0.3 * (1 - 0.8 * (0.5 + 0.5 * there))) * (1 - 0.2 * 0.2))


def test_promises_are_first_asked_when_the_first_payment_is_due():
    """In year 3 two payments are left, as in the year of signing without approvals."""
    found = []
    for points in (0, 2):
        model = begun(towns(project("ABC", (30, 9, 9))), {"*": {"vote": yes, "go_alone": no}},
                      veto_points=points)  # fmt: skip
        for _ in range(points + 1):
            model.step()
        promises = [e for e in model.log if e.event in ("paid", "reneged")]
        assert {e.year for e in promises} == {points + 1}
        found.append([e.terms.dues for e in promises])
    assert found[0] == found[1]


def test_why_it_failed_is_reckoned_with_the_delay_too():
    """What the honest clause was worth to each party is what its refusal is explained by."""
    values = {"leader_discount": 0.9, "trust": 0.7, "credit_mean": 0.3, "copy_ratio": 1.5}
    values |= {"signing_credit": 0.0}
    row = project("ABC", (14, 4, 4), duplicable=True)
    scenario = towns(row, columns=FIVE_THREE_TWO, legacy_mean=0.5, term=4, renewal=0.5, **values)
    model = begun(scenario, proposal_rule="ability", veto_points=2)
    model.step()
    assert len(events(model, "failed")) == 1
    last = {e.government: e.terms for e in events(model, "voted")}
    for i, town in enumerate("ABC"):
        value = model.world.values[i]
        terms = last[town]
        assert _margin(value, 0) == close(terms.honest - terms.fall_back + terms.withheld)


# Sent back


def sent_back(points=1, years=2, values=None, own=30, **levers):
    """A model after `years`: the first approval sends the work back."""
    scenario = towns(project("ABC", (30, own, own)), **({"agenda_life": 4} | (values or {})))
    model = begun(scenario, ALL, veto_points=points, send_back=1.0, **levers)
    for _ in range(years):
        model.step()
    return model


def test_a_work_sent_back_binds_nobody_and_stands_as_a_declaration():
    model = sent_back(points=3)
    row = model.projects[0]._row
    assert told(model, "sent_back", "year", "amount") == [(2, 1.0)]
    assert (row.status, row.signed, row.starts, row.declared) == (ON_AGENDA, 0, 0, 1)
    assert model.world.gov["dues"].tolist() == [0.0, 0.0, 0.0]
    counts = model.outcomes()
    assert (counts["signed"], counts["committed"], counts["earnest"]) == (1, 0, 0)
    assert model.world.tally[0]["works"] == 0


def test_it_is_taken_up_again_and_counted_once():
    model = sent_back()
    model.law = model.law._replace(rules=model.rules._replace(send_back=0.0))
    while model.running:
        model.step()
    assert told(model, "agreed", "year") == [1, 3]
    assert told(model, "paid", "year")[0] == 4
    counts = model.outcomes()
    assert (counts["signed"], counts["committed"], counts["completed"]) == (1, 1, 1)
    assert counts["time_to_agreement"] == 0
    assert abs(model.losses()["residual"]) < 1e-9


def test_after_its_life_on_the_agenda_it_expires_and_the_veto_is_its_cause():
    """Signed in 1, back in 2; signed in 3, back in 4, which is its last year."""
    model = sent_back(years=4)
    assert told(model, "sent_back", "year") == [2, 4]
    assert model.projects[0]._row.status == EXPIRED
    assert model.is_over
    assert model.projects[0].causes == {"veto": 1.0}
    assert model.losses()["cause"][CAUSES.index("veto")] == 1.0
    assert model.outcomes()["agreement_rate"] == 1.0
    assert model.outcomes()["time_to_agreement"] == 0


def test_talks_without_a_text_after_that_are_no_cause():
    """The coordinator had decided, and nobody voted; then no text that binds comes up any more."""
    model = sent_back(decider=1.0)
    model.law = model.law._replace(rules=model.rules._replace(text=0.0))
    while model.running:
        model.step()
    assert told(model, "tabled", "year") == [1, 3, 4]
    assert model.projects[0].causes == {"veto": 1.0}


def test_what_agreeing_has_cost_is_sunk():
    """Set-up of .05 and .01 for a year of monitoring, of 60, in years 1 and 3."""
    costs = {"cost_setup": 0.05, "cost_monitoring": 0.01, "cost_round": 0.0}
    model = sent_back(years=4, values=costs)
    assert model.outcomes()["coordination_cost"] == close(2 * 0.06 * 60)
    assert model.outcomes()["welfare"] == close(-2 * 0.06 * 60)


def test_the_fund_has_its_money_back():
    """A levy of .5 on budgets of 180; of the work 36 were set aside."""
    model = sent_back(levy_rate=0.5)
    paid_in = 0.5 * float(model.world.gov["budget"].sum())
    before = sent_back(years=1, levy_rate=0.5).world.coordinator[0]
    assert before["reserved"] > 0
    after = model.world.coordinator[0]
    assert (after["fund"], after["reserved"]) == (close(2 * paid_in), close(0.0))
    assert float(model.world.tally[0]["imbalance"]) < 1e-9


def test_a_grant_goes_back_to_the_grants_of_the_year():
    """Of .5 x 180 a year 30 had been given away: back in year 2, whose grants are then 90 again.

    With all of them carried over the next year has 90 more.
    """
    money = {"match_rate": 0.5, "grant_budget": 0.5, "grant_carry": 1.0}
    a_year = 0.5 * float(sent_back(years=1).world.gov["budget"].sum())
    assert sent_back(years=1, **money).world.coordinator[0]["grants"] == close(a_year - 30)
    assert sent_back(**money).world.coordinator[0]["grants"] == close(2 * a_year)


def test_it_returns_to_its_place_in_the_order_of_arrival():
    rows = [project(parties, (30, 30)) for parties in ("AB", "BC", "CA")]
    scenario = towns(*rows, agenda_life=5, own_talks=1 / 3)
    model = begun(scenario, ALL, veto_points=1, send_back=1.0)
    model.step()
    assert model.world.agenda[:2].tolist() == [1, 2]
    model.step()  # the second is signed, the first comes back
    assert model.world.agenda[: int(model.world.tally[0]["agenda"])].tolist() == [0, 2]
    assert model.projects[1]._row.status == SIGNED


@pytest.mark.parametrize(("years", "earnest", "effort"), [(1, True, 0.8), (2, False, 1.0)])
def test_earnest_and_grudging_are_of_the_signature_that_holds(years, earnest, effort):
    """Three towns that would all pay; two that are bound against their will, at a grudge of .3."""
    assert sent_back(years=years).outcomes()["earnest"] == earnest
    model = sent_back(years=years, own=9, values={"grudge": 0.3}, decider=1.0)
    assert model.projects[0]._row.effort == close(effort)


def test_one_addressed_draw_a_project_signature_and_approval():
    """Reckoned with NumPy's generator, over works signed in several years and sent back."""
    rows = [project("ABC", (9, 9, 9), year=1 + i // 3) for i in range(12)]
    scenario = towns(*rows, agenda_life=6, own_talks=3.0)
    model = finished(scenario, ALL, veto_points=2, send_back=0.5)
    signed, asked = {}, 0
    for event in model.log:
        if event.event == "agreed":
            signed[event.project] = event.year
        if event.event in ("cleared", "sent_back"):
            row = next(p._row for p in model.projects if p.code == event.project)
            head = APPROVAL + (int(row.serial) << 16)
            which = signed[event.project] * 16 + int(event.amount)
            counter = np.array([head - 1, address("A"), which, int(row.year)], np.uint64)
            words = np.random.Philox(key=np.array([1, 0], np.uint64), counter=counter)
            draw = ((int(words.random_raw(4)[0]) >> 12) + 0.5) * 2.0**-52
            assert (event.event == "sent_back") == (draw < 0.5)
            asked += 1
    assert asked > 20


# Another law


def test_works_signed_under_another_law_keep_their_approvals():
    """Signed with two approvals: without any from year 2 on, it still waits for them."""
    model = begun(towns(project("ABC", (9, 9, 9))), ALL, veto_points=2)
    model.step()
    other = model.branch(veto_points=0).branch(veto_points=1)
    while other.running:
        other.step()
    assert told(other, "cleared", "year") == [2, 3]
    assert told(other, "paid", "year")[0] == 3


def test_a_law_with_approvals_may_come_later():
    """Long waits need longer tables of what a future year weighs."""
    model = begun(towns(project("ABC", (9, 9, 9)), project("ABC", (9, 9, 9), year=2)), ALL)
    model.step()
    other = model.branch(veto_points=6, approval_years=5)
    while other.running:
        other.step()
    assert set(told(other, "opened", "year")) == {2, 33}
