"""Leaders: fixed terms, renewal up to a limit, and a new character at every change.

Turnover does not depend on what anybody decides, so every institution meets the same leaders,
unless voters or superiors look at results (`renewal_results`).
Trust in and of a newcomer moves back towards the level it started from (E158; L5).
"""

import numpy as np

from kernegotiate.engine.draws import CALENDAR, CONDUCT, LEADER, from_table, uniform, words
from kernegotiate.engine.horizon import row_of
from kernegotiate.engine.jit import rule

PAROCHIAL, LEGACY, CREDIT = 0, 1, 2  # rows of the quantile tables
SYNCHRONISED, STAGGERED, RANDOM = 0, 1, 2
CALENDARS = {"synchronised": SYNCHRONISED, "staggered": STAGGERED, "random": RANDOM}


@rule
def set_horizon(gov, nature, i):
    """Point government i at the horizon of a leader where this one stands."""
    renewable = gov[i].served < nature.term_limit
    gov[i].again = nature.renewal if renewable else 0.0
    gov[i].horizon = row_of(gov[i].years_left, renewable)


@rule
def take_office(gov, quantile, nature, seed, run, i, year, w_parochial, w_legacy, w_credit):
    """A new leader of government i, with the character drawn for it."""
    gov[i].foresees = nature.foresight >= 1.0
    if 0.0 < nature.foresight < 1.0:
        conduct, _, _, _ = words(seed, run, CONDUCT, 0, gov[i].address, np.uint64(0), year)
        gov[i].foresees = uniform(conduct) < nature.foresight
    gov[i].settled = False
    gov[i].served = 1
    gov[i].parochial = from_table(quantile, PAROCHIAL, uniform(w_parochial))
    gov[i].legacy = from_table(quantile, LEGACY, uniform(w_legacy))
    gov[i].credit = from_table(quantile, CREDIT, uniform(w_credit))


@rule
def first_leaders(gov, quantile, nature, seed, run):
    """The leaders in office when the story begins, in their first term."""
    n = gov.shape[0]
    none = np.uint64(0)
    for i in range(n):
        a, b, c, _ = words(seed, run, LEADER, 0, gov[i].address, none, 0)
        take_office(gov, quantile, nature, seed, run, i, 0, a, b, c)
        gov[i].voters = 1.0
        left = nature.term
        if nature.calendar == STAGGERED:
            left = nature.term - (i * nature.term) // n
        elif nature.calendar == RANDOM:
            d, _, _, _ = words(seed, run, CALENDAR, 0, gov[i].address, none, 0)
            left = 1 + int(uniform(d) * nature.term)
        gov[i].years_left = left
        set_horizon(gov, nature, i)


@rule
def chance_to_stay(gov, nature, i):
    """The chance of renewal after what leader i has opened and broken in this term."""
    results = nature.renewal_results * (gov[i].opened - gov[i].broken)
    return min(max(nature.renewal + results, 0.0), 1.0)


@rule
def put_trust_back(world, nature, rules, i):
    """A newcomer leads government i: trust in it and its own move back to where they started.

    As far as nobody remembers, which a body does for its members.
    """
    trust = world.trust
    reset = rules.trust_reset if world.gov[i].member else nature.trust_reset
    for place in range(world.partners_from[i], world.partners_from[i + 1]):
        j = world.partner[place]
        trust[i, j] += reset * (rules.trust - trust[i, j])
        trust[j, i] += reset * (rules.trust - trust[j, i])


@rule
def tick(world, nature, rules, seed, run, year):
    """A year passes in every term; leaders whose term has ended are renewed or replaced."""
    gov = world.gov
    none = np.uint64(0)
    for i in range(gov.shape[0]):
        if gov[i].into != i:
            continue
        gov[i].years_left -= 1
        if gov[i].years_left == 0:
            gov[i].years_left = nature.term
            a, b, c, d = words(seed, run, LEADER, 0, gov[i].address, none, year)
            if uniform(d) < chance_to_stay(gov, nature, i) and gov[i].served < nature.term_limit:
                gov[i].served += 1
            else:
                take_office(gov, world.quantile, nature, seed, run, i, year, a, b, c)
                gov[i].voters += nature.trust_reset * (1.0 - gov[i].voters)
                put_trust_back(world, nature, rules, i)
            gov[i].opened = 0
            gov[i].broken = 0
        set_horizon(gov, nature, i)
