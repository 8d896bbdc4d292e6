"""Every field says what it means, its unit, its range and where its value comes from."""

import re

import pytest

from kernegotiate.scenario import (
    Behaviour,
    Government,
    Institution,
    LeaderRules,
    LeverNote,
    Levers,
    ProjectKind,
    ProjectRow,
    ProjectRules,
    Region,
    Scenario,
    ScenarioError,
    parameters,
    resolve,
    spec_of,
)
from kernegotiate.scenario.spec import kind

MODELS = [
    Levers,
    Behaviour,
    LeaderRules,
    ProjectRules,
    ProjectKind,
    ProjectRow,
    Government,
    Region,
    Scenario,
    Institution,
    LeverNote,
]
FIELDS = [
    pytest.param(field, id=f"{model.__name__}.{name}")
    for model in MODELS
    for name, field in model.model_fields.items()
]
IDS = r"(E\d{2,3}|SF\d{2}|[AGLTU]\d)"
SOURCE = re.compile(rf"data|{IDS}(, {IDS})*|assumption(; .+)?|{IDS}(, {IDS})*; null: assumption")

NUMBERS = [p for p in parameters() if p.type in {"number", "whole number"}]


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_is_declared(field):
    told = spec_of(field)
    assert told.meaning
    assert SOURCE.fullmatch(told.source), told.source
    if kind(field) in {"number", "whole number"}:
        assert told.unit
        assert told.low is not None


def test_every_lever_has_a_group():
    groups = {p.group for p in parameters() if p.part == "levers"}
    assert groups == {"decision", "law", "money", "people", "information"}


def test_each_keyword_is_unique_and_levers_come_first():
    names = [p.name for p in parameters()]
    assert len(set(names)) == len(names)
    levers = list(Levers.model_fields)
    assert names[: len(levers)] == levers
    assert {"years", "budget_share", "land_dependence", "ceiling", "trust", "term", "rate"} <= set(
        names
    )


def test_the_table_of_parameters_makes_a_data_frame():
    import pandas as pd

    table = pd.DataFrame(parameters()).set_index("name")
    assert table.loc["quota", "interval"] == "(0, 1]"
    assert table.loc["sanction", "unit"] == "multiple of dues left"
    assert table.loc["proposal_rule", "choices"] == ("equal", "ability", "benefit")


@pytest.mark.parametrize("parameter", NUMBERS, ids=lambda p: p.name)
def test_ranges_are_enforced_at_both_ends(parameter):
    def accepted(value):
        try:
            # Wide partners, so that pairs such as build_min and build_max stay in order.
            wide = {"build_min": 1, "build_max": 30, "parties_max": 12, "cost_max": 1000.0}
            wide |= {"cost_min": 1e-9} if parameter.name == "cost_max" else {}
            resolve("mekong_delta", "none", **{**wide, parameter.name: value})
        except ScenarioError:
            return False
        return True

    step = 1 if parameter.type == "whole number" else 1e-9
    assert not accepted(parameter.low - step)
    assert accepted(parameter.low) != parameter.interval.startswith("(")
    if parameter.high is not None:
        assert not accepted(parameter.high + max(step, parameter.high * 1e-9))
        assert accepted(parameter.high) != parameter.interval.endswith(")")
