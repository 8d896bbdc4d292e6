"""Delivery: every year each work's parties keep their promise or break it, then money moves.

A reneger's remaining share falls on the fund if that stands ready, else on those still in who bear
a share, in proportion: reneging can cascade. Nobody left to pay: the work is dead.
"""

import numpy as np

from kernegotiate.engine import approvals, reopening
from kernegotiate.engine.copies import book, copies_end
from kernegotiate.engine.decisions.honour import weigh_promise
from kernegotiate.engine.diagnosis import BAD_YEAR, DEFECTION, OVERRUN
from kernegotiate.engine.draws import DETECTION, uniform, words
from kernegotiate.engine.events import (
    DIED,
    FINED,
    NOBODY,
    OPENED,
    OVERRAN,
    PAID,
    RENEGED,
    TAKEN_OVER,
)
from kernegotiate.engine.jit import rule, seldom
from kernegotiate.engine.layout import (
    CENTRE,
    COMPLETED,
    DEAD,
    DUES,
    FINE,
    FUND,
    FUND_SHARE,
    GRANT,
    SIGNED,
    WORKS,
    World,
)
from kernegotiate.engine.money import disposable, move, pursued, release
from kernegotiate.engine.overruns import grow, overruns_now
from kernegotiate.engine.rules import Rules
from kernegotiate.engine.trust import betrayed, reassured

DUST = 1e-12  # of a share, against rounding


@rule
def caught(
    gov: np.ndarray,
    project: np.ndarray,
    party: np.ndarray,
    rules: Rules,
    seed: int,
    run: int,
    p: int,
    i: int,
    breaches: int,
) -> bool:
    """Whether party i's broken promise is noticed and fined (one draw per project and party).

    Args:
        gov: (N,) GOVERNMENT.
        project: (P,) PROJECT.
        party: (P, K) PARTY.
        rules: In force.
        seed: Of all draws.
        run: Number of the run.
        p: Place of the project.
        i: Place of the party.
        breaches: Promises broken this year so far, this one included.
    """
    host, other = gov[project[p].host].address, gov[party[p, i].gov].address
    a, _, _, _ = words(seed, run, DETECTION, project[p].serial, host, other, project[p].year)
    fined: bool = uniform(a) < project[p].detection * pursued(rules.congestion, breaches)
    return fined


@seldom
def why_left(world: World, rules: Rules, p: int, i: int, year: int, due: float) -> int:
    """The cause of p's first broken promise: an overrun or a bad year, if i had stayed without.

    Args:
        world: Memory; what is changed to find out is changed back.
        rules: In force.
        p: Place of the project.
        i: Place of the party that leaves.
        year: This year.
        due: Its instalment, money.
    """
    gov, project, party = world.gov, world.project, world.party
    me, cause = party[p, i].gov, DEFECTION
    if project[p].stretch > 1.0:
        factor, grown, unpaid = project[p].stretch, project[p].grown, project[p].unpaid
        project[p].unpaid = unpaid / factor
        for j in range(project[p].k):
            party[p, j].share /= grown
        terms = weigh_promise(
            gov, project, party, world.trust, world.horizon, rules, p, i, year,
            due / factor / grown, False,
        )  # fmt: skip
        cause = OVERRUN if terms.yes else cause
        project[p].unpaid = unpaid
        for j in range(project[p].k):
            party[p, j].share *= grown
    if gov[me].hardship > 0.0:
        hardship = gov[me].hardship
        gov[me].hardship = 0.0
        terms = weigh_promise(
            gov, project, party, world.trust, world.horizon, rules, p, i, year, due, False
        )
        cause = BAD_YEAR if terms.yes else cause
        gov[me].hardship = hardship
    return cause


@rule
def spread(gov, project, party, p, remainder, instalment):
    """Lay a reneger's share on those still in, in proportion to what they bear already.

    This year's dues move with it; False if nobody bears anything.
    """
    bearing = 0.0
    for j in range(project[p].k):
        if party[p, j].inside:
            bearing += max(party[p, j].share, 0.0)
    if bearing > DUST:
        for j in range(project[p].k):
            if party[p, j].inside and party[p, j].share > 0.0:
                more = party[p, j].share * remainder / bearing
                party[p, j].share += more
                gov[party[p, j].gov].dues += more * instalment * project[p].cost
    return bearing > DUST


@rule
def pay(world, p, instalment, year):
    """Everybody pays its part of this year's instalment (a share of the cost)."""
    project, party, ledger, tally = world.project, world.party, world.ledger, world.tally
    n, due = world.gov.shape[0], instalment * project[p].cost
    for i in range(project[p].k):
        if party[p, i].inside:
            move(ledger, party[p, i].gov, n + WORKS, DUES, party[p, i].share * due)
            world.gov[party[p, i].gov].paid += party[p, i].share * due
    move(ledger, n + CENTRE, n + WORKS, GRANT, project[p].match * due)
    move(ledger, n + FUND, n + WORKS, FUND_SHARE, project[p].fund_share * due)
    world.coordinator[0].reserved -= project[p].fund_share * due
    tally[0].outside_money += project[p].match * due * world.society[1, year - 1]
    tally[0].joint_spending += due
    tally[0].welfare -= due * world.society[1, year - 1]
    project[p].unpaid -= instalment
    if project[p].started == 0 and instalment > 0.0:
        project[p].started = year


@rule
def finish(gov, project, party, tally, society, rules, p, year):
    """The last instalment is paid: the work opens next year for everyone it benefits.

    Voters think better of the leaders who are still in the deal.
    """
    for i in range(project[p].k):
        if party[p, i].inside:
            g = party[p, i].gov
            gov[g].voters += rules.voters_loss * (1.0 - gov[g].voters)
            gov[g].opened += 1
    project[p].status = COMPLETED
    tally[0].completed += 1
    opens = year + 1
    book(project, tally, society, rules.copy_crowding, p, min(opens, copies_end(project, p)))
    years = society[0, opens - 1 + project[p].life] - society[0, opens - 1]
    tally[0].welfare += project[p].effort * project[p].benefit * years


@rule
def bury(project, tally, coordinator, society, rules, p):
    """Nobody is left to pay: the work is dead; its copies stand to the end of their life."""
    project[p].status = DEAD
    tally[0].died += 1
    release(project, coordinator, p)
    book(project, tally, society, rules.copy_crowding, p, copies_end(project, p))


def build(jit, honour, note, with_):
    """A year's deliveries, with a way to keep or break a promise and the mechanisms `with_`."""
    backstop_holds = jit(with_.backstop_holds)
    relieve, squeeze = reopening.build(jit, note)
    may_start = approvals.build(jit, note)

    @jit
    def renege(
        world: World,
        rules: Rules,
        seed: int,
        run: int,
        p: int,
        i: int,
        year: int,
        instalment: float,
        backed: bool,
    ) -> bool:
        """Party i leaves the deal; False if nobody is left to take over its share.

        Args:
            world: Memory, written.
            rules: In force.
            seed: Of all draws.
            run: Number of the run.
            p: Place of the work.
            i: Place of the party.
            year: This year.
            instalment: Share of the cost due this year.
            backed: The coordinator's fund takes over what the party leaves unpaid.
        """
        gov, project, party = world.gov, world.project, world.party
        coordinator, ledger = world.coordinator, world.ledger
        n, share = gov.shape[0], party[p, i].share
        left = project[p].unpaid * share * project[p].cost
        if project[p].undone < 0:
            due = instalment * share * project[p].cost
            project[p].undone = why_left(world, rules, p, i, year, due)
        world.tally[0].breaches += 1
        gov[party[p, i].gov].broken += 1
        gov[party[p, i].gov].dues -= instalment * share * project[p].cost
        party[p, i].inside = False
        party[p, i].honours = False
        party[p, i].share = 0.0
        betrayed(project, party, world.trust, project[p].breach, p, i)
        gov[party[p, i].gov].voters *= 1.0 - rules.voters_loss
        note(RENEGED, year, p, party[p, i].gov, left)
        taken_over = True
        if backed:
            coordinator[0].fund -= left
            coordinator[0].reserved += left
            project[p].fund_share += share
            note(TAKEN_OVER, year, p, NOBODY, left)
        else:
            taken_over = spread(gov, project, party, p, share, instalment)
        if caught(gov, project, party, rules, seed, run, p, i, world.tally[0].breaches):
            fine = project[p].fine_if_caught * left
            to = FUND if rules.fund else CENTRE
            move(ledger, party[p, i].gov, n + to, FINE, fine)
            if to == FUND:
                coordinator[0].fund += fine
            note(FINED, year, p, party[p, i].gov, fine)
        return taken_over

    @jit
    def deliver_one(world, rules, seed, run, p, year):
        """One work's year: its parties answer in turn, then all pay or the work dies."""
        gov, project, party, trust = world.gov, world.project, world.party, world.trust
        tally, coordinator = world.tally, world.coordinator
        first = project[p].starts == year
        if overruns_now(project, p, year):
            note(OVERRAN, year, p, NOBODY, grow(gov, project, party, p, year))
        instalment = rules.upfront if first else project[p].instalment
        alive = True
        for i in range(project[p].k):
            party[p, i].honours = False
            if alive and rules.hold_up > 0.0 and not first and party[p, i].inside:
                squeeze(world, rules, seed, run, p, i, year, instalment)
            due = instalment * party[p, i].share * project[p].cost
            if alive and party[p, i].inside and due > 0.0:
                left = project[p].unpaid * party[p, i].share * project[p].cost
                stands_in = rules.backstop and not project[p].apart
                backed = backstop_holds(stands_in, disposable(coordinator), left)
                tally[0].promises_due += 1
                if honour(
                    gov, project, party, trust, world.horizon, rules, p, i, year, due, backed
                ) or (
                    rules.reopening > 0.0
                    and not backed
                    and relieve(world, rules, seed, run, p, i, year, instalment)
                ):
                    party[p, i].honours = True
                else:
                    alive = renege(world, rules, seed, run, p, i, year, instalment, backed)
        if not alive:
            bury(project, tally, coordinator, world.society, rules, p)
            note(DIED, year, p, NOBODY, 1.0 - project[p].unpaid / (1.0 + project[p].extra))
            return
        for i in range(project[p].k):
            if party[p, i].honours:
                tally[0].promises_kept += 1
                reassured(project, party, trust, rules.trust_up, p, i)
                note(
                    PAID, year, p, party[p, i].gov, instalment * party[p, i].share * project[p].cost
                )
        pay(world, p, instalment, year)
        if year == project[p].starts + project[p].build:
            finish(gov, project, party, tally, world.society, rules, p, year)
            note(OPENED, year, p, NOBODY, project[p].effort * project[p].benefit)

    @jit
    def deliver(world, rules, seed, run, year):
        """All signed works in the order of signing, if approvals that they need are given."""
        works, tally, project = world.works, world.tally, world.project
        place = 0
        for old in range(tally[0].works):
            p = works[old]
            waits = project[p].approvals > 0 and year <= project[p].starts
            if not waits or may_start(world, rules, seed, run, p, year):
                deliver_one(world, rules, seed, run, p, year)
            if project[p].status == SIGNED:
                works[place] = p
                place += 1
        tally[0].works = place

    return deliver
