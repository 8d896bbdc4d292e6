"""For each cause a region in which it, and only it, keeps a good work from being built.

Two parties share a work that costs each of them 1 and that a planner would build. `theory.checks`
makes everything ideal; each case then spoils one thing.
"""

import numpy as np
import pytest

import kernegotiate as kn
from engine_helpers import in_bulk
from kernegotiate.engine.diagnosis import CAUSES, RISK, SETS, SIZE
from kernegotiate.scenario import Levers
from theory.checks import study

GOOD = np.array([[1.5, 1.5]])


def horizon():
    """The leaders leave before the work opens and do not care what follows."""
    return study(2, GOOD).with_overrides(legacy_mean=0.0, term=1, renewal=0.0), {}


def trust():
    """Each expects the other to default: (1 - .5 x .8) 1.5 < 1."""
    return study(2, GOOD).with_overrides(trust=0.2), {}


def parochialism():
    """The benefits fall outside the parties' accounts."""
    return study(2, np.array([[0.5, 0.5]]), spillover=3.0), {}


def uncertainty():
    """Both misread their gain as a loss (a seed where both readings are low)."""
    return study(2, GOOD).with_overrides(noise=1.0), {}


def transaction():
    """Agreeing eats the gain."""
    return study(2, GOOD).with_overrides(cost_information=0.6), {}


def autonomy():
    """So does the felt loss of a free hand."""
    return study(2, GOOD).with_overrides(autonomy_cost=1.2), {"plan_supremacy": 1.0}


def outside():
    """A copy brings credit at once: V = .5 + .5 x .8^8 < O = (.8 + .5) / 2; it is worth less."""
    discount = 0.8
    opens = sum(discount**y for y in range(9, 14))
    scenario = study(2, np.array([[1.5, 1.5]]) / opens, build=8, life=5, duplicable=True)
    return scenario.with_overrides(
        leader_discount=discount, social_discount=discount, parochial_mean=0.0, term=50,
        credit_mean=0.5, credit_shape=1e6, copy_ratio=1.8, signing_credit=0.0,
    ), {}  # fmt: skip


def budget():
    """Dues of 1 do not fit into a budget of .5."""
    scenario = study(2, GOOD)
    rows = [dict(one) | {"budget": 0.5, "ceiling": 0.0} for one in scenario.region.governments]
    region = scenario.region.changed("here", governments=rows)
    return scenario.changed("here", region=region), {}


def division():
    """Margins .55 and -.45 at equal shares; no other ideal alone helps the loser enough."""
    scenario = study(2, np.array([[1.85, 1.05]]), touches_land=True)
    rows = [g.model_dump() for g in scenario.region.governments]
    rows[1]["land_dependence"] = 1.0
    region = scenario.region.model_validate(scenario.region.model_dump() | {"governments": rows})
    scenario = scenario.model_copy(update={"region": region})
    return scenario.with_overrides(cost_information=0.1, autonomy_cost=0.4), {"plan_supremacy": 1.0}


def capacity():
    """Nobody ever meets."""
    return study(2, GOOD).with_overrides(own_talks=0.0), {}


def judgement():
    """The coordinator demands ten times the costs."""
    return study(2, GOOD), {"decider": 1.0, "bar": 10.0}


def defection():
    """One vote binds both; the outvoted host leaves, and alone it does not pay the other."""
    return study(2, np.array([[0.6, 1.8]])), {"quota": 0.5}


def package():
    """Tied into one vote with a work that nobody should build, and would not foresee leaving."""
    scenario = study(2, np.array([[1.5, 1.5], [0.1, 0.1]])).with_overrides(foresight=0.0)
    return scenario, {"linkage": 2}


def vague():
    """Nothing is written down, so nothing that binds is ever put to the vote."""
    return study(2, GOOD).with_overrides(vagueness=1.0), {"contract_completeness": 0.0}


def delegates():
    """The coordinator is for it; of three delegates one is."""
    return study(3, np.array([[0.4, 0.4, 5.0]])), {"decider": 1.0, "delegates": 1.0}


def overrun():
    """What is left after the first payment grows beyond any gain."""
    return study(2, GOOD).with_overrides(upfront=0.5, overrun=10.0), {}


def bad_year():
    """A tenth of the budget is left: money weighs ten times as much, which nobody foresaw."""
    bad = {"upfront": 0.5, "bad_years": 1.0, "bad_year_loss": 0.9, "foresight": 0.0}
    return study(2, GOOD).with_overrides(**bad), {}


def veto():
    """Signed, and sent back by the only one who has to approve."""
    return study(2, GOOD), {"veto_points": 1, "send_back": 1.0}


def agenda():
    """Who sets it lets only what is worth ten times its costs come to the table."""
    return study(2, GOOD), {"agenda": "coordinator", "bar": 10.0}


def membership():
    """The third stays outside: a half each is too much for the others, a third is not.

    Their own gains of 1.4 are more than the mean, so caring for all would not help.
    """
    scenario = study(3, np.array([[1.4, 1.4, 0.3]])).with_overrides(
        cost_information=0.1, own_talks=0.0, cost_joining=1e-10
    )  # .1 of budgets of 1e9
    return scenario, {"membership": "voluntary", "meeting_capacity": 9.0}


CASES = [
    horizon, trust, parochialism, uncertainty, transaction, autonomy, outside, budget, division,
    capacity, judgement, defection, package, vague, delegates, overrun, bad_year,
    veto, agenda, membership,
]  # fmt: skip


def test_every_computed_cause_has_a_case():
    assert {case.__name__ for case in CASES} | {"taken_over"} == set(CAUSES) == set(RISK)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_only_this_cause(case):
    scenario, levers = case()
    seeds = range(1, 40) if case is uncertainty else [1]
    for seed in seeds:
        world, _, _ = in_bulk(scenario, Levers(), seed, **levers)
        if case is not uncertainty or (world.party["reading"][0, :2] < -0.1).all():
            break
    losses = kn.simulate(scenario, Levers(), runs=1, seed=seed, explain=True, **levers).losses
    causes = losses.filter(like="cause_").iloc[0]
    assert losses.not_built.item() == 1
    assert causes.to_dict() == {f"cause_{c}": float(c == case.__name__) for c in CAUSES}
    model = kn.RegionModel(scenario, Levers(), rng=seed, **levers)
    while model.running:
        model.step()
    assert model.projects[0].causes == {case.__name__: 1.0}


@pytest.mark.parametrize("case", [None], ids=["none"])
def test_without_any_it_is_built(case):
    losses = kn.simulate(study(2, GOOD), Levers(), runs=1, explain=True).losses
    assert losses.not_built.item() == 0
    assert not losses.filter(like="cause_").any(axis=None)
    assert losses.welfare.item() == pytest.approx(losses.first_best.item())


def test_a_vote_cast_by_somebody_else_has_no_cause():
    model = kn.RegionModel(study(2, GOOD), Levers(), rng=1)
    model.take_over("b", vote=lambda government, motion: False)
    while model.running:
        model.step()
    assert model.projects[0].causes == {"taken_over": 1.0}


def test_tied_sets_share():
    """Where both equal gains and a fair division would have helped, each has half."""
    losses = kn.simulate(
        study(2, np.array([[2.5, 0.9]])), Levers(), runs=1, explain=True
    ).losses.iloc[0]
    assert losses.cause_parochialism == losses.cause_division == 0.5


def test_a_set_of_two():
    """Cost of agreeing and misread horizon, neither enough alone."""
    scenario = study(2, np.array([[1.3, 1.3]]), build=2).with_overrides(
        cost_information=0.25, trust=0.5, upfront=1.0
    )
    # .75 x 1.3 - 1 - .25 < 0; 1.3 - 1 - .25 > 0 would be trust alone, so make agreeing dearer.
    dearer = scenario.with_overrides(cost_information=0.31)
    losses = kn.simulate(dearer, Levers(), runs=1, explain=True).losses.iloc[0]
    assert losses.cause_trust == losses.cause_transaction == 0.5


def test_sets_come_small_first():
    assert len(set(SETS.tolist())) == 512
    assert (np.diff(SIZE) >= 0).all()


@pytest.mark.parametrize("loyalty", [0.0, 1.0])
def test_a_delegate_who_foresees_its_leader_breaking_the_promise_has_a_cause(loyalty):
    """Keeping it would be worth it to the delegate: what is missing is a leader like it."""
    setting = {"delegate_loyalty": loyalty, "linkage": 2, "foresight": 1.0, "years": 12}
    setting |= {"levy_rate": 0.003, "monitoring": 0.3, "contract_completeness": 0.4}
    runs = kn.simulate("mekong_delta", "lga", runs=3, explain=True, **setting)
    causes = runs.losses.filter(like="cause_").sum(axis=1)
    assert causes.to_numpy() == pytest.approx(runs.losses.not_built.to_numpy())
