"""What somebody should know before drawing a conclusion from runs: what had no effect."""

from collections.abc import Iterator, Mapping
from typing import Any

from kernegotiate.scenario.changes import Regime, regimes
from kernegotiate.scenario.idle_levers import idle
from kernegotiate.scenario.institution import Institution
from kernegotiate.scenario.library import institution_names
from kernegotiate.scenario.meetings import departures, reached
from kernegotiate.scenario.scenario import Scenario


def remarks(
    scenario: Scenario, institution: Institution, settings: Mapping[str, Any]
) -> Iterator[str]:
    """Settings without effect, or with another one than their name makes believe.

    Args:
        scenario: With the settings in place.
        institution: With the settings in place; what a built-in one leaves idle is not told.
        settings: What somebody set, by keyword.

    Returns:
        A sentence for each.
    """
    for sentence in (*departures(scenario), *reached(scenario, settings)):
        yield f"Note, {scenario.title}: {sentence}"
    own = institution.name not in institution_names()
    laws = regimes(Regime(1, institution), scenario.changes)
    for number, law in enumerate(laws):
        levers = law.institution.levers
        asked = dict(law.set) if number else settings
        when = f", from year {law.since}" if number else ""
        for lever, sentence in idle(levers):
            value, later = getattr(levers, lever), [one.institution.levers for one in laws[number:]]
            works = any(
                getattr(one, lever) == value and lever not in dict(idle(one)) for one in later
            )
            if not works and (lever in asked or (own and not number)):
                yield f"Note, {law.institution.title}{when}: {sentence}"
