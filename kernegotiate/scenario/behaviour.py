"""How leaders judge, trust and bargain, the same under every institution."""

from kernegotiate.scenario.record import Record
from kernegotiate.scenario.spec import Real, Whole, spec


class Behaviour(Record):
    """Behavioural constants of leaders and of the costs of dealing with each other.

    No source gives levels for them: nearly all are assumptions, meant to be varied.
    """

    # Time
    leader_discount: Real = spec(
        0.95, "discount factor of leaders", unit="per year", low=0, high=1, open_low=True
    )
    social_discount: Real = spec(
        0.95, "discount factor of society", unit="per year", low=0, high=1, open_low=True
    )

    # Trust
    trust: Real = spec(
        0.5,
        "initial trust, and the baseline to which it returns at a change of leader",
        unit="probability",
        low=0,
        high=1,
        source="assumption; E117",
    )
    trust_up: Real = spec(
        0.10,
        "part of the distance to full trust gained by a payment made",
        unit="share",
        low=0,
        high=1,
    )
    trust_down: Real = spec(
        0.35,
        "part of trust lost by a broken promise of a complete contract",
        unit="share",
        low=0,
        high=1,
        source="assumption; E118",
    )
    trust_reset: Real = spec(
        0.3,
        "part of the distance to the baseline covered at a change of leader",
        unit="share",
        low=0,
        high=1,
        source="assumption; E158",
    )

    # Uncertainty
    noise: Real = spec(
        0.3,
        "log standard deviation of a leader's error about benefits, without shared data",
        unit="log points",
        low=0,
        high=10,
        source="assumption; E120",
    )
    caution: Real = spec(
        0.7,
        "discount for uncertainty, in standard deviations of the error",
        unit="standard deviations",
        low=0,
        high=10,
        source="assumption; E120",
    )
    estimate_error: Real = spec(
        0.3,
        "log standard deviation of the coordinator's error about benefits",
        unit="log points",
        low=0,
        high=10,
        source="assumption; E109",
    )

    # Going alone
    copy_ratio: Real = spec(
        1.15,
        "benefit-cost ratio of the first substitute that a party builds alone",
        unit="ratio",
        low=0,
        high=100,
        source="assumption; E02, E156",
    )
    copy_crowding: Real = spec(
        0.7,
        "how fast the yield of each copy falls with the number of copies",
        unit="per copy",
        low=0,
        high=1000,
    )

    # Transaction costs, per party on its part of the project cost
    cost_information: Real = spec(
        0.004,
        "cost of informing oneself when a project is first tabled",
        unit="share of project cost",
        low=0,
        high=10,
        source="assumption; order E119",
    )
    cost_round: Real = spec(
        0.003,
        "cost of a round of bargaining",
        unit="share of project cost",
        low=0,
        high=10,
        source="assumption; order E119",
    )
    cost_setup: Real = spec(
        0.02,
        "cost of setting up a joint work",
        unit="share of project cost",
        low=0,
        high=10,
        source="assumption; order E119",
    )
    cost_monitoring: Real = spec(
        0.01,
        "cost of monitoring a joint work, each year of building",
        unit="share of project cost a year",
        low=0,
        high=10,
        source="assumption; order E119",
    )
    autonomy_cost: Real = spec(
        0.03,
        "felt cost of giving up say to a coordinator with full authority",
        unit="share of project cost",
        low=0,
        high=10,
        source="assumption; E115, E116",
    )

    # Politics
    signing_credit: Real = spec(
        0.7,
        "credit for signing relative to the credit for opening a work",
        unit="ratio",
        low=0,
        high=100,
        source="assumption; E43, E152",
    )
    reputation: Real = spec(
        0.6,
        "weight of lost standing with partners when a promise is broken",
        unit="ratio",
        low=0,
        high=100,
        source="assumption; E117",
    )
    cover: Real = spec(
        0.3,
        "part of a leaver's own contribution that others are expected to make good",
        unit="share",
        low=0,
        high=1,
    )
    evasion: Real = spec(
        0.8,
        "how far staff that are loyal to their home blunt enforcement",
        unit="share",
        low=0,
        high=1,
        source="assumption; E109, E135",
    )

    # Talks
    share_step: Real = spec(
        0.15,
        "part of the mean cost share by which a refuser's share falls in the next draft",
        unit="share",
        low=0,
        high=1,
    )
    own_talks: Real = spec(
        1 / 13,
        "projects that governments manage to table among themselves",
        unit="slots a government and year",
        low=0,
        high=1000,
        source="assumption; E138",
    )
    own_rounds: Whole = spec(
        3,
        "drafts of a motion that parties vote on by themselves",
        unit="drafts",
        low=1,
        high=10_000,
    )
    fund_cap: Real = spec(
        0.6, "largest share of a project that the regional fund takes", unit="share", low=0, high=1
    )
