"""A leader who foresees its own conduct: what it does at the first payment is what it foresaw."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kernegotiate import RegionModel, institution_names, load_institution, simulate
from kernegotiate.agents import region_model
from kernegotiate.engine.decisions.appraisal import confidence, standing
from kernegotiate.engine.decisions.honour import keep_or_break
from kernegotiate.engine.decisions.vote import foreseen

CERTAIN = {"foresight": 1.0, "noise": 0.0, "caution": 0.0}
VOTES, PROMISES = region_model.weigh_vote, region_model.weigh_promise


def forecasts_and_deeds(coordinator, seed, **overrides):
    """What each party foresaw in the vote that bound it, and what it did: pairs of truth values.

    Left out is whoever has other figures before it at the payment: since somebody has broken the
    promise in the same work before it, or since other works of the year have moved trust, voters
    or a fund.
    """
    model = RegionModel("mekong_delta", coordinator, rng=seed, **{**CERTAIN, **overrides})
    foreseen_by, pairs = {}, []

    def vote(gov, project, party, trust, rules, motion, size, i):
        me = int(party[motion[0], i].gov)
        home = gov[me].parochial * rules.home_at_vote
        for p in map(int, motion[:size]):
            s = [int(one.gov) for one in party[p][: int(project[p].k)]].index(me)
            left = int(project[p].build) + 1
            chance = confidence(gov, project, party, trust, rules, p, s, 1.0, left, 0)
            together = 1.0 - project[p].match - project[p].fund_share
            will, _ = foreseen(gov, project, party, rules, p, s, me, home, chance, together)
            share = float(party[p, s].share)
            backed = bool(share * project[p].cost <= project[p].cushion)
            face, voters = standing(project, party, trust, p, s), float(gov[me].voters)
            foreseen_by[p, me] = bool(will), (share, chance, face, voters, backed)
        return VOTES(gov, project, party, trust, rules, motion, size, i)

    def promise(gov, project, party, trust, horizon, rules, p, i, year, due, backed):
        terms = PROMISES(gov, project, party, trust, horizon, rules, p, i, year, due, backed)
        me = int(party[p, i].gov)
        will, figures = foreseen_by.pop((int(p), me), (None, None))
        face, voters = standing(project, party, trust, p, i), float(gov[me].voters)
        now = (float(party[p, i].share), terms.confidence, face, voters, bool(backed))
        if project[p].signed == year and figures == now:
            pairs.append((will, bool(terms.yes)))
        return terms

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(region_model, "weigh_vote", vote)
        patch.setattr(region_model, "weigh_promise", promise)
        while model.running:
            model.step()
    return pairs


@pytest.mark.parametrize("coordinator", institution_names())
def test_what_is_done_at_the_first_payment_is_what_was_foreseen(coordinator):
    pairs = forecasts_and_deeds(coordinator, 3)
    assert all(will == done for will, done in pairs)
    if load_institution(coordinator).levers.decider < 1:  # otherwise nobody votes
        assert len(pairs) > 2


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    coordinator=st.sampled_from(["advisory_council", "lga", "conditional_funding"]),
    seed=st.integers(0, 10_000),
    loyalty=st.floats(0, 1),
    kept=st.floats(0, 1),
    loss=st.floats(0, 1),
    upfront=st.floats(0.05, 0.9),
    cover=st.floats(0, 1),
    linkage=st.integers(1, 3),
    sanction=st.floats(0, 2),
)
@example("conditional_funding", 1, 0.0, 1.0, 0.5, 0.3, 1.0, 3, 0.0)
def test_so_it_is_under_whatever_law_and_behaviour(
    coordinator, seed, loyalty, kept, loss, upfront, cover, linkage, sanction
):
    pairs = forecasts_and_deeds(
        coordinator, seed, years=8, delegate_loyalty=loyalty, credit_kept=kept, voters_loss=loss,
        upfront=upfront, cover=cover, linkage=linkage, sanction=sanction, backstop=True,
        levy_rate=0.05,
    )  # fmt: skip
    assert all(will == done for will, done in pairs)


def test_the_test_notices_a_forecast_by_other_weights(monkeypatch):
    """Such as that everybody will always keep the promise."""
    from kernegotiate.engine.decisions import vote

    def by_other_weights(*args):
        return keep_or_break(*args)._replace(yes=True)

    monkeypatch.setitem(foreseen.py_func.__globals__, "keep_or_break", by_other_weights)
    monkeypatch.setitem(globals(), "foreseen", vote.foreseen.py_func)
    pairs = forecasts_and_deeds("advisory_council", 3)
    assert not all(will == done for will, done in pairs)


# Limits, in the Mekong Delta


@pytest.mark.parametrize("coordinator", ["none", "advisory_council", "lga", "conditional_funding"])
def test_where_all_credit_has_to_be_kept_and_nobody_finishes_for_a_leaver_no_paper_is_signed(
    coordinator,
):
    """beta 1, cover 0: who foresees breaking its promise gains nothing by signing."""
    own = {"foresight": 1.0, "credit_kept": 1.0, "cover": 0.0}
    runs = simulate("mekong_delta", coordinator, runs=20, **own).outcomes
    assert (runs.earnest == runs.committed).all()
    loose = simulate("mekong_delta", coordinator, runs=20, **{**own, "credit_kept": 0.0}).outcomes
    assert (loose.earnest < loose.committed).any(), "the test sees nothing"


EVERYBODYS = [
    name for name in institution_names() if load_institution(name).levers.membership == "mandatory"
]


@pytest.mark.parametrize("coordinator", EVERYBODYS)
def test_with_all_written_down_vagueness_changes_nothing(coordinator):
    """An agreement is then a contract, signed or refused.

    Not so where governments also talk without the body: there they write as nobody makes them.
    """
    one, other = (
        simulate(
            "mekong_delta", coordinator, runs=8, contract_completeness=1.0, vagueness=vagueness
        )
        for vagueness in (0.0, 1.0)
    )
    assert one.outcomes.equals(other.outcomes)
