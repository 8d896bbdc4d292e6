"""Mergers: members become one government, under a new leader (E53).

Population, product, budget, debt, promises and dues add up; land and ceiling are means, by product
and by budget. In every project that is not over their seats become one. A work among members alone
has no partner left who could break it, and what they would have built twice they build once. Plans
made for the old units lapse: what was forbidden or refused is open again. The old places stay what
they are: projects arise there as before, by the same draws.
"""

import numpy as np

from kernegotiate.engine.draws import LEADER, words
from kernegotiate.engine.jit import seldom
from kernegotiate.engine.layout import ON_AGENDA, SIGNED, World
from kernegotiate.engine.leaders import put_trust_back, set_horizon, take_office
from kernegotiate.engine.rules import Nature, Rules


@seldom
def restore(world: World) -> None:
    """Put all governments back to what they were before any merger."""
    gov, origin = world.gov, world.origin
    for i in range(gov.shape[0]):
        gov[i].into = i
        gov[i].population = origin[i].population
        gov[i].grdp = origin[i].grdp
        gov[i].budget = origin[i].budget
        gov[i].land_dependence = origin[i].land_dependence
        gov[i].ceiling = origin[i].ceiling


@seldom
def merge(
    world: World, nature: Nature, rules: Rules, seed: int, run: int, year: int, h: int, g: int
) -> None:
    """Government g becomes part of h.

    Args:
        world: Memory, written.
        nature: Exogenous rules.
        rules: In force.
        seed: Of all draws.
        run: Number of the run.
        year: First year as one.
        h: Place of the government that stays.
        g: Place of the one that becomes a part of it.
    """
    gov = world.gov
    mine, other = gov[h].budget, gov[g].budget
    part = other / (mine + other) if mine + other > 0.0 else 0.5
    for place in range(world.partners_from[h], world.partners_from[h + 1]):
        j = world.partner[place]
        if j != g:
            world.trust[h, j] += part * (world.trust[g, j] - world.trust[h, j])
            world.trust[j, h] += part * (world.trust[j, g] - world.trust[j, h])
    product = gov[h].grdp + gov[g].grdp
    land = gov[h].land_dependence * gov[h].grdp + gov[g].land_dependence * gov[g].grdp
    gov[h].land_dependence = land / product if product > 0.0 else gov[h].land_dependence
    gov[h].ceiling += part * (gov[g].ceiling - gov[h].ceiling)
    gov[h].voters += part * (gov[g].voters - gov[h].voters)
    gov[h].transfer_lost = gov[h].transfer_lost or gov[g].transfer_lost
    gov[h].member = gov[h].member or gov[g].member
    gov[h].debt += gov[g].debt
    gov[g].debt = 0.0
    gov[h].population += gov[g].population
    gov[h].grdp = product
    gov[h].budget = mine + other
    gov[g].population = 0.0
    gov[g].grdp = 0.0
    gov[g].budget = 0.0
    gov[g].voters = 1.0
    gov[g].transfer_lost = False
    for i in range(gov.shape[0]):
        if gov[i].into == g:
            gov[i].into = h

    a, b, c, _ = words(seed, run, LEADER, 0, gov[h].address, np.uint64(0), year)
    take_office(gov, world.quantile, nature, seed, run, h, year, a, b, c)
    gov[h].years_left = nature.term
    gov[h].voters += nature.trust_reset * (1.0 - gov[h].voters)
    gov[h].opened = 0
    gov[h].broken = 0
    put_trust_back(world, nature, rules, h)
    set_horizon(gov, nature, h)
    for p in range(world.tally[0].projects):
        join_seats(world, p)


@seldom
def join_seats(world: World, p: int) -> None:
    """Seat the governments of today: parties of p that have become one have one seat.

    Seats that are given up stand behind those of the parties, since a copy that was built there
    stands.
    """
    gov, project, party = world.gov, world.project, world.party
    for i in range(project[p].seats):
        party[p, i].gov = gov[party[p, i].gov].into
    if project[p].status != ON_AGENDA and project[p].status != SIGNED:
        return
    k, i = project[p].k, 0
    while i < k:
        first = 0
        while party[p, first].gov != party[p, i].gov:
            first += 1
        if first == i:
            i += 1
            continue
        built = party[p, i].built
        _add(party, p, first, i)
        for j in range(i, k - 1):
            _move(party, p, j, j + 1)
        k -= 1
        _leave_empty(party, p, k, party[p, first].gov, built)
        party[p, first].forbidden = False
        project[p].refused = False
    project[p].k = k
    project[p].sitting = k
    project[p].part = project[p].cost / k


@seldom
def _add(party, p, to, i):
    """What seat i stands for goes to another of the same government."""
    party[p, to].own += party[p, i].own
    party[p, to].own_public += party[p, i].own_public
    party[p, to].read += party[p, i].read
    party[p, to].share += party[p, i].share
    party[p, to].inside = party[p, to].inside or party[p, i].inside
    party[p, to].copies += party[p, i].copies


@seldom
def _move(party, p, to, i):
    """Seat i moves up; what is worked out anew at each study of the project stays behind."""
    party[p, to].gov = party[p, i].gov
    party[p, to].own = party[p, i].own
    party[p, to].own_public = party[p, i].own_public
    party[p, to].reading_draw = party[p, i].reading_draw
    party[p, to].plan_draw = party[p, i].plan_draw
    party[p, to].forbidden = party[p, i].forbidden
    party[p, to].reading = party[p, i].reading
    party[p, to].read = party[p, i].read
    party[p, to].share = party[p, i].share
    party[p, to].inside = party[p, i].inside
    party[p, to].yes = party[p, i].yes
    party[p, to].swayed = party[p, i].swayed
    party[p, to].honours = party[p, i].honours
    party[p, to].built = party[p, i].built
    party[p, to].copies = party[p, i].copies


@seldom
def _leave_empty(party, p, i, g, built):
    """Nobody sits on seat i any more; a copy built there in `built` is now government g's."""
    party[p, i].gov = g
    party[p, i].own = 0.0
    party[p, i].own_public = 0.0
    party[p, i].share = 0.0
    party[p, i].inside = False
    party[p, i].built = built
    party[p, i].copies = 0
