"""Changes in time: the law of a run changes in the middle of it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kernegotiate as kn
from kernegotiate.engine.outcomes import COLUMNS
from kernegotiate.scenario import institution_names
from tests.engine_helpers import agent_by_agent, differences, in_bulk

YEARS = st.integers(2, 40)
NAMES = st.sampled_from(institution_names())
SOME = {"sanction": st.floats(0, 3), "levy_rate": st.floats(0, 0.2), "linkage": st.integers(1, 3)}
CHANGE = st.fixed_dictionaries(
    {"year": YEARS, "institution": NAMES, "set": st.fixed_dictionaries({}, optional=SOME)}
)


def in_order(changes):
    """Changes in the order of their years, one a year."""
    return [by_year for _, by_year in sorted({c["year"]: c for c in changes}.items())]


CHANGES = st.lists(CHANGE, min_size=1, max_size=3).map(in_order)


@pytest.mark.parametrize("name", ["advisory_council", "empowered_board"])
def test_a_change_to_what_is_in_force_changes_nothing(name):
    plain = kn.simulate(coordinator=name, runs=20, explain=True, threads=1)
    same = kn.simulate(
        coordinator=name, runs=20, explain=True, threads=2, changes=f"2 {name}; 17 {name}"
    )
    assert plain.records.outcomes.tobytes() == same.records.outcomes.tobytes()
    assert plain.records.losses.tobytes() == same.records.losses.tobytes()


def test_before_a_change_nothing_moves_and_after_it_something_does():
    law = {"changes": "12 empowered_board"}
    one = kn.simulate(runs=20, trajectories=True).trajectories
    other = kn.simulate(runs=20, trajectories=True, **law).trajectories
    early, late = one["year"] < 12, one["year"] == 40
    then = one[early].reset_index(drop=True)
    assert then.equals(other[other["year"] < 12].reset_index(drop=True))
    more = other[other["year"] == 40]["completed"].mean() - one[late]["completed"].mean()
    assert more > 5  # projects a run, of which some eighty arrive


def test_a_change_in_the_last_winding_up_years_is_refused():
    with pytest.raises(kn.ScenarioError, match="found 41, allowed is at most years, 40"):
        kn.simulate(runs=1, changes="41 lga")


@given(NAMES, CHANGES, st.integers(0, 2**32))
@settings(max_examples=8)
def test_mesa_equals_ensemble_and_books_close(name, changes, seed):
    model = agent_by_agent("mekong_delta", name, seed, changes=changes)
    world, outcomes, _, losses = in_bulk("mekong_delta", name, seed, explain=True, changes=changes)
    assert differences(model.world, world) == []
    told = dict(zip(COLUMNS, outcomes[0].tolist(), strict=True))
    np.testing.assert_equal(told, model.outcomes())
    assert model.losses().tobytes() == losses.tobytes()
    assert told["imbalance"] <= 1e-9 * max(1.0, abs(told["first_best"]))
    assert abs(losses["residual"]) <= 1e-9 * told["first_best"]
    assert told["welfare"] <= told["first_best"] * (1 + 1e-12)


@pytest.mark.parametrize("year", [1, 12, 39])
def test_a_branch_is_a_run_with_that_change(year):
    model = kn.RegionModel(coordinator="advisory_council", rng=3, changes="20 levy_rate=0.02")
    while model.year < year:
        model.step()
    branch = model.branch("conditional_funding", sanction=0.5)
    while branch.running:
        branch.step()
    first = [{"year": year + 1, "institution": "conditional_funding", "set": {"sanction": 0.5}}]
    before = [{"year": 20, "set": {"levy_rate": 0.02}}]
    changes = sorted(first + before, key=lambda change: change["year"])
    world, _, _ = in_bulk("mekong_delta", "advisory_council", 3, changes=changes)
    assert differences(branch.world, world) == []
    assert branch.coordinator.levers.sanction == 0.5
    told = [(e.year, e.terms.institution.name) for e in branch.log if e.event == "law"]
    assert (year + 1, "conditional_funding") in told


def test_a_branch_by_levers_alone_keeps_the_change_that_is_due():
    model = kn.RegionModel(coordinator="none", rng=3, changes="4 empowered_board", years=12)
    while model.year < 3:
        model.step()
    branch = model.branch(sanction=0.5)
    while branch.running:
        branch.step()
    changes = "4 empowered_board sanction=0.5"
    world, _, _ = in_bulk("mekong_delta", "none", 3, changes=changes, years=12)
    assert differences(branch.world, world) == []


def test_a_change_shows_in_who_coordinates():
    model = kn.RegionModel(coordinator="lga", rng=1, changes="3 empowered_board; 5 bar=2")
    seen = []
    for _ in range(5):
        model.step()
        seen.append((model.coordinator.institution.name, model.coordinator.levers.bar))
    assert seen == [("lga", 1.0)] * 2 + [("empowered_board", 1.0)] * 2 + [("empowered_board", 2.0)]
