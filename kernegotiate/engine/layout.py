"""The memory of a world: the one file that says what is stored where.

A world is a few structured arrays, allocated once and reused for run after run. The compiled
ensemble and the plain year of the Mesa model work on the same memory through the same names
(`project[p].cost`), so there is nothing to copy and nothing that could disagree.

Money is in units of the scenario's currency (mekong_delta: billion VND), benefits and budgets are
per year, years count from 1. `share` is a share of a project's cost. Places in other arrays are
unsigned (u4), which spares the compiled code a look whether they count from the end.
"""

from typing import NamedTuple

import numpy as np

GOVERNMENT = np.dtype(
    [
        # who it is
        ("address", "u8"),
        ("into", "u4"),  # the government whose part it is: itself, until a merger
        ("population", "f8"),
        ("grdp", "f8"),
        ("budget", "f8"),
        ("land_dependence", "f8"),
        ("ceiling", "f8"),
        # its leader
        ("years_left", "i8"),  # this year included
        ("served", "i8"),  # terms, this one included
        ("horizon", "u4"),  # row of the horizon table
        ("parochial", "f8"),
        ("legacy", "f8"),
        ("credit", "f8"),
        ("foresees", "?"),  # its own conduct
        ("voters", "f8"),  # its standing with its own voters, 1 = full
        ("again", "f8"),  # chance of one more term after this one
        ("opened", "i8"),  # works, in this term
        ("broken", "i8"),  # promises, in this term
        # its money this year
        ("income", "f8"),
        ("dues", "f8"),
        ("alone", "f8"),  # spent on copies
        ("paid", "f8"),  # for works
        ("service", "f8"),  # interest on debt, and the part of it that is repaid
        ("at_stake", "f8"),  # conditional transfer of next year
        ("transfer_lost", "?"),
        ("hardship", "f8"),  # by how much more than usual a payment of this year weighs
        ("pursuit", "f8"),  # part of breaches that it believes to be pursued as they should
        ("net_transfer", "f8"),  # equalisation + conditional transfer - levy
        ("debt", "f8"),  # what is left of it after this year's service
        # whether it is in a voluntary body; in a mandatory one everybody is
        ("member", "?"),
        ("settled", "?"),  # this leader has been asked
        ("joins", "?"),  # its answer of this year
    ],
    align=True,
)

PROJECT = np.dtype(
    [
        ("host", "u4"),
        ("year", "i8"),  # arrival
        ("serial", "i8"),  # among the host's projects of that year
        ("kind", "u4"),
        ("k", "i8"),  # parties
        ("cost", "f8"),
        ("seats", "i8"),  # parties on arrival: behind k stand seats given up in mergers
        ("part", "f8"),  # cost / k
        ("copy_cost", "f8"),  # of a party's own copy: cost / seats
        ("build", "i8"),  # years
        ("instalment", "f8"),  # share of the cost due in each year of building
        ("life", "i8"),  # years
        ("touches_land", "?"),
        ("duplicable", "?"),
        ("benefit", "f8"),  # all of it a year: of the parties, and spillover
        ("effort", "f8"),  # part of it that parties leave who did not all want the work
        ("public_benefit", "f8"),  # what outsiders can see: without misfit
        ("draw", "f8"),  # decides whether it lies in the coordinator's jurisdiction
        ("first_best", "f8"),  # present value in year 1
        ("waits", "i8"),  # years for which the planner may let the joint work wait
        ("best_joint", "?"),  # the planner builds the joint work
        ("best_copies", "i8"),  # and so many copies
        ("coordination", "f8"),  # present value of what agreeing on it has cost
        # talks
        ("status", "i8"),
        ("tabled", "i8"),  # last year on the table, 0 = never
        ("rounds", "i8"),  # drafts voted on since it was last tabled
        ("read", "f8"),  # all of its benefit as the parties read it
        ("cushion", "f8"),  # what a fund that stands in for leavers holds beside its own share
        ("refused", "?"),  # by the coordinator, for good
        ("declared", "i8"),  # year of a declaration, which binds nobody; 0 = never
        ("weighed", "?"),  # a draft that binds has been voted on
        ("apart", "?"),  # talked about without the body, since its host is no member
        ("sitting", "i8"),  # parties at the table
        # terms of the last draft, by which the parties stay bound whatever the law is later
        ("enforcement", "f8"),  # chance that an unwilling party pays all the same
        ("detection", "f8"),  # chance that a broken promise is fined
        ("fine", "f8"),  # expected, per unit of dues left
        ("fine_if_caught", "f8"),  # per unit of dues left
        ("reputation", "f8"),  # felt cost of breaking a promise to partners who trust fully
        ("breach", "f8"),  # part of trust that a broken promise costs
        ("ratio", "f8"),  # of benefits to costs, as who sets the agenda estimates it
        ("kept_off", "?"),  # of the table, by who sets the agenda
        # delivery
        ("signed", "i8"),  # year, 0 = never
        ("approvals", "i8"),  # needed between that and the first payment
        ("starts", "i8"),  # first year of payments if all are given, 0 = never
        ("earnest", "?"),  # signed, and every party would have kept its promise
        ("started", "i8"),  # year of the first payment, 0 = never
        ("unpaid", "f8"),  # share of the cost
        ("match", "f8"),  # share borne by the centre
        ("fund_share", "f8"),  # share borne by the fund
        ("overruns", "f8"),  # of its kind, as a multiple of the usual
        ("overrun", "f8"),  # part by which the cost that is left will grow
        ("overrun_in", "i8"),  # year of building in which that shows, 0 = never
        ("stretch", "f8"),  # instalments as a multiple of what was planned
        ("grown", "f8"),  # shares as a multiple of what they were before that
        ("stretched", "i8"),  # year in which they grew, 0 = never
        ("extra", "f8"),  # growth so far, share of the planned cost
        ("undone", "i8"),  # cause of its first broken promise, -1 = none
        # copies
        ("copies", "i8"),
        ("copy_yield", "f8"),  # a year, of a first copy
        ("copy_open", "i8"),  # first year of the first copy
        ("copy_since", "i8"),  # yields before this year are booked
    ],
    align=True,
)

PARTY = np.dtype(
    [
        ("gov", "u4"),
        ("own", "f8"),  # benefit a year, misfit included
        ("own_public", "f8"),  # without misfit
        ("reading_draw", "f8"),  # decides how it misreads its own gain
        ("plan_draw", "f8"),  # decides whether the regional plan forbids its copy
        ("forbidden", "?"),  # it does
        # what it reads before the first talks, see decisions/vote.py
        ("reading", "f8"),  # standard normal error in reading its own gain
        ("read", "f8"),  # its own benefit as it reads it
        # what it finds whenever it studies a project on the table
        ("own_gain", "f8"),
        ("regional_gain", "f8"),
        ("regard", "f8"),
        ("applause", "f8"),  # credit for opening the work while in office, per unit of dues
        ("opens", "f8"),  # discounted chance of opening the work while in office
        ("in_term", "f8"),  # mean of that chance over the years of paying for it
        ("standing", "f8"),  # mean trust of its partners in it
        ("paid", "f8"),  # weight of a cost of 1 paid by schedule
        ("then", "f8"),  # weight of money in the year of the first payment
        ("there", "f8"),  # discounted chance of being in office in that year
        ("agreeing", "f8"),  # cost of agreeing, without that of drafts
        ("autonomy", "f8"),
        ("face", "f8"),  # felt cost of not paying, per unit of dues
        ("fall_back", "f8"),
        ("withheld", "f8"),  # weight of the transfers that fall with a no
        # the deal
        ("sits", "?"),  # at the table: all parties, but for those outside a voluntary body
        ("share", "f8"),
        ("inside", "?"),  # of the deal
        ("yes", "?"),  # to the last draft
        ("swayed", "?"),  # somebody else cast that vote for the leader
        ("honours", "?"),  # this year
        ("aid", "f8"),  # money that the fund would pay of its copy, as it last heard
        ("built", "i8"),  # year in which a copy was built on this seat, 0 = none
        ("copies", "i8"),  # that its government has; of several where members of it had built
    ],
    align=True,
)

COORDINATOR = np.dtype(
    [
        ("fund", "f8"),  # what it holds, less its debt, less what is set aside
        ("reserved", "f8"),  # set aside for signed works
        ("open", "f8"),  # part of this year's income that copies may use
        ("debt", "f8"),  # at the end of last year
        ("debt_limit", "f8"),
        ("grants", "f8"),
        ("slots", "f8"),
        ("slots_apart", "f8"),  # of talks without it
    ],
    align=True,
)

TALLY = np.dtype(
    [
        ("year", "i8"),
        ("projects", "i8"),
        ("agenda", "i8"),
        ("works", "i8"),
        ("signed", "i8"),  # what binds
        ("declared", "i8"),  # what was only declared, so far
        ("completed", "i8"),
        ("died", "i8"),
        ("expired", "i8"),
        ("copies", "i8"),
        ("promises_due", "i8"),
        ("promises_kept", "i8"),
        ("breaches", "i8"),  # promises broken, this year
        ("voluntary", "?"),  # the body that there is has asked who will be in it
        ("outsiders", "i8"),  # governments that are not
        ("member_years", "i8"),  # over the years with arrivals: governments in the body
        ("government_years", "i8"),  # all
        ("waited", "i8"),  # years, over the cohort
        ("joint_spending", "f8"),
        ("copy_spending", "f8"),
        ("extra_copy_spending", "f8"),  # beyond a project's first copy
        ("coordination_cost", "f8"),  # present value
        ("upkeep", "f8"),  # of the coordinating body, and joining it, present value; a part of it
        ("interest", "f8"),  # on all debts, present value
        ("outside_money", "f8"),  # present value
        ("welfare", "f8"),  # present value
        ("first_best", "f8"),  # present value
        ("mean_trust", "f8"),  # at the end of the last year with arrivals
        ("inequality", "f8"),  # likewise
        ("imbalance", "f8"),  # largest gap ever found between ledger and accounts
    ],
    align=True,
)

MERGER = np.dtype([("year", "i8"), ("into", "u4"), ("absorbed", "u4")], align=True)
PLACE = np.dtype(
    [(name, "f8") for name in ("population", "grdp", "budget", "land_dependence", "ceiling")],
    align=True,
)

KIND = np.dtype([("up_to", "f8"), ("touches_land", "?"), ("overrun", "f8")], align=True)

# Where a project stands.
ON_AGENDA, SIGNED, COMPLETED, DEAD, EXPIRED = 1, 2, 3, 4, 5

# Accounts of the ledger behind those of the governments, and uses of money.
FUND, CENTRE, WORKS, POOL, LENDERS = 0, 1, 2, 3, 4
OTHER_ACCOUNTS = 5
LEVY, EQUALISATION, TRANSFER, GRANT, DUES, FUND_SHARE, FINE, COPIES = 0, 1, 2, 3, 4, 5, 6, 7
SUPPORT, BOND, INTEREST, AID = 8, 9, 10, 11
USES = (
    *("levy", "equalisation", "transfer", "grant", "dues", "fund_share", "fine", "copies"),
    *("support", "bond", "interest", "aid"),
)


class World(NamedTuple):
    """All arrays of one region; N governments, P projects at most, K parties at most."""

    gov: np.ndarray  # (N,) GOVERNMENT, in the order of their codes
    project: np.ndarray  # (P,) PROJECT, in the order of arrival
    party: np.ndarray  # (P, K) PARTY, host first
    trust: np.ndarray  # (N, N) trust of the row's government in the column's; moves for partners
    coordinator: np.ndarray  # (1,) COORDINATOR
    tally: np.ndarray  # (1,) TALLY
    ledger: np.ndarray  # (N + OTHER_ACCOUNTS, uses) money received less paid
    agenda: np.ndarray  # (P,) projects that may be tabled, in the order of arrival
    works: np.ndarray  # (P,) signed projects under way, in the order of signing
    motion: np.ndarray  # (linkage,) projects voted on together
    odds: np.ndarray  # (K + 1,) scratch of decisions/stay.py
    cause: np.ndarray  # (P, causes) weights of why the last vote on a project failed
    values: np.ndarray  # (K,) VALUES of the last motion voted down, scratch of diagnosis.py
    remedies: np.ndarray  # (sets,) sets of frictions, likewise
    line: np.ndarray  # (lines,) scratch of losses.py
    income: np.ndarray  # (N,) GRDP per head after gains and transfers, once a run
    partners: np.ndarray  # (N, N) bool: can the two ever be parties of one project
    partner: np.ndarray  # (pairs,) the same as a list: partners of the first, of the second, ...
    partners_from: np.ndarray  # (N + 1,) where in `partner` those of each begin
    nearest: np.ndarray  # (N, K) each government and its nearest, itself first
    pull: np.ndarray  # (N, K) their weights in benefits: exp(-distance / scale) sqrt(population)
    horizon: np.ndarray  # (rows, Y) cumulative weights of future years, see horizon.py
    society: np.ndarray  # (2, Y) society's cumulative weights, and the weight of each year
    quantile: np.ndarray  # (3, Z) of parochial weight, legacy weight, credit weight
    kind: np.ndarray  # (kinds,) KIND
    origin: np.ndarray  # (N,) PLACE, governments before any merger
    merger: np.ndarray  # (mergers,) MERGER, in the order of their years
    row: np.ndarray  # (rows,) PROJECT, an explicit table of projects by year, else empty
    row_party: np.ndarray  # (rows, K) PARTY of them
