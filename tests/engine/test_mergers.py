"""Mergers: members become one government in the middle of a run."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kernegotiate as kn
from kernegotiate.engine.outcomes import COLUMNS
from kernegotiate.scenario import institution_names, load_scenario
from tests.engine.test_changes_in_time import CHANGES
from tests.engine_helpers import agent_by_agent, differences, in_bulk

CODES = load_scenario("mekong_delta").region.codes
NAMES = st.sampled_from(institution_names())


@st.composite
def mergers(draw):
    """One to four mergers of governments that are still there, in the order of their years."""
    left, found, year = list(CODES), [], 2
    for _ in range(draw(st.integers(1, 4))):
        year = draw(st.integers(year, 40))
        members = draw(st.permutations(left))[: draw(st.integers(2, min(4, len(left))))]
        found.append({"year": year, "members": members})
        left = [code for code in left if code not in members[1:]]
    return found


@given(NAMES, mergers(), st.one_of(st.just([]), CHANGES), st.integers(0, 2**32))
@settings(max_examples=10)
def test_mesa_equals_ensemble_and_books_close(name, merging, changes, seed):
    law = {"mergers": merging, "changes": changes, "hold_up": 0.2, "overrun": 0.05}
    model = agent_by_agent("mekong_delta", name, seed, **law)
    world, outcomes, _, losses = in_bulk("mekong_delta", name, seed, explain=True, **law)
    assert differences(model.world, world) == []
    told = dict(zip(COLUMNS, outcomes[0].tolist(), strict=True))
    np.testing.assert_equal(told, model.outcomes())
    assert model.losses().tobytes() == losses.tobytes()
    assert told["imbalance"] <= 1e-9 * told["first_best"]
    assert abs(losses["residual"]) <= 1e-9 * told["first_best"]
    assert told["welfare"] <= told["first_best"] * (1 + 1e-12)


def test_a_later_run_begins_with_all_governments_again():
    law = {"mergers": [{"year": 3, "members": CODES[:3]}]}
    both = kn.simulate(runs=2, threads=1, **law).records.outcomes
    second = kn.simulate(runs=1, first_run=1, **law).records.outcomes
    assert both[1:].tobytes() == second.tobytes()


def test_until_the_merger_nothing_moves_and_what_comes_is_the_same():
    law = {"mergers": [{"year": 20, "members": CODES[:4]}]}
    one = kn.simulate(runs=10, trajectories=True).trajectories
    other = kn.simulate(runs=10, trajectories=True, **law).trajectories
    early = [run[run["year"] < 20].reset_index(drop=True) for run in (one, other)]
    assert early[0].drop(columns="mean_trust").equals(early[1].drop(columns="mean_trust"))
    last = [run[run["year"] == 40].reset_index(drop=True) for run in (one, other)]
    for same in ("arrived", "first_best"):
        assert last[0][same].equals(last[1][same])
    assert not last[0]["welfare"].equals(last[1]["welfare"])


def test_all_in_one_copies_nothing_twice():
    """A single government has nobody to race with: no second copy of anything is built."""
    law = {"mergers": [{"year": 2, "members": CODES}]}
    model = agent_by_agent("mekong_delta", "advisory_council", 5, **law)
    usual = agent_by_agent("mekong_delta", "advisory_council", 5)
    copies = [int(p._row.copies) for p in model.projects if p.year > 1]
    assert max(int(p._row.copies) for p in usual.projects if p.year > 1) > 1
    assert set(copies) == {0, 1}


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("12 92", "found 92, allowed are two or more, each once"),
        ("12 XX 92", "no government has the code 'XX'"),
        ("41 89 92", "found 41, allowed are years in order, at most 40"),
        ("12 89 92; 13 92 91", "'92' is part of another government by then"),
        ("x 89 92", "allowed is a year and codes"),
    ],
)
def test_what_is_refused(text, wrong):
    with pytest.raises(kn.ScenarioError, match=wrong):
        kn.simulate(runs=1, mergers=text)
