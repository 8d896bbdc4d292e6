"""Plain words for the lines of the loss ledger and for the causes of works not built."""

from kernegotiate.engine.diagnosis import CAUSES, RISK

LINE_WORDS = {
    "first_best": "The best possible",
    "blocked": "Blocked: not built at all",
    "crowded_out": "Crowded out: copies instead",
    "overreach": "Overreach: built, not worth it",
    "unbuilt": "Unbuilt: too few copies",
    "delayed": "Delayed",
    "abandoned": "Abandoned or stalled",
    "transaction": "Costs of agreeing",
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
}

RISK_WORDS = {
    "coordination": "Coordination risk",
    "division": "Division risk",
    "defection": "Defection risk",
    "other": "Other",
}
"""Risks of collective action by Feiock (2013), in our mapping."""


def causes_by_risk() -> dict[str, list[str]]:
    """Causes under their risk, in the order of display."""
    return {risk: [cause for cause in CAUSES if RISK[cause] == risk] for risk in RISK_WORDS}
