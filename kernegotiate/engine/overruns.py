"""Cost overruns: building turns out dearer than planned, once, in some year of building.

What is left to pay grows by an exponentially distributed part, whose mean grows with the years of
building and differs by kind. Grants and the fund's part are sums that were fixed at signing, so the
parties bear what comes on top; where they bear nothing, the centre does. No draft foresees it.
"""

import numpy as np

from kernegotiate.engine.draws import OVERRUN, uniform, words
from kernegotiate.engine.elementary import log
from kernegotiate.engine.jit import rule

DUST = 1e-12  # of a share


@rule
def draw_overrun(project, gov, nature, seed, run, p):
    """Decide, when project p arrives, by how much its cost will grow, and when.

    Args:
        project: (P,) PROJECT, written.
        gov: (N,) GOVERNMENT.
        nature: (Nature) exogenous rules.
        seed: Of all draws.
        run: Number of the run.
        p: Place of the project.
    """
    project[p].overrun = 0.0
    project[p].overrun_in = 0
    project[p].stretch = 1.0
    project[p].grown = 1.0
    project[p].stretched = 0
    project[p].extra = 0.0
    mean = nature.overrun * project[p].overruns * project[p].build
    if mean > 0.0:
        serial, year = project[p].serial, project[p].year
        host = gov[project[p].host].address
        a, b, _, _ = words(seed, run, OVERRUN, serial, host, np.uint64(0), year)
        project[p].overrun = -log(uniform(a)) * mean
        project[p].overrun_in = 1 + int(uniform(b) * project[p].build)


@rule
def overruns_now(project, p, year):
    """Whether this is the year in which the cost of p grows."""
    return project[p].overrun_in > 0 and year == project[p].starts + project[p].overrun_in


@rule
def grow(gov, project, party, p, year):
    """What is left to pay for p grows; the parties' shares of it, and this year's dues, with it.

    Returns:
        The growth, money.
    """
    factor = 1.0 + project[p].overrun
    before, cost = project[p].unpaid, project[p].cost
    outside = project[p].match + project[p].fund_share
    inside = 1.0 - outside
    grown = (1.0 - outside / factor) / inside if inside > DUST else 1.0
    for i in range(project[p].k):
        if party[p, i].inside:
            due = party[p, i].share * project[p].instalment * cost
            party[p, i].share *= grown
            gov[party[p, i].gov].dues += party[p, i].share * project[p].instalment * factor * cost
            gov[party[p, i].gov].dues -= due
    project[p].fund_share /= factor
    project[p].match /= factor
    if inside <= DUST:
        project[p].match = 1.0 - project[p].fund_share
    project[p].extra = before * (factor - 1.0)
    project[p].unpaid = before * factor
    project[p].instalment *= factor
    project[p].stretch = factor
    project[p].grown = grown
    project[p].stretched = year
    return project[p].extra * cost
