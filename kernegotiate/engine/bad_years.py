"""Bad years: a government now and then lacks a part of its budget, alone or with all others.

To a leader with logarithmic utility of what is left to spend, a unit of money weighs
1 / (1 - loss) times as much in such a year (D. Bernoulli 1738). So this year's payments and copies
weigh more, and promises break that would have been kept in any other year.
"""

import numpy as np

from kernegotiate.engine.draws import BAD_YEAR, uniform, words
from kernegotiate.engine.jit import rule


@rule
def lost_in(gov, nature, seed, run, i, year):
    """Part of its budget that government i lacks this year.

    Each bad year has the same chance; a part of them goes by a draw that all governments share.
    """
    if nature.bad_years <= 0.0:
        return 0.0
    none = np.uint64(0)
    a, b, _, _ = words(seed, run, BAD_YEAR, 0, gov[i].address, none, year)
    if uniform(b) < nature.bad_years_shared:
        a, _, _, _ = words(seed, run, BAD_YEAR, 0, none, none, year)
    return nature.bad_year_loss if uniform(a) < nature.bad_years else 0.0
