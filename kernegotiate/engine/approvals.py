"""Approvals: what a signed work needs from others before its first payment (E78, E81, E85).

They come one after the other, whoever has signed or decided, and each takes its years. Each may
send the work back. Then nobody is bound any more: what was set aside for it is free again, what
agreeing has cost is sunk, and the work returns to the agenda as something that was only declared.
"""

import numpy as np

from kernegotiate.engine.agenda import return_to_agenda
from kernegotiate.engine.diagnosis import VETO, sole_cause
from kernegotiate.engine.draws import APPROVAL, uniform, words
from kernegotiate.engine.events import CLEARED, NOBODY, SENT_BACK
from kernegotiate.engine.jit import apart, rule
from kernegotiate.engine.layout import ON_AGENDA
from kernegotiate.engine.membership import seat_all
from kernegotiate.engine.money import release

PER_SIGNATURE = np.uint64(16)  # addresses of approvals, more than there can be


@rule
def objected(gov, project, rules, seed, run, p, number):
    """Whether approval `number` of p sends it back (one draw a project, signature and approval)."""
    host, serial = gov[project[p].host].address, project[p].serial
    which = np.uint64(project[p].signed) * PER_SIGNATURE + np.uint64(number)
    a, _, _, _ = words(seed, run, APPROVAL, serial, host, which, project[p].year)
    return uniform(a) < rules.send_back


@rule
def undo(world, rules, p):
    """Nobody is bound to p any more, of which nothing has been paid."""
    gov, project, party, tally = world.gov, world.project, world.party, world.tally
    cost = project[p].cost
    heaviest = max(rules.upfront, project[p].instalment)
    for i in range(project[p].k):
        gov[party[p, i].gov].dues -= heaviest * party[p, i].share * cost
    world.coordinator[0].grants += project[p].match * cost
    release(project, world.coordinator, p)
    tally[0].signed -= 1
    tally[0].declared += 1
    if project[p].declared == 0:
        project[p].declared = project[p].signed
    project[p].status = ON_AGENDA
    project[p].signed = 0
    project[p].starts = 0
    project[p].earnest = False
    project[p].effort = 1.0
    project[p].weighed = True
    seat_all(project, party, p)  # a voluntary body says anew who sits
    return_to_agenda(tally, world.agenda, p)
    sole_cause(world.cause, p, VETO)


def build(jit, note):
    """The approvals of a year, with a way to report."""

    @apart(jit)
    def may_start(world, rules, seed, run, p, year):
        """Whether p, which needs approvals, has them all; this year's is given or refused now."""
        project = world.project
        signed, starts = project[p].signed, project[p].starts
        every = (starts - signed) // project[p].approvals
        if year > signed and (year - signed) % every == 0:
            number = (year - signed) // every
            if objected(world.gov, project, rules, seed, run, p, number):
                undo(world, rules, p)
                note(SENT_BACK, year, p, NOBODY, number * 1.0)
                return False
            note(CLEARED, year, p, NOBODY, number * 1.0)
        return year >= starts

    return may_start
