"""Every region that comes along can be chosen and drawn."""

import re

import pytest

import kernegotiate as kn
from kernegotiate.agents.refusals import Witness
from viz import map  # noqa: A004
from viz.bar import grouped
from viz.sheet import LONGER, sheet
from viz.view import look
from viz.words import Words, speak


@pytest.mark.parametrize("name", kn.scenario_names())
def test_every_region_is_drawn(name: str) -> None:
    model = kn.RegionModel(name, "lga", rng=1)
    model.step()
    view = look(model, Witness.of(model), None)
    plane = sheet(name, view.region)
    picture = map.picture(view, plane, speak("vi"), deal=1)
    assert [one["code"] for one in picture["areas"]] == list(view.region.codes)
    assert {one["code"] for one in picture["places"]} == set(view.region.codes)
    assert 0.2 < plane.width / plane.height < 5
    assert max(plane.width, plane.height) == LONGER
    assert all(0 < x < plane.width and 0 < y < plane.height for x, y in plane.spots)
    assert all(re.fullmatch(r"[MLZ\d. -]+", path) for path in plane.areas)


@pytest.mark.parametrize("words", [speak("en"), speak("vi")], ids=["en", "vi"])
def test_scenarios_are_grouped_by_country(words: Words) -> None:
    scenarios = {name: kn.load_scenario(name) for name in kn.scenario_names()}
    countries = {name: words.country_of(one) for name, one in scenarios.items()}
    groups = grouped(countries, words.no_country)
    assert groups.keys() == scenarios.keys()
    in_order = list(dict.fromkeys(groups.values()))
    assert in_order == [*sorted(in_order[:-1]), words.no_country]
    assert [name for name, group in groups.items() if group == words.no_country] == ["three_towns"]
