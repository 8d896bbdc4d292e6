"""Quantiles of Student's t distribution, which every interval needs one of.

SciPy has them, but loading it takes a tenth of a short comparison. With t = sqrt(nu) tan(a) the
probability between -t and t is the area below cos(x)^(nu - 1) from 0 to a, over that from 0 to
pi / 2. The curve is smooth, so that Gauss's rule gives areas to rounding; and it falls, so that
Newton's method comes to the angle from below and never overshoots.
"""

from __future__ import annotations

import math
from functools import cache

import numpy as np
from numpy.typing import NDArray

type Angles = np.float64 | NDArray[np.float64]

NODES = 64
"""Of Gauss's rule."""
FAR = 9.0
"""Standard deviations beyond which nothing is left that a float could tell from none."""
BELOW = 1 - 1e-15
"""Keeps the angle where its cosine is above 0."""
STEPS = 100  # at most, of Newton's method; 5 are usual, 20 if next to nothing is left out
CLOSE = 1e-10  # a step this small was the last: the next would be its square


@cache
def students_t(freedom: int, confidence: float) -> float:
    """The t between which and -t a variable lies with a probability.

    Args:
        freedom: Degrees of freedom, 1 or more.
        confidence: The probability, in (0, 1).
    """
    end = min(math.pi / 2, FAR / math.sqrt(freedom))
    wanted = confidence * _area(freedom, end)
    angle = 0.0
    for _ in range(STEPS):
        step = (wanted - _area(freedom, angle)) / float(_height(freedom, np.float64(angle)))
        angle = min(angle + step, BELOW * end)
        if step <= CLOSE * angle:
            break
    return math.sqrt(freedom) * math.tan(angle)


def _area(freedom: int, angle: float) -> float:
    """Area below cos(x)^(freedom - 1) from 0 to an angle."""
    nodes, weights = _gauss()
    return angle * float(weights @ _height(freedom, angle * nodes))


def _height(freedom: int, angle: Angles) -> Angles:
    """cos(angle)^(freedom - 1); the sine tells small angles apart, whose cosine rounds to 1."""
    return np.exp((freedom - 1) * np.log1p(-2 * np.sin(angle / 2) ** 2))


@cache
def _gauss() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Nodes in (0, 1) and weights of Gauss's rule."""
    nodes, weights = np.polynomial.legendre.leggauss(NODES)
    return (nodes + 1) / 2, weights / 2
