"""Why a good joint work was not built.

Only projects whose first best is joint and that were not built have causes. Never tabled:
*capacity*. Refused by the coordinator: *judgement*. Signed and not kept: *defection*. Voted down:
from the last draft, the smallest sets of frictions whose ideals together make every party pass by
the honest clause; each friction of a set of size m gets 1/m, averaged over tied sets. The ideals:

    horizon       future years weigh what they weigh to society
    trust         every partner pays (P = 1)
    parochialism  the parties' mean gain is one's own (w = 0)
    uncertainty   benefits are read without error and caution (s = 0)
    transaction   agreeing costs nothing
    autonomy      a free hand costs nothing
    outside       nobody can build, or has built, a copy
    budget        dues always fit
    division      gains can be divided: the parties' values need only add up

A set always exists for a project that is voted on alone: with all ideals every party weighs the
planner's question. A good project that was tied to bad ones may have none: its cause is the
*package*. A vote that somebody else cast for the leader has no computed cause: *taken over*. Talked
about, and never put to a vote as something that binds: *vague*.
Feiock (2013) sorts such risks into coordination, division and defection; `RISK` is our mapping.
"""

import numpy as np

from kernegotiate.engine.copies import copies_end, yield_of_each
from kernegotiate.engine.decisions.appraisal import alone_terms, confidence, room
from kernegotiate.engine.decisions.vote import agreeing_cost, seat_of, stakes, withheld_by_a_no
from kernegotiate.engine.horizon import in_office, payments, worth
from kernegotiate.engine.jit import rule

FRICTIONS = (
    "horizon",
    "trust",
    "parochialism",
    "uncertainty",
    "transaction",
    "autonomy",
    "outside",
    "budget",
    "division",
)
CAUSES = (*FRICTIONS, "capacity", "judgement", "defection", "package", "taken_over", "vague")
# A set of frictions is a number, one bit for each; other causes are places in `CAUSES`.
HORIZON, TRUST, PAROCHIALISM, UNCERTAINTY = 1, 2, 4, 8
TRANSACTION, AUTONOMY, OUTSIDE, BUDGET, DIVISION = 16, 32, 64, 128, 256
CAPACITY, JUDGEMENT, DEFECTION, PACKAGE, TAKEN_OVER, VAGUE = range(len(FRICTIONS), len(CAUSES))
VALUES = 43  # figures about one party, see `_values`
RISK = {
    "horizon": "division",
    "trust": "defection",
    "parochialism": "division",
    "uncertainty": "coordination",
    "transaction": "coordination",
    "autonomy": "coordination",
    "outside": "division",
    "budget": "coordination",
    "division": "division",
    "capacity": "coordination",
    "judgement": "coordination",
    "defection": "defection",
    "package": "coordination",
    "taken_over": "other",
    "vague": "coordination",
}

# All sets of frictions, the small ones first.
SETS = np.array(sorted(range(2 ** len(FRICTIONS)), key=lambda s: (s.bit_count(), s)), np.int64)
SIZE = np.array([int(s).bit_count() for s in SETS], np.int64)


@rule
def _values(world, rules, motion, size, i, year, values):
    """What the i-th party's honest value is made of, under every ideal that is not additive.

    0 to 15: joint value by (horizon, trust, parochialism, uncertainty), standing copies ignored; 16
    to 31: what standing copies take from it; 32 to 35: fall-back, and 36 to 39: transfer withheld,
    by (horizon, parochialism); 40: transaction costs; 41: autonomy; 42: whether dues fit.
    """
    gov, project, party = world.gov, world.project, world.party
    horizon, society = world.horizon, world.society
    me = party[motion[0], i].gov
    home = gov[me].parochial * rules.home_at_vote
    row, legacy = gov[me].horizon, gov[me].legacy
    for c in range(values.shape[1]):
        values[i, c] = 0.0
    new_dues = 0.0
    for m in range(size):
        p = motion[m]
        s = seat_of(project, party, p, me)
        k, build, life, cost = project[p].k, project[p].build, project[p].life, project[p].cost
        share, n = party[p, s].share, project[p].copies
        together = 0.0
        for j in range(k):
            together += party[p, j].share
        chance = confidence(project, party, world.trust, rules.enforcement, p, s, 1.0)
        each = yield_of_each(project[p].copy_yield, rules.copy_crowding, n)
        ends = max(min(build + 1 + life, copies_end(project, p) - year), build + 1)
        for far in range(2):
            if far == 0:
                years = worth(horizon, row, legacy, build + 1, build + 1 + life)
                lost_years = worth(horizon, row, legacy, build + 1, ends)
                building = worth(horizon, row, legacy, 1, build + 1)
                there = in_office(horizon, row, build)
            else:
                years = society[0, build + 1 + life] - society[0, build + 1]
                lost_years = society[0, ends] - society[0, build + 1]
                building = society[0, build + 1] - society[0, 1]
                there = society[1, build]
            paid = cost * payments(building, rules.upfront, project[p].instalment)
            seen = gov[me].credit * cost * max(share, 0.0) * there
            mine_lost = each * lost_years if party[p, s].built > 0 else 0.0
            all_lost = n * each * lost_years
            for combination in range(8):
                sure = 1.0 if combination & 1 else chance
                w = 0.0 if combination & 2 else home
                if combination & 4:
                    own, everybodys = party[p, s].own, project[p].benefit
                else:
                    own, everybodys = party[p, s].read, project[p].read
                gain = w * own * years + (1.0 - w) * everybodys * years / k
                lost = w * mine_lost + (1.0 - w) * all_lost / k
                dues = (w * share + (1.0 - w) * together / k) * paid
                c = far + 2 * combination
                values[i, c] += sure * gain + sure * seen - dues
                values[i, 16 + c] += sure * lost
        for c in range(2):
            w = 0.0 if c == 1 else home
            alone = alone_terms(gov, project, party, horizon, rules, p, s, year, w)
            values[i, 32 + 2 * c] += alone.value if alone.yes else 0.0
            # With society's horizon: the same terms, other weights of the same years.
            far_value = alone.benefit / alone.weight if alone.weight > 0.0 else 0.0
            far_value = far_value * (society[0, 1 + alone.years] - society[0, 1])
            far_value += alone.credit - alone.cost
            may = alone.possible and alone.affordable and far_value > 0.0
            values[i, 33 + 2 * c] += far_value if may else 0.0
        values[i, 40] += agreeing_cost(project, party, rules, p, s)
        values[i, 41] += party[p, s].autonomy
        new_dues += max(rules.upfront, project[p].instalment) * share * cost
    everybodys_stakes = stakes(gov, project, party, motion[0])
    for c in range(2):
        w = 0.0 if c == 1 else home
        lost = withheld_by_a_no(gov, me, w, everybodys_stakes, project[motion[0]].k)
        values[i, 36 + 2 * c] = lost * worth(horizon, row, legacy, 1, 2)
        values[i, 37 + 2 * c] = lost * society[1, 1]
    values[i, 42] = 1.0 if new_dues <= room(gov, me) else 0.0


@rule
def _margin(values, i, ideal):
    """By how much party i's honest value exceeds its fall-back under a set of ideals."""
    c = ideal & 15
    few = (ideal & HORIZON) + 2 * ((ideal & PAROCHIALISM) >> 2)
    margin = values[i, c] + values[i, 36 + few]
    if not ideal & OUTSIDE:
        margin -= values[i, 16 + c] + values[i, 32 + few]
    if not ideal & TRANSACTION:
        margin -= values[i, 40]
    if not ideal & AUTONOMY:
        margin -= values[i, 41]
    return margin


@rule
def passes(values, k, ideal):
    """Whether the motion passes by the honest clause under a set of ideals."""
    total = 0.0
    for i in range(k):
        if not ideal & BUDGET and values[i, 42] == 0.0:
            return False
        margin = _margin(values, i, ideal)
        if not ideal & DIVISION and margin < 0.0:
            return False
        total += margin
    return total >= 0.0


@rule
def why_voted_down(world, rules, size, year):
    """Write the causes of the motion's failure in `year` to `world.cause` of its projects."""
    motion, values = world.motion, world.values
    p = motion[0]
    k = world.project[p].k
    swayed = False
    for i in range(k):
        swayed = swayed or world.party[p, i].swayed
        _values(world, rules, motion, size, i, year, values)
    for m in range(size):
        for c in range(world.cause.shape[1]):
            world.cause[motion[m], c] = 0.0
    if swayed:
        for m in range(size):
            world.cause[motion[m], TAKEN_OVER] = 1.0
        return
    smallest, found = len(FRICTIONS), 0
    for s in range(SETS.shape[0]):
        if SIZE[s] > smallest:
            break
        if passes(values, k, SETS[s]):
            smallest = SIZE[s]
            found += 1
            for f in range(len(FRICTIONS)):
                if SETS[s] >> f & 1:
                    world.cause[p, f] += 1.0 / smallest
    if found == 0:
        world.cause[p, PACKAGE] = 1.0
    for f in range(len(FRICTIONS)):
        world.cause[p, f] /= max(found, 1)
    for m in range(1, size):
        for c in range(world.cause.shape[1]):
            world.cause[motion[m], c] = world.cause[p, c]
