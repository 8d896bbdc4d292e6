"""Cases: scenarios that name their institution, found by name like any other."""

import csv
import re
import tomllib
from pathlib import Path

import numpy as np
import pytest

import kernegotiate as kn
from kernegotiate.scenario import Scenario, ScenarioError, load_scenario, resolve, shipped

CASES = kn.case_names()
OWN = 'based_on = "three_towns"\ninstitution = "{}"\n'


def test_every_scenario_but_the_toy_has_a_case():
    files = {case: (shipped("scenarios/cases") / f"{case}.toml").read_text() for case in CASES}
    based = {tomllib.loads(text)["based_on"] for text in files.values()}
    assert based == {*kn.scenario_names()} - {"three_towns"}
    assert len(CASES) >= 20


def test_names_are_those_of_no_scenario():
    assert not {*CASES} & {*kn.scenario_names(), *kn.institution_names()}


@pytest.mark.parametrize("name", CASES)
def test_a_case_names_an_institution_and_says_why(name):
    case = load_scenario(name)
    assert case.name == name
    assert case.institution is not None
    assert case.institution.name in kn.institution_names()
    assert case.title_vi not in {case.title, name}
    assert case.country
    text = (shipped("scenarios/cases") / f"{name}.toml").read_text(encoding="utf-8")
    comment = text.split("based_on")[0]
    assert re.search(r"\bE\d{2,3}\b", comment), "a comment says by which evidence"
    assert Scenario.checked(case.model_dump(), "dump") == case


@pytest.mark.parametrize("name", CASES)
def test_a_case_runs_under_every_institution(name):
    for institution in kn.institution_names():
        outcomes = kn.simulate(name, institution, runs=3, years=10, seed=5).outcomes
        assert (outcomes.arrived > 0).all()
        assert np.isfinite(outcomes.welfare).all()


def test_the_mergers_are_those_of_the_resolution():
    """34 units are left of 63, those that `vietnam_34` has."""
    case = load_scenario("vietnam_mergers")
    absorbed = {code for one in case.mergers for code in one.members[1:]}
    left = {*case.region.codes} - absorbed
    assert left == {*load_scenario("vietnam_34").region.codes}
    table = shipped("scenarios") / "regions/vietnam_34/governments.csv"
    with table.open(encoding="utf-8", newline="") as file:
        notes = {row["code"]: row["note"] for row in csv.DictReader(file)}
    for one in case.mergers:
        said = notes[one.members[0]].split("from ")[1]
        assert {part.split()[0] for part in said.split(", ")} == {*one.members}


def test_the_institution_is_the_coordinator_where_none_is_named():
    runs = kn.simulate("jing_jin_ji_orders", runs=2, years=3)
    assert runs.institution.name == "orders_with_incentives"
    assert kn.simulate("jing_jin_ji_orders", "lga", runs=2, years=3).institution.name == "lga"
    assert kn.simulate("jing_jin_ji", runs=2, years=3).institution.name == "advisory_council"
    assert resolve("bandung_autonomy", None)[1].name == "none"
    named = kn.outcome(scenario="jing_jin_ji_orders", coordinator="orders_with_incentives", years=3)
    assert kn.outcome(scenario="jing_jin_ji_orders", years=3) == pytest.approx(named, nan_ok=True)


def test_what_a_case_usually_has_changes_no_run_under_another():
    with_it, without = (
        kn.simulate(one, "lga", runs=5, years=6)
        for one in ("chungcheong_association", "chungcheong")
    )
    assert with_it.outcomes.equals(without.outcomes)


def test_an_own_case(tmp_path: Path):
    path = tmp_path / "mine.toml"
    path.write_text(OWN.format("lga"), encoding="utf-8")
    assert load_scenario(path).institution.name == "lga"
    (tmp_path / "body.toml").write_text('based_on = "lga"\n[levers]\nrounds = 5\n')
    path.write_text(OWN.format("body.toml"), encoding="utf-8")
    assert load_scenario(path).institution.levers.rounds == 5


def test_an_institution_that_is_not_there(tmp_path: Path):
    path = tmp_path / "mine.toml"
    path.write_text(OWN.format("lgaa"), encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"institution: there is no built-in 'lgaa', did you"):
        load_scenario(path)


def test_a_model_of_a_case_has_its_coordinator():
    case = load_scenario("northeast_meetings")
    assert kn.RegionModel("northeast_meetings", rng=1).coordinator.institution == case.institution
    other = kn.RegionModel("northeast_meetings", "none", rng=1)
    assert other.coordinator.institution.name == "none"
    assert kn.RegionModel("mekong_delta", rng=1).coordinator.institution.name == "advisory_council"
