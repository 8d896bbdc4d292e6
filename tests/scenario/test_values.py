"""Which values are taken for a number, a flag or a text, and which are refused."""

import math
import pickle

import numpy as np
import pytest

from kernegotiate.scenario import Behaviour, Government, Levers, ProjectRules, ScenarioError


@pytest.mark.parametrize(
    "value", ["0.3", True, None, [0.3], {"a": 1}, 1 + 2j, np.bool_(True), np.array([0.3])]
)
def test_what_is_no_number_is_refused(value):
    with pytest.raises(
        ScenarioError, match=r"bar: found .+, allowed is a finite number in \[0, 10"
    ):
        Levers(bar=value)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, np.nan, 10**400])
def test_what_is_not_finite_is_refused(value):
    with pytest.raises(ScenarioError, match=r"bar: found .+, allowed is a finite number"):
        Levers(bar=value)


@pytest.mark.parametrize(
    "value", [np.float64(0.5), np.float32(0.5), np.longdouble(0.5), np.array(0.5), 0.5]
)
def test_numpy_numbers_are_numbers(value):
    quota = Levers(quota=value).quota
    assert quota == 0.5
    assert type(quota) is float


@pytest.mark.parametrize("value", [np.int64(4), np.int8(4), np.uint16(4), 4, 4.0, np.float64(4)])
def test_whole_numbers_may_come_as_floats(value):
    rounds = Levers(rounds=value).rounds
    assert rounds == 4
    assert type(rounds) is int


def test_half_a_round_is_refused():
    with pytest.raises(ScenarioError, match=r"rounds: found 2.5, allowed is a whole number"):
        Levers(rounds=2.5)


def test_flags():
    assert Levers(backstop=np.bool_(True)).backstop is True
    for value in (1, "true", 0.0, None):
        with pytest.raises(ScenarioError, match=r"backstop: found .+, allowed is true or false"):
            Levers(backstop=value)


def test_choices():
    assert Levers(proposal_rule=np.str_("benefit")).proposal_rule == "benefit"
    with pytest.raises(
        ScenarioError,
        match=r"proposal_rule: found the text 'fair', allowed is one of equal, ability, benefit",
    ):
        Levers(proposal_rule="fair")


def test_a_negative_share_is_refused():
    with pytest.raises(ScenarioError, match=r"trust: found -0.1, allowed is .+ in \[0, 1\]"):
        Behaviour(trust=-0.1)


def test_a_wrong_key_gets_a_suggestion():
    with pytest.raises(ScenarioError, match=r"quotta: unknown key, did you mean 'quota'?"):
        Levers(quotta=1.0)


def test_several_problems_are_counted_but_one_is_told():
    with pytest.raises(ScenarioError, match=r"decider: .+ \(and 2 more problems\)$"):
        Levers(decider=2, quota=2, bar=-1)


@pytest.mark.parametrize(
    ("low", "high"), [("parties", (5, 4)), ("build", (9, 8)), ("cost", (2, 1))]
)
def test_lower_ends_lie_below_upper_ends(low, high):
    with pytest.raises(ScenarioError, match=rf"{low}_min: found .+, allowed is at most {low}_max"):
        ProjectRules(**{f"{low}_min": high[0], f"{low}_max": high[1]})


@pytest.mark.parametrize("code", ["", " a", "a;b"])
def test_codes_can_stand_in_a_list(code):
    with pytest.raises(ScenarioError, match=r"code: found the text .+, allowed is a text that"):
        Government(
            code=code,
            name="A",
            population=1,
            grdp=1,
            budget=1,
            lon=0,
            lat=0,
            land_dependence=0,
            ceiling=0,
        )


def test_values_cannot_be_changed_and_can_be_hashed_copied_and_pickled():
    levers = Levers(quota=0.5)
    with pytest.raises(ValueError, match=r"frozen"):
        levers.quota = 1.0
    assert hash(levers) == hash(Levers(quota=0.5))
    assert pickle.loads(pickle.dumps(levers)) == levers
    assert Levers.model_validate_json(levers.model_dump_json()) == levers


def test_what_is_nested_too_deeply_is_refused():
    value = []
    for _ in range(100_000):
        value = [value]
    with pytest.raises(ScenarioError, match="nested too deeply"):
        Levers(bar=value)
    with pytest.raises(ScenarioError, match="fuzz: a value is nested too deeply"):
        Levers.checked({"bar": value}, "fuzz")


def test_halves_of_characters_are_told_as_letters():
    with pytest.raises(ScenarioError, match=r"Levers: \\ud800: unknown key"):
        Levers(**{"\ud800": 1})
