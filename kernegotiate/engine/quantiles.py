"""Quantiles of the leaders' characters, Beta and Gamma, as a fixed sequence of operations.

A library's incomplete Beta and Gamma functions call `exp`, `log` and `lgamma` of the machine's C
library and change with their versions. Here they are the textbook's: series and continued
fractions (Abramowitz and Stegun 1964, 6.5.29, 6.5.31, 26.5.8; by Lentz's method), and Newton's
method on the logarithm of the nearer tail, knot after knot, each begun at the last. As a function
of the logarithm of x that tail is concave, so Newton's method comes from one side.
"""

import math

from kernegotiate.engine.elementary import exp, log
from kernegotiate.engine.jit import rule

EULER = 0.5772156649015329
HALF_LOG_TWO_PI = 0.9189385332046727
TERMS = 20_000  # at most, of a series or fraction; about 10 sqrt(1e6) are needed
STEPS = 200  # at most, of Newton's method; 3 or 4 are usual
TINY = 1e-300
LOG_LARGEST = 700.0
LOWEST = -math.inf  # logarithm of a quantile
LAST_BIT = 2.3e-16
CLOSE = 1e-10  # a Newton step this small was the last: the next would be its square


@rule
def log_factorial(x):
    """Log Gamma(x + 1) for x >= 0: Stirling's series, reached by the recurrence."""
    if x < 1e-8:
        return -EULER * x
    product, y = 1.0, x + 1.0
    while y < 10.0:
        product *= y
        y += 1.0
    z = 1.0 / (y * y)
    series = 1 / 12 - z * (
        1 / 360
        - z * (1 / 1260 - z * (1 / 1680 - z * (1 / 1188 - z * (691 / 360360 - z * (1 / 156)))))
    )
    return (y - 0.5) * log(y) - y + HALF_LOG_TWO_PI + series / y - log(product)


@rule
def _gamma_series(a, x):
    """P(a, x) over x^a e^-x / Gamma(a + 1); for x up to about a + 1."""
    term, total, n = 1.0, 1.0, a
    for _ in range(TERMS):
        n += 1.0
        term *= x / n
        total += term
        if term < total * LAST_BIT:
            break
    return total


@rule
def _gamma_fraction(a, x):
    """Q(a, x) over x^a e^-x / Gamma(a); for x from about a + 1."""
    b = x + 1.0 - a
    c, d = 1.0 / TINY, 1.0 / b
    total = d
    for i in range(1, TERMS):
        step = i * (a - i)
        b += 2.0
        d = step * d + b
        d = 1.0 / (d if abs(d) > TINY else TINY)
        c = b + step / c
        c = c if abs(c) > TINY else TINY
        total *= d * c
        if abs(d * c - 1.0) < LAST_BIT:
            break
    return total


@rule
def gamma_tails(a, log_x):
    """Lower and upper tail of Gamma(a) at e^log_x, and x times the density there."""
    x = exp(log_x)
    density = exp(a * log_x - x - log_factorial(a)) * a
    if x < a + 1.0:
        lower = density / a * _gamma_series(a, x)
        return lower, 1.0 - lower, density
    upper = density * _gamma_fraction(a, x)
    return 1.0 - upper, upper, density


@rule
def _beta_fraction(a, b, x):
    """I_x(a, b) over x^a (1 - x)^b / (a B(a, b)); for x below about the mean."""
    c, d = 1.0, 1.0 - (a + b) * x / (a + 1.0)
    d = 1.0 / (d if abs(d) > TINY else TINY)
    total = d
    for m in range(1, TERMS):
        for odd in range(2):
            if odd:
                step = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1.0))
            else:
                step = m * (b - m) * x / ((a + 2 * m - 1.0) * (a + 2 * m))
            d = 1.0 + step * d
            d = 1.0 / (d if abs(d) > TINY else TINY)
            c = 1.0 + step / c
            c = c if abs(c) > TINY else TINY
            total *= d * c
        if abs(d * c - 1.0) < LAST_BIT:
            break
    return total


@rule
def beta_tail(a, b, log_x):
    """Lower tail of Beta(a, b) at x = e^log_x < 1, and x times the density there."""
    x = exp(log_x)
    rest = 1.0 - x
    # a b B(a, b) = (a + b) Gamma(a + 1) Gamma(b + 1) / Gamma(a + b + 1): no pole at 0.
    scale = log_factorial(a + b) - log_factorial(a) - log_factorial(b)
    peak = exp(a * log_x + b * log(rest) + scale)  # times a b / (a + b) it is x^a (1 - x)^b / B
    small = a / (a + b)
    if x < (a + 1.0) / (a + b + 2.0):
        lower = peak * (b / (a + b)) * _beta_fraction(a, b, x)
    else:
        lower = 1.0 - peak * small * _beta_fraction(b, a, rest)
    return lower, peak * small * b / rest


@rule
def _next(at, step, low, high):
    """A Newton step, or another where it would leave what encloses the root."""
    there = at + step
    if low < there < high:
        return there
    return 2.0 * at - 1.0 if low == LOWEST else 0.5 * (low + high)


@rule
def _near_beta(a, b, tail, start):
    """Log of the quantile of Beta(a, b) at `tail` <= 1/2, sought from `start` < 0."""
    low, high, at = LOWEST, 0.0, start
    wanted = log(tail)
    for _ in range(STEPS):
        lower, slope = beta_tail(a, b, at)
        gap = log(lower) - wanted if lower > 0.0 else -math.inf
        step = -gap * lower / slope if lower > 0.0 and slope > 0.0 else math.inf
        near = max(1.0, -at)
        if abs(step) <= CLOSE * near:
            return min(at + step, 0.0)
        if gap < 0.0:
            low = at
        else:
            high = at
        at = _next(at, step, low, high)
        if high - low <= LAST_BIT * near:
            break
    return at


@rule
def beta_quantiles(a, b, tails, out):
    """Quantiles of Beta(a, b) at knots that mirror each other.

    Args:
        a: first parameter, above 0.
        b: second parameter, above 0.
        tails: (N,) lower tails of the lower half of the knots, rising to 1/2.
        out: (2 N - 1,) quantiles, written.
    """
    n = tails.shape[0]
    for side in range(2):
        one, other = (b, a) if side else (a, b)
        scale = log_factorial(a + b) - log_factorial(a) - log_factorial(b)
        # The power x^a / (a B) to which the tail tends at 0.
        at = (log(tails[0]) - scale - log(other / (a + b))) / one
        at = min(at, -LAST_BIT)
        for i in range(n):
            at = _near_beta(one, other, tails[i], min(at, -LAST_BIT))
            if side:
                out[2 * n - 2 - i] = 1.0 - exp(at)
            else:
                out[i] = exp(at)
    _rise(out)


@rule
def _near_gamma(a, wanted, upper, start):
    """Log of the quantile of Gamma(a) where the log of a tail is `wanted`, from `start`."""
    low, high, at = LOWEST, LOG_LARGEST, start
    for _ in range(STEPS):
        below, above, slope = gamma_tails(a, at)
        part = above if upper else below
        gap = log(part) - wanted if part > 0.0 else -math.inf
        step = gap * part / slope if part > 0.0 and slope > 0.0 else math.inf
        step = step if upper else -step
        near = max(1.0, abs(at))
        if abs(step) <= CLOSE * near:
            return at + step
        if (gap < 0.0) != upper:
            low = at
        else:
            high = at
        at = _next(at, step, low, high)
        if high - low <= LAST_BIT * near:
            break
    return at


@rule
def gamma_quantiles(a, tails, out):
    """Quantiles of Gamma(a) with scale 1, as `beta_quantiles`."""
    n = tails.shape[0]
    at = (log(tails[0]) + log_factorial(a)) / a
    middle, beyond, _ = gamma_tails(a, log(a + 1.0))
    for i in range(2 * n - 1):
        tail = tails[min(i, 2 * n - 2 - i)]
        # Up to about the mean the lower tail is exact, beyond it the upper one.
        upper = tail < beyond if i >= n else tail > middle
        at = _near_gamma(a, log(tail) if upper == (i >= n) else _log_rest(tail), upper, at)
        out[i] = exp(at)
    _rise(out)


@rule
def _rise(out):
    """Let no rounding make a quantile fall."""
    for i in range(1, out.shape[0]):
        out[i] = max(out[i], out[i - 1])


@rule
def _log_rest(tail):
    """log(1 - tail)."""
    return log(1.0 - tail) if tail > 1e-8 else -tail - 0.5 * tail * tail


@rule
def normal_tails(step, out):
    """Lower tails of the normal distribution at z = -(N - 1) step, ..., -step, 0; `out` is (N,)."""
    n = out.shape[0]
    for i in range(n - 1):
        z = (n - 1 - i) * step
        _, upper, _ = gamma_tails(0.5, log(0.5 * z * z))
        out[i] = 0.5 * upper
    out[n - 1] = 0.5
