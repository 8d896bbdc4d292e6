"""Generated projects against their formulas: docs/model.md, 3.4.4, and 3.4.2 for leaders."""

import math

import numpy as np
import pytest

import kernegotiate as kn
from kernegotiate.engine.draws import PARTY, PROJECT
from kernegotiate.scenario import Levers
from small_worlds import begun, close, events, finished, generated, no, normal_draw, project, towns

REFUSE = {"*": {"vote": no, "go_alone": no}}
# Everything that is drawn but kind and place is at its mean; two parties, three years of building.
EVEN = {
    "rate": 1.0, "years": 1, "parties_min": 2, "parties_max": 2, "build_min": 3, "build_max": 3,
    "life": 5, "upfront": 0.4, "ratio_mean": 1.5, "ratio_log_sd": 0.0, "cost_min": 0.25,
    "cost_max": 0.25, "benefit_spread": 0.0, "misfit": 0.0, "spillover": 0.3, "duplicable": 1.0,
    "social_discount": 0.9, "distance_scale": 20.0,
}  # fmt: skip
PEOPLE = {"population": [1e5, 4e5, 9e5], "budget": [50.0, 60.0, 90.0]}


def arrived(columns=PEOPLE, **values):
    """A model after a year in which each town hosts a project."""
    scenario = generated(**(EVEN | values))
    rows = [town.model_dump() for town in scenario.region.governments]
    for name, figures in columns.items():
        for row, figure in zip(rows, figures, strict=True):
            row[name] = figure
    region = scenario.region.model_validate(scenario.region.model_dump() | {"governments": rows})
    model = begun(scenario.model_copy(update={"region": region}), REFUSE)
    model.step()
    return model


def kilometres(one, other):
    """Great-circle distance by the spherical law of cosines."""
    lon1, lat1, lon2, lat2 = map(math.radians, (*one, *other))
    inner = math.sin(lat1) * math.sin(lat2)
    inner += math.cos(lat1) * math.cos(lat2) * math.cos(lon1 - lon2)
    return 6371 * math.acos(inner)


PLACE = {"A": (105.0, 10.0), "B": (105.2, 10.0), "C": (105.1, 10.2)}


def test_everybody_hosts_one_project_with_its_nearest():
    """A and B lie 21.9 km apart, both 24.8 km from C; of two as near the first by code."""
    model = arrived()
    assert [[g.code for g in p.parties] for p in model.projects] == [
        ["A", "B"], ["B", "A"], ["C", "A"],
    ]  # fmt: skip


def test_cost_is_a_part_of_the_parties_budgets():
    assert [p.cost for p in arrived().projects] == close([0.25 * 110, 0.25 * 110, 0.25 * 140])


def test_benefits_follow_from_the_ratio():
    """R C [f + (1 - f)/D (s + s^2 + s^3)] over five years of use from the fourth on."""
    p = arrived().projects[0]
    paid = 0.4 + 0.6 / 3 * (0.9 + 0.81 + 0.729)
    enjoyed = sum(0.9**y for y in range(4, 9))
    assert p.benefit == close(1.5 * 27.5 * paid / enjoyed)
    assert p.build == 3


def test_the_mean_ratio_does_not_move_with_its_spread():
    """log R = log 1.5 - sd^2/2 + sd z, with the z that the host's and year's draw gives."""
    wide, even = arrived(ratio_log_sd=0.8), arrived()
    for w, e in zip(wide.projects, even.projects, strict=True):
        z = normal_draw(1, PROJECT, w.host.code, None, 1, 1)
        assert math.log(w.benefit / e.benefit) == pytest.approx(0.8 * z - 0.8**2 / 2, abs=1e-9)


def test_public_benefits_fall_with_distance_and_rise_with_the_root_of_people():
    p = arrived().projects[2]  # of C, with A
    pull = {
        "C": math.sqrt(9e5),
        "A": math.exp(-kilometres(PLACE["C"], PLACE["A"]) / 20) * math.sqrt(1e5),
    }
    whole = 0.7 * p.benefit
    assert p.own_benefits == pytest.approx(
        {code: whole * pull[code] / sum(pull.values()) for code in pull}, rel=1e-9
    )


def test_luck_spreads_the_parties_benefits_and_keeps_their_sum():
    """A party's part goes by exp(spread z); the sum is what the spillover leaves."""
    even, spread = (arrived(benefit_spread=s).projects[0] for s in (0.0, 0.5))
    for p in (even, spread):
        assert sum(p.own_benefits.values()) == close(0.7 * p.benefit)
    odds = [math.log(p.own_benefits["A"] / p.own_benefits["B"]) for p in (even, spread)]
    z = [normal_draw(1, PARTY, "A", code, 1, 0) for code in "AB"]
    assert odds[1] - odds[0] == pytest.approx(0.5 * (z[0] - z[1]), rel=1e-9)


def test_misfit_is_a_part_of_the_mean_benefit_and_counts_in_all():
    """misfit (b0/k) z', of each party and of the whole; outsiders see the rest."""
    none, local = (arrived(misfit=m).projects[0] for m in (0.0, 0.4))
    for code in "AB":
        z = normal_draw(1, PARTY, "A", code, 1, 1)
        added = local.own_benefits[code] - none.own_benefits[code]
        assert added == pytest.approx(0.4 * none.benefit / 2 * z, rel=1e-9)
    added = sum(local.own_benefits.values()) - sum(none.own_benefits.values())
    assert local.benefit == close(none.benefit + added)
    assert float(local._row.public_benefit) == close(none.benefit)


def test_a_first_copy_yields_its_ratio_of_its_cost():
    p = arrived(copy_ratio=1.3).projects[0]._row
    assert float(p.part) == close(27.5 / 2)
    assert float(p.copy_yield) == close(1.3 * 27.5 / 2 / sum(0.9**y for y in range(1, 6)))


def test_numbers_of_parties_and_years_cover_their_ranges_evenly():
    """Two or three parties, one to four years, over 40 years of three projects: each about as
    often; land and copies as often as they should be."""
    model = finished(
        generated(rate=1.0, years=40, parties_max=3, build_min=1, build_max=4, duplicable=0.25),
        REFUSE,
    )
    rows = model.world.project[: len(model.projects)]
    assert len(rows) == 120
    parties, years = np.bincount(rows["k"])[2:], np.bincount(rows["build"])[1:]
    assert len(parties) == 2
    assert len(years) == 4
    assert parties.min() > 60 - 4 * math.sqrt(30)
    assert years.min() > 30 - 4 * math.sqrt(22)
    assert abs(rows["duplicable"].mean() - 0.25) < 4 * math.sqrt(0.25 * 0.75 / 120)
    assert abs(rows["touches_land"].mean() - 0.5) < 4 * math.sqrt(0.25 / 120)
    assert set(rows["kind"]) == set(range(6))
    # A port, a ring road and a treatment plant need land; the other three kinds do not.
    assert (rows["touches_land"] == (rows["kind"] < 3)).all()


@pytest.mark.parametrize("rate", [0.0, 0.3])
def test_projects_come_at_their_rate(rate):
    model = finished(generated(rate=rate, years=60), REFUSE)
    error = 4 * math.sqrt(rate * (1 - rate) * 180)
    assert abs(len(model.projects) - 180 * rate) <= error


def test_costs_are_spread_between_their_ends():
    model = finished(generated(rate=1.0, years=20, cost_min=0.1, cost_max=0.5), REFUSE)
    parts = [p.cost / sum(g.budget for g in p.parties) for p in model.projects]
    assert 0.1 <= min(parts) < 0.15
    assert 0.45 < max(parts) <= 0.5


def test_no_project_comes_after_the_last_year():
    model = finished(generated(rate=1.0, years=2, agenda_life=3), REFUSE)
    assert {p.year for p in model.projects} == {1, 2}
    assert model.year == 4


def test_a_table_is_read_as_it_stands():
    row = project("BC", (4, -1), year=2, cost=7, build=3, life=9, spillover=2, touches_land=True)
    model = finished(towns(row, project("AC", (1, 1))), REFUSE)
    first, second = model.projects
    assert (first.code, second.code) == ("A-1-0", "B-2-0")
    assert (second.cost, second.build, second.benefit) == (7, 3, 5)
    assert second.own_benefits == {"B": 4, "C": -1}
    assert (int(second._row.life), bool(second._row.touches_land)) == (9, True)
    assert not second._row.duplicable


def test_a_region_s_leaders_differ_as_their_distributions_say():
    """Means over 300 newcomers of a long story, within four standard errors."""
    values = {"parochial_mean": 0.6, "legacy_mean": 0.35, "credit_mean": 0.35}
    model = kn.RegionModel(
        generated(rate=0.0, years=100, term=1, renewal=0.0, **values), Levers(), rng=4
    )
    seen = []
    while model.running:
        model.step()
        seen += [(g.leader.parochial, g.leader.legacy, g.leader.credit) for g in model.governments]
    w, legacy, c = np.array(seen).T
    for got, mean, sd in [
        (w, 0.6, math.sqrt(0.6 * 0.4 / 9)),
        (legacy, 0.35, math.sqrt(0.35 * 0.65 / 7)),
        (c, 0.35, 0.35 / math.sqrt(3)),
    ]:
        assert abs(got.mean() - mean) < 4 * sd / math.sqrt(300)
        assert got.std() == pytest.approx(sd, rel=0.2)
    assert events(model, "took_office")
    # The three are drawn apart.
    apart = np.corrcoef([w, legacy, c])[np.triu_indices(3, 1)]
    assert np.abs(apart).max() < 4 / math.sqrt(300)
