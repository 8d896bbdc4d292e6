"""Going alone: after the talks, parties outside the deals may build substitutes.

First come projects on the agenda in the order of arrival, then works under way in the order of
signing; within a project, its parties in their order. What the regional plan forbids is decided for
good when a project arrives.
"""

from kernegotiate.engine.copies import book, window
from kernegotiate.engine.decisions.appraisal import may_copy, room
from kernegotiate.engine.events import AIDED, COPIED
from kernegotiate.engine.jit import rule
from kernegotiate.engine.money import aid_for_copy, pay_for_copy


@rule
def add_copy(world, rules, p, i, year):
    """Party i builds a copy of p; it opens next year."""
    project, party, tally = world.project, world.party, world.tally
    cost, aid = project[p].copy_cost, party[p, i].aid
    pay_for_copy(world, party[p, i].gov, cost, aid, project[p].copies > 0, year)
    if project[p].copies == 0:
        project[p].copy_open = year + 1
        project[p].copy_since = year + 1
    else:
        book(project, tally, world.society, rules.copy_crowding, p, year + 1)
    project[p].copies += 1
    party[p, i].built = year
    party[p, i].copies += 1


def build(jit, go_alone, note, with_):
    """Going alone in a year, with a way to decide it and the mechanisms `with_`."""
    copy_forbidden = jit(with_.copy_forbidden)

    @jit
    def proclaim_plan(world, rules, first):
        """The plan says, for projects from `first` on, whose copies it forbids."""
        project, party = world.project, world.party
        for p in range(first, world.tally[0].projects):
            for i in range(project[p].k):
                forbidden = copy_forbidden(rules.plan_supremacy, party[p, i].plan_draw)
                party[p, i].forbidden = forbidden and world.gov[party[p, i].gov].member

    @jit
    def consider(world, rules, p, year):
        """Each party of p outside a deal on it that has no copy yet and can pay for one."""
        gov, project, party, horizon = world.gov, world.project, world.party, world.horizon
        # Checked here as well as in the terms: it also holds for a person who decides.
        if not project[p].duplicable or window(project, p, year) == 0:
            return
        for i in range(project[p].k):
            if not may_copy(project, party, p, i):
                continue
            party[p, i].aid = aid_for_copy(world, rules, p, i)
            if project[p].copy_cost - party[p, i].aid > room(gov, party[p, i].gov):
                continue
            if go_alone(gov, project, party, horizon, rules, p, i, year):
                add_copy(world, rules, p, i, year)
                note(COPIED, year, p, party[p, i].gov, project[p].copy_cost)
                if party[p, i].aid > 0.0:
                    note(AIDED, year, p, party[p, i].gov, party[p, i].aid)

    @jit
    def build_alone(world, rules, year):
        """All open projects and works under way."""
        tally = world.tally
        for place in range(tally[0].agenda):
            consider(world, rules, world.agenda[place], year)
        for place in range(tally[0].works):
            consider(world, rules, world.works[place], year)

    return proclaim_plan, build_alone
