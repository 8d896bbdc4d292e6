"""Reopening: the terms of a work under way are bargained over again.

A party that would leave may ask to be spared costs (renegotiation); one that would stay may
threaten to leave all the same (hold-up: what the others have sunk is the hostage). Draft by draft
its share falls by a step and those of its partners rise in equal parts, as long as every partner
would still rather pay than leave. Each draft costs a round of bargaining. Who would stay or leave
goes by the rule of `decisions/honour.py`, also where somebody else has taken a decision over.
"""

from kernegotiate.engine.decisions.honour import weigh_promise
from kernegotiate.engine.draws import SQUEEZE, uniform, words
from kernegotiate.engine.events import REOPENED
from kernegotiate.engine.jit import apart, rule, seldom
from kernegotiate.engine.talks import DUST, book_cost


@rule
def temper(gov, project, party, seed, run, p, i):
    """Three draws about party i of p: does it threaten, when, and are terms reopened for it."""
    host, me = gov[project[p].host].address, gov[party[p, i].gov].address
    a, b, c, _ = words(seed, run, SQUEEZE, project[p].serial, host, me, project[p].year)
    return uniform(a), uniform(b), uniform(c)


@rule
def step_of(project, party, rules, p):
    """By how much a share falls in one draft: a part of the mean share of who is in the deal."""
    total, count = 0.0, 0
    for j in range(project[p].k):
        if party[p, j].inside:
            total += party[p, j].share
            count += 1
    return rules.share_step * total / count


@rule
def shift(gov, project, party, p, i, part, instalment):
    """Lay `part` of the cost from party i on its partners in the deal, in equal parts.

    This year's dues move with it. Nothing moves if it has no partner.
    """
    partners = 0
    for j in range(project[p].k):
        partners += 1 if j != i and party[p, j].inside else 0
    if partners == 0:
        return
    for j in range(project[p].k):
        if party[p, j].inside:
            more = -part if j == i else part / partners
            party[p, j].share += more
            gov[party[p, j].gov].dues += more * instalment * project[p].cost


@seldom
def would_pay(world, rules, p, i, year, instalment):
    """Whether party i would pay this year's instalment on the terms as they stand."""
    due = instalment * world.party[p, i].share * world.project[p].cost
    if due <= 0.0:
        return True
    terms = weigh_promise(
        world.gov, world.project, world.party, world.trust, world.horizon, rules, p, i, year, due,
        False,
    )  # fmt: skip
    return terms.yes


@rule
def partners_would_pay(world, rules, p, i, year, instalment):
    """Whether party i has partners in the deal, and all of them would pay."""
    partners = 0
    for j in range(world.project[p].k):
        if j != i and world.party[p, j].inside:
            partners += 1
            if not would_pay(world, rules, p, j, year, instalment):
                return False
    return partners > 0


def build(jit, note):
    """Renegotiation and hold-up, with a way to report them."""

    @apart(jit)
    def relieve(world, rules, seed, run, p, i, year, instalment):
        """Party i would leave: its partners may spare it as much as makes it stay.

        Returns:
            Whether they have, and it stays; if not, terms are as before.
        """
        gov, project, party = world.gov, world.project, world.party
        _, _, drawn = temper(gov, project, party, seed, run, p, i)
        if drawn >= rules.reopening or would_pay(world, rules, p, i, year, instalment):
            return False
        step, spared = step_of(project, party, rules, p), 0.0
        for _ in range(rules.drafts):
            part = min(step, party[p, i].share)
            if part <= DUST:
                break
            book_cost(project, world.tally, world.society, p, rules.round, year)
            shift(gov, project, party, p, i, part, instalment)
            spared += part
            if not partners_would_pay(world, rules, p, i, year, instalment):
                break
            if would_pay(world, rules, p, i, year, instalment):
                money = spared * project[p].unpaid * project[p].cost
                note(REOPENED, year, p, party[p, i].gov, money)
                return True
        shift(gov, project, party, p, i, -spared, instalment)
        return False

    @apart(jit)
    def squeeze(world, rules, seed, run, p, i, year, instalment):
        """Party i threatens to leave, once, in a drawn year; partners give in as far as it pays."""
        gov, project, party = world.gov, world.project, world.party
        threatens, when, _ = temper(gov, project, party, seed, run, p, i)
        if threatens >= rules.hold_up:
            return
        if year != project[p].starts + 1 + int(when * project[p].build):
            return
        step, spared = step_of(project, party, rules, p), 0.0
        for _ in range(rules.drafts):
            part = min(step, party[p, i].share)
            if part <= DUST:
                break
            book_cost(project, world.tally, world.society, p, rules.round, year)
            shift(gov, project, party, p, i, part, instalment)
            if not partners_would_pay(world, rules, p, i, year, instalment):
                shift(gov, project, party, p, i, -part, instalment)
                break
            spared += part
        if spared > 0.0:
            money = spared * project[p].unpaid * project[p].cost
            note(REOPENED, year, p, party[p, i].gov, money)

    return relieve, squeeze
