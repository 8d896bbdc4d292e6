"""Outcomes of a run: two verdicts, success and worth, and the state they leave behind.

Success without welfare misleads (A3 against A4), so they are always given together. Undefined is
NaN, never zero. Money is a present value in year 1 unless it says "spending".
"""

import math

import numpy as np

from kernegotiate.engine.copies import copies_end, opening_year, yield_of_each
from kernegotiate.engine.jit import rule
from kernegotiate.engine.layout import COMPLETED, DUES, FUND_SHARE, GRANT, WORKS
from kernegotiate.engine.trust import mean_trust

# name: (meaning, unit), in the order of the columns.
MEANING = {
    "agreement_rate": ("projects signed, of those that arrived", "share"),
    "earnest_rate": ("projects signed by parties that all would pay, of those arrived", "share"),
    "commitment_rate": ("projects with an agreement that binds, of those that arrived", "share"),
    "completion_rate": ("projects completed, of those that arrived", "share"),
    "signed_gap": ("signed projects that were not completed", "share"),
    "delivery_rate": ("projects completed, of those signed", "share"),
    "stalled_rate": ("works begun and never finished, of those begun", "share"),
    "kept_promise_rate": ("yearly payments made, of payments due", "share"),
    "time_to_agreement": ("mean wait for a signature, at most the agenda life", "years"),
    "start_delay": ("mean wait from the signature to the first payment", "years"),
    "welfare": ("social present value of all costs and benefits", "money"),
    "first_best": ("what a planner would make of the same projects", "money"),
    "efficiency": ("welfare / first best", "share"),
    "inequality": ("Gini of GRDP per head after gains and transfers", "0 to 1"),
    "duplication_waste": ("spending on copies beyond a project's first", "share of spending"),
    "coordination_cost": ("present value of the real costs of agreeing", "money"),
    "outside_money": ("present value of grants and transfers from the centre", "money"),
    "leverage": ("paid by parties for works, per unit paid by fund and grants", "ratio"),
    "mean_trust": ("mean trust between possible partners at the end", "0 to 1"),
    "own_visible_share": ("spending on copies", "share of spending"),
    "membership_rate": ("years in the body, of all years of all governments", "share"),
}
COUNTS = (
    "arrived",
    "signed",
    "completed",
    "died",
    "expired",
    "copies",
    "promises_due",
    "promises_kept",
    "joint_spending",
    "copy_spending",
    "extra_copy_spending",
    "imbalance",
    "tabled",  # ever
    "committed",  # signed, and not only declared
    "earnest",
    "earnest_completed",
    "started",  # something was paid for the work
    "start_wait",  # years, over the works started
    "dues_spending",  # on works, by the parties; with the next two, `joint_spending`
    "fund_spending",
    "grant_spending",
    "land_arrived",  # projects that touch land
    "land_tabled",
    "land_signed",
    "land_earnest",
    "land_completed",
    "member_years",  # over the years with arrivals; with the next, `membership_rate`
    "government_years",
)
TRAJECTORY_COLUMNS = (
    "year",
    "arrived",
    "signed",
    "completed",
    "died",
    "expired",
    "copies",
    "promises_due",
    "promises_kept",
    "joint_spending",
    "copy_spending",
    "coordination_cost",
    "outside_money",
    "fund",
    "debt",
    "welfare",
    "first_best",
    "mean_trust",
    "members",
)
ROUNDING = 1e-15  # of a sum of money
OUTCOMES = tuple(MEANING)
COLUMNS = OUTCOMES + COUNTS
OUTCOME = np.dtype([(name, "f8") for name in COLUMNS])
TRAJECTORY = np.dtype([(name, "f8") for name in TRAJECTORY_COLUMNS])


@rule
def _ratio(top, low):
    return top / low if low > 0.0 else math.nan


@rule
def is_over(tally, nature):
    """Whether every project has been finished, has died or has expired, and none will come."""
    t = tally[0]
    return t.year >= nature.years and t.agenda == 0 and t.works == 0


@rule
def _income_per_head(world, rules, year):
    """GRDP per head with this year's gains from works and copies, and net transfers."""
    gov, project, party, income = world.gov, world.project, world.party, world.income
    for i in range(gov.shape[0]):
        income[i] = gov[i].grdp + gov[i].net_transfer
    for p in range(world.tally[0].projects):
        opens = opening_year(project, p)
        done = project[p].status == COMPLETED
        joint = done and opens <= year and year < opens + project[p].life
        n = 0
        for i in range(project[p].seats):
            if 0 < party[p, i].built < year:
                n += 1
        copying = n > 0 and year < copies_end(project, p) and not (done and opens <= year)
        each = yield_of_each(project[p].copy_yield, rules.copy_crowding, n) if copying else 0.0
        for i in range(project[p].seats):
            if joint:
                income[party[p, i].gov] += project[p].effort * party[p, i].own
            if copying and 0 < party[p, i].built < year:
                income[party[p, i].gov] += each
    for i in range(gov.shape[0]):
        if gov[i].population > 0.0:  # else it is part of another
            income[i] /= gov[i].population


@rule
def gini(value, gov):
    """Gini of `value` per head over people, each counted at its government's mean.

    Undefined where somebody has less than nothing, which takes it beyond 1.
    """
    people = total = spread = 0.0
    for i in range(gov.shape[0]):
        if value[i] < 0.0:
            return math.nan
        people += gov[i].population
        total += gov[i].population * value[i]
        for j in range(gov.shape[0]):
            weight = gov[i].population * gov[j].population
            spread += weight * abs(value[i] - value[j])
    return spread / (2.0 * people * total) if total > 0.0 else math.nan


@rule
def take_stock(world, rules, year):
    """The state at the end of the last year with arrivals."""
    _income_per_head(world, rules, year)
    world.tally[0].inequality = gini(world.income, world.gov)
    world.tally[0].mean_trust = mean_trust(world)


@rule
def write_trajectory(world, line):
    """The state at the end of a year, cumulative since year 1, into a TRAJECTORY record."""
    t = world.tally[0]
    line.year = t.year
    line.arrived = t.projects
    line.signed = t.signed + t.declared
    line.completed = t.completed
    line.died = t.died
    line.expired = t.expired
    line.copies = t.copies
    line.promises_due = t.promises_due
    line.promises_kept = t.promises_kept
    line.joint_spending = t.joint_spending
    line.copy_spending = t.copy_spending
    line.coordination_cost = t.coordination_cost
    line.outside_money = t.outside_money
    line.fund = world.coordinator[0].fund
    line.debt = world.coordinator[0].debt
    line.welfare = t.welfare
    line.first_best = t.first_best
    line.mean_trust = mean_trust(world)
    line.members = members(world.gov)


@rule
def members(gov):
    """How many governments are in the body."""
    number = 0
    for i in range(gov.shape[0]):
        number += 1 if gov[i].member and gov[i].into == i else 0
    return number


@rule
def _count_projects(world, line):
    """How far the projects came, and of these the ones that touch land."""
    project = world.project
    line.tabled = 0.0
    line.earnest = 0.0
    line.earnest_completed = 0.0
    line.started = 0.0
    line.start_wait = 0.0
    line.land_arrived = 0.0
    line.land_tabled = 0.0
    line.land_signed = 0.0
    line.land_earnest = 0.0
    line.land_completed = 0.0
    for p in range(world.tally[0].projects):
        tabled = project[p].tabled > 0
        signed = project[p].signed > 0 or project[p].declared > 0
        earnest, completed = project[p].earnest, project[p].status == COMPLETED
        line.tabled += tabled
        line.earnest += earnest
        line.earnest_completed += earnest and completed
        if project[p].started > 0:
            line.started += 1.0
            line.start_wait += project[p].started - project[p].signed
        if project[p].touches_land:
            line.land_arrived += 1.0
            line.land_tabled += tabled
            line.land_signed += signed
            line.land_earnest += earnest
            line.land_completed += completed


@rule
def _write_payers(world, line):
    """Who paid for the works: what their accounts received, by source."""
    ledger, works = world.ledger, world.gov.shape[0] + WORKS
    line.dues_spending = ledger[works, DUES]
    line.fund_spending = _beyond_rounding(ledger[works, FUND_SHARE], line.joint_spending)
    line.grant_spending = _beyond_rounding(ledger[works, GRANT], line.joint_spending)
    line.leverage = _ratio(line.dues_spending, line.fund_spending + line.grant_spending)


@rule
def _beyond_rounding(part, whole):
    """A part of a sum, 0 if the sum would not show it: nothing to divide by."""
    return part if part > ROUNDING * whole else 0.0


@rule
def write_outcomes(world, line):
    """Outcomes and counts of a finished run, into an OUTCOME record."""
    t = world.tally[0]
    spending = t.joint_spending + t.copy_spending
    arrived = t.projects * 1.0
    agreed = t.signed + t.declared
    line.agreement_rate = _ratio(agreed, arrived)
    line.commitment_rate = _ratio(t.signed, arrived)
    line.completion_rate = _ratio(t.completed, arrived)
    line.signed_gap = 1.0 - _ratio(t.completed, agreed * 1.0)
    line.kept_promise_rate = _ratio(t.promises_kept, t.promises_due * 1.0)
    line.time_to_agreement = _ratio(t.waited, arrived)
    line.welfare = t.welfare
    line.first_best = t.first_best
    line.efficiency = _ratio(t.welfare, t.first_best)
    line.inequality = t.inequality
    line.duplication_waste = _ratio(t.extra_copy_spending, spending)
    line.coordination_cost = t.coordination_cost
    line.outside_money = t.outside_money
    line.mean_trust = t.mean_trust
    line.own_visible_share = _ratio(t.copy_spending, spending)
    line.member_years = t.member_years
    line.government_years = t.government_years
    line.membership_rate = _ratio(line.member_years, line.government_years)
    line.arrived = t.projects
    line.signed = t.signed + t.declared
    line.completed = t.completed
    line.died = t.died
    line.expired = t.expired
    line.copies = t.copies
    line.promises_due = t.promises_due
    line.promises_kept = t.promises_kept
    line.joint_spending = t.joint_spending
    line.copy_spending = t.copy_spending
    line.extra_copy_spending = t.extra_copy_spending
    line.imbalance = t.imbalance
    _count_projects(world, line)
    _write_payers(world, line)
    line.earnest_rate = _ratio(line.earnest, arrived)
    line.delivery_rate = _ratio(t.completed, agreed * 1.0)
    line.committed = t.signed
    line.stalled_rate = 1.0 - _ratio(t.completed, line.started)
    line.start_delay = _ratio(line.start_wait, line.started)
