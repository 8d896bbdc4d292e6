"""Keywords are checked exactly like files, and do the same."""

import numpy as np
import pytest

from kernegotiate.scenario import (
    Institution,
    Levers,
    ScenarioError,
    load_institution,
    load_scenario,
    parameters,
    resolve,
)
from kernegotiate.scenario.changes import Change
from kernegotiate.scenario.mergers import Merger

IN_TIME = {
    "changes": (Change(year=2, set={"sanction": 1.0}),),
    "mergers": (Merger(year=2, members=["80", "82"]),),
}
CHANGES = {
    "term": 4,
    "calendar": "random",
    "rate": 0.3,
    "parties_max": 3,
    "trust": 0.2,
    "own_rounds": 7,
    "years": 12,
    "budget_share": 0.1,
    "land_dependence": 0.0,
    "ceiling": 1e6,
}
FILE = """\
title = "Three cities"
years = 12
[region]
currency = "million USD"
governments = "cities.csv"
budget_share = 0.1
land_dependence = 0.0
ceiling = 1e6
[leaders]
term = 4
calendar = "random"
[projects]
rate = 0.3
parties_max = 3
[behaviour]
trust = 0.2
own_rounds = 7
"""


def test_overrides_equal_files(study):
    changed, _ = resolve(study, "none", **CHANGES)
    study.write_text(FILE, encoding="utf-8")
    assert changed == load_scenario(study)


def test_an_override_fills_only_what_no_government_gives(study):
    cities = study.with_name("cities.csv")
    cities.write_text(
        "code,name,population,grdp,budget,lon,lat,ceiling\na,A,1,100,50,0,0,3\nb,B,1,200,,0,0,\n",
        encoding="utf-8",
    )
    scenario = load_scenario(study)
    assert [g.budget for g in scenario.region.governments] == [50, 12]
    assert [g.budget for g in scenario.with_overrides(budget_share=0.5).region.governments] == [
        50,
        100,
    ]
    ceilings = scenario.with_overrides(ceiling=2).region.governments
    assert [(g.ceiling, g.budget) for g in ceilings] == [(3, 50), (2, 12)]


@pytest.mark.parametrize("parameter", parameters(), ids=lambda p: p.name)
def test_every_keyword_reaches_its_place(parameter):
    value = {
        "number": lambda: parameter.default * 0.9 + 0.0051,
        "whole number": lambda: parameter.default + 1,
        "flag": lambda: not parameter.default,
        "choice": lambda: parameter.choices[1] if parameter.default != parameter.choices[1] else "",
        "list": lambda: parameter.default[:2],
        "text": lambda: IN_TIME[parameter.name],
    }[parameter.type]()
    scenario, institution = resolve("mekong_delta", "none", **{parameter.name: value})
    before = resolve("mekong_delta", "none")
    assert (scenario, institution) != before
    place = {
        "levers": institution.levers,
        "region": scenario.region,
        "scenario": scenario,
    }.get(parameter.part) or getattr(scenario, parameter.part)
    assert getattr(place, parameter.name) == value
    assert (scenario == before[0]) == (parameter.part == "levers")


def test_defaults_as_keywords_change_nothing():
    same = {p.name: p.default for p in parameters()}
    assert resolve("mekong_delta", "none", **same)[1].levers == Levers()
    scenario, _ = resolve("mekong_delta", "none", **same)
    assert scenario == load_scenario("mekong_delta")


def test_numpy_values_are_numbers():
    scenario, institution = resolve(
        "mekong_delta",
        "lga",
        quota=np.float64(0.5),
        rounds=np.int64(3),
        backstop=np.bool_(True),
        years=np.int32(7),
        budget_share=np.float32(0.5),
    )
    plain, same = resolve(
        "mekong_delta", "lga", quota=0.5, rounds=3, backstop=True, years=7, budget_share=0.5
    )
    assert (scenario, institution) == (plain, same)
    assert type(scenario.region.governments[0].budget) is float


@pytest.mark.parametrize(
    ("override", "message"),
    [
        ({"quotta": 1}, "override: quotta: unknown keyword, did you mean 'quota'?"),
        ({"xyzzy": 1}, "override: xyzzy: unknown keyword, nothing like it is known"),
        ({"quota": 2}, "override: quota: found 2, allowed is a finite number in (0, 1]"),
        ({"quota": "0.3"}, "override: quota: found the text '0.3', allowed is a finite number"),
        ({"trust": True}, "override: trust: found true, allowed is a finite number in [0, 1]"),
        ({"trust": float("nan")}, "override: trust: found nan, allowed is a finite number"),
        ({"years": 0}, "override: years: found 0, allowed is a whole number in [1, 400]"),
        ({"budget_share": -1}, "override: budget_share: found -1, allowed is a finite number"),
        ({"budget_share": "a"}, "override: budget_share: found the text 'a', allowed is"),
        ({"ceiling": -0.5}, "override: ceiling: found -0.5, allowed is a finite number in [0"),
        ({"parties_min": 7}, "override: parties_min: found 7, allowed is at most parties_max"),
        ({"calendar": "lunar"}, "override: calendar: found the text 'lunar', allowed is one of"),
        ({"kinds": []}, "override: kinds: found no kind, allowed is one kind or more"),
    ],
)
def test_wrong_keywords(override, message):
    with pytest.raises(ScenarioError) as caught:
        resolve("mekong_delta", "none", **override)
    assert str(caught.value).startswith(message)


def test_all_ways_to_name_a_study(study):
    scenario = load_scenario(study)
    for way in (study, str(study), scenario):
        assert resolve(way, "none")[0] == scenario
    council = load_institution("advisory_council")
    assert resolve(scenario, council)[1] is council
    custom = resolve(scenario, Levers(quota=0.5), rounds=1)[1]
    assert custom == Institution(
        name="custom", title="Custom levers", levers=Levers(quota=0.5, rounds=1)
    )


def test_without_overrides_the_study_is_itself(study):
    scenario = load_scenario(study)
    assert resolve(scenario, "none")[0] is scenario
    with pytest.raises(ScenarioError, match="match_rate: unknown keyword"):
        scenario.with_overrides(match_rate=0.2)


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (
            {"changes": "12 sanction=x"},
            "changes: in year 12: set.sanction: found the text 'x'",
        ),
        (
            {"changes": "12 quota=1 quota=.6"},
            "changes: in year 12: found quota twice",
        ),
        (
            {"changes": "12 trust=.3"},
            "changes: in year 12: found the text 'trust'",
        ),
        (
            {"mergers": "12" + 99 * " 92"},
            "found 92, 92, 92, 92, 92, 92, 92, 92, 92, 92, 92, 92, 92, ",
        ),
        ({"mergers": "12 92 930"}, "no government has the code '930', did you mean '93'"),
    ],
)
def test_what_is_wrong_with_a_change_or_merger_is_named_with_its_place(settings, told):
    with pytest.raises(ScenarioError) as caught:
        resolve("mekong_delta", "lga", **settings)
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 250


def test_a_file_named_in_changes_is_read_again(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for quota in (0.6, 0.7):
        (tmp_path / "law.toml").write_text(f"[levers]\nquota = {quota}\n")
        scenario, _ = resolve("mekong_delta", "lga", changes="12 ./law.toml")
        assert scenario.changes[0].institution.levers.quota == quota
