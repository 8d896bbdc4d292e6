"""Leaders whose time ends: what partners believe, and what results do: docs/model.md, 3.4.17."""

import pytest

from kernegotiate.engine.leaders import chance_to_stay
from small_worlds import begun, bound, close, events, finished, lead, no, project, towns, trust, yes

FIVE_THREE_TWO = bound(A=0.5, B=0.3, C=0.2)


@pytest.mark.parametrize(
    ("left", "again", "lasting"),
    [(1, 0.0, 1 / 4), (1, 0.5, (1 + 0.5 * 2) / 4), (3, 0.5, (3 + 0.5) / 4), (9, 0.0, 1.0)],
)
def test_a_promise_is_believed_as_far_as_its_maker_will_be_there(left, again, lasting):
    """Four payments, terms of two years; B is trusted .8, and .8 (1 - .5 (1 - lasting)) counts."""
    scenario = towns(
        project("ABC", (9, 9, 9), build=3), columns=FIVE_THREE_TWO, end_foreseen=0.5, term=2
    )
    model = begun(
        scenario, {"*": {"go_alone": no, "vote": yes, "honour": yes}}, proposal_rule="ability"
    )
    for town in "ABC":
        lead(model, town, years_left=9)
    lead(model, "B", years_left=left, again=again)
    for pair in ("AB", "AC"):
        trust(model, pair, 0.8)
    model.step()
    terms = next(e.terms for e in events(model, "voted") if e.government == "A")
    believed = 0.8 * (1 - 0.5 * (1 - lasting))
    assert terms.confidence == close((1 - 0.3 * (1 - believed)) * (1 - 0.2 * 0.2))


def test_it_counts_the_payments_that_are_still_to_come():
    """In year 2 of two payments one is left: who is there for one year more is believed in full."""
    scenario = towns(project("ABC", (50, 9, 9)), columns=FIVE_THREE_TWO, end_foreseen=1.0)
    answers = {"*": {"go_alone": no, "vote": yes, "honour": yes}}
    model = begun(scenario, answers, proposal_rule="ability")
    lead(model, "B", years_left=2)
    for _ in range(2):
        for pair in ("AB", "AC"):
            trust(model, pair, 0.8)
        model.step()
    terms = [e.terms for e in events(model, "paid") if e.government == "A"][1]
    assert terms.confidence == close((1 - 0.15 * 0.2) * (1 - 0.1 * 0.2))


@pytest.mark.parametrize(
    ("opened", "broken", "chance"),
    [(0, 0, 0.5), (2, 0, 0.7), (0, 3, 0.2), (9, 0, 1.0), (1, 9, 0.0)],
)
def test_what_was_opened_and_broken_in_office_moves_the_chance_to_stay(opened, broken, chance):
    model = begun(towns(renewal=0.5, renewal_results=0.1))
    lead(model, "A", opened=opened, broken=broken)
    assert chance_to_stay(model.world.gov, model.setting.nature, 0) == close(chance)


def test_works_and_breaches_are_counted_for_who_is_in_the_deal_and_forgotten_after_the_term():
    scenario = towns(
        project("ABC", (9, 9, 9)), columns=FIVE_THREE_TWO, term=3, years=4, renewal_results=0.1
    )
    answers = {"*": {"go_alone": no, "vote": yes, "honour": yes}, "C": {"honour": no}}
    model = begun(scenario, answers)
    counted = []
    while model.running:
        model.step()
        gov = model.world.gov
        counted.append((gov["opened"].tolist(), gov["broken"].tolist()))
    assert counted[:4] == [
        ([0, 0, 0], [0, 0, 1]),
        ([1, 1, 0], [0, 0, 1]),
        ([1, 1, 0], [0, 0, 1]),
        ([0, 0, 0], [0, 0, 0]),
    ]


def test_good_results_keep_a_leader_in_office():
    """Nobody would be renewed, and whoever has opened a work for sure is."""
    row = project("AB", (30, 30))
    scenario = towns(row, term=3, years=4, renewal=0.0, renewal_results=1.0, term_limit=2)
    model = finished(scenario, {"*": {"go_alone": no, "vote": yes, "honour": yes}})
    assert model.world.gov["served"].tolist() == [2, 2, 1]
