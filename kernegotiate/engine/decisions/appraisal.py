"""What joint works, copies and partners are worth to one leader: the pieces of every decision.

Notation of docs/model.md: w parochial weight, S(from, to) the weight of future years (horizon.py),
C cost, k parties, x shares of C, q_ij = T_ij + (1 - T_ij) E the chance that partner j pays.
"""

from typing import NamedTuple

import numpy as np

from kernegotiate.engine.copies import copies_end, window, yield_of_each
from kernegotiate.engine.horizon import worth
from kernegotiate.engine.jit import rule
from kernegotiate.engine.layout import SIGNED
from kernegotiate.engine.rules import Rules


class Outlook(NamedTuple):
    """How a leader weighs what comes later, and what comes to others."""

    row: int  # of the horizon table
    legacy: float  # weight of years after its time
    home: float  # w: parochial weight, as it counts in this decision


class Benefits(NamedTuple):
    """Benefits of a joint work, money a year: true ones, or as they are read."""

    own: float  # of the government that decides
    everybodys: float  # of all parties, and spillover


class Gain(NamedTuple):
    """Present value of a joint work's benefits to a leader, copies lost counted against them."""

    own: float  # of its government
    regional: float  # mean over the parties
    regard: float  # parochial regard: w own + (1 - w) regional


@rule
def joint_gain(
    project: np.ndarray,
    party: np.ndarray,
    horizon: np.ndarray,
    rules: Rules,
    outlook: Outlook,
    p: int,
    i: int,
    year: int,
    opens_in: int,
    benefits: Benefits,
) -> Gain:
    """What a leader gains from a joint work.

    Copies yield to their builders until the joint work opens; what they would still have yielded
    while it stands is lost.

    Args:
        project: (P,) PROJECT.
        party: (P, K) PARTY.
        horizon: (rows, Y) cumulative weights of future years.
        rules: In force.
        outlook: Of the leader.
        p: Place of the project.
        i: Place of the leader's government among its parties.
        year: Of the decision.
        opens_in: Years from then to the first year of benefits.
        benefits: Of the work, money a year.

    Returns:
        Present values, money.
    """
    life, k, w = project[p].life, project[p].k, outlook.home
    row, legacy = outlook.row, outlook.legacy
    years = worth(horizon, row, legacy, opens_in, opens_in + life)
    mine, everybodys = benefits.own * years, benefits.everybodys * years
    n = project[p].copies
    if n > 0:
        each = yield_of_each(project[p].copy_yield, rules.copy_crowding, n)
        end = min(opens_in + life, copies_end(project, p) - year)
        if end > opens_in:
            lost = each * worth(horizon, row, legacy, opens_in, end)
            everybodys -= n * lost
            mine -= party[p, i].copies * lost
    mean = everybodys / k
    return Gain(mine, mean, w * mine + (1.0 - w) * mean)


@rule
def lasting(gov: np.ndarray, rules: Rules, j: int, left: int, ahead: int) -> float:
    """Part of `left` payments, one a year from `ahead` on, that fall into the time of leader j.

    A second term counts with its chance.
    """
    mine = min(max(gov[j].years_left - ahead, 0), left)
    later = min(max(gov[j].years_left + rules.term - ahead, 0), left) - mine
    part: float = (mine + gov[j].again * later) / left
    return part


@rule
def confidence(
    gov: np.ndarray,
    project: np.ndarray,
    party: np.ndarray,
    trust: np.ndarray,
    rules: Rules,
    p: int,
    i: int,
    unpaid: float,
    left: int,
    ahead: int,
) -> float:
    """Delivery confidence P: the chance that every partner pays its part of what is unpaid.

    Args:
        gov: (N,) GOVERNMENT.
        project: (P,) PROJECT.
        party: (P, K) PARTY.
        trust: (N, N) of the row's government in the column's.
        rules: In force.
        p: Place of the project.
        i: Place among its parties of the one that wonders.
        unpaid: Share of the cost that is still to be paid.
        left: Payments that are still to be made.
        ahead: Years to the first of them.
    """
    me = party[p, i].gov
    enforcement = project[p].enforcement * gov[me].pursuit
    chance = 1.0
    for j in range(project[p].k):
        if j != i and party[p, j].inside:
            other = party[p, j].gov
            believed = trust[me, other]
            if rules.end_foreseen > 0.0:
                gone = 1.0 - lasting(gov, rules, other, left, ahead)
                believed *= 1.0 - rules.end_foreseen * gone
            pays = believed + (1.0 - believed) * enforcement
            chance *= 1.0 - min(max(party[p, j].share, 0.0) * unpaid, 1.0) * (1.0 - pays)
    return chance


@rule
def covered(cover, share):
    """Chance that the others finish a work without a party that bears `share` of it."""
    return cover * min(max(1.0 - share, 0.0), 1.0)


@rule
def standing(project, party, trust, p, i):
    """Mean trust of the partners still in the deal in party i: what its reputation is worth."""
    me = party[p, i].gov
    total, count = 0.0, 0
    for j in range(project[p].k):
        if j != i and party[p, j].inside:
            total += trust[party[p, j].gov, me]
            count += 1
    return total / count if count > 0 else 0.0


@rule
def signing_credit(gov, project, rules, p, i):
    """Credit of government i's leader for a signature: as far as its voters still believe it."""
    return rules.signing_credit * gov[i].credit * gov[i].voters * project[p].part


@rule
def years_of_credit(horizon, row, left, build, ahead):
    """How far credit that comes in with each payment is still to come, in office, with `left`.

    Sum over the payments left, the first of them `ahead`, of the discounted chance of being in
    office, by all payments.
    """
    return (horizon[row, ahead + left] - horizon[row, ahead]) / (build + 1)


@rule
def shares_inside(project, party, p):
    """Sum of the shares of all parties in the deal."""
    total = 0.0
    for j in range(project[p].k):
        if party[p, j].inside:
            total += party[p, j].share
    return total


@rule
def room(gov, i):
    """What government i may still commit this year under its debt ceiling.

    Who carries debts may add to them up to the ceiling, and what is above it takes nothing more.
    """
    owed = gov[i].debt
    if owed > 0.0:
        owed = min(owed, max(gov[i].ceiling * gov[i].income, 0.0))
    free = gov[i].income * (1.0 + gov[i].ceiling) - owed - gov[i].service
    return free - gov[i].dues - gov[i].alone


class Alone(NamedTuple):
    """Terms of going alone; money is in present values to the leader."""

    benefit: float
    credit: float
    cost: float
    years: int  # for which the copy would yield
    weight: float  # S of those years
    value: float
    affordable: bool
    possible: bool  # open to it, not forbidden
    yes: bool


@rule
def may_copy(project, party, p, i):
    """Whether party i may copy p: it has no copy, no deal that binds it, and no plan against it."""
    bound = project[p].status == SIGNED and party[p, i].inside
    free = party[p, i].copies == 0 and not party[p, i].forbidden
    return project[p].duplicable and not bound and free


@rule
def alone_terms(
    gov: np.ndarray,
    project: np.ndarray,
    party: np.ndarray,
    horizon: np.ndarray,
    rules: Rules,
    p: int,
    i: int,
    year: int,
    w: float,
) -> Alone:
    """Terms of building a copy of project p this year, for a leader of parochial weight w.

    Its own yield against its own cost, and as far as the leader cares for the region what one more
    copy adds to, and takes from, the parties' total; plus credit for a work seen at home (E122),
    which counts as far as the cost does: the less home weighs, the less its applause. What the fund
    pays of it is seen as well and costs home nothing. In a bad year what home pays weighs more.

    Args:
        gov: (N,) GOVERNMENT.
        project: (P,) PROJECT.
        party: (P, K) PARTY.
        horizon: (rows, Y) cumulative weights of future years.
        rules: In force.
        p: Place of the project.
        i: Place of the leader's government among its parties.
        year: In which the copy would be built; it yields from the next.
        w: Parochial weight, as it counts in this decision.
    """
    me = party[p, i].gov
    k, n = project[p].k, project[p].copies
    cost = project[p].copy_cost
    possible = may_copy(project, party, p, i)
    if not possible:
        return Alone(0.0, 0.0, 0.0, 0, 0.0, 0.0, False, False, False)
    years = window(project, p, year)
    weight = worth(horizon, gov[me].horizon, gov[me].legacy, 1, 1 + years)
    before = n * yield_of_each(project[p].copy_yield, rules.copy_crowding, n)
    each = yield_of_each(project[p].copy_yield, rules.copy_crowding, n + 1)
    added = (n + 1) * each - before
    benefit = (w * each + (1.0 - w) / k * added) * weight
    weight_of_cost = w + (1.0 - w) / k
    credit = gov[me].credit * (weight_of_cost * cost)
    cost -= party[p, i].aid
    felt = weight_of_cost * cost
    felt += w * cost * gov[me].hardship
    value = benefit + credit - felt
    affordable = cost <= room(gov, me)
    yes = affordable and value > 0.0
    return Alone(benefit, credit, felt, years, weight, value, affordable, possible, yes)
