"""What agents and projects say of themselves once governments have merged."""

import pytest

import kernegotiate as kn

MERGERS = "7 92 93 94; 20 82 92"


@pytest.fixture(scope="module")
def merged() -> kn.RegionModel:
    """The end of a run in which four governments became one."""
    model = kn.RegionModel("mekong_delta", "empowered_board", rng=1, mergers=MERGERS)
    while not model.is_over:
        model.step()
    return model


def test_works_that_were_over_before_name_each_party_once_with_all_it_has(
    merged: kn.RegionModel,
) -> None:
    shared = 0
    for project in merged.projects:
        seats = merged.world.party[project.number, : merged.world.project[project.number].k]
        codes = [government.code for government in project.parties]
        shared += len(seats) - len(codes)
        assert len(set(codes)) == len(codes)
        assert list(project.own_benefits) == list(project.shares) == codes
        assert sum(project.own_benefits.values()) == pytest.approx(float(seats.own.sum()))
        assert sum(project.shares.values()) == pytest.approx(float(seats.share.sum()))
        for some in (project.inside, project.builders):
            assert len(set(some)) == len(some)
    assert shared > 0


def test_who_has_merged_is_taken_over_no_more(merged: kn.RegionModel) -> None:
    with pytest.raises(kn.ScenarioError, match="93 Hau Giang decides nothing any more: it is part"):
        merged.take_over("93", vote=lambda *_: True)
    merged.take_over("93", vote=None)
