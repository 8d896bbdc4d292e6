"""Whose view a coordinator's decision is, and what it costs: docs/model.md, 3.4.17."""

import pytest

from kernegotiate.engine.layout import EXPIRED, ON_AGENDA
from kernegotiate.engine.losses import LINES
from small_worlds import begun, close, events, finished, no, project, towns, trust, yes

# A project costs 60 and is used for two years, so 1 of yearly benefit is worth 2.

BOARD = {"decider": 1.0}
NOBODY_COPIES = {"*": {"go_alone": no, "honour": yes}}
B_IS_LARGEST = {"grdp": [200.0, 500.0, 300.0]}


def ratio(model):
    """Benefits over costs, as the coordinator saw them when it decided."""
    [found] = [e.amount for e in model.log if e.event in ("approved", "refused")]
    return found


# Capture


@pytest.mark.parametrize(
    ("captor", "weight", "seen"),
    [
        ("host", 0.0, 92 / 60),  # 2 (6 + 20 + 20)
        ("host", 0.25, (0.75 * 92 + 0.25 * 36) / 60),  # 3 x 2 x 6
        ("host", 1.0, 36 / 60),
        ("largest", 1.0, 120 / 60),  # B: 3 x 2 x 20
    ],
)
def test_a_captured_coordinator_sees_the_threefold_of_its_captor_s_own(captor, weight, seen):
    scenario = towns(project("ABC", (6, 20, 20)), columns=B_IS_LARGEST)
    model = begun(scenario, NOBODY_COPIES, capture=weight, captor=captor, **BOARD)
    model.step()
    assert ratio(model) == close(seen)
    assert bool(events(model, "approved")) == (seen >= 1)


def test_it_weighs_its_captor_s_costs_likewise():
    """By ability A bears .2: 3 x 2 x 6 against 3 x .2 x 60."""
    scenario = towns(project("ABC", (6, 20, 20)), columns=B_IS_LARGEST)
    model = begun(scenario, NOBODY_COPIES, capture=1.0, proposal_rule="ability", **BOARD)
    model.step()
    assert ratio(model) == close(36 / 36)


# Delegates


def boarded(votes, weight, own=(20, 20, 20), **more):
    """A model after year 1: delegates of the towns in `votes` are for the project."""
    answers = {code: {"vote": yes if code in votes else no} for code in "ABC"}
    answers["*"] = {"go_alone": no, "honour": yes}
    values = {"agenda_life": 3} | more
    model = begun(towns(project("ABC", own), **values), answers, delegates=weight, **BOARD)
    model.step()
    return model


@pytest.mark.parametrize(
    ("votes", "weight", "own", "passes"),
    [
        ("AB", 1.0, 20, True),  # two of three
        ("A", 1.0, 20, False),
        ("A", 0.6, 20, True),  # .6 / 3 + .4
        ("", 0.6, 20, False),  # .4
        ("ABC", 0.6, 5, True),  # .6, against the coordinator's 30 < 60
        ("AB", 0.6, 5, False),  # .4
        ("", 0.5, 20, True),  # half of all weights: its own judgement
        ("ABC", 0.5, 5, False),
    ],
)
def test_delegates_and_coordinator_have_their_weights(votes, weight, own, passes):
    model = boarded(votes, weight, (own,) * 3)
    assert bool(events(model, "approved")) == passes
    assert len(events(model, "voted")) == 3
    assert bool(events(model, "refused")) == (not passes and own < 10)


def test_what_delegates_vote_down_comes_back_and_they_are_its_cause():
    model = boarded("A", 1.0)
    assert (model.projects[0]._row.status, len(events(model, "outvoted"))) == (ON_AGENDA, 1)
    while model.running:
        model.step()
    assert [e.year for e in events(model, "outvoted")] == [1, 2, 3]
    assert model.projects[0]._row.status == EXPIRED
    assert model.losses()["cause"].nonzero()[0].tolist() == [15]
    assert model.projects[0].causes == {"delegates": 1.0}


def test_no_transfer_hangs_on_a_delegate_s_vote():
    """A's transfer of 30 would be lost with a no between governments, and is not on a board."""
    answers = {"*": {"go_alone": no, "honour": yes}}
    scenario = towns(project("ABC", (2, 30, 30)), agenda_life=3)
    model = begun(scenario, answers, delegates=1.0, withheld_share=0.5, **BOARD)
    model.step()
    terms = {e.government: e.terms for e in events(model, "voted")}
    assert (terms["A"].withheld, terms["A"].yes) == (0.0, False)
    assert not model.world.gov["transfer_lost"].any()


# Grudging works


def imposed(grudge, own=(40, -1, -1), years=1, **levers):
    scenario = towns(project("ABC", own), grudge=grudge, years=years)
    return finished(scenario, NOBODY_COPIES, **(BOARD | levers))


def test_who_is_bound_against_its_will_carries_a_work_out_grudgingly():
    """B and C gain nothing: .3 x 2/3 of 38 a year is lost, and foreseen: 2 x .8 x 38 / 60."""
    model = imposed(0.3)
    assert ratio(model) == close(0.8 * 76 / 60)
    assert [e.amount for e in events(model, "opened")] == [close(0.8 * 38)]
    line = dict(zip(LINES, model.losses()["line"], strict=True))
    assert line["grudging"] == close(0.2 * 76)
    assert model.outcomes()["welfare"] == close(0.8 * 76 - 60)


def test_a_good_judge_refuses_what_grudging_members_would_spoil():
    model = imposed(0.6)
    assert ratio(model) == close(0.6 * 76 / 60)
    assert len(events(model, "refused")) == 1


def test_works_that_all_want_are_carried_out_in_full():
    model = imposed(1.0, own=(30, 30, 30))
    assert [e.amount for e in events(model, "opened")] == [90.0]
    assert dict(zip(LINES, model.losses()["line"], strict=True))["grudging"] == 0.0


def test_outvoted_signatories_are_grudging_too():
    """No coordinator decides: A alone carries the quota, and B and C are bound."""
    model = imposed(0.3, decider=0.0, quota=0.3)
    assert [e.amount for e in events(model, "opened")] == [close(0.8 * 38)]


def test_who_pays_reckons_with_what_is_left():
    """A's benefit at its first payment: 2 x .8 x 40 for full trust."""
    scenario = towns(project("ABC", (40, -1, -1)), grudge=0.3)
    model = begun(
        scenario, {"*": {"go_alone": no}, "B": {"honour": yes}, "C": {"honour": yes}}, **BOARD
    )
    for pair in ("AB", "AC"):
        trust(model, pair, 1.0)
    model.step()
    [terms] = [e.terms for e in events(model, "paid") if e.government == "A"]
    assert terms.benefit == close(0.8 * 80)


def test_incomes_have_what_is_left():
    """In year 3 A has 1000 + e 40, B and C 1000 - e: G = 41 e 2/9 / (1000 + e 38/3)."""
    for grudge, effort in ((0.3, 0.8), (0.0, 1.0)):
        found = imposed(grudge, years=3).outcomes()["inequality"]
        assert found == close(41 * effort * 2 / 9 / (1000 + effort * 38 / 3))


# Upkeep


@pytest.mark.parametrize("capacity", [0.0, 2.0])
def test_a_coordinating_body_costs_in_every_year_whatever_it_does(capacity):
    """.01 a slot of budgets of 180, in three years: T18, nothing to coordinate and costs."""
    scenario = towns(project("ABC", (-9, -9, -9), year=3), cost_body=0.01)
    model = finished(scenario, {"*": {"go_alone": no, "vote": no}}, meeting_capacity=capacity)
    spent = capacity * 0.01 * 180 * 3
    assert model.outcomes()["coordination_cost"] == close(spent)
    assert model.outcomes()["welfare"] == close(-spent)
    assert dict(zip(LINES, model.losses()["line"], strict=True))["upkeep"] == close(spent)
    assert abs(model.losses()["residual"]) < 1e-9
