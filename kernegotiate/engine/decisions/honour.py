"""The promise: once a year every party of a signed work keeps it, or breaks it.

By now the leader knows the true benefits; set-up and bargaining costs are sunk. It pays this year's
instalment if staying in is worth at least as much as leaving (U3).
"""

from typing import NamedTuple

import numpy as np

from kernegotiate.engine.decisions.appraisal import (
    Benefits,
    Outlook,
    confidence,
    covered,
    joint_gain,
    shares_inside,
    signing_credit,
    standing,
    years_of_credit,
)
from kernegotiate.engine.horizon import in_office, payments, worth
from kernegotiate.engine.jit import rule
from kernegotiate.engine.rules import Rules


class Prospect(NamedTuple):
    """What a party has before it, whoever weighs it; gains and weights are present values."""

    own_gain: float
    regional_gain: float  # mean over the parties
    confidence: float  # P: that the partners in the deal will pay
    opens: float  # discounted chance of opening the work while in office
    in_term: float  # mean of that chance over the payments left, as a part of all payments
    face: float  # mean trust of the partners in it
    share: float  # its own, of the cost
    unpaid: float  # share of the cost
    together: float  # shares of all in the deal
    paid: float  # weight of 1 of unpaid cost, paid by the schedule that is left
    left: int  # payments, this one included
    office: int  # years of its term left when this one is due
    then: float  # weight of money on that day, 1 where that is today
    there: float  # discounted chance of being in office on that day, likewise
    due: float  # that day, money
    hardship: float  # by how much more than usual it weighs
    backed: bool  # the fund takes over what it would leave unpaid


class PromiseTerms(NamedTuple):
    """What keeping or breaking a promise is made of; present values to the leader."""

    confidence: float  # that the partners still in will pay
    benefit: float  # confidence x parochial regard
    credit: float  # of opening it while in office
    dues: float  # left to pay
    signature: float  # credit for it that still comes in while the promise is kept
    stay: float
    free_ride: float  # benefit if others or the backstop finish it
    visible: float  # credit for spending this year's due at home instead (E122)
    fine: float  # expected
    reputation: float
    burden: float  # what the region pays without me, as far as I care
    leave: float
    yes: bool  # keeps it


@rule
def weigh_promise(
    gov: np.ndarray,
    project: np.ndarray,
    party: np.ndarray,
    trust: np.ndarray,
    horizon: np.ndarray,
    rules: Rules,
    p: int,
    i: int,
    year: int,
    due: float,
    backed: bool,
) -> PromiseTerms:
    """Terms of party i paying this year's instalment of the signed work p.

    Args:
        gov: (N,) GOVERNMENT.
        project: (P,) PROJECT.
        party: (P, K) PARTY.
        trust: (N, N) of the row's government in the column's.
        horizon: (rows, Y) cumulative weights of future years.
        rules: In force.
        p: Place of the project.
        i: Place of the party.
        year: This year.
        due: Its instalment, money.
        backed: The coordinator's fund stands ready to take over what it would leave unpaid.
    """
    me = party[p, i].gov
    home = gov[me].parochial * rules.home
    row, legacy = gov[me].horizon, gov[me].legacy
    unpaid, share = project[p].unpaid, party[p, i].share
    left = project[p].starts + project[p].build - year + 1  # payments, this one included
    # What 1 of unpaid cost weighs, paid by the schedule that is left.
    if left == project[p].build + 1:
        paid = payments(worth(horizon, row, legacy, 1, left), rules.upfront, project[p].instalment)
    else:
        paid = worth(horizon, row, legacy, 0, left) / left
    outlook = Outlook(row, legacy, home)
    effort = project[p].effort
    benefits = Benefits(effort * party[p, i].own, effort * project[p].benefit)
    gain = joint_gain(project, party, horizon, rules, outlook, p, i, year, left, benefits)
    prospect = Prospect(
        gain.own,
        gain.regional,
        confidence(gov, project, party, trust, rules, p, i, unpaid, left, 0),
        in_office(horizon, row, left - 1),
        years_of_credit(horizon, row, left, project[p].build, 0),
        standing(project, party, trust, p, i),
        share,
        unpaid,
        shares_inside(project, party, p),
        paid,
        left,
        gov[me].years_left,
        1.0,
        1.0,
        due,
        gov[me].hardship,
        backed,
    )
    terms: PromiseTerms = keep_or_break(gov, project, rules, p, me, home, prospect)
    return terms


@rule
def keep_or_break(
    gov: np.ndarray,
    project: np.ndarray,
    rules: Rules,
    p: int,
    me: int,
    home: float,
    prospect: Prospect,
) -> PromiseTerms:
    """The two values that a party compares, when it pays and, foreseeing that, when it votes.

    Args:
        gov: (N,) GOVERNMENT.
        project: (P,) PROJECT.
        rules: In force.
        p: Place of the project.
        me: Place of the government.
        home: Its weight on home, as it counts here.
        prospect: What there is to gain and to pay.
    """
    share, unpaid, due = prospect.share, prospect.unpaid, prospect.due
    chance, paid, left = prospect.confidence, prospect.paid, prospect.left
    cost, credit = project[p].cost, gov[me].credit
    mine, everybodys = unpaid * share * cost, unpaid * prospect.together * cost
    benefit = chance * (home * prospect.own_gain + (1.0 - home) * prospect.regional_gain)
    opening = chance * credit * cost * max(share, 0.0) * prospect.opens
    others = (1.0 - home) / project[p].k * paid  # what 1 paid by somebody in the region weighs
    dues = home * mine * paid + others * everybodys + home * due * prospect.hardship
    signature = rules.credit_kept * signing_credit(gov, project, rules, p, me) * prospect.in_term
    stay = benefit + opening - dues + signature

    cover = 1.0 if prospect.backed else covered(rules.cover, share)
    free_ride = cover * benefit
    visible = credit * due * prospect.there
    fine = project[p].fine * gov[me].pursuit * max(mine, 0.0) * prospect.then
    lost = project[p].reputation * prospect.face
    lost *= due * min(prospect.office, left) * prospect.then
    burden = others * (everybodys - mine)
    leave = free_ride + visible - fine - lost - burden
    return PromiseTerms(
        chance, benefit, opening, dues, signature, stay, free_ride, visible, fine, lost, burden,
        leave, stay >= leave,
    )  # fmt: skip


@rule
def honour(gov, project, party, trust, horizon, rules, p, i, year, due, backed):
    """Whether party i keeps its promise this year; False breaks it for good.

    Arguments as of `weigh_promise`.
    """
    return weigh_promise(gov, project, party, trust, horizon, rules, p, i, year, due, backed).yes
