"""The agenda: what may come to the table, in which order, and who says so (E126).

Members table what was discussed least recently. A coordinator that sets the agenda begins with what
it thinks most worth building, and leaves out what falls short of its bar. Where the centre does,
only what is on its list comes to the table: what its own estimate, without the members' data, puts
at the bar or above in the year of arrival.
"""

from kernegotiate.engine.estimates import estimate
from kernegotiate.engine.events import KEPT_OFF, NOBODY
from kernegotiate.engine.jit import apart, rule
from kernegotiate.engine.mechanisms import CENTRE, COORDINATOR, MEMBERS


@rule
def may_table(project, p, year, setter, apart):
    """Whether p may come to the table: neither refused, nor there this year, nor kept off.

    With `apart` it is the table of who talks without the body.
    """
    if project[p].refused or project[p].tabled == year or project[p].apart != apart:
        return False
    return setter == MEMBERS or not project[p].kept_off


@rule
def next_on_agenda(project, tally, agenda, year, setter, apart):
    """The project to table next, or -1.

    Least recently discussed, then oldest, then by code; a coordinator that sets the agenda goes by
    what it thinks most worth building.
    """
    best = -1
    for place in range(tally[0].agenda):
        p = agenda[place]
        if not may_table(project, p, year, setter, apart):
            continue
        if best < 0 or comes_before(project, p, best, setter):
            best = p
    return best


@rule
def comes_before(project, p, q, setter):
    """Whether p is tabled before q, which stands before it on the agenda."""
    if setter == COORDINATOR:
        return project[p].ratio > project[q].ratio
    return project[p].tabled < project[q].tabled


@rule
def leave_agenda(tally, agenda, p):
    """Take p off the agenda; the order of the others stays."""
    place = 0
    for old in range(tally[0].agenda):
        if agenda[old] != p:
            agenda[place] = agenda[old]
            place += 1
    tally[0].agenda = place


@rule
def return_to_agenda(tally, agenda, p):
    """Put p on the agenda again, in the order of arrival."""
    place = tally[0].agenda
    while place > 0 and agenda[place - 1] > p:
        agenda[place] = agenda[place - 1]
        place -= 1
    agenda[place] = p
    tally[0].agenda += 1


def build(jit, note, with_):
    """The setting of a year's agenda, with a way to report and the mechanisms `with_`."""
    benefits_demanded = jit(with_.benefits_demanded)

    @apart(jit)
    def set_agenda(world, rules, seed, run, year, setter):
        """Who sets the agenda looks at what may be tabled: the centre once, when it arrives."""
        gov, project, society = world.gov, world.project, world.society
        error = rules.centre_error if setter == CENTRE else rules.estimate_error
        for place in range(world.tally[0].agenda):
            p = world.agenda[place]
            if project[p].apart or (setter == CENTRE and project[p].year < year):
                continue
            benefits, costs = estimate(gov, project, society, rules, error, seed, run, p)
            project[p].ratio = benefits / costs if costs > 0.0 else 0.0
            kept_off = benefits < benefits_demanded(rules.bar, costs)
            if kept_off and not project[p].kept_off:
                note(KEPT_OFF, year, p, NOBODY, project[p].ratio)
            project[p].kept_off = kept_off

    return set_agenda
