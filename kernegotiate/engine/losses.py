"""The loss ledger: where the first best went, project by project, with no line left over.

A project's choice is (J, n): was the joint work signed, and how many copies were ever built. Five
values telescope from the planner's to the real one, all as present values in year 1:

    V*  the first best
    V1  the realised choice, taken at arrival and delivered on time, copies bridging until opening
    V2  each part at its real date, still delivered
    V3  what was really paid and enjoyed
    V4  V3 less the real costs of coordination

V* - V1 is a wrong choice: *blocked*, *crowded out*, *overreach* or *unbuilt*. V1 - V2 is *delayed*,
V3 - V4 *transaction*. V2 - V3 is three things: benefits missing where a work was carried out
*grudgingly*, what was paid beyond the plan (*overrun*), and the rest, *abandoned*. Delay and
abandonment can be gains: a bad work that comes late or dies early. *Upkeep* of the coordinating
body and *interest* on debts belong to no project. Every V is computed from its own
definition, so the sum of V4 over projects can be held against the welfare that the run booked year
by year: the residual must be zero to rounding.
"""

import numpy as np

from kernegotiate.engine.copies import copies_end, opening_year, yield_of_each
from kernegotiate.engine.diagnosis import AGENDA, CAPACITY, CAUSES, sole_cause
from kernegotiate.engine.first_best import joint_value
from kernegotiate.engine.jit import rule
from kernegotiate.engine.layout import COMPLETED

LINES = (
    "blocked",
    "crowded_out",
    "overreach",
    "unbuilt",
    "delayed",
    "abandoned",
    "transaction",
    "grudging",
    "overrun",
    "upkeep",
    "interest",
)
BLOCKED, CROWDED_OUT, OVERREACH, UNBUILT, DELAYED, ABANDONED, TRANSACTION = range(7)
GRUDGING, OVERRUN, UPKEEP, INTEREST = range(7, len(LINES))
LOSS = np.dtype(
    [
        ("first_best", "f8"),
        ("line", "f8", (len(LINES),)),
        ("welfare", "f8"),  # sum of V4
        ("residual", "f8"),  # sum of V4 less booked welfare
        ("not_built", "f8"),  # projects whose first best is joint and that were not built
        ("cause", "f8", (len(CAUSES),)),  # projects that each cause blocked, by its weight
        ("cause_loss", "f8", (len(CAUSES),)),  # money that these lost
    ]
)


@rule
def present(society, start, stop):
    """Weight in year 1 of 1 a year in the years start <= year < stop."""
    return society[0, stop - 1] - society[0, start - 1] if stop > start else 0.0


@rule
def planned_value(project, society, upfront, p):
    """Net present value of the joint work in the year of its first payment, as planned."""
    instalment = project[p].instalment
    project[p].instalment = instalment / project[p].stretch
    value = joint_value(project, society, upfront, p)
    project[p].instalment = instalment
    return value


@rule
def choice_on_time(project, society, rules, p, joint, n):
    """V1: the choice (joint, n copies) taken at arrival and delivered on time."""
    arrival, life = project[p].year, project[p].life
    until = 1 + life
    value = 0.0
    if joint:
        until = min(until, project[p].build + 1)
        value = planned_value(project, society, rules.upfront, p)
    if n > 0:
        flow = n * yield_of_each(project[p].copy_yield, rules.copy_crowding, n)
        value += flow * (society[0, until] - society[0, 1]) - n * project[p].copy_cost
    return value * society[1, arrival - 1]


@rule
def copies_value(project, party, society, crowding, p, opens):
    """Present value of the copies as built, if the joint work opens in `opens` (0: never)."""
    seats, n = project[p].seats, project[p].copies
    if n == 0:
        return 0.0
    end = copies_end(project, p)
    if opens > 0:
        end = min(end, opens)
    value, standing, year = 0.0, 0, project[p].copy_open
    while standing < n and year <= end:
        # The next year in which copies open; between two such years the yield is constant.
        upcoming = end
        for i in range(seats):
            if party[p, i].built == year - 1:
                standing += 1
                value -= project[p].copy_cost * society[1, year - 2]
            elif party[p, i].built >= year:
                upcoming = min(upcoming, party[p, i].built + 1)
        each = yield_of_each(project[p].copy_yield, crowding, standing)
        value += standing * each * present(society, year, min(upcoming, end))
        year = upcoming
    return value


@rule
def paid_so_far(project, society, upfront, p):
    """Present value of what was paid for the joint work, from what is still unpaid.

    Returns:
        It, and what the same years would have cost without an overrun.
    """
    starts, build, stretch = project[p].starts, project[p].build, project[p].stretch
    value = plan = 0.0
    share = planned = upfront
    paid, year = 1.0 + project[p].extra - project[p].unpaid, starts
    while paid > 1e-9 and year <= starts + build:
        value += share * society[1, year - 1]
        plan += planned * society[1, year - 1]
        paid -= share
        year += 1
        planned = project[p].instalment / stretch
        share = project[p].instalment if year >= project[p].stretched else planned
    return value * project[p].cost, plan * project[p].cost


@rule
def lines_of(world, rules, p):
    """Write the ledger of project p to `world.line`; returns V4."""
    project, party, society, line = world.project, world.party, world.society, world.line
    upfront, crowding = rules.upfront, rules.copy_crowding
    joint, n = project[p].signed > 0, project[p].copies
    best_joint, best_n = project[p].best_joint, project[p].best_copies
    v_best = project[p].first_best
    v1 = choice_on_time(project, society, rules, p, joint, n)
    opens = opening_year(project, p)
    v2 = copies_value(project, party, society, crowding, p, opens)
    v3 = v2
    grudging = overrun = 0.0
    if joint:
        v2 += society[1, project[p].starts - 1] * planned_value(project, society, upfront, p)
        paid, plan = paid_so_far(project, society, upfront, p)
        v3, overrun = -paid, paid - plan
        if project[p].status == COMPLETED:
            v3 += copies_value(project, party, society, crowding, p, opens)
            years = present(society, opens, opens + project[p].life)
            v3 += project[p].effort * project[p].benefit * years
            grudging = (1.0 - project[p].effort) * project[p].benefit * years
        else:
            v3 += copies_value(project, party, society, crowding, p, 0)
    v4 = v3 - project[p].coordination

    wrong = OVERREACH
    if best_joint and not joint:
        wrong = BLOCKED if n == 0 else CROWDED_OUT
    elif best_joint == joint and n < best_n:
        wrong = UNBUILT
    elif best_joint:
        wrong = CROWDED_OUT
    for c in range(len(LINES)):
        line[c] = 0.0
    line[wrong] = v_best - v1
    line[DELAYED] = v1 - v2
    line[ABANDONED] = v2 - v3 - grudging - overrun
    line[TRANSACTION] = v3 - v4
    line[GRUDGING] = grudging
    line[OVERRUN] = overrun
    return v4


@rule
def blame(project, cause, p):
    """Complete the causes of p if it should have been built jointly and was not; True if so."""
    if not project[p].best_joint or project[p].status == COMPLETED:
        return False
    if project[p].signed > 0:
        sole = project[p].undone
    elif project[p].tabled == 0:
        sole = AGENDA if project[p].kept_off else CAPACITY
    else:
        return True  # the last vote, refusal or approval has its causes
    sole_cause(cause, p, sole)
    return True


@rule
def write_losses(world, rules, loss):
    """The ledger and the causes of a finished run, into a LOSS record."""
    project, tally = world.project, world.tally
    loss.first_best = 0.0
    loss.welfare = 0.0
    loss.not_built = 0.0
    for c in range(len(LINES)):
        loss.line[c] = 0.0
    for c in range(len(CAUSES)):
        loss.cause[c] = 0.0
        loss.cause_loss[c] = 0.0
    line = world.line
    for p in range(tally[0].projects):
        v4 = lines_of(world, rules, p)
        loss.first_best += project[p].first_best
        loss.welfare += v4
        for c in range(len(LINES)):
            loss.line[c] += line[c]
        if blame(project, world.cause, p):
            loss.not_built += 1.0
            for c in range(len(CAUSES)):
                loss.cause[c] += world.cause[p, c]
                loss.cause_loss[c] += world.cause[p, c] * (project[p].first_best - v4)
    loss.line[UPKEEP] = tally[0].upkeep
    loss.line[INTEREST] = tally[0].interest
    loss.welfare -= tally[0].upkeep + tally[0].interest
    loss.residual = loss.welfare - tally[0].welfare
