"""Whatever is public can be pickled and copied."""

import copy
import pickle

import pytest

import kernegotiate as kn
from kernegotiate.batch.design import Design

WAYS = {
    "pickle": lambda one: pickle.loads(pickle.dumps(one)),
    "deepcopy": copy.deepcopy,
    "copy": copy.copy,
}


@pytest.fixture(scope="module")
def things(tmp_path_factory):
    """An instance of every public class, and of what their methods give, by name."""
    small = {"runs": 2, "years": 3}
    model = kn.RegionModel(rng=1, years=8, foresight=0.0)  # so that somebody has a promise to keep
    matters = []

    def decide(government, matter):
        matters.append(matter)
        return bool(getattr(matter.terms, "yes", False))

    model.take_over("Can Tho", vote=decide, honour=decide, go_alone=decide)
    while model.running:
        model.step()
    model.take_over("Can Tho", vote=None, honour=None, go_alone=None)
    experiment = kn.Experiment(
        name="small",
        title="Small",
        question="Does it travel?",
        scenario="mekong_delta",
        institutions=("none", "lga"),
        runs=2,
        set={"years": 3},
    )
    made = [
        kn.compare("mekong_delta", ["none", "lga"], **small),
        kn.explain("mekong_delta", ["none", "lga"], **small),
        kn.what_if("mekong_delta", "lga", quota=0.5, **small),
        kn.validate("SF13", points=4, runs=4),
        kn.simulate(explain=True, trajectories=True, **small),
        kn.load_scenario("mekong_delta"),
        kn.load_institution("lga"),
        kn.Levers(quota=0.5),
        kn.KernegotiateError("It is so."),
        kn.ScenarioError("quota: found 2"),
        model,
        model.coordinator,
        model.government("Can Tho"),
        model.government("Can Tho").leader,
        model.projects[0],
        model.log,
        experiment,
        experiment.run(),
        experiment.run(out=tmp_path_factory.mktemp("batch") / "out"),
        Design(),
        *kn.parameters()[:1],
        *matters,
    ]
    return {type(one).__name__: one for one in made}


def known(one):
    """What can be told of a thing, whoever it is."""
    return repr(one) if not isinstance(one, Exception) else (type(one), one.args)


def test_every_public_class_is_among_them(things):
    classes = {name for name in kn.__all__ if isinstance(getattr(kn, name), type)}
    assert classes <= {"Parameter", *things}


@pytest.mark.parametrize("way", WAYS)
def test_all_travel(way, things):
    for name, one in things.items():
        other = WAYS[way](one)
        assert type(other) is type(one), name
        if " object at 0x" not in known(one):
            assert known(other) == known(one), name
