"""The levers of a coordinator: everything in which institutions differ.

An institution is nothing but values of these levers; no rule asks which institution is
running. Each lever defaults to its *null*, the value it has where there is no coordinator.
"""

from typing import Any, Literal

from kernegotiate.scenario.record import Record
from kernegotiate.scenario.spec import Flag, Real, Whole, spec

ProposalRule = Literal["equal", "ability", "benefit"]
"""How the first draft divides the costs: equally, by GRDP, or by estimated benefit."""

Captor = Literal["host", "largest"]
"""Whose gain weighs with a captured coordinator: the host's, or of the party with most GRDP."""

Membership = Literal["mandatory", "voluntary"]
"""Whether governments may stay outside the body: they may not, or join and leave as they like."""

Agenda = Literal["members", "coordinator", "centre"]
"""Who tables: all members in turn, the coordinator, or whoever is on the centre's list."""


def _share(null: float, meaning: str, source: str, group: str) -> Any:
    """Declare a lever that is a share or a probability, [0, 1]."""
    return spec(
        null, meaning, unit="share", low=0, high=1, source=source, group=group, plausible=(0, 1)
    )


class Levers(Record):
    """Values of all levers of a coordinator; the defaults are the nulls.

    The group of each lever is one of decision, law, money, people and information.
    """

    # Decision: who decides, and how talks run.
    decider: Real = spec(
        0.0,
        "probability that a project is decided by the coordinator instead of by its parties",
        unit="probability",
        low=0,
        high=1,
        source="E04, E17, E18, E44",
        group="decision",
        plausible=(0, 1),
    )
    bar: Real = spec(
        1.0,
        "lowest estimated benefit-cost ratio at which the coordinator passes a project",
        unit="ratio",
        low=0,
        high=10,
        source="assumption",
        group="decision",
        plausible=(0, 3),
    )
    capture: Real = _share(
        0.0,
        "weight of one member's own gain in the coordinator's judgement",
        "assumption",
        "decision",
    )
    captor: Captor = spec(
        "host",
        "the member whose gain that is: the host, or the party with the largest GRDP",
        source="assumption",
        group="decision",
    )
    delegates: Real = _share(
        0.0,
        "weight of the members' delegates in what the coordinator decides; the rest is its own",
        "assumption; E44",
        "decision",
    )
    quota: Real = spec(
        1.0,
        "share of the parties that must agree for a draft to bind all of them",
        unit="share",
        low=0,
        high=1,
        open_low=True,
        source="E31, E162, A3",
        group="decision",
        plausible=(0.2, 1),
    )
    proposal_rule: ProposalRule = spec(
        "equal",
        "how the first draft divides the costs among the parties",
        source="assumption",
        group="decision",
    )
    linkage: Whole = spec(
        1,
        "number of open projects of the same parties that are tied into one vote",
        unit="projects",
        low=1,
        high=6,
        source="A5",
        group="decision",
        plausible=(1, 6),
    )
    rounds: Whole = spec(
        0,
        "drafts voted on beyond those the parties manage by themselves",
        unit="drafts",
        low=0,
        high=10_000,
        source="assumption; E162",
        group="decision",
        plausible=(0, 20),
    )
    meeting_capacity: Real = spec(
        0.0,
        "projects a year that can be tabled beyond what the governments table themselves",
        unit="slots a year",
        low=0,
        high=10_000,
        source="E138, E165, E175",
        group="decision",
        plausible=(0, 12),
    )
    side_payments: Flag = spec(
        False,
        "whether a cost share may become negative, so that gainers pay losers",
        source="E09, A2",
        group="decision",
    )
    veto_points: Whole = spec(
        0,
        "approvals by others between the signature of a work and its first payment",
        unit="approvals",
        low=0,
        high=6,
        source="E78, E81, E85",
        group="decision",
        plausible=(0, 4),
    )
    approval_years: Whole = spec(
        1,
        "years that each of these approvals takes",
        unit="years",
        low=1,
        high=5,
        source="assumption; E85",
        group="decision",
        plausible=(1, 3),
    )
    send_back: Real = spec(
        0.0,
        "probability that one of these approvals is refused and the work sent back",
        unit="probability",
        low=0,
        high=1,
        source="assumption; E79",
        group="decision",
        plausible=(0, 0.3),
    )
    agenda: Agenda = spec(
        "members",
        "who tables: members in turn, the coordinator by its estimate, or the centre by its list",
        source="E126",
        group="decision",
    )
    membership: Membership = spec(
        "mandatory",
        "whether all governments are in the body, or each joins, stays and leaves as it likes",
        source="E30, E132",
        group="decision",
    )

    # Law: what binds, and what follows a breach.
    plan_supremacy: Real = _share(
        0.0,
        "probability that the regional plan forbids a government its own copy of a project",
        "E04, E05, E45",
        "law",
    )
    contract_completeness: Real = _share(
        0.3,
        "how far an agreement fixes duties, resources and dates; a handshake has 0.3",
        "E129, E166, E167; null: assumption",
        "law",
    )
    monitoring: Real = _share(
        0.2,
        "probability that a breach is found and proved; neighbours alone manage 0.2",
        "E106, E128, E163; null: assumption",
        "law",
    )
    sanction: Real = spec(
        0.0,
        "fine for leaving an agreement, as a multiple of the dues left",
        unit="multiple of dues left",
        low=0,
        high=100,
        source="E118, E128, E163",
        group="law",
        plausible=(0, 3),
    )

    # Money: who pays, and what is withheld.
    match_rate: Real = _share(
        0.0, "share of a joint project's cost that the centre grants", "E125, E127", "money"
    )
    grant_budget: Real = spec(
        0.0,
        "matching grants available, as a share of the members' development budgets",
        unit="share of budgets a year",
        low=0,
        high=1000,
        source="E126, E190",
        group="money",
        plausible=(0, 1),
    )
    grant_bar: Real = spec(
        0.0,
        "lowest estimated benefit-cost ratio of the projects that are granted money",
        unit="ratio",
        low=0,
        high=10,
        source="E124, E125, E126",
        group="money",
        plausible=(0, 2),
    )
    grant_carry: Real = _share(
        0.0, "part of the grants not spent that is added to the next year's", "assumption", "money"
    )
    partial_grants: Flag = spec(
        False,
        "whether a grant that does not fit into what is left of the year's is cut to it",
        source="assumption",
        group="money",
    )
    withheld_share: Real = _share(
        0.0,
        "next year's conditional transfer, lost when a project is voted down, as a budget share",
        "E31",
        "money",
    )
    levy_rate: Real = spec(
        0.0,
        "share of each member's budget paid into the regional fund each year",
        unit="share of budget a year",
        low=0,
        high=0.5,
        source="E46",
        group="money",
        plausible=(0, 0.2),
    )
    backstop: Flag = spec(
        False,
        "whether the fund takes over the share of a party that leaves",
        source="assumption; E46, E148",
        group="money",
    )
    equalisation: Real = _share(
        0.0,
        "part of the gap to the mean budget per head that transfers close",
        "E08, E09, E12",
        "money",
    )
    central_support: Real = spec(
        0.0,
        "what the centre pays into the regional fund each year, as a share of the members' budgets",
        unit="share of budgets a year",
        low=0,
        high=0.5,
        source="E46",
        group="money",
        plausible=(0, 0.1),
    )
    bonds: Real = spec(
        0.0,
        "debt that the regional fund may carry, as a multiple of its regular yearly income",
        unit="years of income",
        low=0,
        high=10,
        source="E46",
        group="money",
        plausible=(0, 5),
    )
    earmark: Real = _share(
        1.0,
        "part of the fund's yearly income that may only go to joint works; copies may use the rest",
        "E47, E55, E153, E182",
        "money",
    )

    # People: whom delegates and staff serve.
    staff_loyalty: Real = _share(
        1.0,
        "loyalty of the coordinator's staff to their home governments, 1, or to the region, 0",
        "E133, E134, E135, E149",
        "people",
    )
    delegate_loyalty: Real = _share(
        1.0,
        "loyalty of the delegates who vote to their home government, 1, or to the region, 0",
        "assumption; E149",
        "people",
    )
    kpi_regional: Real = _share(
        0.0, "weight of regional goals in the score that decides careers", "E23, E134", "people"
    )
    institutional_memory: Real = _share(
        0.0,
        "part of mutual trust that survives a change of leader",
        "assumption; E158",
        "people",
    )
    chair_rank: Real = _share(
        0.0,
        "rank of who chairs the coordinator's meetings, from an official, 0, to a premier, 1",
        "E138, E162, E163",
        "people",
    )

    # Information: what is known, and who bears the cost of knowing.
    data_sharing: Real = _share(
        0.0,
        "part of the uncertainty about benefits that shared data remove",
        "E15, E49, E154",
        "information",
    )
    mediation: Real = _share(
        0.0,
        "part of the cost of a bargaining round that mediation saves",
        "E119, E161",
        "information",
    )
    hosted_costs: Real = _share(
        0.0,
        "part of set-up and monitoring costs that the coordinator bears for the parties",
        "E119, E131",
        "information",
    )
