"""The board: what a coordinator decides, and whose view that is.

It passes what its own estimate finds worth building. It may be captured, and then weighs one
member's own gain; the members' delegates may sit on it, and vote by their own values; and a good
judge foresees that a work whose parties do not want it is carried out grudgingly (E109).
"""

from kernegotiate.engine.decisions.vote import inform, study
from kernegotiate.engine.decisions.vote import vote as vote_by_rule
from kernegotiate.engine.diagnosis import DELEGATES, JUDGEMENT, sole_cause
from kernegotiate.engine.estimates import estimate
from kernegotiate.engine.events import APPROVED, NOBODY, OUTVOTED, REFUSED, VOTED
from kernegotiate.engine.jit import apart, rule
from kernegotiate.engine.mechanisms import HOST
from kernegotiate.engine.money import disposable


@rule
def captor_of(gov, project, party, p, captor):
    """The place among p's parties of the one whose gain weighs with a captured coordinator.

    The host always sits at the table.
    """
    if captor == HOST:
        return 0
    largest = 0
    for i in range(1, project[p].k):
        if party[p, i].sits and gov[party[p, i].gov].grdp > gov[party[p, largest].gov].grdp:
            largest = i
    return largest


def build(jit, vote, note, with_, draft, sign):
    """A coordinator's decision, with a way to vote, to draft and to sign."""
    benefits_demanded, board_passes = jit(with_.benefits_demanded), jit(with_.board_passes)
    judged_by, captured_by = jit(with_.judged_by), jit(with_.captured_by)
    delegates_sit = jit(with_.delegates_sit)

    @apart(jit)
    def hear(world, rules, p, year, voting):
        """Who of the parties is for a drafted project, and who would carry it out willingly.

        No money hangs on an answer: nothing is withheld where the coordinator decides.

        Returns:
            How many are for it, and how many would not keep it of their own will.
        """
        gov, project, party, trust = world.gov, world.project, world.party, world.trust
        motion, favour, against = world.motion, 0, 0
        inform(project, party, rules, p)
        study(gov, project, party, trust, world.horizon, rules, p, year)
        motion[0] = p
        for i in range(project[p].k):
            party[p, i].withheld = 0.0
            party[p, i].swayed = False
            if not party[p, i].sits:
                continue
            if voting:
                answer, willing = vote(gov, project, party, trust, rules, motion, 1, i)
                party[p, i].yes = answer
                note(VOTED, year, p, party[p, i].gov, 1.0 if answer else 0.0)
            else:
                answer, willing = vote_by_rule(gov, project, party, trust, rules, motion, 1, i)
            favour += 1 if answer else 0
            against += 0 if willing else 1
        return favour, against

    @jit
    def decide(world, rules, seed, run, p, year, explaining):
        """The coordinator decides: if it passes p all parties are bound, whoever has agreed."""
        gov, project, party = world.gov, world.project, world.party
        k = project[p].sitting
        fund = disposable(world.coordinator)
        draft(world, rules, seed, run, p, fund, world.coordinator[0].grants)
        error = rules.estimate_error
        benefits, costs = estimate(gov, project, world.society, rules, error, seed, run, p)
        c = captor_of(gov, project, party, p, captured_by(rules.captor))
        whole = project[p].public_benefit
        own = k * party[p, c].own_public / whole if whole != 0.0 else 1.0
        benefits *= judged_by(rules.capture, own, 1.0)
        costs *= judged_by(rules.capture, k * party[p, c].share, 1.0)
        favour, against = k, 0
        voting = delegates_sit(rules.delegates)
        if voting or rules.grudge > 0.0:
            favour, against = hear(world, rules, p, year, voting)
        benefits *= 1.0 - rules.grudge * against / k
        judge = benefits >= benefits_demanded(rules.bar, costs)
        worth = benefits / costs if costs > 0.0 else 0.0
        if board_passes(rules.delegates, favour / k, judge):
            sign(world, rules, p, year, False, against)
            note(APPROVED, year, p, NOBODY, worth)
        elif judge:
            note(OUTVOTED, year, p, NOBODY, favour / k)
            if explaining:
                sole_cause(world.cause, p, DELEGATES)
        else:
            project[p].refused = True
            if explaining:
                sole_cause(world.cause, p, JUDGEMENT)
            note(REFUSED, year, p, NOBODY, worth)

    return decide
