"""Plain words for outcomes, in the order in which they are shown."""

from collections.abc import Iterable

VERDICTS: dict[str, tuple[str, ...]] = {
    "Success: agreed and kept?": (
        "agreement_rate",
        "completion_rate",
        "signed_gap",
        "kept_promise_rate",
        "time_to_agreement",
    ),
    "Worth: good for the region?": (
        "efficiency",
        "welfare",
        "first_best",
        "duplication_waste",
        "coordination_cost",
        "outside_money",
        "inequality",
    ),
    "State left behind": ("mean_trust", "own_visible_share"),
}
"""The two verdicts, always shown together, and the state (see `engine/outcomes.py`)."""

_LABELS = {
    "agreement_rate": "Signed, % of projects",
    "completion_rate": "Completed, % of projects",
    "signed_gap": "Signed, not finished, %",
    "kept_promise_rate": "Payments made, % of due",
    "time_to_agreement": "Years to signing/expiry",
    "efficiency": "Welfare, % of the best",
    "welfare": "Welfare, money",
    "first_best": "The best possible, money",
    "duplication_waste": "Wasted copies, % spent",
    "coordination_cost": "Coordination cost, money",
    "outside_money": "From the centre, money",
    "inequality": "Inequality (Gini), %",
    "mean_trust": "Mutual trust, %",
    "own_visible_share": "Copies, % spent",
}

_LARGER = {"million": "billion", "billion": "trillion"}


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


def larger(currency: str) -> str:
    """A thousand units of a currency: ``trillion VND`` for ``billion VND``."""
    word, _, rest = currency.partition(" ")
    return f"{_LARGER[word]} {rest}" if word in _LARGER else f"thousand {currency}"


def counted(number: int, thing: str) -> str:
    """Such as ``1 run`` and ``1,000 runs``."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def listed(names: Iterable[str]) -> str:
    """Such as ``A, B and C``; "" if there is none."""
    *first, last = [*names] or [""]
    return f"{', '.join(first)} and {last}" if first else last


def either(ways: Iterable[str]) -> str:
    """Such as ``A, B or C``."""
    *first, last = ways
    return f"{', '.join(first)} or {last}" if first else last
