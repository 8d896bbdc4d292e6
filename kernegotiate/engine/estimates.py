"""What somebody who is not of the place makes of a project: a coordinator, a funder, the centre."""

import numpy as np

from kernegotiate.engine.draws import ESTIMATE, normal, uniform, words
from kernegotiate.engine.elementary import exp
from kernegotiate.engine.horizon import payments
from kernegotiate.engine.jit import rule
from kernegotiate.engine.rules import Rules


@rule
def estimate(
    gov: np.ndarray,
    project: np.ndarray,
    society: np.ndarray,
    rules: Rules,
    error: float,
    seed: int,
    run: int,
    p: int,
) -> tuple[float, float]:
    """An outsider's estimates for project p: present value of benefits, and of costs.

    It sees no local misfit (E109) and errs by exp(error z), z the same for whoever estimates.

    Args:
        gov: (N,) GOVERNMENT.
        project: (P,) PROJECT.
        society: (2, Y) society's cumulative weights of future years, and the weight of each.
        rules: In force.
        error: Standard deviation of its logarithmic error.
        seed: Of all draws.
        run: Number of the run.
        p: Place of the project.

    Returns:
        Both in money of the year in which it is tabled.
    """
    host = gov[project[p].host].address
    a, _, _, _ = words(seed, run, ESTIMATE, project[p].serial, host, np.uint64(0), project[p].year)
    build, life = project[p].build, project[p].life
    years = society[0, build + 1 + life] - society[0, build + 1]
    seen = project[p].public_benefit * exp(error * normal(uniform(a)))
    weights = society[0, build + 1] - society[0, 1]
    paid = payments(weights, rules.upfront, project[p].instalment)
    return seen * years, project[p].cost * paid
