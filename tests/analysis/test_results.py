"""Experiments as batches: from a file to estimates and indices."""

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

import kernegotiate as kn
from kernegotiate.analysis import Results, estimate
from kernegotiate.scenario import resolve

HEAD = """\
title = "Small"
question = "What?"
scenario = "mekong_delta"
institutions = ["advisory_council", "lga"]
runs = 6
seed = 2
set = { years = 3 }
"""
SOBOL = """
replications = 4
outcomes = ["signed_gap", "welfare"]
[design]
kind = "sobol"
samples = 8
[[design.factors]]
name = "quota"
low = 0.5
high = 1.0
[[design.factors]]
name = "social_discount"
low = 0.02
high = 0.1
"""
ARM = """
[[arms]]
name = "half"
institution = "lga"
set = { quota = 0.5 }
"""

CLAIM = """
[design]
kind = "factorial"
[[design.factors]]
name = "trust"
values = [0.3, 0.6]
[[design.factors]]
name = "side_payments"
[[claims]]
says = "Trust helps."
[[claims.parts]]
label = "completed: .6 less .3"
terms = [
    { arm = "half", at = { trust = 0.6, side_payments = true }, outcome = "completion_rate" },
    { arm = "half", at = { trust = 0.3, side_payments = true }, outcome = "signed_gap", times = -1},
]
above = 0.0
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "small.toml"
    path.write_text(HEAD + text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def sobol(tmp_path_factory: pytest.TempPathFactory) -> Results:
    folder = tmp_path_factory.mktemp("sobol")
    return kn.Experiment.load(written(folder, SOBOL)).run(out=folder / "out")


def test_rows(sobol: Results) -> None:
    rows = sobol.rows()
    assert len(rows) == 2 * 8 * (2 * 2 + 2) * 4
    assert list(rows.columns) == [
        *("point", "scenario", "institution", "quota", "social_discount", "run"),
        *("signed_gap", "welfare", "signed", "completed", "error"),
    ]
    assert sobol.failures() == {}


def test_summary_is_what_estimates_say(sobol: Results) -> None:
    summary = sobol.summary()
    rows = sobol.rows()
    assert list(summary["outcome"][:2]) == ["signed_gap", "welfare"]
    for line in summary.sample(20, random_state=1).to_dict("records"):
        found = estimate(rows[rows["point"] == line["point"]], str(line["outcome"]))
        expected = (found.value, *found.interval(), found.counted)
        got = tuple(line[key] for key in ("value", "low", "high", "runs"))
        assert got == pytest.approx(expected, rel=1e-12, nan_ok=True)


def test_indices(sobol: Results) -> None:
    table = sobol.sensitivity("welfare")
    assert list(table["factor"]) == ["quota", "social_discount"] * 2
    assert table["ST"].notna().all()
    welfare = table.set_index(["institution", "factor"])["ST"]
    assert (welfare.xs("social_discount", level="factor") > 0.5).all()
    pd.testing.assert_frame_equal(table, sobol.sensitivity("welfare"))


def test_morris(tmp_path: Path) -> None:
    text = SOBOL.replace('"sobol"', '"morris"')
    results = kn.Experiment.load(written(tmp_path, text)).run(out=tmp_path / "out")
    table = results.sensitivity("welfare")
    assert list(table.columns[3:]) == ["mu", "mu_star", "mu_star_conf", "sigma", "why"]
    assert (table["mu_star"] >= table["mu"].abs() - 1e-9).all()


def test_undefined_points_are_named(tmp_path: Path) -> None:
    results = kn.Experiment.load(written(tmp_path, SOBOL)).run(out=tmp_path / "out")
    table = results.store.table(0)
    frame = table.to_pandas()
    frame.loc[frame["point"] == frame["point"].iloc[0], "welfare"] = np.nan
    results.store.write(0, pa.Table.from_pandas(frame, schema=table.schema))
    told = results.sensitivity("welfare").set_index("institution")
    assert set(told.loc["advisory_council", "why"]) == {
        "welfare is undefined at 1 of 48 points of mekong_delta under advisory_council (0)"
    }
    assert told.loc["advisory_council", ["S1", "ST"]].isna().all(axis=None)
    assert set(told.loc["lga", "why"]) == {""}
    assert told.loc["lga", ["S1", "ST"]].notna().all(axis=None)


def test_what_has_no_indices_is_told(sobol: Results, tmp_path: Path) -> None:
    with pytest.raises(kn.ScenarioError, match=r"there is no 'efficiency'"):
        sobol.sensitivity("efficiency")
    plain = kn.Experiment.load(written(tmp_path, "")).run(out=tmp_path / "out", runs=2)
    with pytest.raises(kn.ScenarioError, match="found a design of the kind single"):
        plain.sensitivity("welfare")
    text = SOBOL.replace("social_discount", "trust").replace("0.02", "0.01")
    path = written(tmp_path, text.replace('"signed_gap", "welfare"', '"arrived"'))
    same = kn.Experiment.load(path).run(out=tmp_path / "same")
    with pytest.raises(kn.ScenarioError, match="so that nothing explains its variance"):
        same.sensitivity("arrived")
    min((tmp_path / "same" / "parts").iterdir()).unlink()
    with pytest.raises(kn.ScenarioError, match="1 of 16 chunks are missing; resume first"):
        same.sensitivity("arrived")


def test_arms_and_institutions_are_points(tmp_path: Path) -> None:
    experiment = kn.Experiment.load(written(tmp_path, ARM))
    results = experiment.run(out=tmp_path / "out")
    findings = experiment.run()
    rows = results.rows()
    assert list(rows["institution"].unique()) == ["advisory_council", "lga", "half"]
    for name, runs in findings.runs.items():
        found = rows[rows["institution"] == name].set_index("run")[list(runs.outcomes.columns)]
        pd.testing.assert_frame_equal(found, runs.outcomes, check_exact=True)


def test_a_design_from_a_table_and_a_file(tmp_path: Path) -> None:
    experiment = kn.Experiment.load(written(tmp_path, ""))
    table = pd.DataFrame({"quota": [0.5, 1.0]})
    one = experiment.run(out=tmp_path / "one", design=table, runs=2)
    table.to_csv(tmp_path / "points.csv", index=False)
    path = written(tmp_path, '[design]\nfile = "points.csv"\n')
    two = kn.Experiment.load(path).run(out=tmp_path / "two", runs=2)
    pd.testing.assert_frame_equal(one.rows(), two.rows())
    assert len(one.summary(["welfare"])) == 4


def test_several_scenarios(tmp_path: Path) -> None:
    (tmp_path / "other.toml").write_text('based_on = "mekong_delta"\nyears = 2\n')
    text = HEAD.replace('scenario = "mekong_delta"', 'scenarios = ["mekong_delta", "other.toml"]')
    path = tmp_path / "small.toml"
    path.write_text(text, encoding="utf-8")
    results = kn.Experiment.load(path).run(out=tmp_path / "out", shard="1/1", threads=1)
    assert list(results.rows()["scenario"].unique()) == ["mekong_delta", "other"]
    assert len(results.rows()) == 2 * 2 * 6
    with pytest.raises(kn.ScenarioError, match=r"needs a folder, out"):
        kn.Experiment.load(path).run()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('outcomes = ["welfar"]', "outcomes[#1]: there is no 'welfar', did you mean 'welfare'?"),
        ('scenarios = ["mekong_delta"]', "scenario: needs either scenario or scenarios"),
        ("replications = 0", "replications: found 0"),
        (SOBOL.replace("high = 1.0", "high = 2.0"), "design.factors[#1]: quota: found 2.0"),
        (
            SOBOL.replace("samples = 8", "samples = 9"),
            "design.samples: found 9, allowed",
        ),
        (
            SOBOL.replace("social_discount", "years").replace("0.02", "2").replace("0.1", "4"),
            "set.years: the design varies it too; leave one out",
        ),
        (SOBOL + ARM, "arms[#1].set.quota: the design varies it too; leave one out"),
        ('[design]\nfile = "nowhere.csv"', "design.file: "),
        (
            CLAIM.replace("trust = ", "term = ") + ARM,
            "claims[#1].parts[#1].terms[#1].at: found 'term'",
        ),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, text: str, sentence: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(kn.ScenarioError) as error:
        kn.Experiment.load(path)
    assert str(error.value).startswith(f"{path}: {sentence}")


def test_points_cut_into_parts(tmp_path: Path) -> None:
    from batch_helpers import plan_of
    from kernegotiate.batch.runner import run

    cut = Results(run(plan_of(size=3), tmp_path / "cut"))
    whole = Results(run(plan_of(size=14), tmp_path / "whole"))
    pd.testing.assert_frame_equal(cut.summary(["efficiency"]), whole.summary(["efficiency"]))


def test_effects_are_what_compare_says(tmp_path: Path) -> None:
    experiment = kn.Experiment.load(written(tmp_path, "outcomes = ['efficiency']\n" + CLAIM + ARM))
    results = experiment.run(out=tmp_path / "out")
    effects = results.effects(["efficiency"])
    variants = {"lga": "lga", "half": resolve("mekong_delta", "lga", quota=0.5)[1]}
    assert sorted(effects["point"]) == list(range(4, 12))  # all but the council's
    for line in effects.to_dict("records"):
        assert line["reference"] == line["point"] % 4
        settings = {key: line[key] for key in ("trust", "side_payments")}
        coordinators = {
            "advisory_council": "advisory_council",
            "other": variants[line["institution"]],
        }
        found = kn.compare("mekong_delta", coordinators, runs=6, seed=2, years=3, **settings)
        (expected,) = found.differences[found.differences["outcome"] == "efficiency"].to_dict(
            "records"
        )
        for key in ("value", "low", "high", "se", "saved"):
            assert line[key] == pytest.approx(expected[key], rel=1e-9, nan_ok=True)


def test_effects_of_settings(tmp_path: Path) -> None:
    text = CLAIM[: CLAIM.index("[[claims]]")]
    path = written(tmp_path, "outcomes = ['welfare']\n" + text)
    path.write_text(path.read_text().replace('"advisory_council", ', ""))
    results = kn.Experiment.load(path).run(out=tmp_path / "out")
    effects = results.effects()
    assert list(effects["point"]) == [1, 2, 3]
    assert set(effects["reference"]) == {0}
    rows = results.rows().groupby("point")["welfare"].mean()
    assert effects["value"].to_numpy() == pytest.approx((rows - rows[0]).to_numpy()[1:])


def test_claims_at_rows_of_the_design(tmp_path: Path) -> None:
    path = written(tmp_path, "outcomes = ['efficiency']\n" + CLAIM + ARM)
    results = kn.Experiment.load(path).run(out=tmp_path / "out")
    (claim,) = results.claims()
    rows = results.rows()
    rows = rows[(rows["institution"] == "half") & rows["side_payments"]]
    here, there = (rows[rows["trust"] == trust].reset_index(drop=True) for trust in (0.6, 0.3))
    expected = estimate(here, "completion_rate") - estimate(there, "signed_gap")
    assert claim.parts[0].value == pytest.approx(expected.value)
    assert (claim.parts[0].low, claim.parts[0].high) == pytest.approx(expected.interval())


def test_claims_without_a_design(tmp_path: Path) -> None:
    path = Path(__file__).parents[2] / "experiments" / "coordinators.toml"
    experiment = kn.Experiment.load(path)
    batch = experiment.run(out=tmp_path / "out", runs=30)
    found = experiment.run(runs=30)
    assert [claim.verdict for claim in batch.claims()] == [one.verdict for one in found.claims]
    for one, other in zip(batch.claims(), found.claims, strict=True):
        got, expected = (
            [(part.value, part.low, part.high) for part in claim.parts] for claim in (one, other)
        )
        assert got == [pytest.approx(part, rel=1e-9) for part in expected]


@pytest.mark.parametrize(
    ("at", "says"),
    [
        ("trust = 0.6", "2 of 4 rows of the design have"),
        ("trust = 0.5, side_payments = true", "0 of 4 rows"),
        ("term = 5", "found 'term'"),
        ("trust = 3, side_payments = true", "trust: found 3"),
    ],
)
def test_claims_at_no_single_row(tmp_path: Path, at: str, says: str) -> None:
    text = CLAIM.replace("trust = 0.6, side_payments = true", at)
    with pytest.raises(kn.ScenarioError, match=re.escape(says)) as caught:
        kn.Experiment.load(written(tmp_path, text + ARM))
    assert "claims[#1].parts[#1].terms[#1].at: " in str(caught.value)


def test_effects_need_all_chunks(tmp_path: Path) -> None:
    experiment = kn.Experiment.load(written(tmp_path, CLAIM + ARM))
    results = experiment.run(out=tmp_path / "out", shard="1/2")
    for ask in (results.effects, results.claims):
        with pytest.raises(kn.ScenarioError, match="chunks are missing; resume first"):
            ask()
    assert len(results.summary(["welfare"])) > 0


def test_an_edited_claim_is_taken_over(tmp_path: Path) -> None:
    path = written(tmp_path, CLAIM + ARM)
    kn.Experiment.load(path).run(out=tmp_path / "out")
    path.write_text(path.read_text().replace("Trust helps.", "Trust helps a lot."))
    results = kn.Experiment.load(path).run(out=tmp_path / "out", resume=True)
    assert Results.open(tmp_path / "out").claims()[0].claim.says == "Trust helps a lot."
    assert results.missing == 0


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ({"years": [2]}, "small: set.years: the design varies it too; leave one out"),
        ({"quota": [0.6]}, "small: arms[#1].set.quota: the design varies it too; leave one out"),
        ({"trust": [0.3, 0.5]}, "small: claims[#1].parts[#1].terms[#1].at: found 'side_payments'"),
    ],
)
def test_a_table_that_does_not_fit_is_told(
    tmp_path: Path, table: dict[str, list[float]], sentence: str
) -> None:
    experiment = kn.Experiment.load(written(tmp_path, CLAIM + ARM))
    with pytest.raises(kn.ScenarioError, match="^" + re.escape(sentence)):
        experiment.run(out=tmp_path / "out", design=pd.DataFrame(table))
    assert not (tmp_path / "out").exists()


def test_claims_need_a_single_scenario(tmp_path: Path) -> None:
    (tmp_path / "other.toml").write_text('based_on = "mekong_delta"\nyears = 2\n')
    path = written(tmp_path, CLAIM + ARM)
    two = 'scenarios = ["mekong_delta", "other.toml"]'
    path.write_text(path.read_text().replace('scenario = "mekong_delta"', two))
    with pytest.raises(kn.ScenarioError, match=r"claims: found 2 scenarios, claims need a single"):
        kn.Experiment.load(path)
