"""Outcomes of a run: two verdicts, success and worth, and the state they leave behind.

Success without welfare misleads (A3 against A4), so they are always given together. Undefined is
NaN, never zero. Money is a present value in year 1 unless it says "spending".
"""

import math

from kernegotiate.engine.copies import copies_end, opening_year, yield_of_each
from kernegotiate.engine.jit import inlined, rule
from kernegotiate.engine.layout import COMPLETED
from kernegotiate.engine.trust import mean_trust

# name: (meaning, unit). The order is the order of the columns.
MEANING = {
    "agreement_rate": ("projects signed, of those that arrived", "share"),
    "completion_rate": ("projects completed, of those that arrived", "share"),
    "signed_gap": ("signed projects that were not completed", "share"),
    "kept_promise_rate": ("yearly payments made, of payments due", "share"),
    "time_to_agreement": ("mean wait for a signature, at most the agenda life", "years"),
    "welfare": ("social present value of all costs and benefits", "money"),
    "first_best": ("what a planner would make of the same projects", "money"),
    "efficiency": ("welfare / first best", "share"),
    "inequality": ("Gini of GRDP per head after gains and transfers", "0 to 1"),
    "duplication_waste": ("spending on copies beyond a project's first", "share of spending"),
    "coordination_cost": ("present value of the real costs of agreeing", "money"),
    "outside_money": ("present value of grants and transfers from the centre", "money"),
    "mean_trust": ("mean trust between possible partners at the end", "0 to 1"),
    "own_visible_share": ("spending on copies", "share of spending"),
}
OUTCOMES = tuple(MEANING)
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
)
COLUMNS = OUTCOMES + COUNTS
TRAJECTORY = (
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
    "welfare",
    "first_best",
    "mean_trust",
)


@inlined
def _ratio(top, low):  # type: ignore[no-untyped-def]
    return top / low if low > 0.0 else math.nan


@rule
def is_over(tally, nature):  # type: ignore[no-untyped-def]
    """Whether every project has been finished, has died or has expired, and none will come."""
    t = tally[0]
    return t.year >= nature.years and t.agenda == 0 and t.works == 0


@inlined
def _income_per_head(world, rules, year):  # type: ignore[no-untyped-def]
    """GRDP per head with this year's gains from works and copies, and net transfers."""
    gov, project, party, income = world.gov, world.project, world.party, world.income
    for i in range(gov.shape[0]):
        income[i] = gov[i].grdp + gov[i].net_transfer
    for p in range(world.tally[0].projects):
        opens = opening_year(project, p)
        done = project[p].status == COMPLETED
        joint = done and opens <= year and year < opens + project[p].life
        n = 0
        for i in range(project[p].k):
            if 0 < party[p, i].built < year:
                n += 1
        copying = n > 0 and year < copies_end(project, p) and not (done and opens <= year)
        each = yield_of_each(project[p].copy_yield, rules.copy_crowding, n) if copying else 0.0
        for i in range(project[p].k):
            if joint:
                income[party[p, i].gov] += party[p, i].own
            if copying and 0 < party[p, i].built < year:
                income[party[p, i].gov] += each
    for i in range(gov.shape[0]):
        income[i] /= gov[i].population


@inlined
def gini(value, gov):  # type: ignore[no-untyped-def]
    """Gini of `value` per head over people, each counted at its government's mean."""
    people = total = spread = 0.0
    for i in range(gov.shape[0]):
        people += gov[i].population
        total += gov[i].population * value[i]
        for j in range(gov.shape[0]):
            weight = gov[i].population * gov[j].population
            spread += weight * abs(value[i] - value[j])
    return spread / (2.0 * people * total) if total > 0.0 else math.nan


@inlined
def take_stock(world, rules, year):  # type: ignore[no-untyped-def]
    """The state at the end of the last year with arrivals."""
    _income_per_head(world, rules, year)
    world.tally[0].inequality = gini(world.income, world.gov)
    world.tally[0].mean_trust = mean_trust(world.trust, world.partners)


@rule
def write_trajectory(world, line):  # type: ignore[no-untyped-def]
    """The state at the end of a year, cumulative since year 1, in the order of TRAJECTORY."""
    t = world.tally[0]
    line[0] = t.year
    line[1] = t.projects
    line[2] = t.signed
    line[3] = t.completed
    line[4] = t.died
    line[5] = t.expired
    line[6] = t.copies
    line[7] = t.promises_due
    line[8] = t.promises_kept
    line[9] = t.joint_spending
    line[10] = t.copy_spending
    line[11] = t.coordination_cost
    line[12] = t.outside_money
    line[13] = world.coordinator[0].fund
    line[14] = t.welfare
    line[15] = t.first_best
    line[16] = mean_trust(world.trust, world.partners)


@rule
def write_outcomes(world, nature, line):  # type: ignore[no-untyped-def]
    """Outcomes and counts of a run, in the order of COLUMNS.

    Before the run is over every outcome that needs the whole cohort is NaN.
    """
    t = world.tally[0]
    spending = t.joint_spending + t.copy_spending
    arrived = t.projects * 1.0
    line[0] = _ratio(t.signed, arrived)
    line[1] = _ratio(t.completed, arrived)
    line[2] = 1.0 - _ratio(t.completed, t.signed * 1.0)
    line[3] = _ratio(t.promises_kept, t.promises_due * 1.0)
    line[4] = _ratio(t.waited, arrived)
    line[5] = t.welfare
    line[6] = t.first_best
    line[7] = _ratio(t.welfare, t.first_best)
    line[8] = t.inequality
    line[9] = _ratio(t.extra_copy_spending, spending)
    line[10] = t.coordination_cost
    line[11] = t.outside_money
    line[12] = t.mean_trust
    line[13] = _ratio(t.copy_spending, spending)
    if not is_over(world.tally, nature):
        for c in range(14):
            line[c] = math.nan
    line[14] = t.projects
    line[15] = t.signed
    line[16] = t.completed
    line[17] = t.died
    line[18] = t.expired
    line[19] = t.copies
    line[20] = t.promises_due
    line[21] = t.promises_kept
    line[22] = t.joint_spending
    line[23] = t.copy_spending
    line[24] = t.extra_copy_spending
    line[25] = t.imbalance
