"""Our own exponential, logarithm, sine and arcsine against forty digits."""

import decimal
import math
from decimal import Decimal

import numpy as np
import pytest

from kernegotiate.engine.elementary import LN2_HIGH, LN2_LOW, exp, log
from kernegotiate.engine.sphere import arcsine, sine

MOST = 0.8  # units in the last place; half of one would be correct rounding
INF, NAN = math.inf, math.nan


@pytest.fixture(autouse=True)
def forty_digits():
    with decimal.localcontext() as context:
        context.prec = 40
        yield


def error(found, true):
    """How far a double is from what is true, in units in the last place of that."""
    return abs(Decimal(float(found)) - true) / Decimal(math.ulp(float(true)))


def places(seed):
    """Doubles of every size and sign."""
    rng = np.random.default_rng(seed)
    tiny = rng.normal(size=300) * 10.0 ** rng.uniform(-20, 0, 300)
    return np.concatenate([rng.uniform(-745, 709.7, 600), rng.normal(size=600), tiny])


def test_exponential():
    assert max(error(exp(x), Decimal(float(x)).exp()) for x in places(1)) < MOST


def test_exponential_below_the_normal_numbers():
    at = np.linspace(-745, -700, 500)
    assert max(error(exp(x), Decimal(float(x)).exp()) for x in at) < MOST


def test_logarithm():
    rng = np.random.default_rng(2)
    near = 1 + rng.normal(size=600) * 10.0 ** rng.uniform(-16, -1, 600)
    small = rng.uniform(0, 2.3e-308, 300)
    for x in np.concatenate([np.exp(places(3)[:1200]), near, small]):
        true = Decimal(float(x)).ln()
        assert log(x) == 0 if true == 0 else error(log(x), true) < MOST


@pytest.mark.parametrize(
    ("x", "e", "ln"),
    [
        (0.0, 1.0, -INF),
        (-0.0, 1.0, -INF),
        (1.0, math.e, 0.0),
        (-1.0, 1 / math.e, NAN),
        (INF, INF, INF),
        (-INF, 0.0, NAN),
        (NAN, NAN, NAN),
        (5e-324, 1.0, -744.4400719213812),
        (709.782712893384, 1.797693134862273e308, 6.564958885017789),
        (709.7827128933841, INF, 6.564958885017789),
        (-745.1332191019411, 5e-324, NAN),
        (-745.1332191019412, 0.0, NAN),
        (1e308, INF, 709.1962086421661),
        (-1e308, 0.0, NAN),
    ],
)
def test_edges(x, e, ln):
    assert exp(x) == pytest.approx(e, rel=1e-12, abs=0, nan_ok=True)
    assert log(x) == pytest.approx(ln, rel=1e-15, abs=0, nan_ok=True)


def test_the_two_parts_of_ln_2():
    assert abs(Decimal(LN2_HIGH) + Decimal(LN2_LOW) - Decimal(2).ln()) < Decimal("2e-26")
    assert all(k * LN2_HIGH == Decimal(k) * Decimal(LN2_HIGH) for k in range(-1080, 1080))


def test_sine_and_arcsine():
    for x in np.linspace(-math.pi, math.pi, 1001):
        assert sine(x) == pytest.approx(math.sin(x), abs=6e-16)
    for y in np.linspace(0, 1, 1001):
        assert arcsine(y) == pytest.approx(math.asin(y), rel=5e-16)
