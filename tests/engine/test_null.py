"""Null: in every institution, a lever at its null equals the engine built without that lever.

Every lever in the seven institutions that the others are based on. In the others only the levers
that they set otherwise than their base: with the rest they run the same mechanisms at the same
values.
"""

from functools import cache

import pytest

from engine_helpers import agent_by_agent, differences, trail
from kernegotiate.engine.mechanisms import effects_of, levers
from kernegotiate.scenario import Levers, institution_names, load_institution
from tools.baseline import INSTITUTIONS
from tools.docs_pages.bases import base_of

NULL = Levers()
FOLDER = "scenarios/institutions"
SMALL = {"years": 8, "rate": 0.3}


def test_every_lever_has_a_mechanism():
    assert levers() == set(Levers.model_fields)


def test_the_effects_of_a_lever_are_told_by_name():
    effects = effects_of("plan_supremacy")
    assert list(effects) == ["copy_forbidden", "planning_ceded"]
    assert effects["planning_ceded"](0.6) == 0.3
    with pytest.raises(KeyError, match="no such lever: supremacy"):
        effects_of("supremacy")


@cache
def as_it_is(name):
    """An institution's run with nothing changed: that of each lever which it leaves at its null."""
    return agent_by_agent("mekong_delta", load_institution(name).levers, 3, **SMALL)


def moved(name):
    """Levers that a built-in institution sets otherwise than its base; all if it has none."""
    base, own = base_of(FOLDER, name), load_institution(name).levers
    if base is None:
        return sorted(Levers.model_fields)
    known = load_institution(base).levers
    return sorted(lever for lever, value in own if value != getattr(known, lever))


CASES = [(name, lever) for name in institution_names() for lever in moved(name)]


def test_the_seven_are_held_in_full_and_the_others_in_what_they_move():
    alone = tuple(name for name in institution_names() if base_of(FOLDER, name) is None)
    assert alone == INSTITUTIONS
    assert {name for name, _ in CASES} == set(institution_names())


@pytest.mark.parametrize(("name", "lever"), CASES)
def test_null(name, lever):
    # The value left behind must not matter once the mechanism is gone.
    anything = load_institution(name).levers
    at_null = anything.model_copy(update={lever: getattr(NULL, lever)})
    if at_null == anything:
        with_it = as_it_is(name)
    else:
        with_it = agent_by_agent("mekong_delta", at_null, 3, **SMALL)
    without = agent_by_agent("mekong_delta", anything, 3, without={lever}, **SMALL)
    if lever == "linkage":  # the size of a buffer
        without.world = without.world._replace(motion=with_it.world.motion)
    assert differences(with_it.world, without.world) == []
    assert trail(with_it) == trail(without)
