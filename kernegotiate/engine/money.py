"""Money: the year's income, and a ledger by account and use that must balance.

Grants, fines, levies and transfers move money between accounts; only what the accounts of the works
receive, and the interest of lenders, is a real cost to the region.
"""

from kernegotiate.engine.bad_years import lost_in
from kernegotiate.engine.events import BORROWED, LACKED, NOBODY, REPAID
from kernegotiate.engine.jit import rule
from kernegotiate.engine.layout import (
    AID,
    BOND,
    CENTRE,
    COPIES,
    EQUALISATION,
    FUND,
    INTEREST,
    LENDERS,
    LEVY,
    POOL,
    SUPPORT,
    TRANSFER,
    WORKS,
)

DUST = 1e-12  # of the debt limit, against rounding


@rule
def move(ledger, payer, payee, use, amount):
    """Book a payment between two accounts (row numbers of the ledger)."""
    ledger[payer, use] -= amount
    ledger[payee, use] += amount


@rule
def close_books(gov, coordinator, tally, ledger):
    """Compare the ledger with the accounts kept beside it; remember the largest gap.

    The fund's ledger row must equal its balance, the works' receipts what was booked as real
    spending; equalisation must leave its pool empty, and lenders have lent what is owed to them.
    """
    n = gov.shape[0]
    fund = works = pool = 0.0
    for use in range(ledger.shape[1]):
        fund += ledger[n + FUND, use]
        works += ledger[n + WORKS, use]
        pool += ledger[n + POOL, use]
    debt = coordinator[0].debt
    gap = abs(fund - coordinator[0].fund - coordinator[0].reserved - debt)
    for i in range(n):
        debt += gov[i].debt
    gap = max(gap, abs(works - tally[0].joint_spending - tally[0].copy_spending))
    gap = max(gap, abs(ledger[n + LENDERS, BOND] + debt))
    tally[0].imbalance = max(tally[0].imbalance, gap, abs(pool))


@rule
def pay_interest(world, payer, debt, rate, year):
    """A year's interest on a debt of the year before; returns it.

    It goes to lenders outside. What the region loses is what it pays beyond society's own rate:
    costs count when a work is paid for, and who borrows pays later, which is worth so much.
    """
    interest = rate * debt
    move(world.ledger, payer, world.gov.shape[0] + LENDERS, INTEREST, interest)
    if debt > 0.0:
        weight = world.society[1, year - 1]
        lost = max(rate * weight - (world.society[1, year - 2] - weight), 0.0) * debt
        world.tally[0].interest += lost
        world.tally[0].welfare -= lost
    return interest


@rule
def serve_debt(world, rules, i, year):
    """Government i pays interest on its debt and repays a part of it."""
    gov = world.gov
    gov[i].service = 0.0
    if gov[i].debt > 0.0:
        repaid = gov[i].debt / max(rules.debt_years, 1)
        interest = pay_interest(world, i, gov[i].debt, rules.interest, year)
        gov[i].debt -= repaid
        gov[i].service = interest + repaid
        move(world.ledger, i, gov.shape[0] + LENDERS, BOND, repaid)


@rule
def run_up_debt(world, rules, i):
    """At the end of the year i borrows what it has spent beyond its income; returns it."""
    gov = world.gov
    spent = gov[i].paid + gov[i].alone + gov[i].service
    lacking = min(spent - gov[i].income, spent)
    if rules.debt_years == 0 or lacking <= 0.0:
        return 0.0
    gov[i].debt += lacking
    move(world.ledger, gov.shape[0] + LENDERS, i, BOND, lacking)
    return lacking


@rule
def disposable(coordinator):
    """What the fund may still promise to joint works: what it has, and what it may borrow."""
    return coordinator[0].fund + coordinator[0].debt_limit - coordinator[0].open


@rule
def release(project, coordinator, p):
    """Return to the fund what was set aside for p and is no longer needed."""
    left = project[p].fund_share * project[p].unpaid * project[p].cost
    coordinator[0].fund += left
    coordinator[0].reserved -= left


@rule
def aid_for_copy(world, rules, p, i):
    """What the fund pays of a copy of p that party i builds, as long as money lasts."""
    if not world.gov[world.party[p, i].gov].member:
        return 0.0
    return min(rules.fund_cap * world.project[p].copy_cost, world.coordinator[0].open)


@rule
def count_members(gov, tally):
    """Note how many governments there are this year, and how many of them are in the body."""
    for i in range(gov.shape[0]):
        if gov[i].into == i:
            tally[0].government_years += 1
            tally[0].member_years += 1 if gov[i].member else 0


@rule
def pursued(congestion, breaches):
    """Part of the usual chance with which one of so many breaches of a year is pursued.

    One alone is pursued as ever; many at once are safe from each other.
    """
    return 1.0 / (1.0 + congestion * max(breaches - 1, 0))


@rule
def pay_for_copy(world, i, cost, aid, extra, year):
    """Government i pays for a copy; `extra` if the project had one already.

    Of its `cost` (money) the fund pays `aid`.
    """
    gov, tally, coordinator = world.gov, world.tally, world.coordinator
    n = gov.shape[0]
    move(world.ledger, i, n + WORKS, COPIES, cost - aid)
    move(world.ledger, n + FUND, n + WORKS, AID, aid)
    coordinator[0].fund -= aid
    coordinator[0].open -= aid
    gov[i].alone += cost - aid
    tally[0].copies += 1
    tally[0].copy_spending += cost
    if extra:
        tally[0].extra_copy_spending += cost
    tally[0].welfare -= cost * world.society[1, year - 1]


def build(jit, note, with_):
    """The opening of the year's budgets, and debts at its end.

    With a way to report, under the mechanisms `with_`.
    """
    levy, equalised = jit(with_.levy), jit(with_.equalised)
    conditional_transfer = jit(with_.conditional_transfer)
    grants_of_the_year, carried_over = jit(with_.grants_of_the_year), jit(with_.carried_over)
    supported, debt_limit = jit(with_.supported), jit(with_.debt_limit)
    open_to_copies = jit(with_.open_to_copies)

    @jit
    def fill_fund(world, nature, rules, levies, budgets, year):
        """The centre's support; interest on last year's debt; what may be borrowed and shared."""
        coordinator, tally, ledger = world.coordinator, world.tally, world.ledger
        n, weight = world.gov.shape[0], world.society[1, year - 1]
        support = supported(rules.central_support, budgets)
        coordinator[0].fund += support
        move(ledger, n + CENTRE, n + FUND, SUPPORT, support)
        if year <= nature.years:
            tally[0].outside_money += support * weight
        interest = pay_interest(world, n + FUND, coordinator[0].debt, rules.interest, year)
        coordinator[0].fund -= interest
        income = levies + support
        coordinator[0].debt_limit = debt_limit(rules.bonds, income)
        coordinator[0].open = open_to_copies(rules.earmark, max(income - interest, 0.0))

    @jit
    def settle_debts(world, rules, year):
        """At the end of the year governments and the fund owe what they have paid and not had."""
        coordinator = world.coordinator
        for i in range(world.gov.shape[0]):
            lent = run_up_debt(world, rules, i)
            if lent > 0.0:
                note(BORROWED, year, NOBODY, i, lent)
        before, limit = coordinator[0].debt, coordinator[0].debt_limit
        if before <= 0.0 and limit <= 0.0:
            return
        lacking = -(coordinator[0].fund + coordinator[0].reserved)
        coordinator[0].debt = lacking if lacking > DUST * limit else 0.0
        more = coordinator[0].debt - before
        n = world.gov.shape[0]
        move(world.ledger, n + LENDERS, n + FUND, BOND, more)
        if more > 0.0:
            note(BORROWED, year, NOBODY, NOBODY, more)
        elif more < 0.0:
            note(REPAID, year, NOBODY, NOBODY, -more)

    @jit
    def open_budgets(world, nature, rules, seed, run, year):
        """Levies and support; equalisation; grants; the conditional transfer; dues to come.

        All but the last among the members of the body alone. They also hear how many breaches could
        be pursued, by those of last year; and somebody pays for the body as long as projects
        arrive.
        """
        gov, project, party, works = world.gov, world.project, world.party, world.works
        coordinator, tally, ledger = world.coordinator, world.tally, world.ledger
        n = gov.shape[0]
        budgets = people = 0.0
        for i in range(n):
            if gov[i].member:
                budgets += gov[i].budget
                people += gov[i].population
        mean = budgets / people if people > 0.0 else 0.0
        pursuit = pursued(rules.congestion, tally[0].breaches)
        tally[0].breaches = 0
        if year <= nature.years:
            count_members(gov, tally)
            upkeep = rules.upkeep * budgets * world.society[1, year - 1]
            tally[0].upkeep += upkeep
            tally[0].coordination_cost += upkeep
            tally[0].welfare -= upkeep
        levies = 0.0
        for i in range(n):
            own = gov[i].budget
            # Who is outside neither pays to the body nor has anything from it.
            base, heads = (own, gov[i].population) if gov[i].member else (0.0, 0.0)
            gov[i].dues = 0.0
            gov[i].alone = 0.0
            gov[i].paid = 0.0
            serve_debt(world, rules, i, year)
            paid_in = levy(rules.levy_rate, base)
            coordinator[0].fund += paid_in
            levies += paid_in
            move(ledger, i, n + FUND, LEVY, paid_in)
            evened = equalised(rules.equalisation, heads, mean, base)
            move(ledger, n + POOL, i, EQUALISATION, evened)
            received = 0.0
            if not gov[i].transfer_lost:
                received = conditional_transfer(rules.withheld_share, base)
                move(ledger, n + CENTRE, i, TRANSFER, received)
                # What flows while the last works are finished depends on how long that takes.
                if year <= nature.years:
                    tally[0].outside_money += received * world.society[1, year - 1]
            gov[i].transfer_lost = False
            gov[i].at_stake = conditional_transfer(rules.withheld_share, base)
            gov[i].net_transfer = evened + received - paid_in
            lost = lost_in(gov, nature, seed, run, i, year)
            if lost > 0.0:
                note(LACKED, year, NOBODY, i, lost * own)
            gov[i].hardship = 1.0 / (1.0 - lost) - 1.0
            gov[i].pursuit = pursuit
            gov[i].income = own * (1.0 - lost) + gov[i].net_transfer
        fill_fund(world, nature, rules, levies, budgets, year)
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

    return open_budgets, settle_debts
