"""Whatever type an argument in Python has, it is refused by a `ScenarioError` in one sentence."""

import json
from pathlib import Path

import numpy as np
import pytest

import kernegotiate as kn
from kernegotiate.agents import RegionModel
from kernegotiate.analysis.experiment.planning import plan_of
from kernegotiate.batch.executors import MOST, Threads
from kernegotiate.scenario import load


class Loud:
    """An object that tells too much."""

    def __repr__(self):
        return "loud\n" * 1000


def nested(depth):
    found = []
    for _ in range(depth):
        found = [found]
    return found


ODD = (5, 0.5, b"x", object(), Loud(), np.array([1, 2]), nested(20_000), [], lambda: 1)
PAIR = {"scenario": "mekong_delta", "coordinators": ["none", "lga"], "runs": 2}
ASKED = {"name": "x", "title": "X", "question": "?", "scenario": "mekong_delta"}


def refusal(call, **given):
    with pytest.raises(kn.ScenarioError) as caught:
        call(**given)
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert len(sentence) < 500
    return sentence


@pytest.mark.parametrize("value", ODD)
def test_paths_and_names(value, tmp_path: Path):
    assert refusal(kn.load_scenario, name_or_path=value).startswith("scenario: found ")
    assert refusal(kn.load_institution, name_or_path=value).startswith("institution: found ")
    assert refusal(load, path=value).startswith("file: found ")
    assert refusal(kn.Experiment.load, name_or_path=value).startswith("experiment: found ")
    experiment = kn.Experiment(**ASKED, institutions=("none",))
    assert refusal(experiment.run, out=value).startswith("out: found ")
    assert refusal(experiment.run, out=tmp_path / "x", design=value).startswith("design: found ")


@pytest.mark.parametrize("value", [value for value in ODD if not callable(value)])
def test_progress_is_a_function(value, tmp_path: Path):
    begins = "progress: found "
    assert refusal(kn.simulate, runs=1, progress=value).startswith(begins)
    assert refusal(kn.compare, **PAIR, progress=value).startswith(begins)
    experiment = kn.Experiment(**ASKED, institutions=("none",))
    assert refusal(experiment.run, out=tmp_path / "x", progress=value).startswith(begins)


@pytest.mark.parametrize("value", ODD)
def test_names_of_what_is_compared(value):
    if not isinstance(value, list | np.ndarray):
        assert refusal(kn.compare, **PAIR | {"coordinators": value}).startswith("coordinators: ")
        assert refusal(kn.compare, **PAIR, outcomes=value).startswith("outcomes: found ")
    assert refusal(kn.compare, **PAIR, outcomes=[value]).startswith("outcomes: there is no ")
    assert refusal(kn.compare, **PAIR, baseline=value).startswith("baseline: ")
    assert refusal(kn.explain, **PAIR, baseline=value).startswith("baseline: ")
    named = {"coordinators": {5: "none"}}
    assert refusal(kn.compare, **PAIR | named).startswith("coordinators: found the name 5")


@pytest.mark.parametrize("value", [*ODD, int, {"92": 5}])
def test_classes_of_governments(value):
    assert refusal(RegionModel, rng=1, government_class=value).startswith("government_class: ")


@pytest.mark.parametrize("value", [5, "quota", ["nothing"], [5], np.array([1.0]), np.array(1)])
def test_levers_to_leave_out(value):
    assert refusal(RegionModel, rng=1, without=value).startswith("without: found ")


def test_who_does_a_batch(tmp_path: Path):
    experiment = kn.Experiment(**ASKED, institutions=("none",))
    out = {"out": tmp_path / "x"}
    assert refusal(experiment.run, **out, shard=5).startswith("shard: found 5")
    assert refusal(experiment.run, **out, executor=5).startswith("executor: found 5")
    assert refusal(experiment.run, **out, threads="2").startswith("threads is '2'")
    assert not list(tmp_path.iterdir())


def test_more_threads_than_anybody_has():
    assert Threads(2**63 - 1).workers == MOST


@pytest.mark.parametrize("value", [0, "yes", None, np.array([True, False]), object()])
def test_flags(value, tmp_path: Path):
    experiment = kn.Experiment(**ASKED, institutions=("none",))
    assert refusal(kn.simulate, runs=1, trajectories=value).startswith("trajectories: found ")
    assert refusal(kn.simulate, runs=1, explain=value).startswith("explain: found ")
    assert refusal(RegionModel, rng=1, agent_data=value).startswith("agent_data: found ")
    assert refusal(experiment.run, out=tmp_path / "x", resume=value).startswith("resume: found ")


def test_whole_numbers_of_numpy_are_kept_as_plain_ones():
    experiment = kn.Experiment(**ASKED, institutions=("none",))
    about = plan_of(experiment, runs=np.int8(3), seed=np.uint64(2**63 - 1)).about
    assert json.dumps(about["asked"]) == '{"runs": 3, "seed": 9223372036854775807}'


def test_one_text_is_no_list_of_outcomes():
    assert refusal(kn.compare, **PAIR, outcomes="efficiency") == (
        "outcomes: found 'efficiency', allowed is a list"
    )
