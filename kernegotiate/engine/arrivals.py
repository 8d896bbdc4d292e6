"""Projects arrive: drawn for each host and year, or read from the scenario's table.

A host and its k - 1 nearest neighbours are the parties. Yearly benefits follow from a benefit-cost
ratio that is lognormal and wide, so a quarter or more of all projects are not worth building. The
parties' part of the benefits falls on them by

    share_i ~ exp(-distance_i / scale) sqrt(population_i) exp(spread z_i),

plus a local misfit that only the locals see (E109); the spillover falls on residents outside the
parties' accounts (about half: E102).
"""

import numpy as np

from kernegotiate.engine.draws import ARRIVAL, PARTY, PROJECT, normal, uniform, words
from kernegotiate.engine.elementary import exp
from kernegotiate.engine.first_best import first_best
from kernegotiate.engine.horizon import payments
from kernegotiate.engine.jit import rule
from kernegotiate.engine.layout import ON_AGENDA
from kernegotiate.engine.mergers import join_seats
from kernegotiate.engine.overruns import draw_overrun


@rule
def _draw_parties(world, nature, seed, run, year, p, benefit):
    """Draw what each party of a generated project gains, and seat it.

    Args:
        world: (World) memory; the project and its parties are written.
        nature: (Nature) exogenous rules.
        seed: Of all draws.
        run: Number of the run.
        year: Of arrival.
        p: Place of the project.
        benefit: All of its benefit, spillover included, money a year, before misfit.
    """
    gov, project, party = world.gov, world.project, world.party
    host, k = project[p].host, project[p].k
    total = 0.0
    for i in range(k):
        g = world.nearest[host, i]
        a, b, c, d = words(seed, run, PARTY, 0, gov[host].address, gov[g].address, year)
        party[p, i].gov = g
        luck = exp(nature.benefit_spread * normal(uniform(a)))
        party[p, i].own_public = world.pull[host, i] * luck
        party[p, i].own = nature.misfit * benefit / k * normal(uniform(b))
        total += party[p, i].own_public
        _seat(party, p, i, c, d)
    local = (1.0 - nature.spillover) * benefit
    project[p].public_benefit = benefit
    project[p].benefit = benefit
    for i in range(k):
        party[p, i].own_public *= local / total
        project[p].benefit += party[p, i].own  # so far only the misfit
        party[p, i].own += party[p, i].own_public


@rule
def _seat(party, p, i, c, d):
    """Seat party i: its draws for reading and for the plan; nothing signed, nothing built."""
    party[p, i].reading_draw = uniform(c)
    party[p, i].plan_draw = uniform(d)
    party[p, i].sits = True
    party[p, i].share = 0.0
    party[p, i].inside = False
    party[p, i].yes = False
    party[p, i].swayed = False
    party[p, i].honours = False
    party[p, i].aid = 0.0
    party[p, i].built = 0
    party[p, i].copies = 0


@rule
def _open(world, nature, rules, seed, run, p, year, draw):
    """Put a project whose content is known on the agenda."""
    project, tally, society = world.project, world.tally, world.society
    project[p].year = year
    project[p].draw = draw
    project[p].status = ON_AGENDA
    project[p].tabled = 0
    project[p].rounds = 0
    project[p].refused = False
    project[p].declared = 0
    project[p].weighed = False
    project[p].apart = False
    project[p].sitting = project[p].k
    project[p].ratio = 0.0
    project[p].kept_off = False
    project[p].signed = 0
    project[p].approvals = 0
    project[p].starts = 0
    project[p].earnest = False
    project[p].started = 0
    project[p].unpaid = 1.0
    project[p].match = 0.0
    project[p].fund_share = 0.0
    project[p].effort = 1.0
    project[p].undone = -1
    draw_overrun(project, world.gov, nature, seed, run, p)
    project[p].copies = 0
    project[p].copy_open = 0
    project[p].copy_since = 0
    project[p].seats = project[p].k
    project[p].part = project[p].cost / project[p].k
    project[p].copy_cost = project[p].part
    project[p].instalment = (1.0 - nature.upfront) / project[p].build
    annuity = society[0, project[p].life + 1] - society[0, 1]
    project[p].copy_yield = nature.copy_ratio * project[p].copy_cost / annuity
    project[p].waits = nature.agenda_life + rules.waiting
    best, joint, copies = first_best(project, society, nature.upfront, nature.copy_crowding, p)
    project[p].first_best = best * society[1, year - 1]
    project[p].best_joint = joint
    project[p].best_copies = copies
    project[p].coordination = 0.0
    tally[0].first_best += project[p].first_best
    world.agenda[tally[0].agenda] = p
    tally[0].agenda += 1
    tally[0].projects += 1
    if world.merger.shape[0] > 0:
        join_seats(world, p)


@rule
def generate(world, nature, rules, seed, run, year):
    """Projects that the generator brings this year, at most one a host."""
    gov, project, society, kind = world.gov, world.project, world.society, world.kind
    n = gov.shape[0]
    least, most = min(nature.parties_min, n), min(nature.parties_max, n)
    none = np.uint64(0)
    for host in range(n):
        a, b, c, d = words(seed, run, ARRIVAL, 0, gov[host].address, none, year)
        if uniform(a) >= nature.rate:
            continue
        p = world.tally[0].projects
        k = least + int(uniform(b) * (most - least + 1))
        build = nature.build_min + int(uniform(c) * (nature.build_max - nature.build_min + 1))
        which = 0
        while which < kind.shape[0] - 1 and uniform(d) >= kind[which].up_to:
            which += 1
        a, b, c, d = words(seed, run, PROJECT, 0, gov[host].address, none, year)
        budgets = 0.0
        for i in range(k):
            budgets += world.origin[world.nearest[host, i]].budget
        cost = (nature.cost_min + uniform(a) * (nature.cost_max - nature.cost_min)) * budgets
        ratio = exp(nature.ratio_log_mean + nature.ratio_log_sd * normal(uniform(b)))
        paid = cost * payments(
            society[0, build + 1] - society[0, 1], nature.upfront, (1.0 - nature.upfront) / build
        )
        enjoyed = society[0, build + 1 + nature.life] - society[0, build + 1]
        project[p].host = host
        project[p].serial = 0
        project[p].kind = which
        project[p].k = k
        project[p].cost = cost
        project[p].build = build
        project[p].life = nature.life
        project[p].touches_land = kind[which].touches_land
        project[p].overruns = kind[which].overrun
        project[p].duplicable = uniform(c) < nature.duplicable
        _draw_parties(world, nature, seed, run, year, p, ratio * paid / enjoyed)
        _open(world, nature, rules, seed, run, p, year, uniform(d))


@rule
def read_table(world, nature, rules, seed, run, year):
    """Projects that the scenario's table brings this year; only errors and plans are drawn."""
    gov, project, party = world.gov, world.project, world.party
    row, row_party = world.row, world.row_party
    none = np.uint64(0)
    for t in range(row.shape[0]):
        if row[t].year != year:
            continue
        p = world.tally[0].projects
        host, serial, k = row[t].host, row[t].serial, row[t].k
        project[p].host = host
        project[p].serial = serial
        project[p].kind = row[t].kind
        project[p].k = k
        project[p].cost = row[t].cost
        project[p].build = row[t].build
        project[p].life = row[t].life
        project[p].touches_land = row[t].touches_land
        project[p].overruns = row[t].overruns
        project[p].duplicable = row[t].duplicable
        project[p].benefit = row[t].benefit
        project[p].public_benefit = row[t].benefit
        for i in range(k):
            g = row_party[t, i].gov
            _, _, c, d = words(seed, run, PARTY, serial, gov[host].address, gov[g].address, year)
            party[p, i].gov = g
            party[p, i].own = row_party[t, i].own
            party[p, i].own_public = row_party[t, i].own
            _seat(party, p, i, c, d)
        _, _, _, d = words(seed, run, PROJECT, serial, gov[host].address, none, year)
        _open(world, nature, rules, seed, run, p, year, uniform(d))


@rule
def arrive(world, nature, rules, seed, run, year):
    """This year's projects."""
    if world.row.shape[0] > 0:
        read_table(world, nature, rules, seed, run, year)
    else:
        generate(world, nature, rules, seed, run, year)
