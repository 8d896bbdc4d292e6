"""Declarations and commitments: what is not written down binds nobody."""

import numpy as np
import pytest

from kernegotiate import RegionModel, simulate
from kernegotiate.engine.draws import TEXT, address
from small_worlds import begun, lead, project, told, towns


@pytest.fixture(scope="module")
def vague():
    """Everything a council says is a declaration."""
    return RegionModel(
        "mekong_delta", "advisory_council", rng=2, vagueness=1.0, contract_completeness=0.0
    )


def finished(model):
    while model.running:
        model.step()
    return model


def test_with_nothing_written_down_nothing_is_ever_due(vague):
    outcomes = finished(vague).outcomes()
    assert outcomes["committed"] == outcomes["promises_due"] == outcomes["completed"] == 0
    assert outcomes["signed"] > 0
    assert {event.event for event in vague.log} & {"agreed", "paid", "reneged", "died"} == set()


def test_talks_end_with_a_text_by_one_addressed_draw_a_year():
    """Reckoned with NumPy's generator: the draw lies below 1 - vagueness (1 - completeness)."""
    model = RegionModel(
        "mekong_delta", "advisory_council", rng=5, vagueness=0.8, contract_completeness=0.4
    )
    finished(model)
    rows = {one.code: one._row for one in model.projects}
    tabled = [event for event in model.log if event.event == "tabled"]
    bound = {(e.year, e.project) for e in model.log if e.event == "voted"}
    assert len(tabled) > 50
    for event in tabled:
        row = rows[event.project]
        codes = [one.code for one in model.governments]
        host = address(codes[int(row["host"])])
        counter = np.array([TEXT - 1, host, event.year, int(row["year"])], np.uint64)
        words = np.random.Philox(key=np.array([5, 0], np.uint64), counter=counter).random_raw(4)
        draw = ((int(words[0]) >> 12) + 0.5) * 2.0**-52
        assert ((event.year, event.project) in bound) == (draw < 1 - 0.8 * (1 - 0.4))


def test_a_declaration_costs_a_draft_and_leaves_the_project_on_the_agenda():
    model = finished(RegionModel("mekong_delta", "advisory_council", rng=2, vagueness=1.0))
    declared = [event for event in model.log if event.event == "declared"]
    assert declared
    later = {event.project for event in model.log if event.event == "agreed"}
    taken_up = [event for event in declared if event.project in later]
    assert taken_up, "none was taken up as a commitment"
    first = {}
    for event in declared:
        assert event.project not in first, "declared twice"
        first[event.project] = event.year
    counts = model.outcomes()
    only = sum(event.project not in later for event in declared)
    assert counts["signed"] == counts["committed"] + only
    rows = {one.code: one._row for one in model.projects}
    waits = sum(
        year - int(rows[e.project]["year"])
        for e, year in zip(declared, first.values(), strict=True)
    )
    assert counts["time_to_agreement"] * counts["arrived"] >= waits


def test_nobody_declares_for_less_credit_than_the_talks_cost():
    """declaring_credit x signing_credit x c >= information + one draft, all shares of the cost."""
    none = simulate(
        "mekong_delta",
        "advisory_council",
        runs=4,
        vagueness=1.0,
        contract_completeness=0.0,
        declaring_credit=0.0,
    )
    assert none.outcomes.signed.sum() == 0
    free = simulate(
        "mekong_delta",
        "advisory_council",
        runs=4,
        vagueness=1.0,
        contract_completeness=0.0,
        declaring_credit=0.0,
        cost_information=0.0,
        cost_round=0.0,
    )
    assert (free.outcomes.signed == free.outcomes.tabled).all()


def test_a_withheld_transfer_is_not_lost_by_a_declaration():
    """Nothing that binds was on the table, so nothing was voted down."""
    model = finished(
        RegionModel(
            "mekong_delta", "consensus_or_no_money", rng=2, vagueness=1.0, contract_completeness=0.0
        )
    )
    assert not model.world.gov["transfer_lost"].any()


def test_what_was_talked_about_and_never_bound_anybody_is_a_cause_of_its_own():
    runs = simulate(
        "mekong_delta",
        "advisory_council",
        runs=6,
        explain=True,
        vagueness=1.0,
        contract_completeness=0.0,
    )
    causes = runs.losses.filter(like="cause_").sum()
    assert causes["cause_vague"] > 0
    others = causes.drop(["cause_vague", "cause_capacity"])
    assert (others == 0).all()
    assert causes.sum() == pytest.approx(runs.losses.not_built.sum())


@pytest.mark.parametrize(("quota", "declared"), [(1.0, []), (0.5, [(1, 2.0)])])
def test_a_declaration_needs_as_many_as_a_draft(quota, declared):
    """A's leader has no credit, and a draft costs something: B and C declare, two of three."""
    scenario = towns(project("ABC", (9, 9, 9)), vagueness=1.0, cost_round=0.01)
    model = begun(scenario, contract_completeness=0.0, quota=quota)
    for code, credit in zip("ABC", (0.0, 0.5, 0.5), strict=True):
        lead(model, code, credit=credit)
    model.step()
    assert told(model, "declared", "year", "amount") == declared
