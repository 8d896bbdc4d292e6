"""Plain words for outcomes, for lines of the loss ledger and for causes of works not built.

In the order in which they are shown, at a terminal, in figures and in the window alike.
"""

from collections.abc import Iterable

from kernegotiate.engine.diagnosis import CAUSES, RISK

VERDICTS: dict[str, tuple[str, ...]] = {
    "Success: agreed and kept?": (
        "agreement_rate",
        "commitment_rate",
        "earnest_rate",
        "completion_rate",
        "signed_gap",
        "delivery_rate",
        "stalled_rate",
        "kept_promise_rate",
        "time_to_agreement",
        "start_delay",
    ),
    "Worth: good for the region?": (
        "efficiency",
        "welfare",
        "first_best",
        "duplication_waste",
        "coordination_cost",
        "outside_money",
        "leverage",
        "inequality",
    ),
    "State left behind": ("mean_trust", "own_visible_share", "membership_rate"),
}
"""The two verdicts, always shown together, and the state (see `engine/outcomes.py`)."""

IMPLIED = ("commitment_rate", "delivery_rate", "start_delay", "membership_rate")
"""What is signed where nothing is vague, what `signed_gap` leaves, what is 0 where something is
due in the year of signing, and what is 1 in a mandatory body."""

OVERVIEW = tuple(name for names in VERDICTS.values() for name in names if name not in IMPLIED)
"""Outcomes that tables show where nobody has chosen; data hold all of them."""

_LABELS = {
    "agreement_rate": "Signed, % of projects",
    "commitment_rate": "Committed, % of projects",
    "earnest_rate": "Signed in earnest, %",
    "completion_rate": "Completed, % of projects",
    "signed_gap": "Signed, not finished, %",
    "delivery_rate": "Completed, % of signed",
    "stalled_rate": "Begun, not finished, %",
    "kept_promise_rate": "Payments made, % of due",
    "time_to_agreement": "Years to signing/expiry",
    "start_delay": "Years, signing to start",
    "efficiency": "Welfare, % of the best",
    "welfare": "Welfare, money",
    "first_best": "The best possible, money",
    "duplication_waste": "Wasted copies, % spent",
    "coordination_cost": "Coordination cost, money",
    "outside_money": "From the centre, money",
    "leverage": "Dues per outside money",
    "inequality": "Inequality (Gini), %",
    "mean_trust": "Mutual trust, %",
    "own_visible_share": "Copies, % spent",
    "membership_rate": "Years in the body, %",
}

LINE_WORDS = {
    "first_best": "The best possible",
    "blocked": "Blocked: not built at all",
    "crowded_out": "Crowded out: copies instead",
    "overreach": "Overreach: built, not worth it",
    "unbuilt": "Unbuilt: too few copies",
    "delayed": "Delayed",
    "abandoned": "Abandoned or stalled",
    "transaction": "Costs of agreeing",
    "grudging": "Carried out grudgingly",
    "overrun": "Costs beyond the plan",
    "upkeep": "Keeping the coordinator",
    "interest": "Interest on debt",
    "welfare": "Welfare",
}
"""Lines of the ledger, from the first best to what is left of it."""

CAUSE_WORDS = {
    "horizon": "Short horizons",
    "trust": "Lack of trust",
    "parochialism": "Local interest",
    "uncertainty": "Uncertain benefits",
    "transaction": "Costs of agreeing",
    "autonomy": "Fear for autonomy",
    "outside": "A copy of one's own",
    "budget": "Tight budgets",
    "division": "Unequal gains",
    "capacity": "Never on the table",
    "judgement": "Coordinator said no",
    "defection": "Signed, not kept",
    "package": "Tied to bad works",
    "taken_over": "Somebody else's vote",
    "vague": "Nothing that binds",
    "delegates": "Outvoted by delegates",
    "overrun": "Costs beyond the plan",
    "bad_year": "Bad years",
    "veto": "Sent back",
    "agenda": "Kept off the agenda",
    "membership": "Outside the body",
}

CAUSE_MEANING = {
    "horizon": "leaders gave too little weight to years after their term",
    "trust": "parties did not expect their partners to pay",
    "parochialism": "leaders weighed gains at home above those of the others",
    "uncertainty": "benefits were read with error and caution",
    "transaction": "agreeing cost the parties what they would have gained",
    "autonomy": "parties would not give up a free hand",
    "outside": "building alone, or a copy that stands, was worth more to a party",
    "budget": "the dues did not fit under a debt ceiling",
    "division": "enough for all together, but no draft shared it so that each gained",
    "capacity": "no meeting ever got to it",
    "judgement": "the coordinator took its benefits for too small",
    "defection": "parties signed and then broke their promise",
    "package": "it was put to the vote together with works not worth building",
    "taken_over": "somebody else cast a leader's vote",
    "vague": "the parties talked, and no text that binds was ever on the table",
    "delegates": "the members' delegates on the coordinator's board outvoted it",
    "overrun": "a party left that would have stayed had costs not grown",
    "bad_year": "a party left that would have stayed in a usual year",
    "veto": "it was signed, and somebody who had to approve sent it back",
    "agenda": "who sets the agenda never let it come to the table",
    "membership": "parties stayed outside the body and bore no part of the bill",
}

RISK_WORDS = {
    "coordination": "Coordination risk",
    "division": "Division risk",
    "defection": "Defection risk",
    "other": "Other",
}
"""Risks of collective action by Feiock (2013), in our mapping."""

PART_WORDS = {
    "not_built": "Good works not built",
    "other": "All else that was lost",
}
"""With what the first best was lost: the causes add up to the first."""


def causes_by_risk() -> dict[str, list[str]]:
    """Causes under their risk, in the order of display."""
    return {risk: [cause for cause in CAUSES if RISK[cause] == risk] for risk in RISK_WORDS}


def label(outcome: str) -> str:
    """Short words for an outcome."""
    return _LABELS.get(outcome, outcome.replace("_", " ").capitalize())


def grouped(outcomes: Iterable[str]) -> dict[str, list[str]]:
    """Outcomes by verdict, in the order of display; those without one come last."""
    left = list(outcomes)
    groups = {
        verdict: [name for name in names if name in left] for verdict, names in VERDICTS.items()
    }
    placed = {name for names in groups.values() for name in names}
    groups["Other"] = [name for name in left if name not in placed]
    return {verdict: names for verdict, names in groups.items() if names}
