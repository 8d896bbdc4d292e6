"""Chunks: every run of every point once, and rounds that leave earlier chunks alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernegotiate.batch.cut import Cut

CUTS = st.builds(
    Cut,
    points=st.integers(1, 30),
    rounds=st.lists(st.integers(1, 40), min_size=1, max_size=4).map(tuple),
    block=st.integers(1, 12),
    runs=st.integers(1, 20),
)


@given(CUTS)
def test_every_run_of_every_point_once(cut: Cut) -> None:
    found = []
    for chunk in range(cut.chunks):
        block, points, runs = cut.where(chunk)
        assert {point // cut.block for point in points} == {block}
        found += [(point, run) for point in points for run in runs]
    assert sorted(found) == [(p, r) for p in range(cut.points) for r in range(cut.replications)]
    with pytest.raises(IndexError):
        cut.where(cut.chunks)


@given(CUTS, st.integers(1, 40))
def test_a_further_round_changes_no_chunk(cut: Cut, further: int) -> None:
    longer = Cut(cut.points, (*cut.rounds, further), cut.block, cut.runs)
    same = [longer.where(chunk) for chunk in range(cut.chunks)]
    assert same == [cut.where(chunk) for chunk in range(cut.chunks)]
    assert longer.chunks > cut.chunks
