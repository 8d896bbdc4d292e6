"""Closed forms against the engine: one function a theory id, named after it.

The common setting: an explicit table of projects, wholly parochial leaders without credit whose
horizon is society's, full trust, no cover, no noise, no costs, one draft, talks and budgets without
bound. A project costs 1 a party, paid when signed; a year later it yields 1 + d_i to party i,
d_i ~ N(mu, sigma^2), independent. Nothing is discounted, so d_i is the net gain.

Each check returns (measured, expected, tolerance). Monte Carlo tolerances are `Z` standard errors:
a false alarm is rarer than one in ten thousand. Everything runs through `play`, so that the checks
can also be tried on a deliberately broken engine (`test_broken.py`).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
from scipy.stats import binom, norm

from kernegotiate.scenario import ProjectRow, Scenario, load_scenario
from theory.worlds import PLAIN, Check, Play, Z, gains, region, study

# All who are bound pay: breaking a promise costs far more than keeping it.
BINDING = {"monitoring": 1.0, "contract_completeness": 1.0, "sanction": 100.0}


def chance(play: Play, scenario: Scenario, expected: float, count: int, **levers: Any) -> Check:
    """Whether projects are signed with probability `expected`."""
    tolerance = Z * math.sqrt(expected * (1 - expected) / count)
    return Check(play(scenario, **levers)["agreement_rate"], expected, tolerance)


def check_A1(play: Play, count: int) -> Check:
    """Unanimity, no transfers: P = Phi(mu / sigma)^n."""
    scenario = study(6, 1 + gains(6, count, 0.3, 1.0, 1))
    return chance(play, scenario, norm.cdf(0.3) ** 6, count)


def check_A2(play: Play, count: int, drafts: int = 10_000) -> Check:
    """Unanimity with side payments: P = Phi(sqrt(n) mu / sigma), in the limit of small steps.

    Small steps that are not infinitely small lose a little: a deal needs a surplus of about a step
    for each party. The bound on that is part of the tolerance.
    """
    scenario = study(6, 1 + gains(6, count, 0.3, 1.0, 2))
    expected = norm.cdf(math.sqrt(6) * 0.3)
    step = 60.0 / drafts  # of a mean share, which is 1 money: enough drafts to move 60
    check = chance(
        play, scenario, expected, count, side_payments=True, own_rounds=drafts, share_step=step
    )
    # Density of the sum at 0 times the surplus that may be needed.
    bias = norm.pdf(math.sqrt(6) * 0.3) / math.sqrt(6) * 6 * step
    return check._replace(tolerance=check.tolerance + bias)


def check_A3(play: Play, count: int) -> Check:
    """Quota 4 of 6 that binds all: P = sum over k >= 4 of B(k; 6, Phi(mu / sigma))."""
    scenario = study(6, 1 + gains(6, count, 0.3, 1.0, 3))
    expected = binom.sf(3, 6, norm.cdf(0.3))
    return chance(play, scenario, expected, count, quota=4 / 6, **BINDING)


def check_A4(play: Play, count: int) -> Check:
    """Welfare at the best quota, 4 of 7 with mu = .1: 1.263 a project against .078 at unanimity."""
    d = gains(7, count, 0.1, 1.0, 4)
    measured = play(study(7, 1 + d), quota=4 / 7, **BINDING)["welfare"] / count
    up, down = 0.1 + norm.pdf(0.1) / norm.cdf(0.1), 0.1 - norm.pdf(0.1) / norm.sf(0.1)
    assert math.ceil(7 * abs(down) / (up + abs(down))) == 4
    k = np.arange(4, 8)
    expected = float((binom.pmf(k, 7, norm.cdf(0.1)) * (k * up + (7 - k) * down)).sum())
    worth = np.where((d >= 0).sum(axis=1) >= 4, d.sum(axis=1), 0.0)
    return Check(measured, expected, Z * worth.std() / math.sqrt(count))


def check_A5(play: Play, count: int) -> Check:
    """Four projects tied into one vote: P = Phi(sqrt(4) mu / sigma)^n."""
    # Some parts of a package lose: without enforcement who signs it would foresee leaving them.
    scenario = study(6, 1 + gains(6, count, 0.3, 1.0, 5))
    expected = norm.cdf(2 * 0.3) ** 6
    check = chance(play, scenario, expected, count, linkage=4, **BINDING)
    return check._replace(tolerance=2 * check.tolerance)  # four projects are one trial


def check_A6(play: Play, count: int) -> Check:
    """Grant of .5 to each if all agree, cost of agreeing .1: P = Phi((mu + g - tau) / sigma)^n."""
    scenario = study(6, 1 + gains(6, count, 0.3, 1.0, 6)).with_overrides(cost_information=0.1)
    expected = norm.cdf(0.3 + 0.5 - 0.1) ** 6
    return chance(play, scenario, expected, count, match_rate=0.5, grant_budget=1000.0)


def check_A8(play: Play, count: int) -> Check:
    """First best: E max(sum d, 0) = m Phi(m / s) + s phi(m / s), m = n mu, s = sqrt(n) sigma."""
    d = gains(6, count, 0.3, 1.0, 8)
    measured = play(study(6, 1 + d))["first_best"] / count
    m, s = 6 * 0.3, math.sqrt(6)
    expected = m * norm.cdf(m / s) + s * norm.pdf(m / s)
    return Check(measured, expected, Z * np.maximum(d.sum(axis=1), 0).std() / math.sqrt(count))


# Positions on a line: a project moves the status quo a little, and yields 1 + d_i to party i,
# d_i what it brings the status quo nearer to i's ideal point.


def moves(play: Play, ideals: np.ndarray, status_quo: np.ndarray, **levers: Any) -> float:
    """Status quos that a small step up or down is agreed to move, of one a row of ideal points."""
    step = 1e-6
    gap = np.abs(ideals - status_quo[:, None])
    d = [gap - np.abs(ideals - status_quo[:, None] - way) for way in (step, -step)]
    return play(study(ideals.shape[1], 1 + np.concatenate(d)), **levers)["signed"]


def points(n: int, count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Ideal points of n parties, shape (count, n), and status quos, shape (count,)."""
    x = np.random.default_rng(seed).normal(0, 1, (count, n + 1))
    return x[:, :n], x[:, n]


def check_S1(play: Play, count: int) -> Check:
    """Unanimity: a change is possible iff the status quo is not between the ideal points."""
    x, s = points(4, count // 2, 11)
    outside = (s < x.min(axis=1)) | (s > x.max(axis=1))
    return Check(moves(play, x, s), float(outside.sum()), 0)


def check_S2(play: Play, count: int) -> Check:
    """Quota q of n: stable iff x_(n-q+1) <= s <= x_(q); 3 of 5 leaves the median alone."""
    measured, expected = 0.0, 0.0
    for n, q, seed in ((6, 4, 12), (6, 5, 13), (5, 3, 14)):
        x, s = points(n, count // 6, seed)
        x.sort(axis=1)
        measured += moves(play, x, s, quota=q / n, **BINDING)
        expected += float(((s < x[:, n - q]) | (s > x[:, q - 1])).sum())
    return Check(measured, expected, 0)


def check_S3(play: Play, count: int) -> Check:
    """A setter at z above a veto player at v: its distance from what comes out of it.

    The setter is the coordinator, which tables first what it likes best; the year's budget holds
    one work. What comes out is s if v <= s <= z, z if s >= z or s <= 2 v - z, else 2 v - s.
    """
    del count
    most, years = 20.0, 40  # what is best for the setter is worth `most`
    drawn = np.random.default_rng(15).integers(-4, 5, (years, 3)) / 4
    table, expected = [], 0.0
    for year, (s, a, b) in enumerate(drawn.tolist(), start=1):
        v, z = min(a, b), max(a, b)
        result = s if v <= s <= z else z if s >= z or s <= 2 * v - z else 2 * v - s
        expected += abs(z - result) / years
        for y in (np.arange(-12, 13) / 4).tolist():
            own = (1 + abs(v - s) - abs(v - y), 2.0)
            rest = most - abs(z - y) - sum(own)
            table.append(
                ProjectRow(
                    year=year,
                    host="a",
                    parties=("a", "b"),
                    own=own,
                    spillover=rest,
                    cost=2.0,
                    build=1,
                    life=1,
                )
            )
    base = load_scenario("mekong_delta")
    scenario = Scenario(
        name="theory", title="Theory", years=years, region=region(2, budget=1.5, ceiling=0.0),
        table=table, leaders=base.leaders, projects=base.projects, behaviour=base.behaviour,
    ).with_overrides(**PLAIN, estimate_error=0.0)  # fmt: skip
    welfare = play(scenario, agenda="coordinator")["welfare"]
    return Check(most - 2.0 - welfare / years, expected, 1e-9)


def check_S4(play: Play, count: int) -> Check:
    """One more veto player, by number or by quota, never makes fewer status quos stable."""
    x, s = points(6, count // 16, 16)
    by_number = [moves(play, x[:, :n], s) for n in range(2, 7)]
    by_quota = [moves(play, x, s, quota=q / 6, **BINDING) for q in (4, 5, 6)]
    more = sum(max(b - a, 0) for moved in (by_number, by_quota) for a, b in pairwise(moved))
    return Check(more, 0.0, 0)


# Joining first, bargaining after: nobody talks without the body, joining and sitting cost nothing.
CLUB = {
    "membership": "voluntary",
    "meeting_capacity": 1000.0,
    "own_talks": 0.0,
    "cost_joining": 0.0,
}


def check_G5(play: Play, count: int) -> Check:
    """Barrett's club has 3 members, whatever n, where a tie favours joining.

    U_i = X - x_i^2 / 2, X the sum of everybody's x. The r-th unit of x costs its host r - 1/2 and
    yields 1 to each; the first everybody would provide alone, so it is left out. A club of m builds
    m units each. In year 1 all are asked at once, trust each other to join, and stay outside. Then
    a leader a year is asked, who knows who is in: three join, and stay for good.
    """
    del count
    measured = expected = 0.0
    base = load_scenario("mekong_delta")
    for n in (4, 5, 6):
        years = 2 * n + 4
        codes = "abcdefghijkl"[:n]
        table = [
            ProjectRow(
                year=year, host=host, parties=(host, *codes.replace(host, "")),
                own=(1.0,) * n, spillover=0.0, cost=unit - 0.5, build=1, life=1,
            )
            for year in range(1, years + 1)
            for host in codes
            for unit in range(2, n + 1)
        ]  # fmt: skip
        scenario = Scenario(
            name="theory", title="Theory", years=years, region=region(n), table=table,
            leaders=base.leaders, projects=base.projects, behaviour=base.behaviour,
        )  # fmt: skip
        scenario = scenario.with_overrides(**PLAIN, term=n, renewal=0.0, calendar="staggered")
        out = play(scenario, **CLUB, **BINDING)
        in_it = [0, 1, 2] + [3] * (years - 3)
        measured += out["member_years"] + 1000 * out["signed"]
        expected += sum(in_it) + 1000 * sum(m * (m - 1) for m in in_it)
    return Check(measured, expected, 0)


def check_G8(play: Play, count: int) -> Check:
    """Join first, bargain after: p solves B(M-1)(V - C/M) = sum over k >= M of B(k) C/(k+1).

    Ten governments gain V = 1 by a work of C = 3.4, which an eleventh hosts that neither gains nor
    pays. Who believes each other to come with chance p joins up to p* = .116.
    """
    del count
    base = study(11, np.array([[0.0] + [1.0] * 10]), cost=3.4)

    def nobody_joins(trust: float) -> bool:
        levers = CLUB | {"proposal_rule": "benefit"}
        return play(base.with_overrides(trust=trust), **levers)["member_years"] < 11

    def excess(p: float) -> float:
        k = np.arange(4, 10)
        shared = (binom.pmf(k, 9, p) * 3.4 / (k + 1)).sum()
        return float(binom.pmf(3, 9, p) * (1 - 3.4 / 4) - shared)

    low, high = 0.01, 0.5
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if excess(middle) > 0 else (low, middle)
    assert round(low, 3) == 0.116
    return Check(flip(nobody_joins, 0.01, 0.5), low, 1e-5)


# Thresholds: two parties, one symmetric project; a bisection finds where the answer flips.


def flip(answer: Callable[[float], bool], low: float, high: float, steps: int = 18) -> float:
    """Where `answer` turns from no at `low` to yes at `high`."""
    assert not answer(low)
    assert answer(high)
    for _ in range(steps):
        middle = (low + high) / 2
        low, high = (low, middle) if answer(middle) else (middle, high)
    return (low + high) / 2


def weight(delta: float, start: int, stop: int) -> float:
    """Sum of delta^y for start <= y < stop."""
    return sum(delta**y for y in range(start, stop))


def check_legacy(play: Play, count: int) -> Check:
    """A two-party project flips at the closed-form legacy weight l*.

    Cost 2 in equal parts over the signing year and 3 more, benefit b a year for 10 years, term 4
    without renewal: all payments fall into the term, all benefits behind it. Signed iff
    l b S(4, 14) >= .25 + .25 (delta + delta^2 + delta^3).
    """
    del count
    delta, benefit = 0.9, 0.3
    base = study(2, np.array([[benefit, benefit]]), build=3, life=10).with_overrides(
        leader_discount=delta, social_discount=delta, upfront=0.25, term=4, renewal=0.0
    )
    expected = (0.25 + 0.25 * weight(delta, 1, 4)) / (benefit * weight(delta, 4, 14))

    def signs(legacy: float) -> bool:
        return play(base.with_overrides(legacy_mean=legacy, legacy_k=1e6))["signed"] > 0

    # Characters are drawn: at the highest concentration their sd is .0005.
    return Check(flip(signs, 0.01, 0.99), expected, 6 * 5e-4)


def check_term(play: Play, count: int) -> Check:
    """The same without legacy flips at the closed-form term.

    The leader sees benefits in years 4 <= y < term: the least term with b S(4, term) >= cost.
    """
    del count
    delta, benefit = 0.9, 0.3
    base = study(2, np.array([[benefit, benefit]]), build=3, life=10).with_overrides(
        leader_discount=delta, social_discount=delta, upfront=0.25, legacy_mean=0.0, renewal=0.0
    )
    cost = 0.25 + 0.25 * weight(delta, 1, 4)
    expected = next(t for t in range(4, 40) if benefit * weight(delta, 4, t) >= cost)
    assert expected > 5
    measured = next(t for t in range(4, 40) if play(base.with_overrides(term=t))["signed"] > 0)
    return Check(measured, expected, 0)


def check_U2(play: Play, count: int) -> Check:
    """Reliance: signed in earnest iff the partner is believed to pay with q >= L / (G + L).

    If it pays, a party gains G = b - 1; if not, the work fails with a chance of its share, 1/2:
    V = (1 - (1 - q) / 2) b - 1 >= 0, so q* = 2 / b - 1.
    """
    del count
    base = study(2, np.array([[1.2, 1.2]]))

    def signs(trust: float) -> bool:
        return play(base.with_overrides(trust=trust))["earnest"] > 0

    return Check(flip(signs, 0.0, 1.0), 2 / 1.2 - 1, 1e-5)


def check_U3(play: Play, count: int) -> Check:
    """With full trust a promise is kept iff the expected fine reaches the temptation.

    An imposed work costs party b 1 at once and yields it .4 for one year: the temptation is .6 of
    its dues, so the sanction must reach .6 / (monitoring x completeness).
    """
    del count
    scenario = study(2, np.array([[5.0, 0.4]])).with_overrides(reputation=0.0)

    def keeps(sanction: float) -> bool:
        out = play(
            scenario, decider=1.0, bar=0.0, monitoring=0.8, contract_completeness=0.9,
            sanction=sanction,
        )  # fmt: skip
        return out["promises_kept"] == out["promises_due"] == 2

    return Check(flip(keeps, 0.0, 2.0), 0.6 / (0.8 * 0.9), 1e-4)


def check_trust_path(play: Play, count: int) -> Check:
    """Under payments made year after year trust is 1 - (1 - T0)(1 - up)^m within a term."""
    del count
    scenario = study(2, np.array([[9.0, 9.0]]), build=6, life=5).with_overrides(
        upfront=0.1, trust=0.3, trust_up=0.2, term=20, years=7, agenda_life=1
    )
    measured = play(scenario)["mean_trust"]
    return Check(measured, 1 - 0.7 * 0.8**7, 1e-12)


# The extreme limits, on a real region; 300 runs of the ensemble are in tests/engine/test_limits.py.
SELFLESS = {
    "parochial_mean": 0.0,
    "credit_mean": 0.0,
    "legacy_mean": 1.0,
    "leader_discount": 0.95,
    "social_discount": 0.95,
    "trust": 1.0,
    "noise": 0.0,
    "misfit": 0.0,
    "cost_information": 0.0,
    "cost_round": 0.0,
    "cost_setup": 0.0,
    "cost_monitoring": 0.0,
    "autonomy_cost": 0.0,
    "own_talks": 20.0,
    "ceiling": 1e9,
}
PAROCHIAL = {
    "parochial_mean": 1.0,
    "legacy_mean": 0.0,
    "renewal": 0.0,
    "credit_mean": 0.0,
    "build_min": 5,
    "own_talks": 1.0,  # talks enough for something to be signed and built if the engine is broken
}


def check_selfless(play: Play, count: int) -> Check:
    """Leaders who want what society wants, and know it, need no institution: efficiency 1."""
    del count
    scenario = load_scenario("mekong_delta").with_overrides(**SELFLESS)
    return Check(play(scenario)["efficiency"], 1.0, 1e-9)


def check_parochial(play: Play, count: int) -> Check:
    """Without legacy, renewal or credit, and works that open after every term: nothing is built."""
    del count
    scenario = load_scenario("mekong_delta").with_overrides(**PAROCHIAL)
    return Check(play(scenario)["completed"], 0.0, 0.0)


CHECKS = {
    name.removeprefix("check_"): function
    for name, function in list(globals().items())
    if name.startswith("check_")
}
