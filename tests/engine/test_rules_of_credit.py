"""Credit that stands or falls with the promise, by hand: docs/model.md, 3.4.7 and 3.4.9."""

import pytest

from kernegotiate.engine.horizon import row_of
from small_worlds import begun, bound, close, finished, lead, no, project, told, towns, yes

AGREE = {"vote": yes, "go_alone": no}
FIVE_THREE_TWO = bound(A=0.5, B=0.3, C=0.2)


def voters(model, code):
    return float(model.world.gov[model.government(code).number].voters)


def broken(works, **values):
    """Three towns sign that many works; A pays for none."""
    rows = [project("ABC", (9, 9, 9), year=year) for year in range(1, works + 1)]
    scenario = towns(*rows, columns=FIVE_THREE_TWO, own_talks=1.0, **values)
    return finished(scenario, {"*": {"honour": yes, **AGREE}, "A": {"honour": no}})


@pytest.mark.parametrize("works", [1, 2, 3])
def test_each_broken_promise_costs_its_part_of_what_voters_still_believe(works):
    """R = (1 - v)^n after n breaches; who pays loses nothing, and R cannot exceed 1."""
    model = broken(works, voters_loss=0.3)
    assert voters(model, "A") == close(0.7**works)
    assert voters(model, "B") == voters(model, "C") == 1.0


def test_opening_a_work_wins_voters_back():
    """R + v (1 - R): of .5, with v = .3, comes .65; a work that opens is paid by all."""
    scenario = towns(project("ABC", (9, 9, 9)), columns=FIVE_THREE_TWO, voters_loss=0.3)
    model = begun(scenario, {"*": {"honour": yes, **AGREE}})
    lead(model, "A", voters=0.5)
    while model.running:
        model.step()
    assert told(model, "opened", "year") == [2]
    assert voters(model, "A") == close(0.65)


@pytest.mark.parametrize("memory", [0.0, 1.0])
def test_a_newcomer_is_believed_again_as_far_as_trust_is_reset(memory):
    """The term ends after year 1: R = .4 + .5 (1 - .4) = .7, whatever governments remember."""
    row = project("ABC", (-9, -9, -9), year=4)
    scenario = towns(row, columns=FIVE_THREE_TWO, trust_reset=0.5, term=3, renewal=0.0)
    model = begun(scenario, {"*": {"vote": no, "go_alone": no}}, institutional_memory=memory)
    lead(model, "A", voters=0.4, years_left=1)
    model.step()
    assert voters(model, "A") == 0.4
    model.step()
    assert voters(model, "A") == close(0.7)


def vote_of(model, code):
    model.step()
    [terms] = [e.terms for e in model.log if e.event == "voted" and e.government == code][:1]
    return terms


@pytest.mark.parametrize(("believed", "kept"), [(1.0, 0.0), (0.5, 0.0), (1.0, 0.4), (0.5, 0.4)])
def test_the_credit_for_signing_is_what_voters_believe_of_it_and_what_is_not_kept_back(
    believed, kept
):
    """signing_credit c (C / k) = .9 x .2 x 20 = 3.6, times R, times 1 - beta."""
    worlds = []
    for credit in (0.9, 0.0):
        scenario = towns(
            project("ABC", (9, 9, 9)), columns=FIVE_THREE_TWO, signing_credit=credit,
            credit_kept=kept,
        )  # fmt: skip
        model = begun(scenario, {"*": AGREE})
        lead(model, "A", credit=0.2, voters=believed)
        worlds.append(vote_of(model, "A").paper)
    assert worlds[0] - worlds[1] == close(3.6 * believed * (1 - kept))


def test_what_is_kept_back_comes_in_with_each_payment_while_in_office():
    """Of beta 3.6, a third with each of three payments; a leader with two years left sees two."""
    scenario = towns(
        project("ABC", (9, 9, 9), build=2), columns=FIVE_THREE_TWO, signing_credit=0.9,
        credit_kept=0.4, renewal=0.0,
    )  # fmt: skip
    model = begun(scenario, {"*": AGREE})
    lead(model, "A", credit=0.2, years_left=2, horizon=row_of(2, renewable=False))
    model.step()
    [first] = [e.terms for e in model.log if e.event in ("paid", "reneged") and e.government == "A"]
    assert first.signature == close(0.4 * 3.6 * 2 / 3)
    assert first.stay == close(first.benefit + first.credit - first.dues + first.signature)
