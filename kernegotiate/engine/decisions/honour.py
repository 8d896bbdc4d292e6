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
    standing,
)
from kernegotiate.engine.horizon import in_office, payments, worth
from kernegotiate.engine.jit import rule
from kernegotiate.engine.rules import Rules


class PromiseTerms(NamedTuple):
    """What keeping or breaking a promise is made of; present values to the leader."""

    confidence: float  # that the partners still in will pay
    benefit: float  # confidence x parochial regard
    credit: float  # of opening it while in office
    dues: float  # left to pay
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
    row, legacy, credit = gov[me].horizon, gov[me].legacy, gov[me].credit
    k, cost, share = project[p].k, project[p].cost, party[p, i].share
    unpaid = project[p].unpaid
    left = project[p].signed + project[p].build - year + 1  # payments, this one included
    # What 1 of unpaid cost weighs, paid by the schedule that is left.
    if left == project[p].build + 1:
        paid = payments(worth(horizon, row, legacy, 1, left), rules.upfront, project[p].instalment)
    else:
        paid = worth(horizon, row, legacy, 0, left) / left
    mine = unpaid * share * cost
    everybodys = unpaid * shares_inside(project, party, p) * cost

    outlook = Outlook(row, legacy, home)
    benefits = Benefits(party[p, i].own, project[p].benefit)
    gain = joint_gain(project, party, horizon, rules, outlook, p, i, year, left, benefits)
    chance = confidence(project, party, trust, rules.enforcement, p, i, unpaid)
    benefit = chance * gain.regard
    opening = chance * credit * cost * max(share, 0.0) * in_office(horizon, row, left - 1)
    others = (1.0 - home) / k * paid  # what 1 paid by somebody in the region weighs
    dues = home * mine * paid + others * everybodys
    stay = benefit + opening - dues

    cover = 1.0 if backed else covered(rules.cover, share)
    free_ride = cover * benefit
    visible = credit * due
    fine = rules.fine * max(mine, 0.0)
    face = rules.reputation * standing(project, party, trust, p, i)
    face *= due * min(gov[me].years_left, left)
    burden = others * (everybodys - mine)
    leave = free_ride + visible - fine - face - burden
    return PromiseTerms(
        chance, benefit, opening, dues, stay, free_ride, visible, fine, face, burden, leave,
        stay >= leave,
    )  # fmt: skip


@rule
def honour(gov, project, party, trust, horizon, rules, p, i, year, due, backed):
    """Whether party i keeps its promise this year; False breaks it for good.

    Arguments as of `weigh_promise`.
    """
    return weigh_promise(gov, project, party, trust, horizon, rules, p, i, year, due, backed).yes
