"""Plain code reads and writes the very bytes of a world, whichever way it looks at them."""

import numpy as np
import pytest

import kernegotiate as kn
from kernegotiate.agents.memory import PLAINLY_READ, readable
from kernegotiate.engine.outcomes import is_over


@pytest.fixture
def world():
    model = kn.RegionModel("mekong_delta", "conditional_funding", rng=3, years=6)
    while model.running:
        model.step()
    return model.world


@pytest.mark.parametrize("name", PLAINLY_READ)
def test_each_field_of_each_place_is_the_same_number(world, name):
    array, structures = getattr(world, name), getattr(readable(world), name)
    for place in np.ndindex(array.shape):
        where = place if len(place) > 1 else place[0]
        row = structures[where]
        told = tuple(getattr(row, field) for field in array.dtype.names)
        assert told == array[where].item()
        assert [type(value) for value in told] == [type(value) for value in array[where].item()]


def test_what_one_writes_the_other_reads(world):
    light = readable(world)
    light.party[0, 1].share, light.tally[0].signed = 0.125, 77
    assert world.party[0, 1].share == 0.125
    assert world.tally[0].signed == 77
    world.gov[2].dues = 1e-300
    assert light.gov[np.uint32(2)].dues == 1e-300


def test_compiled_rules_take_it_as_it_is(world):
    model = kn.RegionModel(years=6)
    light = readable(world)
    assert is_over(light.tally, model.setting.nature)
    light.tally[0].works = 1
    assert not is_over(light.tally, model.setting.nature)


def test_every_array_that_the_year_may_write_fields_of_is_among_them(world):
    fields = {name for name, array in world._asdict().items() if array.dtype.names}
    of_compiled_rules = {"kind", "merger", "origin", "row", "row_party", "values"}
    assert fields - set(PLAINLY_READ) == of_compiled_rules
