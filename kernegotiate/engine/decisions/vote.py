"""The vote on a draft: would I sign this, and mean it or not?

A leader (through its delegate) says yes for one of two reasons. Honestly, if keeping the promise is
worth at least the fall-back and the dues fit under the ceiling. Or on paper, if signing and not
paying is worth something: without enforcement a signature is cheap, which is how a council signs
much and finishes little (E43, E152, E166).
"""

import math
from typing import NamedTuple

from kernegotiate.engine.decisions.appraisal import (
    alone_terms,
    confidence,
    covered,
    joint_gain,
    room,
    standing,
)
from kernegotiate.engine.horizon import in_office, payments, worth
from kernegotiate.engine.jit import rule


class VoteTerms(NamedTuple):
    """What a vote is made of; present values to the leader, summed over a motion's projects."""

    own_gain: float
    regional_gain: float
    confidence: float  # product over the motion
    benefit: float  # confidence x parochial regard
    credit: float  # of opening it while in office (E121, E122)
    dues: float
    transaction: float  # costs (E119)
    autonomy: float  # felt loss of it (E115, E116)
    honest: float  # value of signing and keeping the promise
    paper: float  # value of signing and not paying
    fall_back: float  # value of going alone, at least 0
    withheld: float  # conditional transfer lost with a no (E31)
    dues_fit: bool
    yes: bool


@rule
def weigh_vote(gov, project, party, trust, horizon, rules, motion, size, i, year):
    """Terms of the vote of the i-th party of the first project of a motion of `size` projects."""
    me = party[motion[0], i].gov
    home = gov[me].parochial * rules.delegate
    row, legacy, credit = gov[me].horizon, gov[me].legacy, gov[me].credit
    own_gain = regional_gain = benefit = opening = dues = transaction = autonomy = 0.0
    paper = fall_back = new_dues = 0.0
    sure = 1.0
    for m in range(size):
        p = motion[m]
        s = seat_of(project, party, p, me)
        k, build, cost = project[p].k, project[p].build, project[p].cost
        share = party[p, s].share
        paid = payments(worth(horizon, row, legacy, 1, build + 1), rules.upfront, project[p].instalment)
        together = 0.0
        for j in range(k):
            together += party[p, j].share

        # Benefits, read with an error and some caution.
        own, everybodys = party[p, s].own_read, project[p].benefit_read
        gain = joint_gain(
            project, party, horizon, row, legacy, home, rules.copy_crowding,
            p, s, year, build + 1, own, everybodys,
        )  # fmt: skip
        chance = confidence(project, party, trust, rules.enforcement, p, s, 1.0)
        seen = credit * cost * max(share, 0.0) * in_office(horizon, row, build)
        sure *= chance
        own_gain += gain.own
        regional_gain += gain.regional
        benefit += chance * gain.regard
        opening += chance * seen

        # Costs: dues, the cost of agreeing, the loss of a free hand.
        part = project[p].part
        region_pays = (1.0 - home) * together * part * paid
        dues += home * share * cost * paid + region_pays
        agreeing = part * (
            rules.information
            + rules.round * project[p].rounds
            + rules.standing
            + rules.watching * build
        )
        transaction += agreeing
        land = gov[me].land_dependence if project[p].touches_land else 0.0
        autonomy += part * rules.autonomy * (1.0 + land)

        # Signing and not paying: the others may finish it without me.
        broken = max(share, 0.0) * cost
        lost_face = rules.reputation * standing(project, party, trust, p, s) * broken
        paper += (
            rules.signing_credit * credit * part
            + covered(rules.cover, share) * (chance * gain.regard - region_pays)
            - rules.fine * broken
            - lost_face * min(gov[me].years_left, build) / build
            - agreeing
        )

        alone = alone_terms(gov, project, party, horizon, rules, p, s, year, home)
        if alone.yes:
            fall_back += alone.value
        new_dues += max(rules.upfront, project[p].instalment) * share * cost

    next_year = worth(horizon, row, legacy, 1, 2)
    withheld = withheld_by_a_no(gov, project, party, motion[0], me, home) * next_year
    honest = benefit + opening - dues - transaction - autonomy
    dues_fit = new_dues <= room(gov, me)
    yes = (honest >= fall_back - withheld and dues_fit) or paper > -withheld
    return VoteTerms(
        own_gain, regional_gain, sure, benefit, opening, dues, transaction, autonomy,
        honest, paper, fall_back, withheld, dues_fit, yes,
    )  # fmt: skip


@rule
def vote(gov, project, party, trust, horizon, rules, motion, size, i, year):
    """Whether the i-th party signs the motion."""
    return weigh_vote(gov, project, party, trust, horizon, rules, motion, size, i, year).yes


@rule
def read(benefit, rules, error):
    """A benefit as it is read: with an error, and with caution, which makes a loss look larger."""
    cautious = -rules.caution if benefit >= 0.0 else rules.caution
    return benefit * math.exp(rules.noise * (error + cautious))


@rule
def seat_of(project, party, p, me):
    """The place of government `me` among the parties of p, -1 if it is none."""
    for j in range(project[p].k):
        if party[p, j].gov == me:
            return j
    return -1


@rule
def withheld_by_a_no(gov, project, party, p, me, home):
    """Next year's conditional transfers that fall with the motion; a refuser feels pivotal."""
    mine = 0.0 if gov[me].transfer_lost else gov[me].at_stake
    total = 0.0
    for j in range(project[p].k):
        g = party[p, j].gov
        if not gov[g].transfer_lost:
            total += gov[g].at_stake
    return home * mine + (1.0 - home) * total / project[p].k
