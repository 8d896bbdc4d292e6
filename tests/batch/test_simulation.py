"""Many runs: the same numbers however they are cut, and fast imports."""

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

import kernegotiate as kn
from kernegotiate.engine.ensemble import ensemble


@pytest.fixture(scope="module")
def runs():
    return kn.simulate("mekong_delta", "lga", runs=150, seed=9, threads=1, trajectories=True)


@pytest.mark.parametrize("threads", [2, 5])
def test_threads_change_nothing(runs, threads):
    other = kn.simulate("mekong_delta", "lga", runs=150, seed=9, threads=threads, trajectories=True)
    assert other.outcomes.equals(runs.outcomes)
    assert other.trajectories.equals(runs.trajectories)


def test_a_run_is_addressed_by_its_number(runs):
    later = kn.simulate("mekong_delta", "lga", runs=40, seed=9, first_run=70)
    assert later.outcomes.equals(runs.outcomes.loc[70:109])
    np.testing.assert_equal(kn.outcome(rng=9, coordinator="lga"), runs.outcomes.loc[0].to_dict())


def test_trajectories_end_where_outcomes_are(runs):
    last = runs.trajectories.groupby("run").last()
    for name in ("arrived", "signed", "completed", "welfare", "first_best", "outside_money"):
        assert (last[name] == runs.outcomes[name]).all()
    per_run = runs.trajectories.groupby("run").year
    assert (per_run.count() == per_run.max()).all()
    assert (per_run.max() >= 40).all()


def test_projects_and_leaders_are_common_to_all_institutions(runs):
    other = kn.simulate("mekong_delta", "empowered_board", runs=150, seed=9)
    assert other.outcomes.first_best.equals(runs.outcomes.first_best)
    assert other.outcomes.arrived.equals(runs.outcomes.arrived)


def test_progress_is_told():
    told = []
    kn.simulate("mekong_delta", "none", runs=130, progress=lambda done, of: told.append((done, of)))
    assert told[-1] == (130, 130)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


@pytest.mark.parametrize(
    ("name", "value"), [("runs", -1), ("runs", 1.5), ("seed", "x"), ("first_run", True)]
)
def test_bad_numbers_are_told(name, value):
    with pytest.raises(kn.ScenarioError, match=f"^{name} is .+; allowed: a whole number from [01]"):
        kn.simulate("mekong_delta", "none", **{name: value})


def test_unknown_keywords_are_told():
    with pytest.raises(kn.ScenarioError, match="did you mean 'match_rate'"):
        kn.outcome(coordinator="lga", match_rte=0.3)


def test_a_worker_loads_neither_mesa_nor_solara():
    program = (
        "import sys, kernegotiate.batch, kernegotiate.analysis\n"
        "assert not {'mesa', 'solara'} & set(sys.modules)\n"
        "import kernegotiate\n"
        "kernegotiate.simulate\n"
        "assert not {'mesa', 'solara'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_importing_the_package_loads_nothing_heavy():
    program = (
        "import sys, kernegotiate\n"
        "assert not {'mesa', 'solara', 'numba', 'pandas', 'pydantic'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_every_public_name_is_there():
    for name in kn.__all__:
        assert getattr(kn, name) is not None
    with pytest.raises(AttributeError, match="kernegotiate has no attribute 'negotiate'"):
        _ = kn.negotiate
    assert set(kn.__all__) <= set(dir(kn))


KINDS = [np.int8, np.uint8, np.int16, np.int32, np.uint32, np.int64, np.uint64]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_any_integer_is_as_good_as_another(kind):
    """Nothing is compiled for it, and nothing wraps."""
    few, many = kind(2), kind(100)
    known = {"runs": 100, "seed": 100, "first_run": 100, "threads": 2}
    usual = kn.simulate("mekong_delta", "none", **known)
    point = kn.outcome(rng=100, coordinator="none")
    kn.RegionModel("mekong_delta", "none", rng=2, years=1).step()
    before = len(ensemble.signatures)

    runs = kn.simulate("mekong_delta", "none", runs=many, seed=many, first_run=many, threads=few)
    pd.testing.assert_frame_equal(runs.outcomes, usual.outcomes, check_exact=True)
    assert type(runs.seed) is int
    again = kn.outcome(rng=many, coordinator="none")
    pd.testing.assert_series_equal(pd.Series(again), pd.Series(point), check_exact=True)
    two = {"runs": few, "seed": many, "threads": few}
    kn.compare("mekong_delta", ["none", "lga"], **two)
    kn.explain("mekong_delta", ["none", "lga"], **two)
    kn.what_if("mekong_delta", "lga", quota=0.7, **two)
    model = kn.RegionModel("mekong_delta", "none", rng=many, years=few)
    model.step()
    assert type(model.seed) is int
    assert len(ensemble.signatures) == before
