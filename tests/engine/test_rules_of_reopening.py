"""Terms of works under way that are bargained over again: docs/model.md, 3.4.17."""

import numpy as np
import pytest

from kernegotiate.engine.draws import SQUEEZE, address
from small_worlds import begun, bound, close, events, no, project, towns, yes

# A bears .5 of 60, B .3 and C .2; half is due at once. A concession is a sixth of the cost: half of
# the mean share. Two drafts are tried, and everybody trusts everybody.

FIVE_THREE_TWO = bound(A=0.5, B=0.3, C=0.2)


def signed(own, **values):
    """The end of year 1, in which all three sign."""
    usual = {"trust": 1.0, "reopening": 1.0, "cost_round": 0.0}
    scenario = towns(project("ABC", own), columns=FIVE_THREE_TWO, **(usual | values))
    model = begun(scenario, {"*": {"go_alone": no}}, proposal_rule="ability")
    for code in "ABC":
        model.take_over(code, vote=yes)
    model.step()
    return model


def held_up(own, parties="ABC", **values):
    """The end of year 2; in year 1 everybody pays."""
    values = {"trust": 1.0, "cost_round": 0.0, "hold_up": 1.0} | values
    model = begun(
        towns(project(parties, own), columns=FIVE_THREE_TWO, **values), {"*": {"go_alone": no}},
        proposal_rule="ability",
    )  # fmt: skip
    for code in "ABC":
        model.take_over(code, vote=yes, honour=yes)
    model.step()
    assert not events(model, "reopened")  # nothing is sunk in the year of signing
    for code in "ABC":
        model.take_over(code, honour=None)
    model.step()
    return model


def draws(host, party):
    """The uniforms about a party of the host's project of year 1."""
    counter = np.array([SQUEEZE - 1, address(host), address(party), 1], np.uint64)
    words = np.random.Philox(key=np.array([1, 0], np.uint64), counter=counter).random_raw(4)
    return [((int(word) >> 12) + 0.5) * 2.0**-52 for word in words]


def shares(model):
    return model.projects[0].shares


def test_partners_spare_who_would_leave_as_much_as_makes_it_stay():
    """A's 12 do not pay for 30 or 20, but for 10; B and C take over a sixth each."""
    model = signed((6, 30, 30))
    assert shares(model) == close({"A": 1 / 6, "B": 0.3 + 1 / 6, "C": 0.2 + 1 / 6})
    [event] = events(model, "reopened")
    assert (event.government, event.amount) == ("A", close(20))
    assert not events(model, "reneged")
    assert float(model.world.gov["dues"][0]) == close(5 + 5 - 5)  # this year's, at the new share
    tally = model.world.tally[0]
    assert (int(tally["promises_due"]), int(tally["promises_kept"])) == (3, 3)


@pytest.mark.parametrize("own", [10, 13])
def test_a_partner_who_would_rather_leave_refuses(own):
    """20 do not pay for the first draft's 23, 26 not for the second's 28; then A leaves, and B."""
    model = signed((6, own, 14))
    assert not events(model, "reopened")
    assert [e.government for e in events(model, "reneged")][:2] == ["A", "B"]


def test_no_draft_that_helps_leaves_the_terms_as_they_were():
    """A's 8 would need three drafts: it leaves .5, of which .3 and .2 fall on the others."""
    model = signed((4, 60, 60))
    assert [e.government for e in events(model, "reneged")] == ["A"]
    assert shares(model) == close({"A": 0.0, "B": 0.6, "C": 0.4})


def test_each_draft_costs_a_round():
    """2 x .01 x 60 for two drafts beside that of the vote; talks that fail cost as much."""
    for own in ((6, 30, 30), (4, 60, 60)):
        tally = signed(own, cost_round=0.01).world.tally[0]
        assert float(tally["coordination_cost"]) == close(3 * 0.6)


def test_terms_are_reopened_by_a_draw():
    drawn = draws("A", "A")[2]
    for part in (0.0, drawn - 0.01, drawn + 0.01):
        assert bool(events(signed((6, 30, 30), reopening=part), "reopened")) == (part > drawn)


def test_who_leaves_by_another_s_decision_is_not_begged():
    """The rule would have A stay; whoever has taken its decision over would not."""
    scenario = towns(project("ABC", (60, 60, 60)), columns=FIVE_THREE_TWO, reopening=1.0)
    model = begun(scenario, {"*": {"go_alone": no}}, proposal_rule="ability")
    model.take_over("A", honour=no)
    for code in "ABC":
        model.take_over(code, vote=yes)
    model.step()
    assert not events(model, "reopened")
    assert len(events(model, "reneged")) >= 1


def test_what_a_fund_takes_over_is_not_bargained_about():
    scenario = towns(
        project("ABC", (6, 30, 30)), columns=FIVE_THREE_TWO, reopening=1.0, trust=1.0, fund_cap=0.01
    )
    model = begun(
        scenario, {"*": {"go_alone": no}}, proposal_rule="ability", levy_rate=0.5, backstop=True
    )
    for code in "ABC":
        model.take_over(code, vote=yes)
    model.step()
    assert not events(model, "reopened")
    assert len(events(model, "taken_over")) >= 1


# Hold-up


@pytest.mark.parametrize(
    ("others", "spared"),
    [
        (30, 2 / 6),  # 60 against 15 each at most: both drafts pass
        (6, 1 / 6),  # 12 against 30 (.3 + 1/12) = 11.5, but not against 14
        (5, 0.0),  # 10
    ],
)
def test_who_has_sunk_much_can_be_squeezed(others, spared):
    """In year 2 half of the 60 is sunk; A, who would stay, threatens to leave."""
    model = held_up((30, others, 30))
    found = [e.amount for e in events(model, "reopened") if e.government == "A"]
    assert found == ([close(spared * 30)] if spared else [])
    assert not events(model, "reneged")


def test_threats_are_a_draw_and_each_draft_costs_a_round():
    """Of .3 a town threatens if its draw is below; the year is the only one of building."""
    model = held_up((30, 30, 30), hold_up=0.3, cost_round=0.01)
    drawn = [draws("A", code)[0] for code in "ABC"]
    expected = [code for code, draw in zip("ABC", drawn, strict=True) if draw < 0.3]
    assert [e.government for e in events(model, "reopened")] == expected
    tally = model.world.tally[0]
    assert float(tally["coordination_cost"]) == close(0.6 * (1 + 2 * len(expected)))


def test_who_is_squeezed_pays_in_its_partner_s_place():
    """Two drafts for each of three: what A is spared comes back with B's and C's threats."""
    assert shares(held_up((30, 30, 30))) == close({"A": 0.5, "B": 0.3, "C": 0.2})


@pytest.mark.parametrize(("others", "steps"), [(6, 1), (5, 0)])
def test_a_draft_that_a_partner_refuses_leaves_the_last_one(others, steps):
    """C hosts, and by its draw only A threatens; B takes a twelfth more, or nothing."""
    assert draws("C", "A")[0] < 0.5 < min(draws("C", "B")[0], draws("C", "C")[0])
    model = held_up((30, 30, others), parties="CAB", hold_up=0.5)
    more = steps / 12
    assert shares(model) == close({"C": 0.2 + more, "A": 0.5 - 2 * more, "B": 0.3 + more})
