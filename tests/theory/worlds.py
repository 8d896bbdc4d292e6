"""What the checks are played on: equal governments, a table of projects, nothing that costs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from kernegotiate.scenario import ProjectRow, Region, Scenario, load_scenario

Z = 4.5
PLAIN = {
    "parochial_mean": 1.0,
    "legacy_mean": 1.0,
    "credit_mean": 0.0,
    "leader_discount": 1.0,
    "social_discount": 1.0,
    "trust": 1.0,
    "cover": 0.0,
    "noise": 0.0,
    "cost_information": 0.0,
    "cost_round": 0.0,
    "cost_setup": 0.0,
    "cost_monitoring": 0.0,
    "autonomy_cost": 0.0,
    "own_talks": 1000.0,
    "own_rounds": 1,
    "upfront": 1.0,
    "agenda_life": 1,
    "evasion": 0.0,
}
# Fewer than there are talks, a multiple of the works that are tied; an agenda of thousands is slow.
A_YEAR = 200
Play = Callable[..., dict[str, float]]


class Check(NamedTuple):
    """What was measured, what theory says, and how far apart they may be."""

    measured: float
    expected: float
    tolerance: float

    @property
    def holds(self) -> bool:
        """Whether they agree."""
        return abs(self.measured - self.expected) <= self.tolerance


def region(n: int, **figures: float) -> Region:
    """n equal governments whose budgets bind nobody, unless their `figures` say otherwise."""
    rows = [
        {
            "code": c, "name": c.upper(), "population": 1e5, "grdp": 1e9, "budget": 1e9,
            "lon": 105.0 + 0.1 * i, "lat": 10.0, "land_dependence": 0.0, "ceiling": 1e9,
        } | figures
        for i, c in enumerate("abcdefghijkl"[:n])
    ]  # fmt: skip
    return Region(currency="money", governments=rows)


def study(n: int, own: np.ndarray, **row: Any) -> Scenario:
    """One project a row of `own` (benefits of n parties), so many a year."""
    codes = "abcdefghijkl"[:n]
    common = {"host": "a", "parties": tuple(codes), "cost": float(n), "build": 1}
    common |= {"life": 1, "spillover": 0.0} | row
    table = [
        ProjectRow(year=1 + i // A_YEAR, own=tuple(values), **common)
        for i, values in enumerate(own.tolist())
    ]
    base = load_scenario("mekong_delta")
    return Scenario(
        name="theory", title="Theory", years=table[-1].year, region=region(n), table=table,
        leaders=base.leaders, projects=base.projects, behaviour=base.behaviour,
    ).with_overrides(**PLAIN)  # fmt: skip


def gains(n: int, projects: int, mu: float, sigma: float, seed: int) -> np.ndarray:
    """Net gains d, shape (projects, n)."""
    return np.random.default_rng(seed).normal(mu, sigma, (projects, n))
