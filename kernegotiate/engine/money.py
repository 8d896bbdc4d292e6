"""Money: the year's income, and a ledger by account and use that must balance.

Grants, fines, levies and transfers move money between accounts; only what the accounts of the works
receive is a real cost to the region.
"""

from kernegotiate.engine.bad_years import lost_in
from kernegotiate.engine.events import LACKED, NOBODY
from kernegotiate.engine.jit import rule
from kernegotiate.engine.layout import (
    CENTRE,
    COPIES,
    EQUALISATION,
    FUND,
    LEVY,
    POOL,
    TRANSFER,
    WORKS,
)


@rule
def move(ledger, payer, payee, use, amount):
    """Book a payment between two accounts (row numbers of the ledger)."""
    ledger[payer, use] -= amount
    ledger[payee, use] += amount


@rule
def close_books(gov, coordinator, tally, ledger):
    """Compare the ledger with the accounts kept beside it; remember the largest gap.

    The fund's ledger row must equal its balance, the works' receipts what was booked as real
    spending, and equalisation must leave its pool empty.
    """
    n = gov.shape[0]
    fund = works = pool = 0.0
    for use in range(ledger.shape[1]):
        fund += ledger[n + FUND, use]
        works += ledger[n + WORKS, use]
        pool += ledger[n + POOL, use]
    gap = abs(fund - coordinator[0].fund - coordinator[0].reserved)
    gap = max(gap, abs(works - tally[0].joint_spending - tally[0].copy_spending))
    tally[0].imbalance = max(tally[0].imbalance, gap, abs(pool))


@rule
def pursued(congestion, breaches):
    """Part of the usual chance with which one of so many breaches of a year is pursued.

    One alone is pursued as ever; many at once are safe from each other.
    """
    return 1.0 / (1.0 + congestion * max(breaches - 1, 0))


@rule
def pay_for_copy(world, i, cost, extra, year):
    """Government i pays `cost` (money) for a copy; `extra` if the project had one already."""
    gov, tally = world.gov, world.tally
    n = gov.shape[0]
    move(world.ledger, i, n + WORKS, COPIES, cost)
    gov[i].alone += cost
    tally[0].copies += 1
    tally[0].copy_spending += cost
    if extra:
        tally[0].extra_copy_spending += cost
    tally[0].welfare -= cost * world.society[1, year - 1]


def build(jit, note, with_):
    """The opening of the year's budgets, with a way to report, under the mechanisms `with_`."""
    levy, equalised = jit(with_.levy), jit(with_.equalised)
    conditional_transfer = jit(with_.conditional_transfer)
    grants_of_the_year, carried_over = jit(with_.grants_of_the_year), jit(with_.carried_over)

    @jit
    def open_budgets(world, nature, rules, seed, run, year):
        """Levies into the fund; equalisation; grants; the conditional transfer; dues to come.

        Members also hear how many breaches could be pursued, by those of last year; and somebody
        pays for the coordinating body as long as projects arrive.
        """
        gov, project, party, works = world.gov, world.project, world.party, world.works
        coordinator, tally, ledger = world.coordinator, world.tally, world.ledger
        n = gov.shape[0]
        budgets = people = 0.0
        for i in range(n):
            budgets += gov[i].budget
            people += gov[i].population
        mean = budgets / people
        pursuit = pursued(rules.congestion, tally[0].breaches)
        tally[0].breaches = 0
        if year <= nature.years:
            upkeep = rules.upkeep * budgets * world.society[1, year - 1]
            tally[0].upkeep += upkeep
            tally[0].coordination_cost += upkeep
            tally[0].welfare -= upkeep
        for i in range(n):
            own = gov[i].budget
            gov[i].dues = 0.0
            gov[i].alone = 0.0
            paid_in = levy(rules.levy_rate, own)
            coordinator[0].fund += paid_in
            move(ledger, i, n + FUND, LEVY, paid_in)
            evened = equalised(rules.equalisation, gov[i].population, mean, own)
            move(ledger, n + POOL, i, EQUALISATION, evened)
            received = 0.0
            if not gov[i].transfer_lost:
                received = conditional_transfer(rules.withheld_share, own)
                move(ledger, n + CENTRE, i, TRANSFER, received)
                # What flows while the last works are finished depends on how long that takes.
                if year <= nature.years:
                    tally[0].outside_money += received * world.society[1, year - 1]
            gov[i].transfer_lost = False
            gov[i].at_stake = conditional_transfer(rules.withheld_share, own)
            gov[i].net_transfer = evened + received - paid_in
            lost = lost_in(gov, nature, seed, run, i, year)
            if lost > 0.0:
                note(LACKED, year, NOBODY, i, lost * own)
            gov[i].hardship = 1.0 / (1.0 - lost) - 1.0
            gov[i].pursuit = pursuit
            gov[i].income = own * (1.0 - lost) + gov[i].net_transfer
        left = carried_over(rules.grant_carry, coordinator[0].grants)
        coordinator[0].grants = grants_of_the_year(rules.grant_budget, budgets) + left
        for place in range(tally[0].works):
            p = works[place]
            instalment = project[p].instalment * project[p].cost
            if year <= project[p].starts:  # what it may bring in its heaviest year
                instalment = max(rules.upfront, project[p].instalment) * project[p].cost
            for i in range(project[p].k):
                if party[p, i].inside:
                    gov[party[p, i].gov].dues += party[p, i].share * instalment

    return open_budgets
