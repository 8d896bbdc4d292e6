"""Chunks: every run of every point once, and rounds that leave earlier chunks alone."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from batch_helpers import plan_of
from kernegotiate.batch.chunks import Cut

CUTS = st.builds(
    Cut,
    points=st.integers(1, 30),
    runs=st.lists(st.integers(1, 40), min_size=1, max_size=4).map(tuple),
    size=st.integers(1, 60),
    least=st.integers(1, 20),
)


@given(CUTS)
def test_every_run_of_every_point_once(cut: Cut) -> None:
    found = []
    for chunk in range(cut.chunks):
        points, runs = cut.where(chunk)
        found += [(point, run) for point in points for run in runs]
    assert sorted(found) == [(p, r) for p in range(cut.points) for r in range(cut.replications)]
    for chunk in (-1, cut.chunks):
        with pytest.raises(IndexError):
            cut.where(chunk)


@given(CUTS, st.integers(1, 40))
def test_a_further_round_changes_no_chunk(cut: Cut, further: int) -> None:
    longer = replace(cut, runs=(*cut.runs, further))
    same = [longer.where(chunk) for chunk in range(cut.chunks)]
    assert same == [cut.where(chunk) for chunk in range(cut.chunks)]
    assert longer.chunks > cut.chunks


@given(CUTS)
def test_no_chunk_is_too_large_and_not_all_are_tiny(cut: Cut) -> None:
    for one in cut.rounds:
        places = map(cut.where, range(one.first_chunk, one.first_chunk + one.chunks))
        sizes = [len(points) * len(runs) for points, runs in places]
        assert max(sizes) <= one.size <= cut.size
        assert one.chunks <= 2 * cut.points * one.runs / one.size + 1  # at worst half full


@given(CUTS)
def test_blocks_are_all_points_in_order(cut: Cut) -> None:
    blocks = list(cut.blocks())
    assert [point for block in blocks for point in block] == list(range(cut.points))
    for block in blocks:
        for one in cut.rounds:
            chunks = {chunk for point in block for chunk in one.holding(point)}
            whole = [chunk for chunk in range(cut.chunks) if chunk in chunks]
            assert len(whole) == one.parts
            assert all(set(block) <= set(cut.where(chunk)[0]) for chunk in whole)


def test_later_rounds_are_cut_by_their_own_runs() -> None:
    plan = plan_of(replications=1, size=None, years=40)
    many = plan.going_on((1, 99, 300_000))
    assert many.cut.where(0) == plan.cut.where(0)
    sizes = [
        [many.runs_of(one.first_chunk + n) for n in range(one.chunks)] for one in many.cut.rounds
    ]
    assert [max(of_round) for of_round in sizes] == [1, 38, many.cut.size]
    assert [len(of_round) for of_round in sizes[:2]] == [6, 18]
