"""What a signature is worth to a leader who foresees its own conduct: docs/model.md, 3.4.7."""

import numpy as np
import pytest

from kernegotiate.engine.draws import CONDUCT, address
from small_worlds import begun, bound, close, lead, no, project, towns

# A bears .5 of 60, its leader has c = .2, and all trust all.

FIVE_THREE_TWO = bound(A=0.5, B=0.3, C=0.2)


def motions(*rows, taken=None, **values):
    """A's terms in its first vote, foreseeing."""
    usual = {"foresight": 1.0, "signing_credit": 0.9, "trust": 1.0, "upfront": 0.4}
    scenario = towns(*rows, columns=FIVE_THREE_TWO, **(usual | values))
    model = begun(scenario, taken or {"*": {"go_alone": no}}, proposal_rule="ability")
    lead(model, "A", credit=0.2)
    model.step()
    return next(e.terms for e in model.log if e.event == "voted" and e.government == "A")


def test_who_will_keep_the_promise_values_it_with_the_credit_and_without_what_it_cannot_show():
    """3.6 for signing + 2 x 30 - 30 + .2 x 30 for opening it - .2 x .4 x 30 not spent at home."""
    terms = motions(project("ABC", (30, 9, 9)))
    assert (terms.foresees, terms.keeps, terms.earnest, terms.yes) == (True, True, True, True)
    assert terms.signing == close(3.6 + 60 - 30 + 6 - 2.4)


def test_who_will_break_it_has_the_credit_and_no_more():
    """2 x 5 + 6 - 30 < .2 x 12, so it would leave; nobody finishes for it, nothing is lost."""
    terms = motions(project("ABC", (5, 9, 9)), cover=0.0, reputation=0.0)
    assert (terms.keeps, terms.earnest, terms.yes) == (False, False, True)
    assert terms.signing == close(3.6)


def test_who_will_break_it_and_go_alone_still_has_its_copy():
    """A copy of 20 yields 2 x 15: 10 and its applause of .2 x 20, signed or not."""
    row = project("ABC", (5, 9, 9), duplicable=True)
    terms = motions(row, taken={}, cover=0.0, reputation=0.0, copy_ratio=1.5)
    assert terms.fall_back == close(10 + 4)
    assert (terms.keeps, terms.signing) == (False, close(3.6 + 14))


@pytest.mark.parametrize("own", [(30, 5), (5, 30)])
def test_dues_that_will_not_be_paid_need_not_fit(own):
    """Of two tied works it will pay the good one alone: the heavier year of that has to fit."""
    rows = [project("ABC", (mine, 9, 9)) for mine in own]
    usual = {"foresight": 1.0, "signing_credit": 0.9, "trust": 1.0, "upfront": 0.4}
    usual |= {"cover": 0.0, "reputation": 0.0, "ceiling": 0.0}
    figures = {**FIVE_THREE_TWO, "budget": [20.0, 20.0, 20.0]}
    scenario = towns(*rows, columns=figures, **usual)
    model = begun(scenario, {"*": {"go_alone": no}}, proposal_rule="ability", linkage=2)
    lead(model, "A", credit=0.2)
    model.step()
    terms = next(e.terms for e in model.log if e.event == "voted" and e.government == "A")
    # Heaviest: .6 x 30 = 18 each; 18 fits into 20, 36 would not.
    assert (terms.keeps, terms.dues_fit, terms.yes, terms.earnest) == (False, True, True, False)


def test_a_part_of_the_leaders_foresees_by_one_addressed_draw():
    terms = [motions(project("ABC", (30, 9, 9)), foresight=part).foresees for part in (0.0, 1.0)]
    assert terms == [False, True]
    model = begun(towns(project("ABC", (30, 9, 9)), foresight=0.5))
    for town in model.governments:
        counter = np.array([CONDUCT - 1, address(town.code), 0, 0], np.uint64)
        words = np.random.Philox(key=np.array([1, 0], np.uint64), counter=counter).random_raw(4)
        draw = ((int(words[0]) >> 12) + 0.5) * 2.0**-52
        assert bool(model.world.gov[town.number].foresees) == (draw < 0.5)


def test_the_host_of_a_work_on_land_forgoes_rent_as_far_as_it_lives_on_land():
    """.1 x 60 x .25 for A, the host; nothing for B, and nothing where no land is touched."""
    found = []
    for touches in (True, False):
        row = project("ABC", (30, 9, 9), touches_land=touches)
        scenario = towns(row, columns=FIVE_THREE_TWO, land_rent=0.1, land_dependence=0.25)
        model = begun(scenario, {"*": {"go_alone": no}}, proposal_rule="ability")
        model.step()
        voted = {e.government: e.terms for e in reversed(model.log) if e.event == "voted"}
        found.append((voted["A"].autonomy, voted["B"].autonomy))
    assert found == [(close(1.5), 0.0), (0.0, 0.0)]
