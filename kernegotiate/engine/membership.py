"""Membership: a voluntary body has members and outsiders (E132).

A work comes to the body's table if its host is a member and has company; there sit those of its
parties that are members, who bargain and pay among themselves. Who is outside neither sits nor
pays, and profits all the same once the work is open. Any other work is talked about without the
body, among all its parties and in their own time, as where no coordinator is. In a mandatory body
everybody is a member, and all parties sit.
"""

from kernegotiate.engine.decisions.stay import Offer
from kernegotiate.engine.events import JOINED, LEFT, NOBODY
from kernegotiate.engine.jit import apart, rule
from kernegotiate.engine.money import disposable


@rule
def seat_all(project, party, p):
    """All parties of p sit at the one table."""
    project[p].apart = False
    project[p].sitting = project[p].k
    for i in range(project[p].k):
        party[p, i].sits = True


@rule
def seat_members(gov, project, party, p):
    """Seat the parties of p where it will be talked about: with the body, or without it."""
    seat_all(project, party, p)
    members = 0
    for i in range(project[p].k):
        members += 1 if gov[party[p, i].gov].member else 0
    hosted = gov[gov[project[p].host].into].member
    project[p].apart = not hosted or members < min(2, project[p].k)
    if not project[p].apart:
        project[p].sitting = members
        for i in range(project[p].k):
            party[p, i].sits = gov[party[p, i].gov].member


def build(jit, stay, note, with_):
    """Who is in this year, with a way to decide it, to report, and the mechanisms `with_`."""
    levy, equalised = jit(with_.levy), jit(with_.equalised)
    conditional_transfer, matched = jit(with_.conditional_transfer), jit(with_.matched)
    supported, grants_of_the_year = jit(with_.supported), jit(with_.grants_of_the_year)

    @jit
    def bears(world, rules, years):
        """The share of a work's cost that the body would bear: grants, and its fund.

        Either is worth what it may spend in a year over what the works of a year have cost so far,
        if all who are in or may come in pay their dues.
        """
        gov, project = world.gov, world.project
        costs = budgets = 0.0
        for p in range(world.tally[0].projects):
            costs += project[p].cost / years
        for i in range(gov.shape[0]):
            budgets += gov[i].budget if gov[i].member or not gov[i].settled else 0.0
        if costs <= 0.0:
            return 0.0
        grants = grants_of_the_year(rules.grant_budget, budgets) / costs
        match = min(matched(rules.match_rate, 0.0, 0.0, 0.0), grants)
        if not rules.fund:
            return match
        income = levy(rules.levy_rate, budgets) + supported(rules.central_support, budgets)
        income += max(disposable(world.coordinator), 0.0) / years
        return match + min(rules.fund_cap, 1.0 - match, income / costs)

    @jit
    def offered(world, rules, i, borne):
        """What the body offers government i in money."""
        gov = world.gov
        budgets, people = gov[i].budget, gov[i].population
        for j in range(gov.shape[0]):
            if j != i and (gov[j].member or not gov[j].settled):
                budgets += gov[j].budget
                people += gov[j].population
        own = gov[i].budget
        net = equalised(rules.equalisation, gov[i].population, budgets / people, own)
        net += conditional_transfer(rules.withheld_share, own)
        net -= levy(rules.levy_rate, own) + rules.upkeep * own
        return Offer(borne, net, 0.0 if gov[i].member else rules.joining * own)

    @jit
    def admit(world, i, year, entry):
        """Government i is in, or out, from this year on; who joins costs the region its `entry`."""
        gov, tally = world.gov, world.tally
        joins = gov[i].joins
        if joins and not gov[i].member:
            amount = entry * world.society[1, year - 1]
            tally[0].upkeep += amount
            tally[0].coordination_cost += amount
            tally[0].welfare -= amount
            note(JOINED, year, NOBODY, i, entry)
        elif gov[i].member and not joins:
            note(LEFT, year, NOBODY, i, 0.0)
        gov[i].member = joins

    @apart(jit)
    def gather_members(world, rules, bare, year):
        """Leaders who have not answered yet are asked, on what they know before anybody answers.

        As long as projects arrive: after that there is nothing left to join for.
        """
        gov, tally = world.gov, world.tally
        if not tally[0].voluntary:  # a new body: nobody is in it yet
            for i in range(gov.shape[0]):
                gov[i].member = False
        tally[0].voluntary = True
        borne = bears(world, rules, year)
        for i in range(gov.shape[0]):
            gov[i].joins = gov[i].member
            if gov[i].into == i and not gov[i].settled:
                offer = offered(world, rules, i, borne)
                gov[i].joins = stay(
                    gov, world.project, world.party, world.trust, world.horizon, world.odds,
                    rules, bare, offer, tally[0].projects, i, year,
                )  # fmt: skip
        tally[0].outsiders = 0
        for i in range(gov.shape[0]):
            if gov[i].into == i:
                entry = 0.0 if gov[i].member else rules.joining * gov[i].budget
                admit(world, i, year, entry)
                gov[i].settled = True
                tally[0].outsiders += 0 if gov[i].member else 1
        for place in range(tally[0].agenda):
            seat_members(gov, world.project, world.party, world.agenda[place])

    @apart(jit)
    def admit_all(world):
        """A mandatory body follows a voluntary one: everybody is in, and sits at every table."""
        gov, tally = world.gov, world.tally
        for i in range(gov.shape[0]):
            gov[i].member = True
            gov[i].settled = False
        tally[0].outsiders = 0
        tally[0].voluntary = False
        for place in range(tally[0].agenda):
            seat_all(world.project, world.party, world.agenda[place])

    return gather_members, admit_all
