"""A model is copied, pickled and branched at any moment; neither of the two touches the other."""

import copy
import multiprocessing
import pickle
from types import SimpleNamespace

import cloudpickle
import pytest

import kernegotiate as kn
from kernegotiate.agents.refusals import Witness

YEARS = 12
WAYS = {
    "deepcopy": copy.deepcopy,
    "copy": copy.copy,
    "pickle": lambda model: pickle.loads(pickle.dumps(model)),
    "cloudpickle": lambda model: pickle.loads(cloudpickle.dumps(model)),
    "branch": lambda model: model.branch(),
}


class Stubborn(kn.LocalGovernment):
    """Refuses whatever lies in an even year."""

    def vote(self, motion: kn.Motion) -> bool:
        return super().vote(motion) and motion.year % 2 == 1


class Player:
    """Decides by what it has been asked before."""

    def __init__(self):
        self.asked = 0

    def honour(self, government, promise):
        self.asked += 1
        return self.asked % 3 > 0


def never(government, motion):
    return False


def model_of(**changes):
    given = {"coordinator": "conditional_funding", "rng": 5, "years": YEARS, "agent_data": True}
    given["government_class"] = {"Can Tho": Stubborn, "80": Stubborn}
    model = kn.RegionModel(**given | changes)
    model.take_over("Ca Mau", vote=never)
    model.take_over("An Giang", honour=Player().honour)
    return model


def after(years, model=None):
    model = model or model_of()
    for _ in range(years):
        model.step()
    return model


def all_of(model):
    """What there is to know of a model."""
    data = model.datacollector
    return SimpleNamespace(
        outcomes=repr(model.outcomes()),
        world={name: repr(array.tolist()) for name, array in model.world._asdict().items()},
        log=repr(list(model.log)),
        collected=data.get_model_vars_dataframe().to_csv(),
        agents=data.get_agenttype_vars_dataframe(Stubborn).to_csv(),
        years=model.trajectory().to_csv(),
        time=(model.year, model.time, getattr(model, "steps", None), model.running),
    )


def same(one, other):
    return all_of(one) == all_of(other)


def finished(model):
    while model.running:
        model.step()
    return model


@pytest.fixture(scope="module")
def uncopied():
    return finished(model_of())


@pytest.mark.parametrize("years", [0, 5])
@pytest.mark.parametrize("way", WAYS)
def test_a_copy_goes_on_as_the_original_would(way, years, uncopied):
    model = after(years)
    other = finished(WAYS[way](model))
    assert same(other, uncopied)
    assert same(model, after(years))  # untouched
    assert same(finished(model), uncopied)
    assert same(WAYS[way](model), uncopied)
    for one in (other.coordinator, *other.governments, *other.projects):
        assert one.model is other
    assert {type(g) for g in other.governments} == {Stubborn, kn.LocalGovernment}
    assert set(other.agents) == {other.coordinator, *other.governments}
    shared = {id(a) for a in model.world} & {id(a) for a in other.world}
    assert shared == set()


def test_the_original_may_go_first(uncopied):
    model = after(3)
    other = copy.deepcopy(model)
    finished(model)
    assert same(other, after(3))
    assert same(finished(other), uncopied)


def test_a_copy_of_a_copy(uncopied):
    assert same(finished(copy.deepcopy(pickle.loads(pickle.dumps(after(4))))), uncopied)


def test_a_log_that_listens_is_copied_with_its_model():
    model = kn.RegionModel(rng=3, years=YEARS)
    Witness.of(model)
    whole = finished(copy.deepcopy(model)).log
    for way in ("deepcopy", "pickle"):
        other = finished(WAYS[way](after(6, copy.deepcopy(model))))
        assert other.log == whole
        assert (other.log.refusals, other.log.about) == (whole.refusals, whole.about)
    assert whole.refusals
    assert model.log == []


def test_mesa_may_make_a_copied_model_again(uncopied):
    other = pickle.loads(pickle.dumps(after(2)))
    assert getattr(other.scenario, "model", other) is other  # Mesa 4 tells it no model
    again = kn.RegionModel(scenario=type(other.scenario)())
    assert again.coordinator.institution == uncopied.coordinator.institution
    assert again.setting.scenario == uncopied.setting.scenario


def test_levers_left_out_stay_out():
    model = kn.RegionModel(coordinator="empowered_board", rng=2, years=YEARS, without={"decider"})
    with_it = kn.RegionModel(coordinator="empowered_board", rng=2, years=YEARS)
    other = finished(pickle.loads(pickle.dumps(model)))
    assert other.outcomes() == finished(model).outcomes() != finished(with_it).outcomes()


def test_an_unfindable_function_is_copied_but_not_pickled():
    model = model_of()
    model.take_over("Ben Tre", go_alone=lambda government, opportunity: model.year > 3)
    assert same(copy.deepcopy(model), model)
    with pytest.raises(kn.ScenarioError, match=r"^go_alone of Ben Tre is taken over by .*<lambda>"):
        pickle.dumps(model)
    other = pickle.loads(cloudpickle.dumps(model))
    (known,) = other.government("Ben Tre")._taken_over["go_alone"].by.__closure__
    assert known.cell_contents is other
    assert same(finished(other), finished(model))


def test_nothing_is_copied_in_the_middle_of_a_year():
    model = model_of()
    model.take_over("Ca Mau", vote=lambda government, motion: copy.deepcopy(model).year > 0)
    with pytest.raises(kn.ScenarioError, match="cannot be copied in the middle of a year"):
        finished(model)


@pytest.mark.slow
def test_other_processes_give_the_same(uncopied):
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        first, second = pool.map(finished, [after(0), after(7)])
    assert same(first, uncopied)
    assert same(second, uncopied)


def test_a_branch_made_at_the_start_is_a_model_of_its_law():
    wanted = finished(model_of(coordinator="empowered_board", linkage=3))
    branch = model_of().branch("empowered_board", linkage=3)
    assert same(finished(branch), wanted)
    assert branch.coordinator.levers == wanted.coordinator.levers


def test_a_branch_keeps_what_was_signed_and_meets_the_new_law():
    model = after(6, kn.RegionModel("mekong_delta", "conditional_funding", rng=1, linkage=2))
    before, events = copy.deepcopy(model.world), list(model.log)
    signed = {p.code: p.shares for p in model.projects if p.signed}
    branch = model.branch(match_rate=0.0, grant_budget=0.0, quota=1.0)
    assert branch.log == events
    assert {p.code: p.shares for p in branch.projects if p.signed} == signed
    grants = []
    while branch.running:
        branch.step()
        grants.append(branch.coordinator.grants)
    assert set(grants) == {0.0}
    later = [p for p in branch.projects if p.signed and p.signed > 6]
    assert later
    assert not any(p._row.match for p in later)
    assert any(p._row.match for p in model.projects if p.signed)
    assert repr(before) == repr(model.world)
    assert model.coordinator.levers.match_rate > 0


def test_two_laws_change_nothing_before_they_hold():
    model = after(6, kn.RegionModel(rng=1, years=YEARS))
    ends = {law: finished(model.branch(law)) for law in ("none", "empowered_board")}
    for branch in ends.values():
        assert branch.log[: len(model.log)] == model.log
        assert branch.trajectory()[:6].equals(model.trajectory())
    assert len({str(branch.outcomes()) for branch in ends.values()}) == 2


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"trust": 0.3}, "branch: found trust, allowed are levers"),
        ({"qota": 0.3}, "branch: found qota, allowed are levers; did you mean 'quota'"),
        ({"quota": 2}, "override: quota: found 2"),
        ({"coordinator": "council"}, "institution: there is no built-in 'council'"),
    ],
)
def test_what_a_branch_cannot_change(changes, sentence):
    with pytest.raises(kn.ScenarioError, match=sentence):
        kn.RegionModel(rng=1).branch(**changes)
