"""Every region that comes along can be chosen and drawn."""

import math

import pytest

import kernegotiate as kn
from kernegotiate.agents.refusals import Witness
from viz import map  # noqa: A004
from viz.bar import grouped
from viz.view import look
from viz.words import Words, speak

SIZE = 12  # pixels of small print


@pytest.mark.parametrize("name", kn.scenario_names())
def test_every_region_is_drawn(name: str) -> None:
    model = kn.RegionModel(name, "lga", rng=1)
    model.step()
    view = look(model, Witness.of(model), None)
    sheet = map.sheet(name, view.region)
    series = map.picture(view, sheet, speak("vi"), SIZE)["series"]
    areas, names = series[0]["data"], series[-1]["data"]
    assert [one["name"] for one in areas] == list(view.region.codes)
    assert {one["name"] for one in names} == set(view.region.codes)
    assert 0.2 < sheet.ratio < 5
    (west, north), (east, south) = sheet.bounds
    assert all(west < x < east and south < y < north for x, y in sheet.spots)
    assert all(math.isfinite(one) for one in (west, north, east, south))


@pytest.mark.parametrize("words", [speak("en"), speak("vi")], ids=["en", "vi"])
def test_scenarios_are_grouped_by_country(words: Words) -> None:
    scenarios = {name: kn.load_scenario(name) for name in kn.scenario_names()}
    countries = {name: words.country_of(one) for name, one in scenarios.items()}
    groups = grouped(countries, words.no_country)
    assert groups.keys() == scenarios.keys()
    in_order = list(dict.fromkeys(groups.values()))
    assert in_order == [*sorted(in_order[:-1]), words.no_country]
    assert [name for name, group in groups.items() if group == words.no_country] == ["three_towns"]
