"""Many breaches at once are safe from each other: docs/model.md, 3.4.17."""

import numpy as np
import pytest

from kernegotiate.engine.draws import DETECTION, address
from small_worlds import begun, bound, close, events, no, project, towns, yes

FIVE_THREE_TWO = bound(A=0.5, B=0.3, C=0.2)
CERTAIN = {"monitoring": 1.0, "sanction": 0.5, "contract_completeness": 1.0}


def after(works, congestion, years=1):
    """A signs so many works in year 1, and one in year 2, and pays for none."""
    rows = [project("ABC", (9, 9, 9)) for _ in range(works)]
    rows.append(project("ABC", (9, 9, 9), year=2))
    scenario = towns(*rows, columns=FIVE_THREE_TWO, own_talks=2.0, congestion=congestion)
    answers = {"*": {"vote": yes, "honour": yes, "go_alone": no}, "A": {"honour": no}}
    model = begun(scenario, answers, proposal_rule="ability", **CERTAIN)
    for _ in range(years):
        model.step()
    return model


def detection_draw(serial):
    counter = np.array([(DETECTION | serial << 16) - 1, address("A"), address("A"), 1], np.uint64)
    words = np.random.Philox(key=np.array([1, 0], np.uint64), counter=counter).random_raw(4)
    return ((int(words[0]) >> 12) + 0.5) * 2.0**-52


@pytest.mark.parametrize("congestion", [0.0, 0.5, 1000.0])
def test_the_nth_breach_of_a_year_is_pursued_with_its_part_of_the_chance(congestion):
    """One alone is fined as ever, since somebody looks for sure."""
    model = after(4, congestion)
    serials = sorted(int(p._row.serial) for p in model.projects if p._row.year == 1)
    expected = sum(
        detection_draw(serial) < 1 / (1 + congestion * n) for n, serial in enumerate(serials)
    )
    assert len(events(model, "fined")) == expected
    assert len(events(model, "fined")) >= 1


def test_leaders_expect_what_last_year_s_breaches_leave_of_enforcement():
    """Three breaches: 1 / (1 + .5 x 2) of the fine, and of the trust in who is made to pay."""
    model = after(3, 0.5)
    assert model.world.gov["pursuit"].tolist() == [1.0, 1.0, 1.0]
    model.step()
    assert model.world.gov["pursuit"].tolist() == [0.5, 0.5, 0.5]
    [now] = [e for e in events(model, "reneged") if e.year == 2]
    assert now.terms.fine == close(0.5 * 0.5 * 0.5 * 60)
    model.step()
    assert model.world.gov["pursuit"].tolist() == [1.0, 1.0, 1.0]


def test_a_partner_is_believed_to_be_made_to_pay_as_far_as_breaches_are_pursued():
    """q = T + (1 - T) E: E = .5 of full enforcement, halved by last year's three breaches."""
    model = after(3, 0.5)
    model.world.trust[:] = 0.0
    model.step()
    [terms] = [e.terms for e in events(model, "voted") if e.year == 2 and e.government == "C"]
    assert terms.confidence == close((1 - 0.5 * 0.75) * (1 - 0.3 * 0.75))
