"""What the funder looks at, keeps and cuts: docs/model.md, 3.4.17."""

import pytest

from small_worlds import begun, close, no, project, towns, yes

ALL_AGREE = {"*": {"vote": yes, "honour": yes, "go_alone": no}}


@pytest.mark.parametrize(("bar", "match"), [(0.0, 0.5), (1.4, 0.5), (1.41, 0.0)])
def test_the_funder_pays_for_what_its_estimate_finds_worth_it(bar, match):
    """2 x (14 + 14 + 14) / 60 = 1.4."""
    scenario = towns(project("ABC", (14, 14, 14)))
    model = begun(scenario, ALL_AGREE, match_rate=0.5, grant_budget=1.0, grant_bar=bar)
    model.step()
    assert float(model.projects[0]._row.match) == match
    assert model.coordinator.grants == close(180 - match * 60)


@pytest.mark.parametrize("part", [0.0, 0.5])
def test_a_part_of_what_is_not_spent_is_left_for_the_next_year(part):
    """36 a year; nothing is asked for in the first, 30 in the second."""
    scenario = towns(project("AB", (9, 9), year=2))
    model = begun(scenario, ALL_AGREE, match_rate=0.5, grant_budget=0.2, grant_carry=part)
    model.step()
    assert model.coordinator.grants == close(36)
    model.step()
    assert model.coordinator.grants == close(36 + part * 36 - 30)
    model.step()
    assert model.coordinator.grants == close(36 + part * (6 + part * 36))


@pytest.mark.parametrize(("cut", "second"), [(False, 0.0), (True, 0.1)])
def test_a_grant_may_be_cut_to_what_is_left(cut, second):
    """Of 36 the first takes 30; 6 of 60 are left for the second, nothing for the third."""
    rows = [project(pair, (9, 9)) for pair in ("AB", "BC", "CA")]
    model = begun(towns(*rows), ALL_AGREE, match_rate=0.5, grant_budget=0.2, partial_grants=cut)
    model.step()
    assert [float(p._row.match) for p in model.projects] == close([0.5, second, 0.0])
    assert model.coordinator.grants == close(0.0 if cut else 6.0)
