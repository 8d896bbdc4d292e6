"""Every parameter over its whole range: what is defined is a number, and the books balance."""

import math

import numpy as np
import pytest

import kernegotiate as kn
from kernegotiate.analysis.estimators import UNDEFINED
from kernegotiate.engine.horizon import STEEP, horizon_table, row_of, society_table
from kernegotiate.engine.losses import LINES
from kernegotiate.engine.outcomes import OUTCOMES
from kernegotiate.scenario import ProjectRules, Region, Scenario, load_scenario, parameters
from kernegotiate.scenario.meetings import BESIDE_A_TABLE
from kernegotiate.scenario.spec import MOST_MONEY

TOWNS = [
    {"code": "a", "name": "A", "population": 5e5, "grdp": 900, "lon": 105.1, "lat": 10.1},
    {"code": "b", "name": "B", "population": 8e5, "grdp": 1500, "lon": 105.5, "lat": 10.4},
    {"code": "c", "name": "C", "population": 3e5, "grdp": 400, "lon": 105.9, "lat": 10.2},
]
SMALL = Scenario(name="towns", years=8, region=Region(governments=TOWNS)).with_overrides(rate=0.4)
SHARES = (
    *("agreement_rate", "completion_rate", "signed_gap", "kept_promise_rate", "inequality"),
    *("duplication_waste", "mean_trust", "own_visible_share"),
    *("earnest_rate", "delivery_rate", "stalled_rate"),
)
TOGETHER = {  # so that a range can be walked to its end
    "parties_min": {"parties_max": 12},
    "build_min": {"build_max": 30},
    "build_max": {"build_min": 1},
    "cost_min": {"cost_max": 1000},
    "cost_max": {"cost_min": 1e-300},
}


def sound(**settings):
    """Run twice and check whatever must be true of any run."""
    scenario = settings.pop("scenario", SMALL)
    body = settings.pop("coordinator", "empowered_board")
    runs = kn.simulate(scenario, body, runs=2, seed=3, threads=1, explain=True, **settings)
    outcomes, losses = runs.outcomes, runs.losses
    why = {
        "where no project arrives": outcomes["arrived"] == 0,
        "where nothing is signed": outcomes["signed"] == 0,
        "where no payment is due": outcomes["promises_due"] == 0,
        "where no project is worth building": outcomes["first_best"] == 0,
        "where no work is begun": outcomes["started"] == 0,
        "where neither fund nor grants pay for a work": (
            outcomes["fund_spending"] + outcomes["grant_spending"] == 0
        ),
        "where nothing is spent": outcomes["joint_spending"] + outcomes["copy_spending"] == 0,
    }
    for name in outcomes:
        missing = outcomes[name].isna()
        if name != "inequality":  # whose reason is not among the outcomes
            reason = UNDEFINED.get(name)
            assert (missing == (why[reason] if reason else False)).all(), name
        assert not np.isinf(outcomes[name]).any(), name
        if name in SHARES:
            assert outcomes[name].dropna().between(0, 1 + 1e-12).all(), name
    assert np.isfinite(losses.to_numpy()).all()
    spent = outcomes["joint_spending"] + outcomes["copy_spending"]
    sums = outcomes["first_best"] + losses[list(LINES)].abs().sum(axis=1) + spent
    assert (outcomes["welfare"] <= outcomes["first_best"] + 1e-9 * sums).all()
    assert (losses["residual"].abs() <= 1e-9 * sums).all()
    budgets = sum(runs.scenario.region.budgets)
    assert (outcomes["imbalance"].abs() <= 1e-9 * (budgets + spent)).all()
    return outcomes


def ends(parameter):
    """The ends of a range and their neighbours, as far as they are allowed."""
    if parameter.type in ("flag", "choice"):
        return parameter.choices or (False, True)
    low, high = parameter.low, 1e300 if parameter.high is None else parameter.high
    if parameter.name == "parties_min":  # at most the number of governments
        return (low, len(TOWNS))
    if parameter.type == "whole number":
        return (low, low + 1, high) if parameter.name != "years" else (1, 2, 60)
    near = (low + 1e-9, low + 1e-3, math.nextafter(high, low))
    closed = [low] * (not parameter.interval.startswith("("))
    return (*closed, *near, *[high] * (not parameter.interval.endswith(")")))


@pytest.mark.slow
@pytest.mark.parametrize(
    "parameter",
    [one for one in parameters() if one.type not in ("list", "text")],
    ids=lambda one: one.name,
)
def test_the_whole_range_of_every_parameter_is_sound(parameter):
    for value in ends(parameter):
        if parameter.name == "social_discount" and value < 1e-3:
            with pytest.raises(kn.ScenarioError, match=r"allowed is at least"):
                sound(social_discount=1e-15)
            continue
        sound(**TOGETHER.get(parameter.name, {}) | {parameter.name: value})


@pytest.mark.parametrize("discount", [1e-6, 0.001, 0.01, 0.05, 0.2, 0.5, 0.79])
@pytest.mark.parametrize("build", [8, 30])
def test_a_steep_discount_leaves_the_first_best_defined(discount, build):
    if discount**build < 1e-100:
        with pytest.raises(kn.ScenarioError, match=r"social_discount: found .* at least"):
            sound(social_discount=discount, build_max=build)
        return
    outcomes = sound(social_discount=discount, build_max=build, leader_discount=discount)
    assert (outcomes["first_best"] > 0).all()


@pytest.mark.parametrize("discount", [0.001, 0.2, 0.79, 0.81, 0.95])
def test_late_years_keep_their_weight(discount):
    years, start, stop = 60, 31, 56
    exact = discount**start * (1 - discount ** (stop - start)) / (1 - discount)
    sums = society_table(discount, years)[0]
    assert sums[stop] - sums[start] == pytest.approx(exact, rel=1e-10, abs=0)
    row = horizon_table(discount, 5, 0.5, years)[row_of(2, renewable=True)]
    assert row[1] - row[0] == pytest.approx(1)
    assert row[3] - row[2] == pytest.approx(0.5 * discount**2, rel=1e-12, abs=0)


def test_usual_discounts_are_summed_from_the_first_year():
    """Sums from either end differ in the last bits, so this pins the numbers of usual settings."""
    assert STEEP < 0.85
    sums, total, weight = society_table(0.95, 40)[0], 0.0, 1.0
    for year in range(40):
        assert sums[year] == total
        total += weight
        weight *= 0.95


def test_amounts_at_the_end_of_their_range_are_sound():
    rich = [
        {**town, "population": 1e12, "grdp": MOST_MONEY, "budget": MOST_MONEY} for town in TOWNS
    ]
    mixed = [rich[0], {**TOWNS[1], "population": 1e-6, "grdp": 1e-6}, TOWNS[2]]
    for towns in (rich, mixed):
        sound(
            scenario=SMALL.changed("test", region=Region(governments=towns)), social_discount=0.01
        )


@pytest.mark.parametrize("rate", [5e-324, 1e-300, 1e-18])
def test_a_fund_or_a_grant_too_small_to_show_pays_for_nothing(rate):
    """Dues divided by it would be beyond any number."""
    for outside in ({"levy_rate": rate}, {"match_rate": rate, "grant_budget": 1.0}):
        none = {"levy_rate": 0.0, "match_rate": 0.0}
        outcomes = sound(**none | outside)
        assert outcomes["leverage"].isna().all()
        assert (outcomes["dues_spending"] > 0).any()


def test_less_than_nothing_has_no_gini():
    rich = [{**town, "budget": 1e6} for town in TOWNS]
    outcomes = sound(
        scenario=SMALL.changed("test", region=Region(governments=rich)), equalisation=1.0
    )
    assert outcomes["inequality"].isna().all()
    assert set(UNDEFINED) < set(OUTCOMES)


def test_beside_a_table_only_three_rules_of_projects_act():
    """What is refused there really changes nothing, and what is not refused does."""
    table = [
        {"year": year, "host": "b", "parties": ["b", "a", "c"], "cost": 60, "build": 3, "life": 20,
         "own": [6, 5, 2], "spillover": 2, "duplicable": True}
        for year in range(1, 8)
    ]  # fmt: skip
    scenario = SMALL.changed("test", table=table)
    plain = sound(scenario=scenario, coordinator="none")
    moved = {
        "kinds": load_scenario("mekong_delta").projects.kinds[:2],
        "agenda_life": 1,
        "overrun": 1.0,
    }
    for name, field in ProjectRules.model_fields.items():
        at = moved.get(name, field.default)
        if name not in moved:
            at = at * 0.5 if isinstance(at, float) else at + (0 if name.endswith("min") else 1)
        rules = scenario.projects.changed("test", **{name: at})
        other = sound(scenario=scenario.changed("test", projects=rules), coordinator="none")
        assert other.equals(plain) == (name not in BESIDE_A_TABLE), name
