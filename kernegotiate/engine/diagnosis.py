"""Why a good joint work was not built.

Only projects whose first best is joint and that were not built have causes. Never tabled:
*capacity*, or *agenda* where who sets it kept the project off. Refused by the coordinator:
*judgement*; outvoted on its board: *delegates*. Signed and not kept: *defection*, unless the first
who left would have stayed but for an *overrun* of costs or a *bad year*. Signed and sent back by
who had to approve: *veto*, unless later talks have a cause of their own. Voted down: from the last
draft, the smallest sets of frictions whose ideals together make every party pass by the honest
clause; each friction of a set of size m gets 1/m, averaged over tied sets. The ideals:

    horizon       future years weigh what they weigh to society
    trust         every partner pays (P = 1)
    parochialism  the parties' mean gain is one's own (w = 0)
    uncertainty   benefits are read without error and caution (s = 0)
    transaction   agreeing costs nothing
    autonomy      a free hand costs nothing
    outside       nobody can build, or has built, a copy
    budget        dues always fit
    division      gains can be divided: the parties' values need only add up

Where parties stay outside a voluntary body there is one more ideal, *membership*: they bear equal
parts of the bill, and so each of those who sit at the table less.

A motion may fail although keeping the promise is worth it to every delegate: where one foresees
that its leader, who weighs home more, will break it. Its cause is the leader's *parochialism*.

A set always exists for a project that is voted on alone: with all ideals every party weighs the
planner's question. A good project that was tied to bad ones may have none: its cause is the
*package*. A vote that somebody else cast for the leader has no computed cause: *taken over*. Talked
about, and never put to a vote as something that binds: *vague*.
Feiock (2013) sorts such risks into coordination, division and defection; `RISK` is our mapping.
"""

import numpy as np

from kernegotiate.engine.copies import copies_end, yield_of_each
from kernegotiate.engine.decisions.appraisal import alone_terms, confidence, room, signing_credit
from kernegotiate.engine.decisions.vote import agreeing_cost, seat_of, stakes, withheld_by_a_no
from kernegotiate.engine.horizon import in_office, payments, worth
from kernegotiate.engine.jit import rule, seldom

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
CAUSES = (
    *FRICTIONS,
    "capacity",
    "judgement",
    "defection",
    "package",
    "taken_over",
    "vague",
    "delegates",
    "overrun",
    "bad_year",
    "veto",
    "agenda",
    "membership",
)
# A set of frictions is a number, one bit for each; other causes are places in `CAUSES`.
HORIZON, TRUST, PAROCHIALISM, UNCERTAINTY = 1, 2, 4, 8
TRANSACTION, AUTONOMY, OUTSIDE, BUDGET, DIVISION = 16, 32, 64, 128, 256
# The lowest bits: ideals that change what a joint work is worth. The others only add or drop terms.
BENDING = HORIZON | TRUST | PAROCHIALISM | UNCERTAINTY
_OTHERS = range(len(FRICTIONS), len(CAUSES))
CAPACITY, JUDGEMENT, DEFECTION, PACKAGE, TAKEN_OVER, VAGUE, DELEGATES, OVERRUN = _OTHERS[:8]
BAD_YEAR, VETO, AGENDA, MEMBERSHIP = _OTHERS[8:]
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
    "delegates": "division",
    "overrun": "coordination",
    "bad_year": "coordination",
    "veto": "coordination",
    "agenda": "coordination",
    "membership": "division",
}

# What a party's honest value in a motion voted down is made of, present values to its leader.
# Places in the first two fields are sets of the ideals in `BENDING`; in the next two they say
# whether the horizon is society's, and whether parochialism is gone.
VALUES = np.dtype(
    [
        ("joint", "f8", (BENDING + 1,)),  # of the joint works, as if there were no copies
        ("displaced", "f8", (BENDING + 1,)),  # what standing copies take from it
        ("fall_back", "f8", (2, 2)),  # value of going alone, at least 0
        ("withheld", "f8", (2, 2)),  # conditional transfer lost with a no
        ("transaction", "f8"),  # costs
        ("autonomy", "f8"),  # felt loss of it
        ("dues_fit", "?"),
    ],
    align=True,
)

# All sets of frictions, the small ones first.
SETS = np.array(sorted(range(2 ** len(FRICTIONS)), key=lambda s: (s.bit_count(), s)), np.int64)
SIZE = np.array([int(s).bit_count() for s in SETS], np.int64)


@rule
def _values(world, rules, size, i, year, bears, value):
    """What the i-th party's honest value is made of, under every ideal that is not additive.

    Args:
        world: (World) memory, of the year in which the motion failed.
        rules: (Rules) in force.
        size: How many projects the motion tied together.
        i: Place of the party among those of the first.
        year: Of the vote.
        bears: What it would bear, in units of its share in the draft.
        value: VALUES, written.
    """
    gov, project, party, motion = world.gov, world.project, world.party, world.motion
    horizon, society = world.horizon, world.society
    me = party[motion[0], i].gov
    home = gov[me].parochial * rules.home_at_vote
    row, legacy = gov[me].horizon, gov[me].legacy
    for ideal in range(BENDING + 1):
        value.joint[ideal] = 0.0
        value.displaced[ideal] = 0.0
    for far in range(2):
        for fair in range(2):
            value.fall_back[far, fair] = 0.0
    value.transaction = 0.0
    value.autonomy = 0.0
    new_dues = 0.0
    for m in range(size):
        p = motion[m]
        s = seat_of(project, party, p, me)
        k, build, life, cost = project[p].k, project[p].build, project[p].life, project[p].cost
        share, n, wait = bears * party[p, s].share, project[p].copies, rules.waiting
        opens = wait + build + 1
        together = 0.0
        for j in range(k):
            together += party[p, j].share
        chance = confidence(gov, project, party, world.trust, rules, p, s, 1.0, build + 1, wait)
        # Who foresees its own conduct also weighs the credit for signing, and that of spending at
        # home what it would pay first; a leader that is not parochial does not mind the latter.
        signed = visible = 0.0
        if gov[me].foresees:
            signed = signing_credit(gov, project, rules, p, me)
            first = rules.upfront if rules.upfront > 0.0 else project[p].instalment
            visible = gov[me].credit * first * share * cost
        each = yield_of_each(project[p].copy_yield, rules.copy_crowding, n)
        ends = max(min(opens + life, copies_end(project, p) - year), opens)
        for far in range(2):
            if far == 0:
                years = worth(horizon, row, legacy, opens, opens + life)
                lost_years = worth(horizon, row, legacy, opens, ends)
                building = worth(horizon, row, legacy, wait + 1, opens)
                there = in_office(horizon, row, wait + build)
                term = party[p, s].in_term
                then, shown = party[p, s].then, visible * party[p, s].there
            else:
                years = society[0, opens + life] - society[0, opens]
                lost_years = society[0, ends] - society[0, opens]
                building = society[0, opens] - society[0, wait + 1]
                there = society[1, wait + build]
                term = (society[0, opens] - society[0, wait]) / (build + 1)
                then, shown = society[1, wait], visible * society[1, wait]
            paid = cost * payments(building, rules.upfront * then, project[p].instalment)
            applause = signed * (1.0 - rules.credit_kept + rules.credit_kept * term)
            seen = gov[me].credit * cost * max(share, 0.0) * there
            mine_lost = party[p, s].copies * each * lost_years
            all_lost = n * each * lost_years
            for others in range(0, BENDING + 1, TRUST):  # all sets without the horizon
                ideal = others + far * HORIZON
                sure = 1.0 if ideal & TRUST else chance
                w = 0.0 if ideal & PAROCHIALISM else home
                if ideal & UNCERTAINTY:
                    own, everybodys = party[p, s].own, project[p].benefit
                else:
                    own, everybodys = party[p, s].read, project[p].read
                gain = w * own * years + (1.0 - w) * everybodys * years / k
                lost = w * mine_lost + (1.0 - w) * all_lost / k
                dues = (w * share + (1.0 - w) * together / k) * paid
                value.joint[ideal] += sure * gain + sure * seen - dues
                value.joint[ideal] += applause - (0.0 if ideal & PAROCHIALISM else shown)
                value.displaced[ideal] += sure * lost
        for fair in range(2):
            w = 0.0 if fair == 1 else home
            alone = alone_terms(gov, project, party, horizon, rules, p, s, year, w)
            value.fall_back[0, fair] += alone.value if alone.yes else 0.0
            # With society's horizon: the same terms, other weights of the same years.
            far_value = alone.benefit / alone.weight if alone.weight > 0.0 else 0.0
            far_value = far_value * (society[0, 1 + alone.years] - society[0, 1])
            far_value += alone.credit - alone.cost
            may = alone.possible and alone.affordable and far_value > 0.0
            value.fall_back[1, fair] += far_value if may else 0.0
        value.transaction += agreeing_cost(project, party, rules, p, s)
        value.autonomy += party[p, s].autonomy
        new_dues += max(rules.upfront, project[p].instalment) * share * cost
    everybodys_stakes = stakes(gov, project, party, motion[0])
    for fair in range(2):
        w = 0.0 if fair == 1 else home
        lost = withheld_by_a_no(gov, me, w, everybodys_stakes, project[motion[0]].k)
        value.withheld[0, fair] = lost * worth(horizon, row, legacy, 1, 2)
        value.withheld[1, fair] = lost * society[1, 1]
    value.dues_fit = new_dues <= room(gov, me)


@rule
def _margin(value, ideal):
    """By how much a party's honest value exceeds its fall-back under a set of ideals."""
    bent = ideal & BENDING
    far = 1 if ideal & HORIZON else 0
    fair = 1 if ideal & PAROCHIALISM else 0
    margin = value.joint[bent] + value.withheld[far, fair]
    if not ideal & OUTSIDE:
        margin -= value.displaced[bent] + value.fall_back[far, fair]
    if not ideal & TRANSACTION:
        margin -= value.transaction
    if not ideal & AUTONOMY:
        margin -= value.autonomy
    return margin


@rule
def _passes(values, k, ideal):
    """Whether the motion of k parties passes by the honest clause under a set of ideals."""
    total = 0.0
    for i in range(k):
        if not ideal & BUDGET and not values[i].dues_fit:
            return False
        margin = _margin(values[i], ideal)
        if not ideal & DIVISION and margin < 0.0:
            return False
        total += margin
    return total >= 0.0


@rule
def smallest_sets(values, k, remedies):
    """Find the smallest sets of frictions whose ideals let the last motion voted down pass.

    Args:
        values: (K,) VALUES of its parties.
        k: Number of its parties.
        remedies: (sets,) int64, written from the first place on: the sets, in the order of `SETS`.

    Returns:
        How many there are (none if no ideals let a package pass), and the frictions in each.
    """
    if _passes(values, k, 0):  # but for a leader that weighs home more than its delegate does
        remedies[0] = PAROCHIALISM
        return 1, 1
    smallest, found = len(FRICTIONS), 0
    for s in range(SETS.shape[0]):
        if SIZE[s] > smallest:
            break
        if _passes(values, k, SETS[s]):
            smallest = SIZE[s]
            remedies[found] = SETS[s]
            found += 1
    return found, smallest


@rule
def sole_cause(cause, p, sole):
    """Say that nothing else stops p; a later vote or refusal may say otherwise."""
    for c in range(cause.shape[1]):
        cause[p, c] = 1.0 if c == sole else 0.0


@seldom
def _would_pass(world, rules, size, year, bears):
    """Whether the motion passes as it stands if each at the table bore so much of its share.

    With m of k parties at the table and m/k it is as if those outside bore equal parts. Whether
    they would agree is not asked: they have answered, by staying outside. `world.values` is
    written.
    """
    project, values, first = world.project, world.values, world.motion[0]
    seat = 0
    for i in range(project[first].k):
        if world.party[first, i].sits:
            _values(world, rules, size, i, year, bears, values[seat])
            seat += 1
    return _passes(values, seat, 0)


@rule
def why_voted_down(world, rules, size, year):
    """Write the causes of the motion's failure in `year` to `world.cause` of its projects."""
    motion, values = world.motion, world.values
    p, k = motion[0], world.project[motion[0]].k
    swayed, seats = False, world.project[p].sitting
    for i in range(k):
        swayed = swayed or world.party[p, i].swayed  # nobody else casts votes for who has none
    if swayed:
        for m in range(size):
            sole_cause(world.cause, motion[m], TAKEN_OVER)
        return
    alone = seats < k and _would_pass(world, rules, size, year, seats / k)
    if _would_pass(world, rules, size, year, 1.0):
        alone = False  # a leader weighs home more than its delegate does
    found, smallest = smallest_sets(values, seats, world.remedies)
    for c in range(world.cause.shape[1]):
        world.cause[p, c] = 0.0
    if alone and (found == 0 or smallest > 1):
        found = 0
    for r in range(found):
        for f in range(len(FRICTIONS)):
            if world.remedies[r] >> f & 1:
                world.cause[p, f] += 1.0 / smallest
    if alone:
        world.cause[p, MEMBERSHIP] = 1.0 / (found + 1)
        found += 1
    elif found == 0:
        world.cause[p, PACKAGE] = 1.0
    for f in range(len(FRICTIONS)):
        world.cause[p, f] /= max(found, 1)
    for m in range(1, size):
        for c in range(world.cause.shape[1]):
            world.cause[motion[m], c] = world.cause[p, c]
