"""What somebody should know before drawing a conclusion from runs: what had no effect."""

from collections.abc import Iterator, Mapping
from typing import Any

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
    for lever, sentence in idle(institution.levers):
        if own or lever in settings:
            yield f"Note, {institution.title}: {sentence}"
