"""Going alone: a party outside the deal builds a substitute for itself.

Open to every party of a duplicable project that is not bound by a deal on it, also to one that
reneged, until the joint work opens, dies or expires.
"""

import numpy as np

from kernegotiate.engine.decisions.appraisal import Alone, alone_terms
from kernegotiate.engine.jit import rule
from kernegotiate.engine.rules import Rules


@rule
def weigh_going_alone(
    gov: np.ndarray,
    project: np.ndarray,
    party: np.ndarray,
    horizon: np.ndarray,
    rules: Rules,
    p: int,
    i: int,
    year: int,
) -> Alone:
    """Terms of party i building its own copy of p this year; arguments as of `alone_terms`."""
    home = gov[party[p, i].gov].parochial * rules.home
    terms: Alone = alone_terms(gov, project, party, horizon, rules, p, i, year, home)
    return terms


@rule
def go_alone(gov, project, party, horizon, rules, p, i, year):
    """Whether party i builds its own copy of p this year; arguments as of `alone_terms`."""
    return weigh_going_alone(gov, project, party, horizon, rules, p, i, year).yes
