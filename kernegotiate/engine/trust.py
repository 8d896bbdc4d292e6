"""Trust: each party's belief that another keeps its promises, learned from what it sees.

A payment made moves it up, T += up (1 - T); a promise broken moves it down, T *= 1 - down (E117,
E118). Every other party of the project watches, whether or not it is still in the deal. How fast
trust moves is an assumption: no source measures it.
"""

import math

from kernegotiate.engine.jit import rule


@rule
def reassured(project, party, trust, up, p, i):
    """Party i has paid; its partners trust it a little more."""
    me = party[p, i].gov
    for j in range(project[p].k):
        if j != i:
            other = party[p, j].gov
            trust[other, me] += up * (1.0 - trust[other, me])


@rule
def betrayed(project, party, trust, down, p, i):
    """Party i has broken its promise; its partners trust it less."""
    me = party[p, i].gov
    for j in range(project[p].k):
        if j != i:
            trust[party[p, j].gov, me] *= 1.0 - down


@rule
def mean_trust(world):
    """Mean over all pairs that can ever be partners, NaN if there are none."""
    gov, pairs, total = world.gov, 0, 0.0
    for i in range(gov.shape[0]):
        for place in range(world.partners_from[i], world.partners_from[i + 1]):
            j = world.partner[place]
            if gov[i].into == i and gov[j].into == j:
                total += world.trust[i, j]
                pairs += 1
    return total / pairs if pairs > 0 else math.nan
