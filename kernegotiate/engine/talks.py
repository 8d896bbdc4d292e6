"""Talks: which projects reach the table, on whose word they pass, and how costs are shared.

A motion that lies in the coordinator's jurisdiction is decided by its board (`board.py`).
Every other motion is drafted, voted on and redrafted: after a failed vote the refusers' shares fall
by a step and the acceptors' rise, until enough say yes, nobody does, or the drafts run out.
"""

import math

import numpy as np

from kernegotiate.engine import agenda, board
from kernegotiate.engine.agenda import comes_before, leave_agenda, may_table, next_on_agenda
from kernegotiate.engine.decisions.declare import would_declare
from kernegotiate.engine.decisions.vote import inform, seat_of, study
from kernegotiate.engine.diagnosis import VAGUE, sole_cause, why_voted_down
from kernegotiate.engine.draws import TEXT, uniform, words
from kernegotiate.engine.estimates import estimate
from kernegotiate.engine.events import AGREED, DECLARED, FAILED, NOBODY, TABLED, VOTED
from kernegotiate.engine.first_best import wait_longer
from kernegotiate.engine.jit import rule
from kernegotiate.engine.layout import SIGNED
from kernegotiate.engine.mechanisms import MEMBERS
from kernegotiate.engine.money import aid_for_copy, disposable
from kernegotiate.engine.rules import Rules

TOLERANCE = 1e-9  # of a vote count or a slot count, against rounding
DUST = 1e-12  # of a share


@rule
def has_text(gov, project, rules, seed, run, p, year):
    """Whether this year's talks about p can end with a text that binds (one draw a year)."""
    if rules.text >= 1.0:
        return True
    host, serial = gov[project[p].host].address, project[p].serial
    a, _, _, _ = words(seed, run, TEXT, serial, host, np.uint64(year), project[p].year)
    return uniform(a) < rules.text


@rule
def same_parties(project, party, p, q):
    """Whether two projects have the same parties, in whatever order."""
    if project[p].k != project[q].k:
        return False
    for i in range(project[p].k):
        if seat_of(project, party, q, party[p, i].gov) < 0:
            return False
    return True


@rule
def stop_waiting(project, tally, p, year):
    """The first agreement on p, be it declared or signed, ends the wait for one."""
    tally[0].waited += year - project[p].year


@rule
def write_terms(project, rules, p):
    """What a draft of p says of duties, proof and breach: the law of the day on which it is made.

    Signed, it binds by these terms, also under another law (`scenario/changes.py`).
    """
    project[p].enforcement = rules.enforcement
    project[p].detection = rules.detection
    project[p].fine = rules.fine
    project[p].fine_if_caught = rules.fine_if_caught
    project[p].reputation = rules.reputation
    project[p].breach = rules.trust_down


@rule
def book_cost(project, tally, society, p, share, year):
    """A real cost of coordinating on p, a share of its cost, whoever bears it."""
    amount = share * project[p].cost * society[1, year - 1]
    project[p].coordination += amount
    tally[0].coordination_cost += amount
    tally[0].welfare -= amount


@rule
def redraft(
    project: np.ndarray,
    party: np.ndarray,
    rules: Rules,
    floor: float,
    p: int,
    first: int,
    yeses: int,
) -> float:
    """Shift p's shares from those who refused the last draft to those who accepted it.

    Each refuser's share falls by step x (sum of shares) / (parties at the table), not below
    `floor`; the acceptors' rise in equal parts.

    Args:
        project: (P,) PROJECT.
        party: (P, K) PARTY; the shares of p are written.
        rules: In force.
        floor: The least share of the cost that a party may bear.
        p: Place of the project.
        first: The motion's first project, whose parties have answered for all.
        yeses: Parties that said yes.

    Returns:
        The sum of the shares moved, a share of the cost.
    """
    k = project[p].k
    together = 0.0
    for i in range(k):
        together += party[p, i].share
    step = rules.share_step * together / project[p].sitting
    freed = 0.0
    for i in range(k):
        if party[first, i].sits and not party[first, i].yes:
            s = i if p == first else seat_of(project, party, p, party[first, i].gov)
            before = party[p, s].share
            after = before - step
            # At the floor exactly: a share of 1e-17 would be a promise like any other.
            party[p, s].share = after if after > floor + DUST else floor
            freed += before - party[p, s].share
    for i in range(k):
        if party[first, i].sits and party[first, i].yes:
            s = i if p == first else seat_of(project, party, p, party[first, i].gov)
            party[p, s].share += freed / yeses
    return freed


def build(jit, vote, note, with_):
    """The talks of a year, with a way to vote, a way to report, and the mechanisms `with_`."""
    coordinator_decides = jit(with_.coordinator_decides)
    yeses_needed, cut_grant = jit(with_.yeses_needed), jit(with_.cut_grant)
    funder_selects, deserves_a_grant = jit(with_.funder_selects), jit(with_.deserves_a_grant)
    burden, motion_size = jit(with_.burden), jit(with_.motion_size)
    lowest_share, matched = jit(with_.lowest_share), jit(with_.matched)
    backstop_holds = jit(with_.backstop_holds)
    who_tables, set_agenda = jit(with_.who_tables), agenda.build(jit, note, with_)

    @jit
    def table(world, rules, p, year):
        """Put p on the table; the first time, people inform themselves."""
        project = world.project
        if project[p].tabled == 0:
            book_cost(project, world.tally, world.society, p, rules.information, year)
            if not coordinator_decides(rules.decider, project[p].draw):
                inform(project, world.party, rules, p)
        project[p].tabled = year
        note(TABLED, year, p, NOBODY, 0.0)

    @jit
    def gather(world, rules, p, year):
        """Tie p and the next open projects with the same parties into one motion."""
        project, party, tally, motion = world.project, world.party, world.tally, world.motion
        motion[0] = p
        size, most, setter = 1, motion_size(rules.linkage), who_tables(rules.agenda)
        while size < most:
            best = -1
            for place in range(tally[0].agenda):
                q = world.agenda[place]
                if not may_table(project, q, year, setter, project[p].apart):
                    continue
                if best >= 0 and not comes_before(project, q, best, setter):
                    continue
                if coordinator_decides(rules.decider, project[q].draw):
                    continue
                if same_parties(project, party, p, q):
                    best = q
            if best < 0:
                break
            table(world, rules, best, year)
            motion[size] = best
            size += 1
        return size

    @jit
    def draft(world, rules, seed, run, p, fund, grants):
        """The first draft of p: who outside bears what, and the parties' shares of the rest."""
        gov, project, party = world.gov, world.project, world.party
        k, cost = project[p].k, project[p].cost
        write_terms(project, rules, p)
        least = cut_grant(rules.partial_grants, max(grants, 0.0) / cost)
        project[p].match = matched(rules.match_rate, cost, grants, least)
        if funder_selects(rules.grant_bar) and project[p].match > 0.0:
            error = rules.estimate_error
            benefits, costs = estimate(gov, project, world.society, rules, error, seed, run, p)
            if not deserves_a_grant(rules.grant_bar, benefits, costs):
                project[p].match = 0.0
        project[p].fund_share = 0.0
        if rules.fund:
            most = min(rules.fund_cap, 1.0 - project[p].match)
            project[p].fund_share = max(min(most, fund / cost), 0.0)
        stands_in = backstop_holds(rules.backstop, 1.0, 0.0)
        project[p].cushion = fund - project[p].fund_share * cost if stands_in else -1.0
        rest = 1.0 - project[p].match - project[p].fund_share
        total = 0.0
        for i in range(k):
            g = party[p, i].gov
            party[p, i].inside = party[p, i].sits
            party[p, i].share = 0.0
            if party[p, i].sits:
                party[p, i].share = burden(rules.proposal_rule, gov[g].grdp, party[p, i].own_public)
            total += party[p, i].share
        for i in range(k):
            # Nobody benefits by the public figures: then the shares are equal.
            part = party[p, i].share / total if total > 0.0 else 1.0 / project[p].sitting
            party[p, i].share = rest * part if party[p, i].sits else 0.0
            party[p, i].aid = aid_for_copy(world, rules, p, i)
        project[p].rounds = 0

    @jit
    def sign(world, rules, p, year, earnest, against):
        """All parties are bound, some `against` their will; outside money is set aside."""
        gov, project, party, tally = world.gov, world.project, world.party, world.tally
        coordinator, cost, length = world.coordinator, project[p].cost, project[p].build
        project[p].status = SIGNED
        project[p].signed = year
        project[p].approvals = rules.approvals
        project[p].starts = year + rules.waiting
        if project[p].starts - project[p].year >= project[p].waits:
            wait_longer(world, rules, p)
        project[p].earnest = earnest
        project[p].effort = 1.0 - rules.grudge * against / project[p].sitting
        coordinator[0].grants -= project[p].match * cost
        coordinator[0].fund -= project[p].fund_share * cost
        coordinator[0].reserved += project[p].fund_share * cost
        heaviest = max(rules.upfront, project[p].instalment)
        for i in range(project[p].k):
            gov[party[p, i].gov].dues += heaviest * party[p, i].share * cost
        standing = rules.real_standing + rules.real_watching * length
        book_cost(project, tally, world.society, p, standing, year)
        tally[0].signed += 1
        if project[p].declared > 0:
            tally[0].declared -= 1
        else:
            stop_waiting(project, tally, p, year)
        world.works[tally[0].works] = p
        tally[0].works += 1
        leave_agenda(tally, world.agenda, p)

    decide = board.build(jit, vote, note, with_, draft, sign)

    @jit
    def negotiate(world, rules, seed, run, p, size, year, explaining):
        """Draft, vote and redraft a motion of `size` projects, p first."""
        gov, project, party, trust = world.gov, world.project, world.party, world.trust
        horizon, motion, tally = world.horizon, world.motion, world.tally
        k = project[p].k
        fund, grants = disposable(world.coordinator), world.coordinator[0].grants
        for m in range(size):
            project[motion[m]].weighed = True
            draft(world, rules, seed, run, motion[m], fund, grants)
            study(gov, project, party, trust, horizon, rules, motion[m], year)
            fund -= project[motion[m]].fund_share * project[motion[m]].cost
            grants -= project[motion[m]].match * project[motion[m]].cost
        needed = max(yeses_needed(rules.quota, project[p].sitting) - TOLERANCE, 1.0)
        for attempt in range(rules.drafts):
            for m in range(size):
                q = motion[m]
                project[q].rounds += 1
                book_cost(project, tally, world.society, q, rules.round, year)
            yeses, against = 0, 0
            for i in range(k):
                party[p, i].swayed = False
                if not party[p, i].sits:
                    continue
                answer, would_pay = vote(gov, project, party, trust, rules, motion, size, i)
                against += 0 if would_pay else 1
                party[p, i].yes = answer
                yeses += 1 if answer else 0
                note(VOTED, year, p, party[p, i].gov, 1.0 if answer else 0.0)
            if yeses >= needed:
                for m in range(size):
                    sign(world, rules, motion[m], year, against == 0, against)
                    note(AGREED, year, motion[m], NOBODY, yeses * 1.0)
                return
            if yeses == 0:
                break
            if attempt + 1 == rules.drafts:
                break
            floor, moved = lowest_share(rules.side_payments), 0.0
            for m in range(size):
                moved += redraft(project, party, rules, floor, motion[m], p, yeses)
            if moved == 0.0:
                break  # the next draft would be this one
        if explaining:
            why_voted_down(world, rules, size, year)
        for m in range(size):
            note(FAILED, year, motion[m], NOBODY, 0.0)
        for i in range(k):
            if party[p, i].sits and not project[p].apart:
                gov[party[p, i].gov].transfer_lost = True

    @jit
    def declare(world, rules, p, year, explaining):
        """Talks end without a text that binds: the parties may declare what they want."""
        project, party, tally = world.project, world.party, world.tally
        if project[p].declared == 0:
            project[p].rounds = 1
            book_cost(project, tally, world.society, p, rules.round, year)
            yeses = 0
            for i in range(project[p].k):
                if party[p, i].sits and would_declare(world.gov, project, party, rules, p, i):
                    yeses += 1
            if yeses >= max(yeses_needed(rules.quota, project[p].sitting) - TOLERANCE, 1.0):
                project[p].declared = year
                tally[0].declared += 1
                stop_waiting(project, tally, p, year)
                note(DECLARED, year, p, NOBODY, yeses * 1.0)
        if explaining and not project[p].weighed:
            sole_cause(world.cause, p, VAGUE)

    @jit
    def hold_talks(world, body, bare, seed, run, year, explaining):
        """One motion a slot; a part of a slot is saved for the next year.

        First at the body's table; where it is voluntary also without it, about the works of who is
        outside. Governments hold their own talks where they are.
        """
        project, tally, coordinator = world.project, world.tally, world.coordinator
        for table_of in range(2 if tally[0].outsiders > 0 else 1):
            apart = table_of == 1
            rules = bare if apart else body
            setter = who_tables(rules.agenda)
            if setter != MEMBERS:
                set_agenda(world, rules, seed, run, year, setter)
            own = rules.own_talks * tally[0].outsiders
            slots = coordinator[0].slots + (rules.slots - own)
            if apart:
                slots = coordinator[0].slots_apart + own
            while slots >= 1.0 - TOLERANCE:
                slots -= 1.0
                p = next_on_agenda(project, tally, world.agenda, year, setter, apart)
                if p < 0:
                    slots -= math.floor(slots + TOLERANCE)
                    break
                table(world, rules, p, year)
                if not has_text(world.gov, project, rules, seed, run, p, year):
                    declare(world, rules, p, year, explaining)
                elif coordinator_decides(rules.decider, project[p].draw):
                    decide(world, rules, seed, run, p, year, explaining)
                else:
                    size = gather(world, rules, p, year)
                    negotiate(world, rules, seed, run, p, size, year, explaining)
            if apart:
                coordinator[0].slots_apart = slots
            else:
                coordinator[0].slots = slots

    return hold_talks
