"""Figures of another unit or place: each remark comes when it should, and only then."""

import pytest

from kernegotiate.scenario import Region, load_scenario
from kernegotiate.scenario.plausible import implausible, neighbours

ROWS = {
    "a": {"population": 100_000, "grdp": 1000.0, "lon": 105.0, "lat": 10.0},
    "b": {"population": 200_000, "grdp": 2500.0, "lon": 105.5, "lat": 10.2},
    "c": {"population": 900_000, "grdp": 9000.0, "lon": 106.0, "lat": 10.4},
}


def remarks(**changes):
    """Remarks on a region of three, of which some have other figures."""
    rows = [
        {
            "code": code,
            "name": code.upper(),
            **row,
            **changes.get(code, {}),
            **changes.get("all", {}),
        }
        for code, row in ROWS.items()
    ]
    return list(implausible(Region(governments=rows, currency="million USD")))


@pytest.mark.parametrize("name", ["mekong_delta", "three_towns"])
def test_nothing_is_said_of_what_is_sound(name):
    assert remarks() == []
    assert list(implausible(load_scenario(name).region)) == []


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (
            {"a": {"population": 100}, "b": {"population": 200}, "c": {"population": 4_999}},
            "No population reaches 5,000 (the largest is 4,999, of C); the unit is persons",
        ),
        ({"c": {"population": 2.1e9, "grdp": 2.1e7}}, "The population of C is 2,100,000,000, more"),
        ({"b": {"grdp": 2_500_000.0}}, "GRDP per head of B is 1,250 times that of A; are both"),
        ({"b": {"budget": 3000.0}}, "The development budget is more than the whole GRDP of B; are"),
        ({"all": {"budget": 0.05}}, "Every development budget is below 0.01% of GRDP; are both in"),
        ({"b": {"lon": 5.5}}, "B: more than 5,000 km from the nearest other government; are"),
        ({"b": {"lon": 105.0, "lat": 10.0}}, "A and B lie at one place; does each have its own"),
        (
            {"c": {"population": 300_000, "grdp": 3500.0}},
            "C has the population and GRDP of all others together; is it a total?",
        ),
    ],
)
def test_a_figure_of_another_unit_is_remarked(changes, told):
    (found,) = remarks(**changes)
    assert found.startswith(told)


@pytest.mark.parametrize(
    "changes",
    [
        {"a": {"population": 100}, "b": {"population": 200}, "c": {"population": 5_000}},
        {"b": {"grdp": 190 * 2000.0}},
        {"b": {"budget": 2500.0}},
        {"c": {"population": 300_000}},
    ],
)
def test_what_is_unusual_is_left_alone(changes):
    assert remarks(**changes) == []


def test_distances_to_the_nearest():
    rows = [{"code": code, "name": code, **row} for code, row in ROWS.items()]
    away = neighbours(Region(governments=rows))
    assert away == pytest.approx([59.1, 59.0, 59.0], abs=0.2)
