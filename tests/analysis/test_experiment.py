"""Experiments as files: what ships, what they find, and every way to get one wrong."""

import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import kernegotiate as kn
from kernegotiate.analysis import Experiment, Findings, estimate, experiment_names, paired_runs

SMALL = """\
title = "Small"
question = "What?"
scenario = "mekong_delta"
institutions = ["none", "lga"]
baseline = "lga"
runs = 6
seed = 2
set = { years = 4 }

[[arms]]
name = "loyal"
institution = "lga"
set = { staff_loyalty = 1.0 }

[[arms]]
name = "half"
institution = "lga"
set = { quota = 0.5 }

[[claims]]
says = "A lower quota signs more."
evidence = ["A3"]
[[claims.parts]]
label = "half less lga"
terms = [
    { arm = "half", outcome = "signed" },
    { arm = "loyal", outcome = "signed", times = -1.0 },
]
at_least = 0.0
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "small.toml"
    path.write_text(SMALL, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def shipped() -> Findings:
    return Experiment.load("coordinators").run(runs=4)


@pytest.mark.parametrize("name", experiment_names())
def test_shipped_experiments_are_valid(name: str) -> None:
    experiment = Experiment.load(name)
    ids = [*experiment.evidence, *(i for claim in experiment.claims for i in claim.evidence)]
    assert experiment.name == name
    assert all(re.fullmatch(r"(E|SF)\d+|[ALSFGUT]\d+", i) for i in ids)


def test_the_coordinators_are_the_missions_four_and_none(shipped: Findings) -> None:
    assert list(shipped.comparison.runs) == [
        *("none", "advisory_council", "lga", "conditional_funding", "empowered_board")
    ]
    assert set(shipped.comparison.differences["baseline"]) == {"advisory_council"}
    assert len(shipped.claims) == 4
    verdicts = {result.verdict for result in shipped.claims}
    assert verdicts <= {"holds", "does not hold", "undecided"}


def test_claims_are_measured_on_the_arms(small: Path) -> None:
    findings = Experiment.load(small).run()
    part = findings.claims[0].parts[0]
    tables = {name: runs.outcomes for name, runs in findings.runs.items()}
    expected = estimate(tables["half"], "signed") - estimate(tables["loyal"], "signed")
    assert (part.value, part.error) == (expected.value, expected.error)
    assert (part.low, part.high) == expected.interval()
    assert list(findings.comparison.runs) == ["none", "lga"]
    assert set(findings.comparison.differences["coordinator"]) == {"none"}
    assert findings.comparison.scenario.years == 4


def test_runs_and_seed_can_be_chosen(small: Path) -> None:
    experiment = Experiment.load(small)
    usual, chosen = experiment.run(), experiment.run(runs=3, seed=8, confidence=0.5)
    assert len(usual.runs["lga"].outcomes) == 6
    assert len(chosen.runs["lga"].outcomes) == 3
    assert (usual.comparison.seed, chosen.comparison.seed) == (2, 8)
    assert chosen.comparison.confidence == 0.5


def test_the_same_as_simulating_by_hand(small: Path) -> None:
    findings = Experiment.load(small).run(threads=2)
    by_hand = kn.simulate("mekong_delta", "lga", runs=6, seed=2, years=4, quota=0.5)
    pd.testing.assert_frame_equal(findings.runs["half"].outcomes, by_hand.outcomes)


def test_shared_arms_are_simulated_once(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def counting(*args: Any, **kwargs: Any) -> kn.Runs:
        calls.append(args)
        return kn.simulate(*args, **kwargs)

    monkeypatch.setattr(paired_runs, "simulate", counting)
    findings = Experiment.load(small).run()
    assert len(calls) == 3  # `loyal` is what an lga is anyway
    assert findings.runs["loyal"].outcomes is findings.runs["lga"].outcomes


def test_paths_are_relative_to_the_file(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (small.parent / "own.toml").write_text('based_on = "lga"\n[levers]\nquota = 0.6\n')
    (small.parent / "region.toml").write_text('based_on = "mekong_delta"\nyears = 2\n')
    text = SMALL.replace('"none", "lga"', '"./own.toml", "lga"').replace('"half"', '"half"', 1)
    text = text.replace('"mekong_delta"', '"region.toml"').replace("years = 4", "trust = 0.4")
    small.write_text(text.replace('institution = "lga"', 'institution = "own.toml"'))
    monkeypatch.chdir("/")
    experiment = Experiment.load(small)
    cells = experiment.cells()
    assert list(cells) == ["own", "lga", "loyal", "half"]
    assert cells["own"][0].years == 2
    assert [cells[name][1].levers.quota for name in cells] == [0.6, 1.0, 0.6, 0.5]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('title = "Small"', "", "title: the value is missing"),
        ("runs = 6", "runs = 1", "runs: found 1, allowed is a whole number in [2, inf)"),
        ("seed = 2", "sed = 2", "sed: unknown key, did you mean 'seed'?"),
        ('"none", "lga"', "", "institutions: found none, allowed are one or more"),
        ('"none", "lga"', '"lga", "lga"', "institutions[#2]: found 'lga' twice, allowed is once"),
        ('"none", "lga"', '"lga", "non"', "institutions[#2]: institution: there is no built-in"),
        ('"none", "lga"', '"lga", 3', "institutions[#2]: found 3, allowed is a text"),
        ('"mekong_delta"', '"delta"', "scenario: scenario: there is no built-in 'delta'"),
        ('"mekong_delta"', '"x.toml"', "scenario: "),
        ('baseline = "lga"', 'baseline = "x"', "baseline: found 'x', allowed is one of none, lga"),
        ('"loyal"\ni', '"none"\ni', "arms[#1]: found 'none' twice, allowed is once"),
        ("quota = 0.5", "quota = 2", "arms[#2]: override: quota: found 2"),
        ("quota = 0.5", "qota = 2", "arms[#2]: override: qota: unknown keyword"),
        ("years = 4", "years = 0", "institutions[#1]: override: years: found 0"),
        ('arm = "half"', 'arm = "hal"', "claims[#1].parts[#1].terms[#1].arm: there is no 'hal'"),
        ('"signed" }', '"signd" }', "claims[#1].parts[#1].terms[#1].outcome: there is no 'signd'"),
        ("at_least = 0.0", "", "claims[#1].parts[#1]: needs one of above, at_least"),
        ("at_least = 0.0", 'at_least = "x"', "claims[#1].parts[#1].at_least: found the text 'x'"),
        ("question", "question == 2", "not valid TOML"),
        ("[[arms]]", "[arms]", "not valid TOML"),
    ],
)
def test_what_is_wrong_is_told(small: Path, old: str, new: str, sentence: str) -> None:
    assert old in SMALL
    small.write_text(SMALL.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(kn.ScenarioError) as error:
        Experiment.load(small)
    assert str(error.value).startswith(f"{small}: {sentence}")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("name", ["coordinator", "nowhere.toml"])
def test_an_unknown_experiment_is_told(name: str) -> None:
    with pytest.raises(kn.ScenarioError, match=r"did you mean 'coordinators'|no such file"):
        Experiment.load(name)


@pytest.mark.parametrize("arguments", [{"runs": 1}, {"seed": -1}, {"confidence": 0}])
def test_wrong_arguments_are_told(small: Path, arguments: dict[str, Any]) -> None:
    with pytest.raises(kn.ScenarioError, match="allowed"):
        Experiment.load(small).run(**arguments)


def test_the_example_in_the_readme_runs(tmp_path: Path) -> None:
    readme = Path(__file__).parents[2] / "experiments" / "README.md"
    text = re.findall(r"```toml\n(.*?)```", readme.read_text(encoding="utf-8"), re.DOTALL)[0]
    (tmp_path / "own.toml").write_text(text, encoding="utf-8")
    findings = Experiment.load(tmp_path / "own.toml").run(runs=3)
    assert list(findings.runs) == ["advisory_council", "conditional_funding", "paid_council"]
