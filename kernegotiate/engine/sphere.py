"""Distances on the globe, from series of our own: as in `elementary.py`, the same bits anywhere."""

import math

from kernegotiate.engine.elementary import exp
from kernegotiate.engine.jit import rule

EARTH_RADIUS = 6371.0  # km
TERMS = 30  # of a series, more than any double can show


@rule
def sine(x):
    """Sine of -pi <= x <= pi."""
    if abs(x) > 0.5 * math.pi:
        x = (math.pi - abs(x)) * (1.0 if x > 0.0 else -1.0)
    term, total = x, x
    for n in range(1, TERMS):
        term *= -x * x / (2 * n * (2 * n + 1))
        total += term
    return total


@rule
def arcsine(y):
    """The angle from 0 to pi/2 whose sine is 0 <= y <= 1."""
    far = y > 0.5
    x = math.sqrt(0.5 * (1.0 - y)) if far else y
    power, total = x, x
    for n in range(1, TERMS):
        power *= x * x * (2 * n - 1) / (2 * n)
        total += power / (2 * n + 1)
    return 0.5 * math.pi - 2.0 * total if far else total


@rule
def great_circles(lon, lat, kilometres):
    """Distances between all pairs of places.

    Args:
        lon: (N,) degrees.
        lat: (N,) degrees.
        kilometres: (N, N), written.
    """
    n = lon.shape[0]
    radian = math.pi / 180.0
    for i in range(n):
        for j in range(n):
            north = sine(0.5 * radian * (lat[i] - lat[j]))
            east = sine(0.5 * radian * (lon[i] - lon[j]))
            shrunk = sine(radian * (90.0 - abs(lat[i]))) * sine(radian * (90.0 - abs(lat[j])))
            half = min(max(north * north + shrunk * (east * east), 0.0), 1.0)
            kilometres[i, j] = 2.0 * EARTH_RADIUS * arcsine(math.sqrt(half))


@rule
def pulls(kilometres, nearest, population, scale, pull):
    """Weights in a host's projects of itself and its nearest, before luck.

    Args:
        kilometres: (N, N).
        nearest: (N, K) places of the nearest of each.
        population: (N,).
        scale: of distance, km.
        pull: (N, K), written.
    """
    for host in range(nearest.shape[0]):
        for i in range(nearest.shape[1]):
            g = nearest[host, i]
            pull[host, i] = exp(-kilometres[host, g] / scale) * math.sqrt(population[g])
