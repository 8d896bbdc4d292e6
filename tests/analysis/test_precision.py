"""Runs until the intervals are narrow: in memory and on disk, interrupted or not."""

import math
from pathlib import Path

import pandas as pd
import pytest

import kernegotiate as kn
from kernegotiate import ScenarioError
from kernegotiate.analysis import Precision, Results, widest
from kernegotiate.batch.executors import Threads

TEXT = """\
title = "Small"
question = "What?"
scenario = "mekong_delta"
institutions = ["advisory_council", "lga"]
replications = 20
seed = 2
set = { years = 6 }
outcomes = ["completion_rate", "welfare"]
[design]
kind = "factorial"
[[design.factors]]
name = "trust"
values = [0.3, 0.6]
"""
HALF = 0.02


@pytest.fixture(scope="module")
def experiment(tmp_path_factory: pytest.TempPathFactory) -> kn.Experiment:
    path = tmp_path_factory.mktemp("precise") / "small.toml"
    path.write_text(TEXT, encoding="utf-8")
    return kn.Experiment.load(path)


@pytest.fixture(scope="module")
def precise(experiment: kn.Experiment, tmp_path_factory: pytest.TempPathFactory) -> Results:
    return experiment.run(out=tmp_path_factory.mktemp("out") / "a", precision=HALF)


def test_compare_adds_runs_until_it_is_precise() -> None:
    question = {"scenario": "mekong_delta", "coordinators": ["none", "lga"], "years": 5}
    loose = kn.compare(runs=20, **question)
    found = kn.compare(runs=20, precision=HALF, **question)
    runs = len(found.runs["lga"].outcomes)
    wanted = Precision.of(HALF)
    assert wanted.widest(loose.differences) > HALF >= wanted.widest(found.differences)
    assert runs > 20
    at_once = kn.compare(runs=runs, **question)
    pd.testing.assert_frame_equal(found.differences, at_once.differences)
    assert found.runs["lga"].outcomes.equals(at_once.runs["lga"].outcomes)


def test_a_batch_adds_rounds_until_it_is_precise(precise: Results) -> None:
    rounds = precise.store.cut.rounds
    assert len(rounds) > 1
    assert rounds[0] == 20
    assert widest(precise, Precision.of(HALF, ["completion_rate"])) <= HALF
    rows = precise.rows().sort_values(["point", "run"], kind="stable")
    assert (
        rows.groupby("point")["run"]
        .apply(list)
        .map(lambda runs: runs == list(range(sum(rounds))))
        .all()
    )


def test_rounds_are_what_so_many_runs_at_once_would_be(
    experiment: kn.Experiment, precise: Results, tmp_path: Path
) -> None:
    at_once = experiment.run(out=tmp_path / "b", runs=precise.replications)
    pd.testing.assert_frame_equal(at_once.summary(), precise.summary())
    pd.testing.assert_frame_equal(at_once.effects(), precise.effects())


@pytest.mark.parametrize("after", [1, 6, 17])
def test_interrupted_in_any_round(
    experiment: kn.Experiment, precise: Results, tmp_path: Path, after: int
) -> None:
    seen = 0

    def stop(*_: int) -> None:
        nonlocal seen
        seen += 1
        if seen > after:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        experiment.run(out=tmp_path / "c", precision=HALF, executor=Threads(1), progress=stop)
    again = experiment.run(out=tmp_path / "c", precision=HALF, resume=True)
    assert again.store.manifest == precise.store.manifest
    for path in sorted((precise.store.folder / "parts").iterdir()):
        assert (again.store.folder / "parts" / path.name).read_bytes() == path.read_bytes()


def test_another_precision_is_another_experiment(
    experiment: kn.Experiment, precise: Results
) -> None:
    with pytest.raises(ScenarioError, match="other precision"):
        experiment.run(out=precise.store.folder, precision=HALF / 2, resume=True)


def test_a_shard_cannot_know(experiment: kn.Experiment, tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="precision: needs all runs at hand"):
        experiment.run(out=tmp_path / "d", precision=HALF, shard="1/2")


@pytest.mark.parametrize("value", [0, 1, -0.1, math.nan, "0.1", True])
def test_what_is_no_precision(value: object) -> None:
    with pytest.raises(ScenarioError, match="precision: found"):
        Precision.of(value)


def test_money_has_no_such_precision() -> None:
    with pytest.raises(ScenarioError, match="none of welfare is"):
        Precision.of(0.01, ["welfare"])


def test_further_runs() -> None:
    wanted = Precision.of(0.01)
    assert wanted.further(100, 0.01) == 0
    assert wanted.further(1000, 0.012) == 584  # 1.1 x 1.44 times as many
    assert wanted.further(100, 0.5) == 300  # four times as many at most
    assert Precision(0.01, ("x",), most=150).further(100, 0.5) == 50


def test_unpaired_runs() -> None:
    table = pd.DataFrame({"outcome": ["x"], "low": [-0.01], "high": [0.01], "saved": [0.75]})
    assert Precision(0.01, ("x",)).unpaired(100, table) == 400
