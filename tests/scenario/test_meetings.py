"""A setting never overrules, nor is overruled by, what a table gives without a sentence."""

import pickle

import pytest

from kernegotiate.scenario import (
    Government,
    ProjectRow,
    Scenario,
    ScenarioError,
    load_scenario,
    parameters,
    remarks,
    resolve,
)
from kernegotiate.scenario.meetings import BESIDE_A_TABLE, departures, sources
from kernegotiate.scenario.region import USUAL, GovernmentRow

OWN = {"budget": "90", "land_dependence": "0.2", "ceiling": "0.7"}
"""A value of a government's own for each column that may be left out."""
REST = {"currency", "governments", "geometry"}
OPTIONAL = [name for name in GovernmentRow.model_fields if name in USUAL.values()]


def towns(study, given):
    """A study of four towns; `given` says for each column in which of them it has a value."""
    lines = [f"code,name,population,grdp,lon,lat,{','.join(OPTIONAL)}"]
    for place, code in enumerate("abcd"):
        cells = (
            OWN[name] if given.get(name, ())[place : place + 1] == "x" else "" for name in OPTIONAL
        )
        lines.append(f"{code},{code.upper()},1000,{100 + place},105,{10 + place},{','.join(cells)}")
    study.with_name("cities.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return load_scenario(study)


def given(scenario, name):
    """What the table gives of a column, by code."""
    return {
        one.code: getattr(one, name)
        for one in scenario.region.governments
        if name not in one.filled
    }


def other(parameter):
    """An allowed value that is not the default."""
    if parameter.type == "whole number":
        return parameter.default + 1
    if parameter.type == "list":
        return parameter.default[:2]
    return parameter.default * 0.5 or 0.1


REGIONAL = [one for one in parameters() if one.part == "region"]
RULES = [one for one in parameters() if one.part == "projects"]


def test_the_columns_that_settings_meet_are_all_here():
    assert {one.name for one in REGIONAL} == {*USUAL, "budget_scale"}
    assert set(OPTIONAL) == set(USUAL.values()) == set(OWN)


@pytest.mark.parametrize("pattern", ["xxxx", "x.x.", "...."])
@pytest.mark.parametrize("parameter", REGIONAL, ids=lambda one: one.name)
def test_no_override_changes_what_a_table_gives_without_a_sentence(study, parameter, pattern):
    before = towns(study, dict.fromkeys(OPTIONAL, pattern))
    name, value = parameter.name, other(parameter)
    if name in USUAL and pattern == "xxxx":
        sentence = f"override: {name}: would change nothing in study, since all 4 governments give"
        with pytest.raises(ScenarioError, match=sentence):
            resolve(before, "none", **{name: value})
        return
    after, body = resolve(before, "none", **{name: value})
    said = " ".join(remarks(after, body, {name: value}))
    for column in OPTIONAL:
        assert given(after, column) == given(before, column)
    if after.region.budgets != before.region.budgets:
        moved = {
            one.code
            for one, new, old in zip(
                after.region.governments, after.region.budgets, before.region.budgets, strict=True
            )
            if new != old
        }
        assert not moved & set(given(before, "budget")) or "multiplies the budgets of 4" in said
    if name in USUAL and pattern == "x.x.":
        assert f"{name} {value:g} sets the" in said
        assert "of 2 of 4 governments (b, d); the others keep their own" in said
        for one in after.region.governments:
            wanted = value * one.grdp if name == "budget_share" else value
            assert one.code in "ac" or getattr(one, USUAL[name]) == wanted


@pytest.mark.parametrize("parameter", RULES, ids=lambda one: one.name)
def test_rules_for_generated_projects_are_refused_beside_a_table(study, parameter):
    scenario = with_table(study)
    change = {parameter.name: other(parameter)}
    if parameter.name in BESIDE_A_TABLE:
        assert scenario.with_overrides(**change) != scenario
        return
    if parameter.name.endswith(("_min", "_max")):  # keep both ends in order
        change = {parameter.name: parameter.default}
    sentence = f"override: {parameter.name}: would change nothing in study, since the projects are"
    with pytest.raises(ScenarioError, match=sentence):
        scenario.with_overrides(**change)


def with_table(study):
    towns(study, {})
    columns = {"year": "1", "host": "a", "parties": "a;b", "cost": "9", "build": "2", "life": "5"}
    columns |= {"own": "2;2", "spillover": "1"}
    assert set(columns) <= set(ProjectRow.model_fields)
    lines = [",".join(columns), ",".join(columns.values())]
    study.with_name("projects.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    study.write_text('table = "projects.csv"\n' + study.read_text("utf-8"), encoding="utf-8")
    return load_scenario(study)


def test_a_file_whose_settings_do_nothing_says_so(study):
    scenario = with_table(study)
    assert list(departures(scenario)) == []
    text = study.read_text("utf-8") + "[projects]\nrate = 0.3\nlife = 9\n"
    study.write_text(text, encoding="utf-8")
    assert list(departures(load_scenario(study))) == [
        "rate, life have no effect, since the projects are given one by one, in a table."
    ]
    towns(study, {"budget": "xxxx"})
    study.write_text(text.replace("[region]", "[region]\nbudget_share = 0.1"), encoding="utf-8")
    told = " ".join(departures(load_scenario(study)))
    assert "budget_share has no effect, since all 4 governments give their own budget" in told


def test_who_gives_what_is_known(study):
    scenario = towns(study, {"budget": "x...", "ceiling": "xxxx"})
    assert sources(scenario) == {
        "budget": "budget_share 0.06 for b, c, d; the others give their own",
        "land_dependence": "land_dependence 0.3 for all 4 governments",
        "ceiling": "all 4 governments give their own, ceiling has no effect",
    }


def test_what_was_given_is_remembered(study):
    scenario = towns(study, {"budget": "x..."})
    ways = [
        pickle.loads(pickle.dumps(scenario)),
        scenario.model_copy(),
        scenario.model_copy(deep=True),
        Scenario.model_validate(scenario.model_dump()),
        Scenario.model_validate_json(scenario.model_dump_json()),
        scenario.with_overrides(budget_share=0.2).with_overrides(trust=0.1, budget_share=0.06),
    ]
    for copy in ways:
        assert copy.region == scenario.region
        changed = copy.with_overrides(budget_share=0.5).region
        assert [one.budget for one in changed.governments] == [90, 50.5, 51, 51.5]


def test_a_value_that_somebody_puts_in_is_given(study):
    scenario = towns(study, {})
    rows = [{**dict(one), "budget": 7.0} for one in scenario.region.governments]
    region = scenario.region.changed("here", governments=rows)
    assert {one.filled for one in region.governments} == {("land_dependence", "ceiling")}
    assert region.with_usual("here", ceiling=2).budgets == (7.0,) * 4
    row = dict(scenario.region.governments[0]) | {"budget": 8.0}
    again = scenario.region.changed("here", governments=[Government(**row), *rows[1:]])
    assert again.budgets == (8.0, 7.0, 7.0, 7.0)


def test_a_scale_multiplies_every_budget_and_forgets_none(study):
    scenario = towns(study, {"budget": "x..."})
    scaled, body = resolve(scenario, "none", budget_scale=1.5)
    assert scaled.region.budgets == tuple(1.5 * budget for budget in scenario.region.budgets)
    assert scaled.region.governments == scenario.region.governments
    (told,) = remarks(scaled, body, {"budget_scale": 1.5})
    assert told == (
        f"Note, {scenario.title}: budget_scale 1.5 multiplies the budgets of 4 governments, "
        "1 of them given in a table."
    )
    assert scaled.with_overrides(budget_scale=1).region == scenario.region


def test_more_parties_than_governments_is_told(study):
    scenario = towns(study, {})
    (told,) = remarks(scenario, resolve(scenario, "none")[1], {"parties_max": 9})
    assert told.endswith("parties_max 9 acts as 4, the number of governments.")
