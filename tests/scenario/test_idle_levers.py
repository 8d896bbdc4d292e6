"""Whoever sets a lever that lacks its partner is told."""

import pytest

import kernegotiate as kn
from kernegotiate.scenario import Levers, idle, remarks, resolve
from kernegotiate.scenario.idle_levers import NEEDS

# lever: (value, what it lacks, what wakes it)
ASLEEP = {
    "bar": (2.0, {}, {"decider": 1.0}),
    "capture": (1.0, {}, {"decider": 1.0}),
    "delegates": (1.0, {}, {"decider": 1.0}),
    "captor": ("largest", {"decider": 1.0}, {"capture": 1.0}),
    "grant_bar": (2.0, {}, {"match_rate": 0.3, "grant_budget": 0.5}),
    "grant_carry": (1.0, {}, {"match_rate": 0.3, "grant_budget": 0.02}),
    "partial_grants": (True, {}, {"match_rate": 0.3, "grant_budget": 0.02}),
    "match_rate": (0.3, {}, {"grant_budget": 0.5}),
    "grant_budget": (0.5, {}, {"match_rate": 0.3}),
    "monitoring": (0.9, {}, {"sanction": 1.0}),
    "sanction": (1.0, {"monitoring": 0.0}, {"monitoring": 0.8}),
    "backstop": (True, {"decider": 1.0, "sanction": 0.0}, {"levy_rate": 0.1}),
    "bonds": (3.0, {"decider": 1.0}, {"central_support": 0.02}),
    "earmark": (0.0, {"decider": 1.0}, {"levy_rate": 0.1}),
    "quota": (0.5, {"decider": 1.0}, {"decider": 0.0}),
    "linkage": (4, {"decider": 1.0, "parties_max": 2}, {"decider": 0.0}),
    "rounds": (9, {"decider": 1.0}, {"decider": 0.0}),
    "side_payments": (True, {"decider": 1.0, "own_rounds": 60}, {"decider": 0.0}),
    "mediation": (1.0, {"decider": 1.0}, {"decider": 0.0}),
    "approval_years": (3, {"decider": 1.0}, {"veto_points": 1}),
    "send_back": (1.0, {"decider": 1.0}, {"veto_points": 1}),
    "chair_rank": (1.0, {}, {"meeting_capacity": 2.0}),
}


def told(**levers):
    return dict(idle(Levers(**{k: v for k, v in levers.items() if k in Levers.model_fields})))


@pytest.mark.parametrize("lever", NEEDS)
def test_what_is_called_idle_is(lever):
    value, asleep, awake = ASLEEP[lever]
    settings = {"rate": 0.4, "years": 15} | asleep
    assert lever in told(**settings, **{lever: value})
    plain = kn.outcome(rng=2, coordinator="none", **settings)
    same = kn.outcome(rng=2, coordinator="none", **settings, **{lever: value})
    assert same == pytest.approx(plain, nan_ok=True, abs=0)
    woken = settings | awake
    assert lever not in told(**woken, **{lever: value})
    other = kn.outcome(rng=2, coordinator="none", **woken, **{lever: value})
    assert other != kn.outcome(rng=2, coordinator="none", **woken)


def test_a_transfer_that_nobody_can_lose_is_paid_and_not_called_idle():
    settings = {"rate": 0.4, "years": 15, "decider": 1.0}
    plain = kn.outcome(rng=2, coordinator="none", **settings)
    paid = kn.outcome(rng=2, coordinator="none", **settings, withheld_share=0.5)
    assert told(**settings, withheld_share=0.5) == {}
    assert paid["outside_money"] > plain["outside_money"]


@pytest.mark.parametrize("setter", ["coordinator", "centre"])
def test_who_sets_the_agenda_asks_for_the_bar_as_well(setter):
    assert "bar" not in told(bar=2.0, agenda=setter)
    assert "bar" in told(bar=2.0)


def test_nothing_is_said_of_nulls():
    assert told() == {}


def test_the_sentence():
    assert told(match_rate=0.4)["match_rate"] == (
        "match_rate 0.4 has no effect while grant_budget is 0."
    )


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"bonds": 3.0, "changes": "12 central_support=0.05"}, []),
        ({"bonds": 3.0, "changes": "12 lga; 20 central_support=0.05"}, ["No coordinator: bonds 3"]),
        ({"changes": "12 send_back=.5"}, ["No coordinator, from year 12: send_back 0.5"]),
        ({"changes": "12 send_back=.5; 20 veto_points=1"}, []),
    ],
)
def test_a_lever_is_not_idle_that_a_later_law_wakes(settings, told):
    scenario, institution = resolve("mekong_delta", "none", **settings)
    found = list(remarks(scenario, institution, settings))
    assert [f"Note, {one}" for one in told] == [one.split(" has no")[0] for one in found]
