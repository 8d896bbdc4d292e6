"""Remarks about several institutions side by side."""

from collections.abc import Iterator, Mapping

from kernegotiate.batch import Runs


def remarks(runs: Mapping[str, Runs]) -> Iterator[str]:
    """What to know of each, once, and which institutions cannot be told apart.

    Args:
        runs: Results by name of coordinator.

    Returns:
        A sentence for each.
    """
    yield from dict.fromkeys(sentence for found in runs.values() for sentence in found.remarks)
    seen: list[Runs] = []
    for found in runs.values():
        twin = next((other for other in seen if other.records.alike(found.records)), None)
        if twin:
            yield (
                f"Note, {found.institution.title}: the same numbers as "
                f"{twin.institution.title}, in every run."
            )
        seen.append(found)
