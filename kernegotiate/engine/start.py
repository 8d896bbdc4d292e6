"""The start of a run: nobody has promised anything, the first leaders take office."""

from kernegotiate.engine.jit import rule
from kernegotiate.engine.leaders import first_leaders
from kernegotiate.engine.mergers import restore


@rule
def begin(world, nature, seed, run):
    """Put a world at the start of run `run` of seed `seed`.

    What belongs to projects needs no clearing: it is written when they arrive.
    """
    gov, trust, coordinator, tally = world.gov, world.trust, world.coordinator, world.tally
    if world.merger.shape[0] > 0:
        restore(world)
    for i in range(gov.shape[0]):
        gov[i].transfer_lost = False
        gov[i].at_stake = 0.0
        gov[i].income = 0.0
        gov[i].dues = 0.0
        gov[i].alone = 0.0
        gov[i].paid = 0.0
        gov[i].service = 0.0
        gov[i].debt = 0.0
        gov[i].net_transfer = 0.0
        gov[i].hardship = 0.0
        gov[i].pursuit = 1.0
        gov[i].member = True
        gov[i].joins = True
        gov[i].opened = 0
        gov[i].broken = 0
        for place in range(world.partners_from[i], world.partners_from[i + 1]):
            trust[i, world.partner[place]] = nature.trust
    for account in range(world.ledger.shape[0]):
        for use in range(world.ledger.shape[1]):
            world.ledger[account, use] = 0.0
    coordinator[0].fund = 0.0
    coordinator[0].reserved = 0.0
    coordinator[0].open = 0.0
    coordinator[0].debt = 0.0
    coordinator[0].debt_limit = 0.0
    coordinator[0].grants = 0.0
    coordinator[0].slots = 0.0
    coordinator[0].slots_apart = 0.0
    tally[0].year = 0
    tally[0].projects = 0
    tally[0].agenda = 0
    tally[0].works = 0
    tally[0].signed = 0
    tally[0].declared = 0
    tally[0].completed = 0
    tally[0].died = 0
    tally[0].expired = 0
    tally[0].copies = 0
    tally[0].promises_due = 0
    tally[0].promises_kept = 0
    tally[0].breaches = 0
    tally[0].voluntary = False
    tally[0].outsiders = 0
    tally[0].member_years = 0
    tally[0].government_years = 0
    tally[0].waited = 0
    tally[0].joint_spending = 0.0
    tally[0].copy_spending = 0.0
    tally[0].extra_copy_spending = 0.0
    tally[0].coordination_cost = 0.0
    tally[0].upkeep = 0.0
    tally[0].interest = 0.0
    tally[0].outside_money = 0.0
    tally[0].welfare = 0.0
    tally[0].first_best = 0.0
    tally[0].mean_trust = 0.0
    tally[0].inequality = 0.0
    tally[0].imbalance = 0.0
    first_leaders(gov, world.quantile, nature, seed, run)
