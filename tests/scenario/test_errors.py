"""Errors hold all that is wrong, and tell a slip from another word."""

import pickle

import pytest

from kernegotiate.scenario import Region, ScenarioError
from kernegotiate.scenario.errors import close_to, is_slip_of


def test_the_message_is_the_first_problem_and_how_many_follow():
    one, three = ScenarioError("a: wrong"), ScenarioError("a: wrong", "b: wrong", "c:\nwrong")
    assert (str(one), one.problems) == ("a: wrong", ("a: wrong",))
    assert str(three) == "a: wrong (and 2 more problems)"
    assert three.problems == ("a: wrong", "b: wrong", "c: wrong")


def test_problems_survive_the_way_to_another_process():
    found = pickle.loads(pickle.dumps(ScenarioError("a: wrong", "b: wrong")))
    assert (str(found), found.problems) == (
        "a: wrong (and 1 more problem)",
        ("a: wrong", "b: wrong"),
    )


def test_a_record_tells_every_value_that_is_not_allowed():
    rows = [
        {"code": one, "name": one, "population": -1, "grdp": 1, "lon": 0, "lat": 99} for one in "ab"
    ]
    with pytest.raises(ScenarioError) as caught:
        Region(governments=rows)
    assert [told.split(": found")[0] for told in caught.value.problems] == [
        "Region: governments[#1].population",
        "Region: governments[#1].lat",
        "Region: governments[#2].population",
        "Region: governments[#2].lat",
    ]


@pytest.mark.parametrize(
    ("word", "is_slip"),
    [
        ("budget", True),
        ("BUDGET", True),
        ("bud get", True),
        ("budgets", True),
        ("buget", True),
        ("bodget", True),
        ("bugdet", True),
        ("budge", True),
        ("budgetss", False),
        ("bdgte", False),
        ("note", False),
        ("", False),
    ],
)
def test_one_letter_is_a_slip(word, is_slip):
    assert is_slip_of(word, ["ceiling", "budget"]) is is_slip


def test_what_is_closest_is_suggested():
    assert close_to("populaton", ["population", "grdp"]) == "population"
    assert close_to("xyz", ["population", "grdp"]) == ""
