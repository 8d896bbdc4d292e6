"""How leaders judge, trust and bargain, the same under every institution."""

from kernegotiate.scenario.record import Record
from kernegotiate.scenario.spec import Real, Whole, spec


class Behaviour(Record):
    """Behavioural constants of leaders and of the costs of dealing with each other.

    No source gives levels for them: nearly all are assumptions, meant to be varied.
    """

    # Time
    leader_discount: Real = spec(
        0.95,
        "discount factor of leaders",
        unit="per year",
        low=0,
        high=1,
        open_low=True,
        plausible=(0.85, 0.99),
        why="that of society, so that only terms, legacy and renewal set leaders apart",
    )
    social_discount: Real = spec(
        0.95,
        "discount factor of society",
        unit="per year",
        low=0,
        high=1,
        open_low=True,
        plausible=(0.9, 0.99),
        why="five per cent a year; discount rates of public works are a convention",
    )

    # Trust
    trust: Real = spec(
        0.5,
        "initial trust, and the baseline to which it returns at a change of leader",
        unit="probability",
        low=0,
        high=1,
        source="assumption; E117",
        plausible=(0.1, 0.9),
        why="middle of the scale: doubt is reported, its size is not",
    )
    trust_up: Real = spec(
        0.10,
        "part of the distance to full trust gained by a payment made",
        unit="share",
        low=0,
        high=1,
        plausible=(0.02, 0.3),
        why="slower than the loss: trust is easier to lose than to win",
    )
    trust_down: Real = spec(
        0.35,
        "part of trust lost by a broken promise of a complete contract",
        unit="share",
        low=0,
        high=1,
        source="assumption; E118",
        plausible=(0.1, 0.7),
        why="three broken promises leave about a quarter of full trust",
    )
    trust_reset: Real = spec(
        0.3,
        "part of the distance to the baseline covered at a change of leader",
        unit="share",
        low=0,
        high=1,
        source="assumption; E158",
        plausible=(0, 0.8),
        why="each new team brings other views; what it keeps is unknown",
    )

    # Uncertainty
    noise: Real = spec(
        0.3,
        "log standard deviation of a leader's error about benefits, without shared data",
        unit="log points",
        low=0,
        high=10,
        source="assumption; E120",
        plausible=(0.05, 0.8),
        why="gains are vague and hard to notice; about a third either way",
    )
    caution: Real = spec(
        0.7,
        "discount for uncertainty, in standard deviations of the error",
        unit="standard deviations",
        low=0,
        high=10,
        source="assumption; E120",
        plausible=(0, 1.5),
        why="who sees little of a gain counts on less of it",
    )
    estimate_error: Real = spec(
        0.3,
        "log standard deviation of the coordinator's error about benefits",
        unit="log points",
        low=0,
        high=10,
        source="assumption; E109",
        plausible=(0.05, 0.8),
        why="as large as a leader's own; an outsider also misses the misfit",
    )

    # Going alone
    copy_ratio: Real = spec(
        1.15,
        "benefit-cost ratio of the first substitute that a party builds alone",
        unit="ratio",
        low=0,
        high=100,
        source="assumption; E02, E156",
        plausible=(0.8, 1.6),
        why="just above 1: a first copy tempts its builder and is worth little to the region",
    )
    copy_crowding: Real = spec(
        0.7,
        "how fast the yield of each copy falls with the number of copies",
        unit="per copy",
        low=0,
        high=1000,
        plausible=(0.2, 2),
        why="a second copy takes two fifths of the first one's yield",
    )

    # Transaction costs, per party on its part of the project cost
    cost_information: Real = spec(
        0.004,
        "cost of informing oneself when a project is first tabled",
        unit="share of project cost",
        low=0,
        high=10,
        source="assumption; order E119",
        plausible=(0.001, 0.005),
        why="least of all; ranges keep the reported order with three drafts and five build years",
    )
    cost_round: Real = spec(
        0.003,
        "cost of a round of bargaining",
        unit="share of project cost",
        low=0,
        high=10,
        source="assumption; order E119",
        plausible=(0.002, 0.006),
        why="three drafts cost more than information and less than set-up",
    )
    cost_setup: Real = spec(
        0.02,
        "cost of setting up a joint work",
        unit="share of project cost",
        low=0,
        high=10,
        source="assumption; order E119",
        plausible=(0.018, 0.06),
        why="above bargaining; not ranked against monitoring",
    )
    cost_monitoring: Real = spec(
        0.01,
        "cost of monitoring a joint work, each year of building",
        unit="share of project cost a year",
        low=0,
        high=10,
        source="assumption; order E119",
        plausible=(0.004, 0.03),
        why="above bargaining over the years of building; not ranked against set-up",
    )
    cost_body: Real = spec(
        0.0,
        "cost of keeping a coordinating body, for each project a year that it could table",
        unit="share of members' budgets a year",
        low=0,
        high=10,
        source="assumption; T18",
        plausible=(0, 0.004),
        why="none: coordinating then costs nothing where nothing is coordinated",
    )
    cost_joining: Real = spec(
        0.01,
        "cost of joining a voluntary body, once",
        unit="share of a member's yearly budget",
        low=0,
        high=10,
        source="assumption; E119",
        plausible=(0, 0.05),
        why="an office, a statute, a first assembly; without effect where all must be in",
    )
    absence: Real = spec(
        0.0,
        "part of a coordinator's meetings that fail because too few come, under a chair of rank 0",
        unit="share",
        low=0,
        high=1,
        plausible=(0, 0.5),
        why="none: meetings are then as many as a body can hold, whoever chairs them",
    )
    convening: Real = spec(
        0.5,
        "meetings that a chair of rank 1 calls in addition, as a part of the usual",
        unit="share",
        low=0,
        high=10,
        source="assumption; E138",
        plausible=(0, 1),
        why="half as many again; without effect where the chair has no rank",
    )
    autonomy_cost: Real = spec(
        0.03,
        "felt cost of giving up say to a coordinator with full authority",
        unit="share of project cost",
        low=0,
        high=10,
        source="assumption; E115, E116",
        plausible=(0, 0.1),
        why="felt on handing over say and plan in full; direction reported, no size",
    )

    land_rent: Real = spec(
        0.0,
        "revenue that the host of a work on land forgoes, where all of its revenue is from land",
        unit="share of project cost",
        low=0,
        high=10,
        source="assumption; E112, E115, E116",
        plausible=(0, 0.3),
        why="none: land then counts only as far as say over it is ceded",
    )

    # Hard times
    bad_years: Real = spec(
        0.0,
        "probability that a government has a bad year",
        unit="probability a year",
        low=0,
        high=1,
        plausible=(0, 0.3),
        why="none: every budget is what the table says",
    )
    bad_year_loss: Real = spec(
        0.2,
        "part of its budget that a government lacks in a bad year",
        unit="share of budget",
        low=0,
        high=1,
        open_high=True,
        plausible=(0.05, 0.4),
        why="a fifth; without effect while there are no bad years",
    )
    bad_years_shared: Real = spec(
        0.5,
        "part of a government's bad years that come from what befalls the whole region",
        unit="share",
        low=0,
        high=1,
        plausible=(0, 1),
        why="half are of its own making; without effect while there are no bad years",
    )

    # Politics
    signing_credit: Real = spec(
        0.7,
        "credit for signing relative to the credit for opening a work",
        unit="ratio",
        low=0,
        high=100,
        source="assumption; E43, E152",
        plausible=(0.2, 1.5),
        why="agreements on paper are common, so signing must pay something at home",
    )
    vagueness: Real = spec(
        0.0,
        "how often talks about what is not written down end with a declaration, which binds nobody",
        unit="share",
        low=0,
        high=1,
        source="assumption; E43, E129, E166, E167",
        plausible=(0, 1),
        why="never: every agreement is then a promise, however little of it is written down",
    )
    declaring_credit: Real = spec(
        0.2,
        "credit for a declaration relative to the credit for signing what binds",
        unit="ratio",
        low=0,
        high=100,
        source="assumption; E43, E166",
        plausible=(0.05, 0.5),
        why="a photograph at home, less than a treaty; without effect while nothing is vague",
    )
    foresight: Real = spec(
        1.0,
        "part of the leaders who foresee, when they vote, whether they will keep the promise",
        unit="share",
        low=0,
        high=1,
        plausible=(0.5, 1),
        why="all: who decides on the first payment also decides on signing, for the same reasons",
    )
    credit_kept: Real = spec(
        0.0,
        "part of the credit for signing that comes in only while the promise is kept",
        unit="share",
        low=0,
        high=1,
        source="assumption; E43, E152",
        plausible=(0, 1),
        why="none: all of it is had on the day of the signature",
    )
    voters_loss: Real = spec(
        0.0,
        "part of its standing with its own voters that a broken promise costs a leader",
        unit="share",
        low=0,
        high=1,
        plausible=(0, 0.6),
        why="none: only the partners mind",
    )
    end_foreseen: Real = spec(
        0.0,
        "how far partners discount a promise for the payments that fall after its maker's time",
        unit="share",
        low=0,
        high=1,
        source="assumption; L3, L4",
        plausible=(0, 1),
        why="not at all: a government is believed whoever leads it",
    )
    grudge: Real = spec(
        0.0,
        "part of its benefits that a work loses if none of its parties wanted it",
        unit="share",
        low=0,
        high=1,
        source="assumption; E109",
        plausible=(0, 0.8),
        why="none: what is imposed is carried out as well as what is wanted",
    )
    reputation: Real = spec(
        0.6,
        "weight of lost standing with partners when a promise is broken",
        unit="ratio",
        low=0,
        high=100,
        source="assumption; E117",
        plausible=(0.1, 1.5),
        why="only a part of what is left unpaid: partners' opinion has few consequences",
    )
    cover: Real = spec(
        0.3,
        "part of a leaver's own contribution that others are expected to make good",
        unit="share",
        low=0,
        high=1,
        plausible=(0, 0.7),
        why="others rarely finish a work without one of its payers",
    )
    evasion: Real = spec(
        0.8,
        "how far staff that are loyal to their home blunt enforcement",
        unit="share",
        low=0,
        high=1,
        source="assumption; E109, E135",
        plausible=(0.3, 1),
        why="staff may work for home rather than for the association; how much is not said",
    )
    shirking: Real = spec(
        0.0,
        "how far staff that are loyal to their home hold back data and drafts",
        unit="share",
        low=0,
        high=1,
        source="assumption; E133, E135",
        plausible=(0, 1),
        why="not at all: loyalty then blunts enforcement alone",
    )
    congestion: Real = spec(
        0.0,
        "how fast the chance that a breach is pursued falls with the breaches of a year",
        unit="per further breach",
        low=0,
        high=1000,
        plausible=(0, 1),
        why="not at all: whoever watches can pursue any number at once",
    )

    # Talks
    share_step: Real = spec(
        0.15,
        "part of the mean cost share by which a refuser's share falls in the next draft",
        unit="share",
        low=0,
        high=1,
        plausible=(0.05, 0.4),
        why="an ordinary concession; in the limit of small steps talks find every deal",
    )
    own_talks: Real = spec(
        1 / 13,
        "projects that governments manage to table among themselves",
        unit="slots a government and year",
        low=0,
        high=1000,
        source="assumption; E138",
        plausible=(0.03, 0.3),
        why="a motion a year for 13 governments; for three, one in four years; E138 has six",
    )
    own_rounds: Whole = spec(
        3,
        "drafts of a motion that parties vote on by themselves",
        unit="drafts",
        low=1,
        high=10_000,
        plausible=(1, 6),
        why="a draft and two revisions without help",
    )
    reopening: Real = spec(
        0.0,
        "chance that partners reopen the terms when a party would leave",
        unit="probability",
        low=0,
        high=1,
        plausible=(0, 1),
        why="none: what is signed is kept or broken as it stands",
    )
    hold_up: Real = spec(
        0.0,
        "chance that a party of a work under way threatens to leave, to be spared costs",
        unit="probability",
        low=0,
        high=1,
        plausible=(0, 0.3),
        why="none: nobody turns what others have sunk into money",
    )
    fund_cap: Real = spec(
        0.6,
        "largest share of a project that the regional fund takes",
        unit="share",
        low=0,
        high=1,
        plausible=(0.3, 1),
        why="members keep a stake of two fifths",
    )
    interest: Real = spec(
        0.05,
        "interest that the regional fund and governments pay on their debts",
        unit="per year",
        low=0,
        high=0.1,
        plausible=(0.02, 0.1),
        why="near the rate at which society discounts",
    )
    debt_years: Whole = spec(
        0,
        "years over which a government repays what its income did not cover; 0: it carries no debt",
        unit="years",
        low=0,
        high=100,
        source="assumption; E70, E80",
        plausible=(0, 20),
        why="none is carried: a ceiling limits the dues of a year",
    )
