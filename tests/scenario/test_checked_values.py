"""Values that were checked one by one: the same scenario, the same refusals, in less time."""

import numpy as np
import pytest

from kernegotiate.scenario import Levers, ScenarioError, load_institution, load_scenario, parameters

KNOWN = {one.name: one for one in parameters() if one.type != "list"}
NUMBERS = [one for one in KNOWN.values() if one.plausible and one.part != "levers"]


def drawn(seed):
    """Some keywords of all parts of a scenario, with values a little beyond the plausible."""
    rng = np.random.default_rng(seed)
    chosen = rng.choice(len(NUMBERS), 6, replace=False)
    values = {}
    for one in (NUMBERS[place] for place in chosen):
        low, high = one.plausible
        value = rng.uniform(low, high + 0.2 * (high - low))
        whole = one.type == "whole number"
        values[one.name] = one.validate(round(value) if whole else min(value, one.high or value))
    return values


def result(change):
    """What a call gives: a scenario, or a refusal."""
    try:
        return change()
    except ScenarioError as refused:
        return str(refused)


@pytest.mark.parametrize(
    ("name", "kinds"), [("mekong_delta", {"Scenario"}), ("three_towns", {"Scenario", "str"})]
)
def test_checked_values_make_the_same_scenario_and_the_same_refusals(name, kinds):
    scenario, found = load_scenario(name), set()
    for seed in range(100):
        values = drawn(seed)
        fast = result(lambda values=values: scenario.with_checked(**values))
        assert fast == result(lambda values=values: scenario.with_overrides(**values))
        found.add(type(fast).__name__)
    assert found == kinds


@pytest.mark.parametrize(
    "values",
    [
        {"parties_min": 7, "trust": 0.4},  # more than parties_max
        {"parties_min": 12, "parties_max": 12},  # more than there are governments
        {"cost_min": 2.0},
        {"social_discount": 1e-30},
        {"build_max": 30, "social_discount": 1e-4},
        {"years": 0},
        {"qouta": 0.5},
    ],
    ids=", ".join,
)
def test_what_does_not_go_together_is_refused_in_the_same_words(values):
    scenario = load_scenario("three_towns" if values.get("parties_max") else "mekong_delta")
    with pytest.raises(ScenarioError) as refused:
        scenario.with_overrides(**values)
    with pytest.raises(ScenarioError) as fast:
        scenario.with_checked(**values)
    assert str(fast.value) == str(refused.value)


def test_a_setting_without_power_is_refused(tmp_path):
    scenario = load_scenario("mekong_delta")
    one = {"year": 1, "host": scenario.region.codes[0], "cost": 1.0, "build": 1, "life": 1}
    one |= {"parties": scenario.region.codes[:2], "own": [1.0, 1.0], "spillover": 0.0}
    given = scenario.changed("test", table=[one])
    with pytest.raises(ScenarioError, match="rate: would change nothing"):
        given.with_checked(rate=0.2)
    assert given.with_checked(upfront=0.5) == given.with_overrides(upfront=0.5)


def test_levers_are_refilled_as_they_are_changed():
    levers = load_institution("conditional_funding").levers
    new = {"quota": 0.5, "linkage": 3, "backstop": True, "proposal_rule": "benefit"}
    assert levers.refilled(**new) == levers.changed("test", **new)
    assert isinstance(levers.refilled(**new), Levers)
    assert levers == load_institution("conditional_funding").levers
