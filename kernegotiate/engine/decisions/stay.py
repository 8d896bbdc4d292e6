"""Membership: is a voluntary body worth being in?

Asked at the start of a body and at every change of leader (E132). Joining first and bargaining
after, a leader counts for whom a work would be lost without it (Dixit and Olson 2000; G8): where it
is pivotal it gains the work, and where enough others sit at the table without it, all that joining
brings is a part of the bill. How many others sit it judges by its trust in them, and what works
there will be by those that have come up so far.
"""

from typing import NamedTuple

import numpy as np

from kernegotiate.engine.decisions.vote import read
from kernegotiate.engine.draws import normal
from kernegotiate.engine.horizon import payments, worth, years_in_office
from kernegotiate.engine.jit import rule, seldom
from kernegotiate.engine.rules import Rules

TOLERANCE = 1e-9  # of a sum of money, against rounding


class Offer(NamedTuple):
    """What a body offers a government this year, as far as money goes."""

    borne: float  # share of a work's cost that grants and the fund bear
    net: float  # money a year: transfers received less dues, and its part of the upkeep
    entry: float  # money, once: the cost of joining; 0 for who is in


class StayTerms(NamedTuple):
    """What membership is made of; money a year, as it counts to the leader."""

    pivotal: float  # works that would fail without it
    bill: float  # its part of works that others would have built without it
    hosted: float  # its own works at the body's table
    alone: float  # what the same works would bring without the body
    net: float  # transfers less dues
    years: float  # weight of the years that it expects in office
    entry: float  # cost of joining, once
    value: float  # of being in rather than out, present value
    yes: bool


@rule
def chances(gov, party, trust, rules, odds, p, k, i, skipped):
    """Chances that so many of the other parties sit at the table and pay.

    Only who gains by the public figures is expected to pay. Of who has answered members come, and
    pay by trust and by what enforces it; outsiders do not. Of others trust is all there is.

    Args:
        gov: (N,) GOVERNMENT.
        party: (P, K) PARTY.
        trust: (N, N) of the row's government in the column's.
        rules: In force at the table.
        odds: (K + 1,) written: chance of each number from 0 on.
        p: Place of the project.
        k: Number of its parties.
        i: Place of the party that wonders.
        skipped: Place of one more that is not counted, the host's, or -1.

    Returns:
        How many there can be.
    """
    me, most = party[p, i].gov, 0
    odds[0] = 1.0
    for j in range(k):
        if j in (i, skipped) or party[p, j].own_public <= 0.0:
            continue
        other = party[p, j].gov
        chance = comes(gov, trust, rules, me, other)
        most += 1
        odds[most] = odds[most - 1] * chance
        for number in range(most - 1, 0, -1):
            odds[number] = odds[number] * (1.0 - chance) + odds[number - 1] * chance
        odds[0] *= 1.0 - chance
    return most


@rule
def comes(gov, trust, rules, me, other):
    """The chance, as `me` sees it, that another government sits at the table and pays."""
    believed = trust[me, other]
    if not gov[other].settled:
        return believed
    if not gov[other].member:
        return 0.0
    return believed + (1.0 - believed) * rules.enforcement


@rule
def least_payers(worth_it, dues, most):
    """The least number of payers among whom a work is worth its part, if all were like oneself.

    Args:
        worth_it: What it is worth to one of them, its own part of the bill aside.
        dues: The whole bill; each bears an equal part.
        most: Payers that there can be.

    Returns:
        A number from 1 on; `most` + 1 if there is none.
    """
    for number in range(1, most + 1):
        if number * worth_it >= dues - TOLERANCE * dues:
            return number
    return most + 1


class Prospects(NamedTuple):
    """What a work promises to one payer, present values to its leader."""

    gain: float  # of the work, less what the region pays for it
    costs: float  # of agreeing, autonomy included
    dues: float  # the bill of all payers together, as it would count if it were one's own


@rule
def prospects(gov, project, party, horizon, rules, p, i, borne):
    """What party i reads in p, as in a vote on it, `borne` of its cost being paid by the body.

    Copies are left out: a work that comes up again will not have been copied yet.
    """
    me = party[p, i].gov
    home = gov[me].parochial * rules.home_at_vote
    row, legacy = gov[me].horizon, gov[me].legacy
    build, wait, part = project[p].build, rules.waiting, project[p].part
    opens = wait + build + 1
    years = worth(horizon, row, legacy, opens, opens + project[p].life)
    mine = read(party[p, i].own, rules, normal(party[p, i].reading_draw))
    everybodys = read(project[p].benefit, rules, 0.0) / project[p].k
    then = worth(horizon, row, legacy, wait, wait + 1) if wait > 0 else 1.0
    building = worth(horizon, row, legacy, wait + 1, opens)
    paid = payments(building, rules.upfront * then, project[p].instalment)
    bill = (1.0 - borne) * project[p].cost * paid
    land = gov[me].land_dependence if project[p].touches_land else 0.0
    costs = part * (rules.information + rules.round + rules.standing + rules.watching * build)
    costs += part * rules.autonomy * (1.0 + land)
    if i == 0:
        costs += project[p].cost * rules.land_rent * land
    gain = (home * mine + (1.0 - home) * everybodys) * years
    return Prospects(gain - (1.0 - home) * bill / project[p].k, costs, home * bill)


@rule
def payers_of(project, party, p):
    """Parties of p that gain by the public figures, and so are expected to pay."""
    payers = 0
    for j in range(project[p].k):
        payers += 1 if party[p, j].own_public > 0.0 else 0
    return payers


@rule
def at_the_table(gov, project, party, trust, horizon, rules, odds, p, borne):
    """What the host of p expects of it at the body's table, if anybody else sits there."""
    work = prospects(gov, project, party, horizon, rules, p, 0, borne)
    needed = least_payers(work.gain - work.costs, work.dues, payers_of(project, party, p))
    most = chances(gov, party, trust, rules, odds, p, project[p].k, 0, -1)
    value = 0.0
    for others in range(max(needed - 1, 1), most + 1):
        value += odds[others] * (work.gain - work.costs - work.dues / (others + 1))
    return value


@rule
def without_the_body(gov, project, party, trust, horizon, bare, p, i):
    """What party i of p expects of talks without the body, in which all must agree and pay."""
    work = prospects(gov, project, party, horizon, bare, p, i, 0.0)
    me, chance = party[p, i].gov, 1.0
    for j in range(project[p].k):
        if j != i and party[p, j].own_public > 0.0:
            believed = trust[me, party[p, j].gov]
            chance *= believed + (1.0 - believed) * bare.enforcement
    surplus = work.gain - work.costs - work.dues / payers_of(project, party, p)
    return chance * max(surplus, 0.0)


@seldom
def weigh_stay(
    gov: np.ndarray,
    project: np.ndarray,
    party: np.ndarray,
    trust: np.ndarray,
    horizon: np.ndarray,
    odds: np.ndarray,
    rules: Rules,
    bare: Rules,
    offer: Offer,
    arrived: int,
    i: int,
    years: int,
) -> StayTerms:
    """Terms of government i being a member rather than not, until its next leader is asked.

    Args:
        gov: (N,) GOVERNMENT.
        project: (P,) PROJECT.
        party: (P, K) PARTY.
        trust: (N, N) of the row's government in the column's.
        horizon: (rows, Y) cumulative weights of future years.
        odds: (K + 1,) scratch.
        rules: In force at the body's table.
        bare: In force where governments talk without it.
        offer: What the body offers in money.
        arrived: Projects so far.
        i: Place of the government.
        years: In which these came up.
    """
    tabled = min(rules.slots * years / arrived, 1.0) if arrived > 0 else 0.0
    without = min(bare.slots * years / arrived, 1.0) if arrived > 0 else 0.0
    home = gov[i].parochial * rules.home
    pivotal = bill = hosted = alone = 0.0
    for p in range(arrived):
        k = project[p].k
        for s in range(k):
            if party[p, s].gov != i or party[p, s].own_public <= 0.0:
                continue
            apart = without * without_the_body(gov, project, party, trust, horizon, bare, p, s)
            if s == 0:
                hosted += tabled * at_the_table(
                    gov, project, party, trust, horizon, rules, odds, p, offer.borne
                )
                alone += (1.0 - odds[0]) * apart  # with no company it is talked about apart anyway
                continue
            work = prospects(gov, project, party, horizon, rules, p, s, offer.borne)
            most = chances(gov, party, trust, rules, odds, p, k, s, 0)
            host = 1 if party[p, 0].own_public > 0.0 else 0
            needed = least_payers(work.gain - work.costs, work.dues, most + host + 1)
            there = comes(gov, trust, rules, i, party[p, 0].gov)
            alone += there * odds[0] * apart  # but for me its host had no company
            for others in range(host, most + host + 1):
                chance = tabled * there * odds[others - host]
                if others + 1 == needed:
                    pivotal += chance * (work.gain - work.costs - work.dues / needed)
                elif others >= needed:
                    bill += chance * (work.costs + work.dues / (others + 1))
    weight = years_in_office(horizon, gov[i].horizon)
    net = home * offer.net
    entry = (home + (1.0 - home) / gov.shape[0]) * offer.entry
    value = ((pivotal - bill + hosted - alone) / years + net) * weight - entry
    stakes = ((pivotal + bill + hosted + alone) / years + abs(net)) * weight + entry
    return StayTerms(
        pivotal / years, bill / years, hosted / years, alone / years, net, weight, entry, value,
        value >= -TOLERANCE * stakes,
    )  # fmt: skip


@rule
def stay(gov, project, party, trust, horizon, odds, rules, bare, offer, arrived, i, years):
    """Whether government i is a member from now on; arguments as of `weigh_stay`."""
    return weigh_stay(
        gov, project, party, trust, horizon, odds, rules, bare, offer, arrived, i, years
    ).yes
