"""The vote on a draft: would I sign this, and mean it or not?

A leader (through its delegate) says yes for one of two reasons. Honestly, if keeping the promise is
worth at least the fall-back and the dues fit under the ceiling. Or on paper, if signing and not
paying is worth something: without enforcement a signature is cheap, which is how a council signs
much and finishes little (E43, E152, E166).
"""

from typing import NamedTuple

import numpy as np

from kernegotiate.engine.decisions.appraisal import (
    Benefits,
    Outlook,
    alone_terms,
    confidence,
    covered,
    joint_gain,
    room,
    signing_credit,
    standing,
    years_of_credit,
)
from kernegotiate.engine.decisions.honour import Prospect, keep_or_break
from kernegotiate.engine.draws import normal
from kernegotiate.engine.elementary import exp
from kernegotiate.engine.horizon import in_office, payments, worth
from kernegotiate.engine.jit import rule
from kernegotiate.engine.rules import Rules


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
    foresees: bool  # whether it keeps the promise
    keeps: bool  # then: it will, in all projects of the motion
    signing: float  # then: value of signing and doing what it will do
    dues_fit: bool
    earnest: bool  # the honest clause holds: it would sign and keep the promise
    yes: bool


@rule
def inform(project, party, rules, p):
    """Before the first talks about p its parties read what it would bring; they read it once."""
    project[p].read = read(project[p].benefit, rules, 0.0)
    for s in range(project[p].k):
        party[p, s].reading = normal(party[p, s].reading_draw)
        party[p, s].read = read(party[p, s].own, rules, party[p, s].reading)


@rule
def study(
    gov: np.ndarray,
    project: np.ndarray,
    party: np.ndarray,
    trust: np.ndarray,
    horizon: np.ndarray,
    rules: Rules,
    p: int,
    year: int,
) -> None:
    """The parties of p work out, when it is tabled, all that no draft of the shares will change.

    Args:
        gov: (N,) GOVERNMENT.
        project: (P,) PROJECT.
        party: (P, K) PARTY; those of p are written.
        trust: (N, N) of the row's government in the column's.
        horizon: (rows, Y) cumulative weights of future years.
        rules: In force.
        p: Place of the project.
        year: In which it is tabled.
    """
    k, build, part, wait = project[p].k, project[p].build, project[p].part, rules.waiting
    opens_in = wait + build + 1
    agreeing = part * (rules.information + rules.standing + rules.watching * build)
    everybodys_stakes = stakes(gov, project, party, p)
    for s in range(k):
        me = party[p, s].gov
        home = gov[me].parochial * rules.home_at_vote
        row, legacy = gov[me].horizon, gov[me].legacy
        outlook = Outlook(row, legacy, home)
        benefits = Benefits(party[p, s].read, project[p].read)
        gain = joint_gain(project, party, horizon, rules, outlook, p, s, year, opens_in, benefits)
        party[p, s].own_gain = gain.own
        party[p, s].regional_gain = gain.regional
        party[p, s].regard = gain.regard
        party[p, s].opens = in_office(horizon, row, wait + build)
        party[p, s].applause = gov[me].credit * party[p, s].opens
        # Where nobody has to approve, the first payment is due today.
        party[p, s].then = worth(horizon, row, legacy, wait, wait + 1) if wait > 0 else 1.0
        party[p, s].there = in_office(horizon, row, wait) if wait > 0 else 1.0
        building = worth(horizon, row, legacy, wait + 1, opens_in)
        party[p, s].in_term = years_of_credit(horizon, row, build + 1, build, wait)
        first = rules.upfront * party[p, s].then
        party[p, s].paid = payments(building, first, project[p].instalment)
        party[p, s].agreeing = agreeing
        land = gov[me].land_dependence if project[p].touches_land else 0.0
        party[p, s].autonomy = part * rules.autonomy * (1.0 + land)
        if s == 0:  # the host, whose land it is
            party[p, s].autonomy += project[p].cost * rules.land_rent * land
        party[p, s].standing = standing(project, party, trust, p, s)
        face = project[p].reputation * party[p, s].standing
        party[p, s].face = face * min(max(gov[me].years_left - wait, 0), build) / build
        alone = alone_terms(gov, project, party, horizon, rules, p, s, year, home)
        party[p, s].fall_back = alone.value if alone.yes else 0.0
        lost = withheld_by_a_no(gov, me, home, everybodys_stakes, k)
        party[p, s].withheld = lost * worth(horizon, row, legacy, 1, 2)


@rule
def weigh_vote(
    gov: np.ndarray,
    project: np.ndarray,
    party: np.ndarray,
    trust: np.ndarray,
    rules: Rules,
    motion: np.ndarray,
    size: int,
    i: int,
) -> VoteTerms:
    """Terms of the vote of the i-th party of the first project of a motion of `size` projects.

    Every party has studied the projects when they were tabled. Here, and in the other decisions,
    arrays come one by one: a model that asks its agents hands over these few, not a whole `World`.

    Args:
        gov: (N,) GOVERNMENT.
        project: (P,) PROJECT.
        party: (P, K) PARTY.
        trust: (N, N) of the row's government in the column's.
        rules: In force.
        motion: (linkage,) places of the projects.
        size: How many are tied together.
        i: Place of the party.
    """
    me = party[motion[0], i].gov
    home = gov[me].parochial * rules.home_at_vote
    own_gain = regional_gain = benefit = opening = dues = transaction = autonomy = 0.0
    paper = fall_back = new_dues = signing = kept_dues = 0.0
    sure = 1.0
    foresees = gov[me].foresees
    keeps = True
    for m in range(size):
        p = motion[m]
        s = i if m == 0 else seat_of(project, party, p, me)
        cost, part = project[p].cost, project[p].part
        share, regard, paid = party[p, s].share, party[p, s].regard, party[p, s].paid
        bears = max(share, 0.0) * cost
        together = 1.0 - project[p].match - project[p].fund_share  # what all parties bear
        left, wait = project[p].build + 1, rules.waiting
        chance = confidence(gov, project, party, trust, rules, p, s, 1.0, left, wait)
        sure *= chance
        own_gain += party[p, s].own_gain
        regional_gain += party[p, s].regional_gain
        benefit += chance * regard
        opening += chance * party[p, s].applause * bears

        # Costs: dues, the cost of agreeing, the loss of a free hand.
        region_pays = (1.0 - home) * together * part * paid
        dues += home * share * cost * paid + region_pays
        agreeing = agreeing_cost(project, party, rules, p, s)
        transaction += agreeing
        autonomy += party[p, s].autonomy

        # Signing and not paying: the others may finish it without me.
        paper += (
            (1.0 - rules.credit_kept) * signing_credit(gov, project, rules, p, me)
            + covered(rules.cover, share) * (chance * regard - region_pays)
            - (project[p].fine * gov[me].pursuit + party[p, s].face) * bears * party[p, s].then
            - agreeing
        )
        heaviest = max(rules.upfront, project[p].instalment) * share * cost
        if foresees:
            will, value = foreseen(gov, project, party, rules, p, s, me, home, chance, together)
            signing += value - agreeing - party[p, s].autonomy
            keeps = keeps and will
            kept_dues += heaviest if will else 0.0
        fall_back += party[p, s].fall_back
        new_dues += heaviest

    withheld = party[motion[0], i].withheld  # once, however many projects are tied together
    honest = benefit + opening - dues - transaction - autonomy
    dues_fit = (kept_dues if foresees else new_dues) <= room(gov, me)
    if foresees:
        yes = signing >= fall_back - withheld and dues_fit
        earnest = yes and keeps
    else:
        earnest = honest >= fall_back - withheld and dues_fit
        yes = earnest or paper > -withheld
    return VoteTerms(
        own_gain, regional_gain, sure, benefit, opening, dues, transaction, autonomy,
        honest, paper, fall_back, withheld, foresees, keeps, signing, dues_fit, earnest, yes,
    )  # fmt: skip


@rule
def foreseen(
    gov: np.ndarray,
    project: np.ndarray,
    party: np.ndarray,
    rules: Rules,
    p: int,
    s: int,
    me: int,
    home: float,
    chance: float,
    together: float,
) -> tuple[bool, float]:
    """What the leader of party s will do when the first payment is due, and what signing is worth.

    The leader compares as it will then (`keep_or_break`), with the gains as it reads them today.
    The value is that of its delegate, who may weigh home less. What is not paid is spent visibly at
    home, by who breaks the promise as by who never made it: so this credit is lost by keeping it.
    Who breaks it may go alone after that.

    Returns:
        Whether the promise will be kept; value without the costs of agreeing and of autonomy.
    """
    here = party[p, s]
    unpaid, cost = project[p].unpaid, project[p].cost
    # Nothing upfront: the first to be asked for is the instalment of the next year.
    first = rules.upfront if rules.upfront > 0.0 else project[p].instalment
    due = first * here.share * cost
    backed = unpaid * here.share * cost <= project[p].cushion
    # What a later year will be like nobody knows.
    hardship = gov[me].hardship if rules.upfront > 0.0 and rules.waiting == 0 else 0.0
    office = max(gov[me].years_left - rules.waiting, 0)
    prospect = Prospect(
        here.own_gain, here.regional_gain, chance, here.opens, here.in_term, here.standing,
        here.share, unpaid, together, here.paid, project[p].build + 1, office, here.then,
        here.there, due, hardship, backed,
    )  # fmt: skip
    leader = gov[me].parochial * rules.home
    terms = keep_or_break(gov, project, rules, p, me, leader, prospect)
    will = terms.yes or due <= 0.0
    if home != leader:
        terms = keep_or_break(gov, project, rules, p, me, home, prospect)
    credit = (1.0 - rules.credit_kept) * signing_credit(gov, project, rules, p, me)
    value = terms.stay if will else terms.leave + party[p, s].fall_back
    return will, credit + value - terms.visible


@rule
def vote(gov, project, party, trust, rules, motion, size, i):
    """Whether the i-th party signs the motion, and whether it would sign it to keep it.

    Arguments as of `weigh_vote`.
    """
    terms = weigh_vote(gov, project, party, trust, rules, motion, size, i)
    return terms.yes, terms.earnest


@rule
def read(benefit, rules, error):
    """A benefit as it is read: with an error, and with caution, which makes a loss look larger."""
    cautious = -rules.caution if benefit >= 0.0 else rules.caution
    return benefit * exp(rules.noise * (error + cautious))


@rule
def agreeing_cost(project, party, rules, p, s):
    """What agreeing on p costs party s: information, the drafts so far, set-up and monitoring."""
    return party[p, s].agreeing + project[p].part * rules.round * project[p].rounds


@rule
def seat_of(project, party, p, me):
    """The place of government `me` among the parties of p, -1 if it is none."""
    for j in range(project[p].k):
        if party[p, j].gov == me:
            return j
    return -1


@rule
def stakes(gov, project, party, p):
    """Next year's conditional transfers that fall with p, as far as none has been lost yet.

    They hang on talks that the body holds.
    """
    total = 0.0
    if project[p].apart:
        return total
    for j in range(project[p].k):
        g = party[p, j].gov
        if not gov[g].transfer_lost:
            total += gov[g].at_stake
    return total


@rule
def withheld_by_a_no(gov, me, home, everybodys, k):
    """What of the stakes of all k parties counts to `me`; a refuser feels pivotal."""
    mine = 0.0 if gov[me].transfer_lost or everybodys <= 0.0 else gov[me].at_stake
    return home * mine + (1.0 - home) * everybodys / k
