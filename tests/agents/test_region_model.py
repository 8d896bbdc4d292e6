"""The Mesa model: what it takes, what it reports, and who may decide."""

import math

import mesa
import numpy as np
import pandas as pd
import pytest

import kernegotiate as kn
from kernegotiate.agents.log import Event
from kernegotiate.engine.outcomes import COLUMNS, OUTCOMES

SMALL = {"years": 10}


def finished(**options):
    model = kn.RegionModel(**({"rng": 3} | SMALL | options))
    while model.running:
        model.step()
    return model


@pytest.mark.skipif(not hasattr(mesa, "batch_run"), reason="Mesa 4 has no batch_run")
def test_batch_run_gives_one_row_a_run_equal_to_outcome():
    rows = mesa.batch_run(
        kn.RegionModel,
        {
            "scenario": "mekong_delta",
            "coordinator": ["lga", "conditional_funding"],
            "match_rate": [0.3],
        },
        rng=[5, 6],
        max_steps=80,
        display_progress=False,
    )
    assert len(rows) == 4
    assert len({(row["rng"], row["coordinator"]) for row in rows}) == 4
    for row in rows:
        expected = kn.outcome(
            rng=row["rng"], scenario="mekong_delta", coordinator=row["coordinator"], match_rate=0.3
        )
        assert set(expected) == set(COLUMNS)
        np.testing.assert_equal({name: row[name] for name in expected}, expected)


def test_nothing_happens_after_the_end():
    model = finished()
    before, year, events = model.outcomes(), model.year, len(model.log)
    model.step()
    model.run_for(5)
    assert (model.year, len(model.log)) == (year, events)
    np.testing.assert_equal(model.outcomes(), before)  # NaN equals NaN here
    assert not model.running


def test_cohort_outcomes_are_nan_until_the_end():
    model = kn.RegionModel(rng=3, **SMALL)
    for _ in range(10):
        model.step()
    outcomes = model.outcomes()
    assert model.running
    assert all(math.isnan(outcomes[name]) for name in OUTCOMES)
    assert outcomes["arrived"] > 0


def test_a_seed_may_be_digits_and_nothing_else():
    np.testing.assert_equal(finished(rng="7").outcomes(), finished(rng=7).outcomes())
    for bad in ("seven", -1, 2**63, 1.5, True):
        with pytest.raises(kn.ScenarioError, match=r"rng is .+; allowed: an integer from 0"):
            kn.RegionModel(rng=bad)


def test_without_a_seed_the_model_keeps_the_one_it_took():
    model = finished(rng=None)
    np.testing.assert_equal(finished(rng=model.seed).outcomes(), model.outcomes())


def test_a_subclass_decides():
    class Stubborn(kn.LocalGovernment):
        def vote(self, motion: kn.Motion) -> bool:
            return False

    model = finished(government_class=Stubborn)
    votes = model.log.votes()
    assert len(votes) > 20
    assert not votes.amount.any()
    assert votes.yes.any()  # by the rule it would have agreed now and then
    assert model.outcomes()["signed"] == 0


def test_a_subclass_for_one_government():
    class Stubborn(kn.LocalGovernment):
        def vote(self, motion: kn.Motion) -> bool:
            return False

    votes = finished(government_class={"Can Tho": Stubborn}).log.votes()
    assert not votes[votes.government == "92"].amount.any()
    assert votes[votes.government != "92"].amount.any()


def test_a_callable_takes_over_and_hands_back():
    asked = []

    def never(government, promise):
        asked.append((government.name, promise.project.code, promise.due))
        return False

    model = kn.RegionModel(coordinator="empowered_board", rng=3, **SMALL)
    model.take_over("92", honour=never)
    for _ in range(6):
        model.step()
    promises = model.log.promises()
    assert asked
    assert {name for name, _, _ in asked} == {"Can Tho"}
    assert set(promises[promises.government == "92"].event) == {"reneged"}
    count = len(asked)
    model.take_over("Can Tho", honour=None)
    while model.running:
        model.step()
    assert len(asked) == count
    assert "paid" in set(model.log.promises().query("government == '92' and year > 6").event)


def test_going_alone_can_be_taken_over():
    def always(government, opportunity):
        return opportunity.terms.possible

    plain = finished(coordinator="none").outcomes()["copies"]
    model = kn.RegionModel(coordinator="none", rng=3, **SMALL)
    for government in model.governments:
        model.take_over(government.code, go_alone=always)
    while model.running:
        model.step()
    assert model.outcomes()["copies"] > plain


def test_bad_names_are_told():
    model = kn.RegionModel(rng=1)
    with pytest.raises(
        kn.ScenarioError, match="No government is called 'Hue'; there are: 80 Long An"
    ):
        model.government("Hue")
    with pytest.raises(
        kn.ScenarioError, match="no decision 'marry'; a government takes: vote, honour"
    ):
        model.take_over("92", marry=lambda government, matter: True)


def test_the_log_tells_the_story():
    model = finished(coordinator="advisory_council", years=20)
    table = model.log.table()
    assert list(table.columns) == list(Event._fields[:5])
    seen = set(table.event)
    assert {"took_office", "arrived", "tabled", "voted", "agreed", "failed", "paid"} <= seen
    assert {"reneged", "died", "copied", "expired"} <= seen
    assert table.year.is_monotonic_increasing
    out = model.outcomes()
    count = table.event.value_counts()
    for event, outcome in {
        "arrived": "arrived", "agreed": "signed", "died": "died", "expired": "expired",
        "copied": "copies", "paid": "promises_kept", "opened": "completed",
    }.items():  # fmt: skip
        assert count.get(event, 0) == out[outcome]
    assert count["paid"] + count["reneged"] <= out["promises_due"]


def test_every_answer_carries_its_terms():
    model = finished(coordinator="advisory_council", years=20)
    votes, promises = model.log.votes(), model.log.promises()
    assert (votes.yes == votes.amount.astype(bool)).all()
    parts = votes.benefit + votes.credit - votes.dues - votes.transaction - votes.autonomy
    assert (votes.honest - parts).abs().max() < 1e-9 * votes.honest.abs().max()
    assert (promises.yes == (promises.event == "paid")).all()
    assert (promises.yes == (promises.stay >= promises.leave)).all()


def test_views_show_what_the_engine_holds():
    model = finished(coordinator="empowered_board")
    assert len(model.projects) == model.outcomes()["arrived"]
    done = [p for p in model.projects if p.status == "completed"]
    assert len(done) == model.outcomes()["completed"]
    for project in done:
        assert project.paid == pytest.approx(1)
        assert project.opens == project.signed + project.build + 1
        assert project.host is project.parties[0]
        assert project in project.host.projects
    government = model.government("Can Tho")
    assert 1 <= government.leader.years_left <= 5
    assert 0 <= government.trusted <= 1
    assert model.coordinator.levers.decider == 1
    assert model.coordinator.works == []


def test_data_of_governments_on_request():
    plain, detailed = finished(), finished(agent_data=True)
    np.testing.assert_equal(detailed.outcomes(), plain.outcomes())
    table = detailed.datacollector.get_agenttype_vars_dataframe(kn.LocalGovernment)
    assert len(table) == 13 * detailed.year
    assert isinstance(plain.datacollector.get_model_vars_dataframe(), pd.DataFrame)


def test_solara_viz_can_be_given_a_model():
    from mesa.visualization import SolaraViz

    assert SolaraViz(kn.RegionModel(rng=1)) is not None


def test_mesa_may_make_the_model_again():
    """What SolaraViz does on Reset: a new model from the type of Mesa's scenario alone."""
    model = finished(coordinator="lga", match_rate=0.2)
    again = kn.RegionModel(scenario=type(model.scenario)(), rng=3)
    while again.running:
        again.step()
    np.testing.assert_equal(again.outcomes(), model.outcomes())
    assert again.coordinator.levers.match_rate == 0.2
