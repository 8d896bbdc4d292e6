"""The planner's choice for one project on the same draws, budgets not binding.

The best over n = 0..k copies at arrival, and the joint work never, or begun in any year in which an
agreement could let it begin: a year of the agenda life, and the wait for approvals after that.
Staggered or later copies are never better: a copy that pays in a shorter window pays more in a
longer one, and one that does not pay at once does not pay later. So no institution can do better,
and realised welfare never exceeds it (closed form A8 is the case without copies).
"""

from kernegotiate.engine.copies import yield_of_each
from kernegotiate.engine.horizon import payments
from kernegotiate.engine.jit import rule, seldom


@rule
def joint_value(project, society, upfront, p):
    """Net present value of the joint work in the year of its first payment."""
    build, life = project[p].build, project[p].life
    weights = society[0, build + 1] - society[0, 1]
    paid = project[p].cost * payments(weights, upfront, project[p].instalment)
    return project[p].benefit * (society[0, build + 1 + life] - society[0, build + 1]) - paid


@rule
def first_best(project, society, upfront, crowding, p):
    """The planner's choice for project p: value in its year of arrival, joint or not, copies."""
    build, life, k = project[p].build, project[p].life, project[p].seats
    joint = joint_value(project, society, upfront, p)
    best, best_joint, best_copies = max(joint, 0.0), joint > 0.0, 0
    if not project[p].duplicable:
        return best, best_joint, best_copies
    for n in range(1, k + 1):
        flow = n * yield_of_each(project[p].copy_yield, crowding, n)
        outlay = n * project[p].copy_cost
        alone = flow * (society[0, 1 + life] - society[0, 1]) - outlay
        if alone > best:
            best, best_joint, best_copies = alone, False, n
        # Copies only bridge the wait for a joint work that is worth something.
        for wait in range(project[p].waits if joint > 0.0 else 0):
            until = min(1 + life, wait + build + 1)
            bridge = flow * (society[0, until] - society[0, 1]) - outlay
            if bridge + society[1, wait] * joint > best:
                best, best_joint, best_copies = bridge + society[1, wait] * joint, True, n
    return best, best_joint, best_copies


@seldom
def wait_longer(world, rules, p):
    """A law of after its arrival lets p wait longer than any before: so may the planner."""
    project, society = world.project, world.society
    before = project[p].first_best
    project[p].waits = project[p].starts - project[p].year + 1
    best, joint, copies = first_best(project, society, rules.upfront, rules.copy_crowding, p)
    project[p].first_best = best * society[1, project[p].year - 1]
    project[p].best_joint = joint
    project[p].best_copies = copies
    world.tally[0].first_best += project[p].first_best - before
