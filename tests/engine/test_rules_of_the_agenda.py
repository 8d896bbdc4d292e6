"""Who sets the agenda, and what a chair's rank does: docs/model.md, 3.4.18."""

import math

import pytest

from kernegotiate.engine.draws import ESTIMATE
from kernegotiate.engine.layout import EXPIRED
from kernegotiate.engine.prepared import prepare
from kernegotiate.scenario import Levers
from small_worlds import begun, close, events, finished, no, normal_draw, project, told, towns, yes

# A project costs 60 and is used for two years: 30 a year is a ratio of 1.

REFUSED = {"*": {"vote": no, "go_alone": no}}


def three(**values):
    """Ratios .6, 2 and 3 in the order of arrival."""
    rows = [project("AB", (9, 9)), project("BC", (30, 30)), project("CA", (45, 45))]
    return towns(*rows, **({"agenda_life": 2} | values))


def test_a_coordinator_tables_what_it_thinks_most_worth_building_and_nothing_below_its_bar():
    model = finished(three(), REFUSED, agenda="coordinator")
    assert told(model, "tabled", "year", "project") == [
        (1, "C-1-0"), (1, "B-1-0"), (2, "C-1-0"), (2, "B-1-0"),
    ]  # fmt: skip
    assert told(model, "kept_off", "year", "project", "amount") == [(1, "A-1-0", close(0.6))]


def test_its_bar_is_the_bar():
    model = finished(three(), REFUSED, agenda="coordinator", bar=2.0)
    assert told(model, "tabled", "project") == ["C-1-0", "B-1-0"] * 2
    model = finished(three(), REFUSED, agenda="coordinator", bar=2.1)
    assert told(model, "tabled", "project") == ["C-1-0"] * 2


def test_a_good_work_that_is_kept_off_has_the_agenda_as_its_cause():
    """Ratio 2 below a bar of 2.5; the third, of which one slot a year would do, is tabled."""
    model = finished(three(own_talks=1 / 3), REFUSED, agenda="coordinator", bar=2.5)
    assert model.projects[1]._row.status == EXPIRED
    assert model.projects[1].causes == {"agenda": 1.0}
    assert "agenda" not in model.projects[2].causes


def test_what_only_lacks_a_slot_is_not_kept_off():
    model = finished(three(own_talks=1 / 3), REFUSED, agenda="coordinator")
    assert set(told(model, "tabled", "project")) == {"C-1-0"}
    assert model.projects[1].causes == {"capacity": 1.0}


def test_of_equals_the_oldest_comes_first():
    rows = [project(parties, (30, 30)) for parties in ("AB", "BC", "CA")]
    model = finished(towns(*rows), REFUSED, agenda="coordinator")
    assert told(model, "tabled", "project") == ["A-1-0", "B-1-0", "C-1-0"]


def test_the_centre_s_list_leaves_the_order_to_the_members():
    """The two at or above the bar, the least recently discussed first."""
    model = finished(three(own_talks=1 / 3, agenda_life=3), REFUSED, agenda="centre")
    assert told(model, "tabled", "year", "project") == [(1, "B-1-0"), (2, "C-1-0"), (3, "B-1-0")]
    assert model.projects[0]._row.kept_off


@pytest.mark.parametrize(("setter", "error"), [("coordinator", 0.2), ("centre", 0.4)])
def test_the_centre_sees_no_shared_data(setter, error):
    """Data halve the coordinator's error of .4; the host's draw is the same for both."""
    z = normal_draw(1, ESTIMATE, "A", None, 1, 0)
    scenario = towns(project("AB", (9, 9)), estimate_error=0.4)
    model = begun(scenario, REFUSED, agenda=setter, data_sharing=1.0, bar=9.0)
    model.step()
    assert told(model, "kept_off", "amount") == [close(0.6 * math.exp(error * z))]


def test_the_centre_judges_in_the_year_of_arrival():
    """Its bar rises in year 2: what is on the list stays there."""
    scenario = three(agenda_life=3)
    model = begun(scenario, REFUSED, agenda="centre")
    model.step()
    other = model.branch(bar=9.0)
    other.step()
    assert [e.project for e in events(other, "tabled") if e.year == 2] == ["B-1-0", "C-1-0"]
    coordinator = model.branch(agenda="coordinator", bar=9.0)
    coordinator.step()
    assert [e.project for e in events(coordinator, "tabled") if e.year == 2] == []


def test_what_is_kept_off_is_tied_into_no_package():
    """Three works of the same parties, the second not worth it: two are tied, better first."""
    rows = [project("AB", own) for own in ((30, 30), (9, 9), (45, 45))]
    answers = {"*": {"vote": yes, "honour": yes, "go_alone": no}}
    model = finished(towns(*rows), answers, agenda="coordinator", linkage=3)
    assert told(model, "tabled", "project") == ["A-1-2", "A-1-0"]
    assert told(model, "agreed", "project") == ["A-1-2", "A-1-0"]


# The chair


def rules(**values):
    scenario = towns(project("AB", (9, 9)), own_talks=0.5, cost_body=0.01)
    levers = {name: values.pop(name) for name in list(values) if name in Levers.model_fields}
    return prepare(scenario.with_overrides(**values), Levers(**levers)).rules


@pytest.mark.parametrize(
    ("rank", "absence", "slots"),
    [
        (0.0, 0.0, 1.5 + 2),
        (0.0, 0.4, 1.5 + 2 * 0.6),
        (0.5, 0.4, 1.5 + 2 * 0.8 * 1.15),
        (1.0, 0.4, 1.5 + 2 * 1.3),
    ],
)
def test_fewer_stay_away_from_a_senior_chair_s_meetings_and_it_calls_more(rank, absence, slots):
    """1.5 that three towns manage themselves, and a capacity of 2."""
    found = rules(meeting_capacity=2.0, chair_rank=rank, absence=absence, convening=0.3)
    assert found.slots == close(slots)


def test_rank_does_nothing_else():
    low, high = (
        rules(meeting_capacity=2.0, chair_rank=rank, decider=0.5, sanction=1.0)._asdict()
        for rank in (0.0, 1.0)
    )
    assert [name for name in low if low[name] != high[name]] == ["slots"]
