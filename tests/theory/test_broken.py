"""Every check fails on an engine whose mechanism was deliberately broken.

Agent by agent the pieces of the year are plain functions, so one of them can be replaced. A check
that still held would prove nothing; on the engine as it is, it holds at the same size.
"""

import pytest

from kernegotiate.agents import region_model
from kernegotiate.engine import delivery, setting, talks
from kernegotiate.engine.decisions.honour import weigh_promise
from kernegotiate.engine.decisions.stay import weigh_stay
from kernegotiate.engine.decisions.vote import weigh_vote
from kernegotiate.engine.horizon import ALWAYS, horizon_table, society_table
from theory.checks import CHECKS
from theory.players import by_agents

SIZE = {"A2": 60, "A5": 2000}


def run(name, **options):
    if name == "A2":
        options["drafts"] = 200
    return CHECKS[name](by_agents, SIZE.get(name, 300), **options)


def without(lever):
    """Build the year without a lever."""

    def breaking(monkeypatch):
        whole = region_model.mechanisms
        monkeypatch.setattr(region_model, "mechanisms", lambda _without: whole({lever}))

    return breaking


def costs_do_not_count(monkeypatch):
    def weigh(*args):
        terms = weigh_vote(*args)
        return terms._replace(yes=terms.benefit >= 0)

    monkeypatch.setattr(region_model, "weigh_vote", weigh)


def shares_stay(monkeypatch):
    monkeypatch.setattr(talks, "redraft", lambda *args: 1.0)


def two_are_always_enough(monkeypatch):
    whole = region_model.mechanisms

    def mechanisms(without):
        found = whole(without)
        found.yeses_needed = lambda quota, k: 2.0
        return found

    monkeypatch.setattr(region_model, "mechanisms", mechanisms)


def planner_sees_double(monkeypatch):
    monkeypatch.setattr(setting, "_society", lambda *args: 2 * society_table(*args))


def all_legacies_equal(monkeypatch):
    whole = setting._characters

    def characters(leaders):
        table = whole(leaders).copy()
        table[1] = 0.5
        return table

    monkeypatch.setattr(setting, "_characters", characters)


def terms_never_end(monkeypatch):
    def endless(*args):
        table = horizon_table(*args)
        table[:] = table[ALWAYS]
        return table

    monkeypatch.setattr(setting, "_horizon", endless)


def trust_does_not_matter(monkeypatch):
    def weigh(gov, project, party, trust, *rest):
        return weigh_vote(gov, project, party, 0 * trust + 0.9, *rest)

    monkeypatch.setattr(region_model, "weigh_vote", weigh)


def fines_are_not_feared(monkeypatch):
    def weigh(gov, project, party, trust, horizon, rules, p, *rest):
        signed, project[p].fine = project[p].fine, 0.0
        terms = weigh_promise(gov, project, party, trust, horizon, rules, p, *rest)
        project[p].fine = signed
        return terms

    monkeypatch.setattr(region_model, "weigh_promise", weigh)


def payments_are_not_seen(monkeypatch):
    monkeypatch.setattr(delivery, "reassured", lambda *args: None)


def a_part_of_the_bill_is_welcome(monkeypatch):
    def weigh(*args):
        terms = weigh_stay(*args)
        return terms._replace(yes=terms.pivotal + terms.hosted >= terms.alone)

    monkeypatch.setattr(region_model, "weigh_stay", weigh)


BREAKS = {
    "selfless": costs_do_not_count,
    "parochial": terms_never_end,
    "A1": costs_do_not_count,
    "A2": shares_stay,
    "A3": without("quota"),
    "A4": without("quota"),
    "A5": without("linkage"),
    "A6": without("match_rate"),
    "A8": planner_sees_double,
    "S1": costs_do_not_count,
    "S2": without("quota"),
    "S3": without("agenda"),
    "S4": two_are_always_enough,
    "G5": a_part_of_the_bill_is_welcome,
    "G8": a_part_of_the_bill_is_welcome,
    "legacy": all_legacies_equal,
    "term": terms_never_end,
    "U2": trust_does_not_matter,
    "U3": fines_are_not_feared,
    "trust_path": payments_are_not_seen,
}


def test_every_check_is_broken_once():
    assert BREAKS.keys() == CHECKS.keys()


@pytest.mark.parametrize("name", BREAKS)
def test_broken(name, monkeypatch):
    assert run(name).holds
    BREAKS[name](monkeypatch)
    try:
        broken = run(name)
    except (AssertionError, StopIteration):
        return  # the answer never flips
    assert not broken.holds, broken
