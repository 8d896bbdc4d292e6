"""Draws: the generator's words, quantiles, and that nothing moves when something is added."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numba import njit
from scipy import stats

from kernegotiate.engine import draws
from kernegotiate.engine.philox import block
from kernegotiate.engine.prepared import prepare
from kernegotiate.engine.setting import settle
from kernegotiate.engine.start import begin
from kernegotiate.scenario import Levers, load_scenario

WORD = st.integers(0, 2**64 - 1)


@njit
def _block(key, counter):
    return block(key[0], key[1], counter[0], counter[1], counter[2], counter[3])


@given(st.tuples(WORD, WORD), st.tuples(st.integers(0, 2**64 - 2), WORD, WORD, WORD))
def test_philox_word_for_word(key, counter):
    ours = _block(np.array(key, np.uint64), np.array((counter[0] + 1, *counter[1:]), np.uint64))
    theirs = np.random.Philox(
        key=np.array(key, np.uint64), counter=np.array(counter, np.uint64)
    ).random_raw(4)
    assert [int(word) for word in ours] == [int(word) for word in theirs]


@given(st.floats(1e-300, 1, exclude_max=True))
def test_normal_quantile(u):
    assert draws.normal(u) == pytest.approx(stats.norm.ppf(u), rel=1e-13, abs=1e-14)


@pytest.mark.parametrize(
    ("row", "distribution"),
    [(0, stats.beta(4.8, 3.2)), (1, stats.beta(2.1, 3.9)), (2, stats.gamma(3, scale=0.35 / 3))],
)
def test_characters_follow_their_distribution(row, distribution):
    """The tables interpolate the quantiles of MODEL section 12 to better than 1e-4 anywhere."""
    table = settle(load_scenario("mekong_delta")).template.quantile
    u = np.concatenate([np.linspace(1e-9, 1 - 1e-9, 3001), 10.0 ** -np.arange(3, 15)])
    ours = np.array([draws.from_table(table, row, x) for x in u])
    assert np.abs(ours - distribution.ppf(u)).max() < 1e-4
    assert (np.diff(ours[:3001]) >= 0).all()


def test_uniforms_never_reach_the_ends():
    assert draws.uniform(np.uint64(0)) > 0
    assert draws.uniform(np.uint64(2**64 - 1)) < 1


def _leaders_and_projects(scenario, seed, run, years):
    """Characters by (code, year) and projects' own draws by (host, year), without institution."""
    from kernegotiate.engine.arrivals import arrive

    prepared = prepare(scenario, Levers())
    setting, world = prepared.setting, prepared.world()
    begin(world, setting.nature, seed, run)
    codes = [g.code for g in scenario.region.governments]
    leaders = {c: tuple(world.gov[i][["parochial", "legacy"]]) for i, c in enumerate(codes)}
    for year in range(1, years + 1):
        arrive(world, setting.nature, prepared.rules, seed, run, year)
    rows = world.project[: world.tally[0]["projects"]]
    projects = {
        (codes[row["host"]], int(row["year"])): (row["build"], row["kind"], row["draw"])
        for row in rows
    }
    readings = {
        (codes[row["host"]], int(row["year"]), codes[party["gov"]]): party["reading_draw"]
        for row, parties in zip(rows, world.party, strict=False)
        for party in parties[: row["k"]]
    }
    return leaders, projects, readings


def test_one_more_government_moves_no_draw():
    big = load_scenario("mekong_delta")
    keep = [g for g in big.region.governments if g.code != "92"]
    small = big.model_copy(
        update={"region": big.region.model_copy(update={"governments": tuple(keep)})}
    )
    before, after = (_leaders_and_projects(s, 5, 7, 30) for s in (small, big))
    for fewer, more in zip(before, after, strict=True):
        shared = fewer.keys() & more.keys()
        assert len(shared) > 10
        assert {key: fewer[key] for key in shared} == {key: more[key] for key in shared}
    assert before[0].keys() < after[0].keys()
    assert before[1].keys() < after[1].keys()


def test_runs_and_seeds_differ():
    scenario = load_scenario("mekong_delta")
    seen = {
        str(_leaders_and_projects(scenario, seed, run, 3)[0])
        for seed, run in [(1, 0), (1, 1), (2, 0), (0, 1)]
    }
    assert len(seen) == 4


def test_addresses_are_stable():
    """Changing how a code becomes an address would change every published number."""
    assert draws.address("92") == 0xAB0886A5922D4B0A
