"""What a reader of a table should know before drawing a conclusion from it."""

from collections.abc import Iterator, Mapping
from typing import Any

from kernegotiate.batch import Runs
from kernegotiate.scenario import Institution, idle, institution_names


def idle_remarks(institution: Institution, settings: Mapping[str, Any]) -> Iterator[str]:
    """Levers that somebody set and that do nothing; a built-in institution's own are not told."""
    own = institution.name not in institution_names()
    for lever, sentence in idle(institution.levers):
        if own or lever in settings:
            yield f"Note, {institution.title}: {sentence}"


def remarks(runs: Mapping[str, Runs], settings: Mapping[str, Any]) -> Iterator[str]:
    """Levers without effect, and institutions that cannot be told apart."""
    for found in runs.values():
        yield from idle_remarks(found.institution, settings)
    seen: list[Runs] = []
    for found in runs.values():
        twin = next((other for other in seen if other.outcomes.equals(found.outcomes)), None)
        if twin:
            yield (
                f"Note, {found.institution.title}: the same numbers as "
                f"{twin.institution.title}, in every run."
            )
        seen.append(found)
