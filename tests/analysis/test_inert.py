"""A factor that moves nothing over a whole design is named, before the runs where that is known."""

from pathlib import Path

import pytest

import kernegotiate as kn

TOWNS = """\
code,name,population,grdp,lon,lat,budget
a,Alpha,500000,900,105.1,10.1,90
b,Beta,800000,1500,105.5,10.4,{}
c,Gamma,300000,400,105.9,10.2,60
"""
HEAD = """\
title = "Small"
question = "What?"
scenario = "./three.toml"
institutions = ["none", "lga"]
runs = 3
outcomes = ["welfare", "outside_money", "completion_rate"]
"""


def written(folder: Path, text: str, budget: str = "20") -> Path:
    folder.mkdir(exist_ok=True)
    region = 'years = 4\n[region]\ncurrency = "m"\ngovernments = "cities.csv"\n'
    (folder / "three.toml").write_text(region, encoding="utf-8")
    (folder / "cities.csv").write_text(TOWNS.format(budget), encoding="utf-8")
    path = folder / "small.toml"
    path.write_text(HEAD + text, encoding="utf-8")
    return path


def design(kind: str, *factors: str) -> str:
    samples = "" if kind == "factorial" else "samples = 4\n"
    told = ", ".join(f"{{ name = '{one}', low = 0.2, high = 0.4 }}" for one in factors)
    return f'[design]\nkind = "{kind}"\n{samples}factors = [{told}]\n'


def test_a_factor_that_a_table_leaves_powerless_is_refused_before_any_run(tmp_path: Path) -> None:
    sentence = r"design: budget_share: would change nothing in three, since all 3 governments give"
    with pytest.raises(kn.ScenarioError, match=sentence):
        kn.Experiment.load(written(tmp_path, design("lhs", "budget_share", "trust")))
    experiment = kn.Experiment.load(written(tmp_path, ""))
    table = kn.Experiment.load(written(tmp_path / "other", design("lhs", "budget_share"), ""))
    with pytest.raises(kn.ScenarioError, match=sentence):
        experiment.run(out=tmp_path / "out", design=table.design.design())
    assert not (tmp_path / "out").exists()


def test_a_factor_that_reaches_some_governments_says_which(tmp_path: Path) -> None:
    experiment = kn.Experiment.load(written(tmp_path, design("lhs", "budget_share"), ""))
    told = (
        "Note, three: budget_share sets the budget of 1 of 3 governments (b); "
        "the others keep their own."
    )
    assert told in experiment.remarks
    store = experiment.run(out=tmp_path / "out").store
    assert store.manifest["experiment"]["remarks"] == list(experiment.remarks)


def test_a_lever_that_lacks_its_partner_at_every_point_is_told_before(tmp_path: Path) -> None:
    asleep = kn.Experiment.load(written(tmp_path, design("lhs", "match_rate")))
    assert asleep.remarks == (
        "Note: the factor match_rate has no effect, since grant_budget is 0 at all points.",
    )
    awake = design("lhs", "match_rate", "grant_budget")
    assert kn.Experiment.load(written(tmp_path, awake)).remarks == ()
    later = 'set = { changes = "3 grant_budget=0.1" }\n' + design("lhs", "match_rate")
    remarks = kn.Experiment.load(written(tmp_path, later)).remarks
    assert not any("the factor" in remark for remark in remarks)


@pytest.mark.parametrize("kind", ["factorial", "morris", "sobol"])
def test_the_runs_show_what_moves_nothing(tmp_path: Path, kind: str) -> None:
    path = written(tmp_path, design(kind, "match_rate", "rate"))
    results = kn.Experiment.load(path).run(out=tmp_path / "out")
    assert results.inert() == (
        "Note: the factor match_rate moves nothing: whatever it is, the runs come out the same.",
    )


def test_what_moves_under_one_institution_is_told_for_the_others(tmp_path: Path) -> None:
    text = HEAD.replace('"none", "lga"', '"none", "conditional_funding"')
    path = written(tmp_path, design("factorial", "match_rate", "rate"))
    path.write_text(text.replace("runs = 3", "runs = 30") + design("factorial", "match_rate"))
    results = kn.Experiment.load(path).run(out=tmp_path / "out")
    (told,) = results.inert()
    assert told.endswith("whatever it is, the runs come out the same in three under none.")


def test_a_design_without_points_to_compare_is_not_judged(tmp_path: Path) -> None:
    path = written(tmp_path, design("lhs", "match_rate", "rate"))
    assert kn.Experiment.load(path).run(out=tmp_path / "out").inert() == ()
