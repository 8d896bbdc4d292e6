"""Going alone: a party outside the deal builds a substitute for itself.

Open to every party of a duplicable project that is not bound by a deal on it, also to one that
reneged, until the joint work opens, dies or expires.
"""

from kernegotiate.engine.decisions.appraisal import alone_terms
from kernegotiate.engine.jit import rule


@rule
def weigh_going_alone(gov, project, party, horizon, rules, p, i, year):
    """Terms of party i building its own copy of p this year."""
    home = gov[party[p, i].gov].parochial * rules.home
    return alone_terms(gov, project, party, horizon, rules, p, i, year, home)


@rule
def go_alone(gov, project, party, horizon, rules, p, i, year):
    """Whether party i builds its own copy of p this year."""
    return weigh_going_alone(gov, project, party, horizon, rules, p, i, year).yes
