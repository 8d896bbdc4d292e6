"""Our own Beta, Gamma and normal distributions against SciPy's, and at the ends of their range."""

import numpy as np
import pytest
from scipy import special

from kernegotiate.engine.quantiles import beta_quantiles, gamma_quantiles, normal_tails

HALF = 822
MIDDLE = slice(2 * HALF // 10, -(2 * HALF) // 10)


@pytest.fixture(scope="module")
def tails():
    found = np.zeros(HALF)
    normal_tails(0.01, found)
    return found


def both(tails):
    """Lower and upper tails of all knots."""
    return np.r_[tails, 1 - tails[-2::-1]], np.r_[1 - tails, tails[-2::-1]]


def gamma(shape, tails):
    out = np.zeros(2 * HALF - 1)
    gamma_quantiles(shape, tails, out)
    return out


def beta(a, b, tails):
    out = np.zeros(2 * HALF - 1)
    beta_quantiles(a, b, tails, out)
    return out


def test_normal_tails(tails):
    assert tails == pytest.approx(special.ndtr(-0.01 * np.arange(HALF - 1, -1, -1)), rel=1e-13)


@pytest.mark.parametrize("shape", [0.05, 0.5, 1.0, 3.0, 40.0, 5000.0])
def test_gamma(shape, tails):
    lower, upper = both(tails)
    theirs = np.where(
        lower < 0.5, special.gammaincinv(shape, lower), special.gammainccinv(shape, upper)
    )
    assert gamma(shape, tails) == pytest.approx(theirs, rel=1e-11, abs=1e-300)


@pytest.mark.parametrize(
    ("a", "b"), [(4.8, 3.2), (2.1, 3.9), (0.5, 0.5), (1, 1), (0.2, 7), (7, 0.2), (300, 5000)]
)
def test_beta(a, b, tails):
    lower, upper = both(tails)
    ours = beta(a, b, tails)
    theirs = np.where(
        lower <= 0.5, special.betaincinv(a, b, lower), special.betainccinv(a, b, upper)
    )
    assert ours == pytest.approx(theirs, abs=1e-12)
    # Where a quantile is small its own size counts: there the tail it was sought for comes back.
    at = (ours > 1e-290) & (ours < 0.5)
    assert special.betainc(a, b, ours[at]) == pytest.approx(lower[at], rel=1e-10)


SIZES = [1e-300, 1e-200, 1e-9, 1e-4, 1.0, 1e3, 1e6]


@pytest.mark.parametrize("a", SIZES)
def test_every_allowed_size(a, tails):
    """Quantiles are numbers, in their range, and never fall."""
    ours = [gamma(a, tails), *(beta(max(a, 1e-200), b, tails) for b in SIZES[1:])]
    for found in ours:
        assert np.isfinite(found).all()
        assert (np.diff(found) >= 0).all()
        assert found[0] >= 0
    assert all(found[-1] <= 1 for found in ours[1:])
