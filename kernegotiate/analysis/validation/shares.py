"""A share of points with its interval."""

from __future__ import annotations

from dataclasses import dataclass

from scipy.stats import binomtest


@dataclass(frozen=True)
class Share:
    """A share of points of the box and its 95 % interval (Wilson 1927)."""

    value: float
    low: float
    high: float


def share_of(count: int, points: int) -> Share:
    """So many of so many points; undefined without any."""
    if not points:
        return Share(float("nan"), float("nan"), float("nan"))
    interval = binomtest(count, points).proportion_ci(0.95, method="wilson")
    return Share(count / points, float(interval.low), float(interval.high))
