"""How far projects came and who paid for them, reckoned by hand: docs/model.md, section 3.4.11."""

import math

import pytest

from small_worlds import begun, close, events, finished, lead, no, project, towns, trust, yes

SIGN = {"vote": yes, "honour": yes, "go_alone": no}
ALL = {"*": SIGN}
GOOD, BAD = (60, 60), (60, 10)  # over two years 120, or 20, against dues of 30


def sure(scenario, answers=ALL, **levers):
    """A finished model in which everybody trusts everybody."""
    model = begun(scenario, answers, **levers)
    for pair in ("AB", "BA", "AC", "CA", "BC", "CB"):
        trust(model, pair, 1.0)
    while model.running:
        model.step()
    return model


def out(model, *names):
    outcomes = model.outcomes()
    return tuple(outcomes[name] for name in names)


# Signed in earnest


@pytest.mark.parametrize(
    ("own", "earnest"),
    [
        ((15, 15), 1),  # 2 x 15 against 30: worth exactly as much
        ((15, 14.99), 0),
        ((14.99, 15), 0),
    ],
)
def test_in_earnest_is_what_would_pay_for_every_party(own, earnest):
    """All say yes, since they were told to, and all pay; whose clause holds is another matter."""
    model = sure(towns(project("AB", own)))
    assert out(model, "signed", "completed", "earnest", "earnest_completed") == (
        1, 1, earnest, earnest,
    )  # fmt: skip
    assert model.outcomes()["earnest_rate"] == earnest


def test_a_signature_on_paper_is_not_in_earnest():
    """Nobody tells B to sign: the applause for it, 60/2, is more than nothing.

    To pay would be worth -20, and 30 for opening the work in office, less 30.
    """
    scenario = towns(project("AB", (60, -10)), signing_credit=1.0)
    model = begun(scenario, {"*": {"go_alone": no}})
    for pair in ("AB", "BA"):
        trust(model, pair, 1.0)
    lead(model, "B", credit=1.0)
    model.step()
    last = [e.terms for e in events(model, "voted") if e.government == "B"][-1]
    assert (last.honest, last.paper) == close((-20, 30))
    assert (last.yes, last.earnest) == (True, False)
    assert out(model, "signed", "earnest") == (1, 0)


def test_an_answer_given_for_somebody_changes_nothing():
    """C's clause holds, and C is made to vote no: two of three pass it, in earnest all the same."""
    scenario = towns(project("ABC", (60, 60, 60)))
    model = sure(scenario, {**ALL, "C": {"vote": no}}, quota=0.6)
    assert [e.amount for e in events(model, "voted")] == [1, 1, 0]
    assert out(model, "signed", "earnest") == (1, 1)


def test_a_vote_that_was_not_needed_counts_too():
    """C would lose, says no, and is bound by two yeses: not every clause holds."""
    scenario = towns(project("ABC", (60, 60, 1)))
    model = sure(scenario, {"*": {"honour": yes, "go_alone": no}}, quota=0.6)
    assert [e.amount for e in events(model, "voted")] == [1, 1, 0]
    assert out(model, "signed", "earnest") == (1, 0)


def test_only_the_draft_that_passes_counts():
    """B refuses 1/2 of 60 for 2 x 10, and takes 1/4: in the draft that passes all would pay."""
    model = sure(towns(project("AB", BAD)), {"*": {"honour": yes, "go_alone": no}})
    assert [e.amount for e in events(model, "voted")] == [1, 0, 1, 1]
    assert out(model, "signed", "earnest") == (1, 1)


@pytest.mark.parametrize(("budget_share", "earnest"), [(0.015, 1), (0.0149, 0)])
def test_dues_must_fit(budget_share, earnest):
    """Budgets of 15 and 14.9; .5 x 30 is due a year."""
    model = sure(towns(project("AB", GOOD), ceiling=0.0, budget_share=budget_share))
    assert out(model, "signed", "earnest") == (1, earnest)


@pytest.mark.parametrize(("linkage", "earnest"), [(1, 1), (2, 2)])
def test_tied_projects_have_the_clause_of_their_motion(linkage, earnest):
    """B wins 90 by one and loses 10 by the other; together that is worth it."""
    model = sure(towns(project("AB", GOOD), project("AB", BAD)), linkage=linkage)
    assert out(model, "signed", "earnest") == (2, earnest)


def test_what_a_coordinator_orders_nobody_has_agreed_to():
    """As good as it is for both."""
    model = sure(towns(project("AB", GOOD)), decider=1.0)
    assert out(model, "signed", "completed", "earnest", "earnest_rate") == (1, 1, 0, 0)


def test_a_loss_that_a_transfer_outweighs_is_borne_in_earnest():
    """B loses 10 by the work, and .2 x 60 = 12 of next year's transfer by a no."""
    scenario = towns(project("AB", BAD))
    found = {share: out(sure(scenario, withheld_share=share), "earnest") for share in (0.1, 0.2)}
    assert found == {0.1: (0,), 0.2: (1,)}


# Begun and finished


def test_what_is_begun_and_left_is_stalled():
    """A's work is finished, of B's nobody pays anything, and C's is left after the first year."""

    def pays(_, promise):
        host = promise.project.host.code
        return host == "A" or (host == "C" and promise.year == 1)

    scenario = towns(*(project(two, GOOD) for two in ("AB", "BC", "CA")))
    model = finished(scenario, {"*": {**SIGN, "honour": pays}})
    assert [p.status for p in model.projects] == ["completed", "dead", "dead"]
    assert out(model, "signed", "started", "completed") == (3, 2, 1)
    assert out(model, "delivery_rate", "stalled_rate") == close((1 / 3, 1 / 2))
    assert out(model, "start_wait", "start_delay") == (0, 0)


def test_a_work_starts_with_its_first_payment():
    """Nothing is due at signing, so both that are begun, of two years each, wait for a year."""
    works = [project(two, GOOD, build=2) for two in ("AB", "BC", "CA")]
    model = finished(
        towns(*works, upfront=0.0),
        {"*": {**SIGN, "honour": lambda _, promise: promise.project.host.code != "B"}},
    )
    assert out(model, "signed", "started", "completed") == (3, 2, 2)
    assert out(model, "start_wait", "start_delay", "stalled_rate") == (2, 1, 0)


def test_a_work_for_which_others_pay_is_begun_as_well():
    """The centre bears everything: the parties owe nothing, and it is built at once."""
    model = sure(towns(project("AB", GOOD)), match_rate=1.0, grant_budget=1.0)
    assert out(model, "promises_due", "started", "completed", "start_delay") == (0, 1, 1, 0)
    assert out(model, "leverage") == (0,)


def test_where_nothing_is_begun_nothing_is_stalled():
    model = finished(towns(project("AB", GOOD)), {"*": {**SIGN, "honour": no}})
    assert out(model, "signed", "started", "delivery_rate") == (1, 0, 0)
    assert all(math.isnan(rate) for rate in out(model, "stalled_rate", "start_delay", "leverage"))


# Who pays


def test_leverage_is_what_parties_pay_per_unit_from_fund_and_grants():
    """Of 60 half is granted and .2 from the fund; half of it falls a year later, undiscounted."""
    scenario = towns(project("AB", GOOD), fund_cap=0.2, social_discount=0.5)
    levers = {"levy_rate": 0.1, "match_rate": 0.5, "grant_budget": 1.0}
    model = sure(scenario, **levers)
    assert out(model, "dues_spending", "fund_spending", "grant_spending") == close((18, 12, 30))
    assert model.outcomes()["leverage"] == close(18 / 42)
    assert model.outcomes()["joint_spending"] == close(60)


def test_side_payments_among_parties_cancel_out():
    """A and B pay C for being in: what the three pay in all is the whole of 60."""
    scenario = towns(project("ABC", (60, 60, -9)), share_step=1.0, own_rounds=3)
    model = sure(scenario, {"*": {"honour": yes, "go_alone": no}}, side_payments=True)
    assert model.projects[0].shares["C"] < 0.0
    assert out(model, "dues_spending", "fund_spending") == close((60, 0))


def test_a_levy_too_small_to_show_is_no_fund():
    """5e-324 of a budget: the works would seem to have endless leverage."""
    model = sure(towns(project("AB", GOOD)), levy_rate=5e-324)
    assert out(model, "fund_spending", "dues_spending") == close((0, 60))
    assert math.isnan(model.outcomes()["leverage"])


# By kind


def test_works_that_touch_land_are_counted_apart():
    """Of four on land one is finished, one dies, one is voted down, and one finds no slot.

    Another two need no land; both are finished, the first one against A's interest.
    """
    land = {"touches_land": True}
    scenario = towns(
        project("AB", GOOD, **land), project("AC", GOOD, **land), project("BA", BAD),
        project("BC", GOOD), project("CA", GOOD, **land), project("CB", GOOD, **land),
        own_talks=5 / 3, own_rounds=1,
    )  # fmt: skip
    model = begun(
        scenario,
        {"*": {**SIGN, "honour": lambda _, promise: promise.project.code != "A-1-1"}},
    )
    for pair in ("AB", "BA", "AC", "CA", "BC", "CB"):
        trust(model, pair, 1.0)
    for code in "AC":
        model.take_over(code, vote=lambda _, motion: motion.projects[0].host.code != "C")
    while model.running:
        model.step()
    states = ["completed", "dead", "completed", "completed", "expired", "expired"]
    assert [p.status for p in model.projects] == states
    reached = ("arrived", "tabled", "signed", "earnest", "completed")
    assert out(model, *reached) == (6, 5, 4, 3, 3)
    assert out(model, *(f"land_{name}" for name in reached)) == (4, 3, 2, 2, 1)
    assert out(model, "earnest_completed") == (2,)
    assert out(model, "earnest_rate") == close((3 / 6,))
