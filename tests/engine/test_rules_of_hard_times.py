"""Overruns and bad years: docs/model.md, 3.4.17."""

import math

import numpy as np
import pytest

from kernegotiate.engine.diagnosis import BAD_YEAR, DEFECTION, OVERRUN
from kernegotiate.engine.draws import BAD_YEAR as BAD_YEAR_DRAW
from kernegotiate.engine.draws import OVERRUN as OVERRUN_DRAW
from kernegotiate.engine.draws import address
from kernegotiate.engine.losses import LINES
from kernegotiate.scenario import ProjectKind
from small_worlds import (
    begun,
    bound,
    close,
    events,
    finished,
    generated,
    lead,
    no,
    project,
    towns,
    yes,
)

AGREE = {"vote": yes, "go_alone": no}
ALL = {"*": {"honour": yes, **AGREE}}
FIVE_THREE_TWO = bound(A=0.5, B=0.3, C=0.2)


def uniforms(purpose, one, year):
    """The four uniforms of an address (run 0 of seed 1)."""
    counter = np.array([purpose - 1, address(one) if one else 0, 0, year], np.uint64)
    words = np.random.Philox(key=np.array([1, 0], np.uint64), counter=counter).random_raw(4)
    return [((int(word) >> 12) + 0.5) * 2.0**-52 for word in words]


# Overruns


def overrun_of(model):
    return float(model.projects[0]._row.overrun)


@pytest.mark.parametrize(("build", "times"), [(1, 1.0), (3, 1.0), (3, 2.0)])
def test_an_overrun_is_exponential_with_a_mean_by_kind_and_years_of_building(build, times):
    kinds = [ProjectKind(name="port", name_vi="cảng", touches_land=True, overrun=times)]
    scenario = towns(project("ABC", (9, 9, 9), build=build, kind="port"), overrun=0.1)
    projects = scenario.projects.model_copy(update={"kinds": tuple(kinds)})
    model = begun(scenario.model_copy(update={"projects": projects}), ALL)
    model.step()
    size, when, *_ = uniforms(OVERRUN_DRAW, "A", 1)
    assert overrun_of(model) == close(-math.log(size) * 0.1 * build * times)
    assert int(model.projects[0]._row.overrun_in) == 1 + int(when * build)


def paid(model, year):
    return {e.government: e.amount for e in events(model, "paid") if e.year == year}


def test_the_parties_bear_what_comes_on_top_in_proportion():
    """Half of 60 is paid in year 1; the other 30 grow to 30 (1 + o), and nobody gave a grant."""
    model = finished(
        towns(project("ABC", (9, 9, 9)), columns=FIVE_THREE_TWO, overrun=0.5), ALL,
        proposal_rule="ability",
    )  # fmt: skip
    grown = 30 * (1 + overrun_of(model))
    assert overrun_of(model) > 0.01
    assert paid(model, 1) == close({"A": 15.0, "B": 9.0, "C": 6.0})
    assert paid(model, 2) == close({"A": 0.5 * grown, "B": 0.3 * grown, "C": 0.2 * grown})
    assert [e.amount for e in events(model, "overran")] == [close(grown - 30)]
    line = dict(zip(LINES, model.losses()["line"], strict=True))
    assert line["overrun"] == close(grown - 30)
    assert model.outcomes()["joint_spending"] == close(30 + grown)
    assert abs(model.losses()["residual"]) < 1e-9


def test_grants_and_the_fund_s_part_are_sums_that_stay():
    """A grant of .5 and a fund's .3: 15 and 9 in the second year, whatever the parties pay."""
    model = finished(
        towns(project("ABC", (9, 9, 9)), columns=FIVE_THREE_TWO, overrun=0.5, fund_cap=0.3), ALL,
        proposal_rule="ability", match_rate=0.5, grant_budget=1.0, levy_rate=0.2,
    )  # fmt: skip
    grown = 30 * (1 + overrun_of(model))
    assert sum(paid(model, 1).values()) == close(0.2 * 30)
    assert paid(model, 2)["A"] == close(0.5 * (grown - 15 - 9))
    assert model.outcomes()["grant_spending"] == close(30)
    assert model.outcomes()["fund_spending"] == close(18)
    assert model.outcomes()["imbalance"] < 1e-9


def test_where_the_parties_bear_nothing_the_centre_bears_it_all():
    model = finished(
        towns(project("ABC", (9, 9, 9)), overrun=0.5), ALL, match_rate=1.0, grant_budget=1.0
    )
    assert model.outcomes()["grant_spending"] == close(30 + 30 * (1 + overrun_of(model)))
    assert len(events(model, "opened")) == 1


def test_this_year_s_dues_grow_with_it():
    """A has .5 x 30 (1 + o) to pay in year 2, and so much less room for others."""
    model = begun(towns(project("ABC", (9, 9, 9)), columns=FIVE_THREE_TWO, overrun=0.5), ALL,
                  proposal_rule="ability")  # fmt: skip
    model.step()
    model.step()
    assert float(model.world.gov["dues"][0]) == close(15 * (1 + overrun_of(model)))


def left_over(own, **values):
    """A alone decides whether to pay in year 2; its gain from then on is 2 x own."""
    scenario = towns(project("ABC", (own, 9, 9)), columns=FIVE_THREE_TWO, trust=1.0, **values)
    model = begun(
        scenario, {"*": AGREE, "B": {"honour": yes}, "C": {"honour": yes}}, proposal_rule="ability"
    )
    model.take_over("A", honour=yes)
    model.step()
    model.take_over("A", honour=None)
    model.step()
    [row] = [p._row for p in model.projects]
    return int(row.undone), len([e for e in events(model, "reneged") if e.government == "A"])


def test_what_was_paid_of_a_dead_work_is_a_share_of_the_cost_as_it_has_grown():
    """30 of 30 + 30 (1 + o) when all leave in year 2."""
    scenario = towns(project("ABC", (9, 9, 9)), columns=FIVE_THREE_TWO, overrun=0.5)
    model = begun(scenario, ALL, proposal_rule="ability")
    model.step()
    for code in "ABC":
        model.take_over(code, honour=no)
    model.step()
    paid_part = 30 / (30 + 30 * (1 + overrun_of(model)))
    assert [e.amount for e in events(model, "died")] == [close(paid_part)]
    assert model.projects[0].paid == close(paid_part)


@pytest.mark.parametrize(
    ("own", "values", "cause"),
    [
        (8.0, {}, -1),  # 16 > 15: stays
        (7.0, {}, DEFECTION),  # 14 < 15
        (8.0, {"overrun": 5.0}, OVERRUN),  # 16 < 15 (1 + o)
        (7.0, {"overrun": 5.0}, DEFECTION),
        (8.0, {"bad_years": 1.0, "bad_year_loss": 0.5}, BAD_YEAR),  # 15 weighs twice as much
        (7.0, {"bad_years": 1.0, "bad_year_loss": 0.5}, DEFECTION),
    ],
)
def test_the_cause_of_a_broken_promise_is_what_it_would_not_have_been_broken_without(
    own, values, cause
):
    assert left_over(own, **values) == (cause, 0 if cause == -1 else 1)


def test_looking_for_the_cause_changes_nothing():
    """B's share after A has left: .5 of .8 more than before the overrun, to rounding."""
    scenario = towns(project("ABC", (9, 9, 9)), columns=FIVE_THREE_TWO, overrun=0.5)
    model = begun(scenario, ALL, proposal_rule="ability")
    model.step()
    model.take_over("A", honour=no)
    model.step()
    assert {e.government: e.amount for e in events(model, "paid") if e.year == 2} == close(
        {"B": 18 * (1 + overrun_of(model)), "C": 12 * (1 + overrun_of(model))}
    )


def test_generated_works_have_the_overruns_of_their_kind():
    """Only ports overrun; in a table a kind that the scenario does not know overruns as usual."""
    kinds = [
        ProjectKind(name=name, name_vi=name, touches_land=False, overrun=times)
        for name, times in (("port", 3.0), ("road", 0.0))
    ]
    scenario = generated(rate=1.0, years=3, overrun=0.1)
    projects = scenario.projects.model_copy(update={"kinds": tuple(kinds)})
    model = begun(scenario.model_copy(update={"projects": projects}), {"*": {"vote": no}})
    for _ in range(3):
        model.step()
    assert {p.kind for p in model.projects} == {"port", "road"}
    for p in model.projects:
        size, *_ = uniforms(OVERRUN_DRAW, p.host.code, int(p._row.year))
        mean = 0.1 * int(p._row.build) * (3.0 if p.kind == "port" else 0.0)
        assert float(p._row.overrun) == close(-math.log(size) * mean)
    rows = [project("ABC", (9, 9, 9), kind="tunnel") for _ in range(8)]
    model = begun(towns(*rows, overrun=0.1), {"*": {"vote": no, "go_alone": no}})
    model.step()
    assert [float(p._row.overruns) for p in model.projects] == [1.0] * 8


# Bad years


@pytest.mark.parametrize("shared", [0.0, 0.5, 1.0])
def test_bad_years_are_of_one_government_or_of_all(shared):
    """Each by its own draw, or, in a part of them, by the region's."""
    scenario = towns(bad_years=0.5, bad_year_loss=0.4, bad_years_shared=shared)
    model = begun(scenario, {"*": {"vote": no, "go_alone": no}})
    for year in (1, 2, 3):
        model.step()
        common = uniforms(BAD_YEAR_DRAW, "", year)[0]
        for town in model.governments:
            own, mixed, *_ = uniforms(BAD_YEAR_DRAW, town.code, year)
            bad = (common if mixed < shared else own) < 0.5
            row = model.world.gov[town.number]
            assert float(row["hardship"]) == close(1 / 0.6 - 1 if bad else 0.0)
            assert float(row["income"]) == close(60 * (0.6 if bad else 1.0))


def test_what_is_paid_in_a_bad_year_weighs_more():
    """A's dues at the first payment: 30, of which 15 are due now and weigh twice."""
    scenario = towns(
        project("ABC", (50, 9, 9)), columns=FIVE_THREE_TWO, bad_years=1.0, bad_year_loss=0.5
    )
    model = begun(scenario, {"*": AGREE, "B": {"honour": yes}, "C": {"honour": yes}},
                  proposal_rule="ability")  # fmt: skip
    model.step()
    [terms] = [e.terms for e in events(model, "paid") if e.government == "A"]
    assert terms.dues == close(30 + 15)


@pytest.mark.parametrize(("upfront", "kept"), [(0.5, True), (0.0, False)])
def test_who_foresees_its_conduct_knows_this_year_and_no_other(upfront, kept):
    """Nothing upfront: the first instalment falls into a year of which nothing is known."""
    scenario = towns(
        project("ABC", (50, 9, 9)), columns=FIVE_THREE_TWO, bad_years=1.0, bad_year_loss=0.5,
        upfront=upfront, foresight=1.0, trust=1.0,
    )  # fmt: skip
    model = begun(scenario, {"*": {"go_alone": no}}, proposal_rule="ability")
    model.step()
    [terms] = [e.terms for e in events(model, "voted") if e.government == "A"][:1]
    assert terms.signing == close(100 - 30 - (15 if kept else 0))


def test_a_copy_weighs_more_in_a_bad_year_too():
    """A copy of 20 that yields 24 is worth 4, and -16 where 20 weigh 40."""
    row = project("ABC", (1, 1, 1), duplicable=True)
    built = {}
    for loss in (0.0, 0.5):
        model = begun(towns(row, bad_years=1.0, bad_year_loss=loss), {"*": {"vote": no}})
        lead(model, "A", credit=0.0)
        model.step()
        built[loss] = len(events(model, "copied"))
    assert built == {0.0: 1, 0.5: 0}
