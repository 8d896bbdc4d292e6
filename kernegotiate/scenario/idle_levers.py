"""Levers that do nothing because another lever is off.

Matching money without a grant budget, monitoring without a sanction: each is allowed, and each is
easily taken for a lever that does not help. So whoever sets one is told.
`withheld_share` is not among them: a transfer that nobody can lose is still paid.
"""

from collections.abc import Callable, Iterator

from kernegotiate.scenario.levers import Levers

# lever: (does it have what it needs, the lever that it waits for, what it lacks in words)
NEEDS: dict[str, tuple[Callable[[Levers], bool], str, str]] = {
    "bar": (
        lambda levers: levers.decider > 0 or levers.agenda != "members",
        "decider",
        "decider is 0 and members set the agenda",
    ),
    **{
        lever: (lambda levers: levers.decider > 0, "decider", "decider is 0")
        for lever in ("capture", "delegates")
    },
    "captor": (lambda levers: levers.capture > 0, "capture", "capture is 0"),
    **{
        lever: (
            lambda levers: levers.match_rate * levers.grant_budget > 0,
            "match_rate",
            "match_rate or grant_budget is 0",
        )
        for lever in ("grant_bar", "grant_carry", "partial_grants")
    },
    "match_rate": (lambda levers: levers.grant_budget > 0, "grant_budget", "grant_budget is 0"),
    "grant_budget": (lambda levers: levers.match_rate > 0, "match_rate", "match_rate is 0"),
    "monitoring": (lambda levers: levers.sanction > 0, "sanction", "sanction is 0"),
    "sanction": (
        lambda levers: levers.monitoring * levers.contract_completeness > 0,
        "monitoring",
        "monitoring or contract_completeness is 0",
    ),
    **{
        lever: (
            lambda levers: levers.levy_rate > 0 or levers.central_support > 0,
            "levy_rate",
            "levy_rate and central_support are 0, so that there is no fund",
        )
        for lever in ("backstop", "bonds", "earmark")
    },
    **{
        lever: (lambda levers: levers.decider < 1, "decider", "decider is 1, so that nobody votes")
        for lever in ("quota", "linkage", "rounds", "side_payments", "mediation")
    },
    **{
        lever: (lambda levers: levers.veto_points > 0, "veto_points", "veto_points is 0")
        for lever in ("approval_years", "send_back")
    },
    "chair_rank": (
        lambda levers: levers.meeting_capacity > 0,
        "meeting_capacity",
        "meeting_capacity is 0, so that there is no meeting to chair",
    ),
}
NULL = Levers()


def idle(levers: Levers) -> Iterator[tuple[str, str]]:
    """Levers that are off their null and still do nothing, each with a sentence that says why."""
    for lever, (is_met, _, lack) in NEEDS.items():
        value = getattr(levers, lever)
        if value != getattr(NULL, lever) and not is_met(levers):
            shown = f"{value:g}" if isinstance(value, float) else str(value).lower()
            yield lever, f"{lever} {shown} has no effect while {lack}."
