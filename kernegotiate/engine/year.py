"""A year in the region, in order. Read this first: it is the model.

`build` makes a year out of a way to vote, to keep or break a promise and to go alone. Compiled with
the rules in `decisions/` it drives the ensemble; left plain, with agents answering, it drives the
Mesa model. So the order of things stands once, and both agree to the last bit.
"""

from typing import Any

from kernegotiate.engine import delivery, going_alone, membership, money, talks
from kernegotiate.engine.agenda import leave_agenda
from kernegotiate.engine.arrivals import arrive
from kernegotiate.engine.copies import book, copies_end
from kernegotiate.engine.events import EXPIRED as EXPIRED_EVENT
from kernegotiate.engine.events import MERGED, NOBODY
from kernegotiate.engine.layout import EXPIRED
from kernegotiate.engine.leaders import tick
from kernegotiate.engine.mechanisms import mechanisms
from kernegotiate.engine.mergers import merge
from kernegotiate.engine.money import close_books
from kernegotiate.engine.outcomes import take_stock


def build(
    jit: Any, vote: Any, honour: Any, go_alone: Any, stay: Any, note: Any, with_: Any = None
) -> Any:
    """A function `year(world, nature, rules, bare, seed, run, explaining)`: one year of a world.

    `bare` are the rules where governments talk without the body that there is.

    `explaining` asks why motions fail, which takes time and changes nothing else.

    Args:
        jit: decorator for every piece: `jit.inlined` for the ensemble, the identity for Mesa.
        vote: see `decisions/vote.py`; must be what `jit` can call. Gives the answer, and whether
            the leader would sign and pay, whoever answers for it.
        honour: see `decisions/honour.py`.
        go_alone: see `decisions/go_alone.py`.
        stay: see `decisions/stay.py`.
        note: called as `note(event, year, project, government, amount)`, see `events.py`.
        with_: mechanisms of the levers; by default all of them.
    """
    with_ = with_ or mechanisms()
    gather_members, admit_all = membership.build(jit, stay, note, with_)
    open_budgets, settle_debts = money.build(jit, note, with_)
    hold_talks = talks.build(jit, vote, note, with_)
    deliver = delivery.build(jit, honour, note, with_)
    proclaim_plan, build_alone = going_alone.build(jit, go_alone, note, with_)

    @jit
    def expire(world, rules, year):
        """Drop what was on the agenda too long; copies stand to the end of their life."""
        project, tally, agenda = world.project, world.tally, world.agenda
        place = 0
        while place < tally[0].agenda:
            p = agenda[place]
            if year - project[p].year + 1 >= rules.agenda_life:
                project[p].status = EXPIRED
                tally[0].expired += 1
                if project[p].declared == 0:
                    tally[0].waited += rules.agenda_life
                end = copies_end(project, p)
                book(project, tally, world.society, rules.copy_crowding, p, end)
                leave_agenda(tally, agenda, p)
                note(EXPIRED_EVENT, year, p, NOBODY, 0.0)
            else:
                place += 1

    @jit
    def year(world, nature, rules, bare, seed, run, explaining):
        """One year, from the turn of the terms to the closing of the books."""
        gov, tally, coordinator = world.gov, world.tally, world.coordinator
        tally[0].year += 1
        now = tally[0].year

        if now > 1:
            tick(world, nature, rules, seed, run, now)
        for m in range(world.merger.shape[0]):
            if world.merger[m].year == now:
                into, absorbed = world.merger[m].into, world.merger[m].absorbed
                merge(world, nature, rules, seed, run, now, into, absorbed)
                note(MERGED, now, NOBODY, absorbed, 0.0)
        first = tally[0].projects
        if now <= nature.years:
            arrive(world, nature, rules, seed, run, now)
            if rules.voluntary:
                gather_members(world, rules, bare, now)
        if not rules.voluntary and tally[0].voluntary:
            admit_all(world)
        proclaim_plan(world, rules, first)
        open_budgets(world, nature, rules, seed, run, now)
        hold_talks(world, rules, bare, seed, run, now, explaining)
        deliver(world, rules, seed, run, now)
        build_alone(world, rules, now)
        expire(world, rules, now)
        settle_debts(world, rules, now)
        close_books(gov, coordinator, tally, world.ledger)
        if now == nature.years:
            take_stock(world, rules, now)

    return year
