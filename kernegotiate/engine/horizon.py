"""What a year ahead weighs: to a leader, and to society.

A leader who has h years left weighs the year y years ahead by

    psi(y) = delta^y [a(y) + l (1 - a(y))],

a(y) = 1 while in office (y < h), the renewal chance during a renewable next term, else 0; l is the
legacy weight. psi is affine in l, so one cumulative row for each (h, renewable), and one in which
every year counts, serve every leader: S(from, to) = sum of psi(y) for from <= y < to.

S is a difference of two sums. Sums from year 0 lose what comes late once the weights fall fast: at
delta = .01 the years after the eighth are below the last bit of the first. So for small delta the
tables hold sums to the last year instead, with a minus, whose differences are the same S.
"""

import numpy as np

from kernegotiate.engine.jit import rule

STEEP = 0.8  # discount factor below which sums run from the last year
ALWAYS = 0  # the row in which every year counts, as it does for a leader with legacy weight 1


@rule
def row_of(years_left, renewable):
    """The row of the horizon table for a leader with `years_left` (this year included)."""
    return 1 + 2 * years_left + (1 if renewable else 0)


def horizon_table(discount: float, term: int, renewal: float, years: int) -> np.ndarray:
    """Cumulative weights, shape (1 + 2 (term + 1), years + 1); row 0 is `ALWAYS`."""
    table = np.zeros((1 + 2 * (term + 1), years + 1))
    weight, year = _weights(discount, years), np.arange(years)
    table[ALWAYS] = _sums(weight, discount)
    left = np.arange(term + 1)[:, None]
    next_term = np.where(year < left + term, renewal, 0.0)
    for renewable, again in ((False, 0.0), (True, next_term)):
        in_office = np.where(year < left, 1.0, again)
        table[row_of(0, renewable) :: 2] = _sums(weight * in_office, discount)
    return table


def society_table(discount: float, years: int) -> np.ndarray:
    """Society's weights, shape (2, years + 1): cumulative up to a year, and of the year."""
    weight = _weights(discount, years + 1)
    return np.stack([_sums(weight[:-1], discount), weight])


def _weights(discount: float, years: int) -> np.ndarray:
    """The weight of each year, shape (years,)."""
    return np.cumprod(np.where(np.arange(years) == 0, 1.0, discount))


def _sums(weights: np.ndarray, discount: float) -> np.ndarray:
    """Sums whose differences are S, of each row of weights, shape (..., years + 1)."""
    years = weights.shape[-1]
    sums = np.zeros((*weights.shape[:-1], years + 1))
    if discount < STEEP:
        sums[..., :years] = -np.cumsum(weights[..., ::-1], axis=-1)[..., ::-1]
    else:
        sums[..., 1:] = np.cumsum(weights, axis=-1)
    return sums


@rule
def worth(horizon, row, legacy, start, stop):
    """S(start, stop): what 1 a year in the years start <= y < stop ahead weighs to a leader."""
    always = horizon[ALWAYS, stop] - horizon[ALWAYS, start]
    office = horizon[row, stop] - horizon[row, start]
    return legacy * always + (1.0 - legacy) * office


@rule
def in_office(horizon, row, year):
    """Discounted chance of still being in office `year` years ahead."""
    return horizon[row, year + 1] - horizon[row, year]


@rule
def years_in_office(horizon, row):
    """Discounted years that a leader expects in office, this one included."""
    return horizon[row, horizon.shape[1] - 1] - horizon[row, 0]


@rule
def payments(weights, upfront, instalment):
    """Present value of a cost of 1: `upfront` now, an `instalment` in each year of building.

    `weights` is S(1, build + 1).
    """
    return upfront + instalment * weights
