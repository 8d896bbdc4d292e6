"""What a person has to say on a case: `docs/cases/notes.toml`.

Prose stands there, numbers do not: these are taken from the simulations. What sources let one
expect is written as a comparison, so that whether the model agrees is found and not claimed.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

NOTES = "docs/cases/notes.toml"


@dataclass(frozen=True)
class Expectation:
    """What sources let one expect of an outcome.

    Attributes:
        says: The expectation in words, with ids of the evidence.
        outcome: Its name.
        sign: Whether there should be more of it, less, or as much.
        than: The institution that the case's is compared with; "" if `below` is given.
        below: A level that the outcome should stay below.
        hoped: Whether somebody hopes for it and nobody has seen it.
    """

    says: str
    outcome: str
    sign: Literal["more", "less", "same"] = "less"
    than: str = ""
    below: float | None = None
    hoped: bool = False


@dataclass(frozen=True)
class Notes:
    """What is said of one case.

    Attributes:
        reports: What sources report, a sentence each, with ids.
        expect: What they let one expect.
        levels: Names of the levels that a source gives; see `tools.cases.levels`.
        unknown: What would have to be known.
    """

    reports: tuple[str, ...]
    expect: tuple[Expectation, ...]
    levels: tuple[str, ...]
    unknown: tuple[str, ...]


def read_notes(root: Path) -> dict[str, Notes]:
    """Notes by case; what is said of several stands under `shared` and is named by `like`."""
    table = tomllib.loads((root / NOTES).read_text(encoding="utf-8"))
    shared = table.pop("shared", {})
    return {name: _notes(said, shared) for name, said in table.items()}


def _notes(said: dict[str, Any], shared: dict[str, Any]) -> Notes:
    parts = [said, *(shared[name] for name in said.get("like", ()))]

    def every(key: str) -> list[Any]:
        return [item for part in parts for item in part.get(key, ())]

    return Notes(
        reports=tuple(every("reports")),
        expect=tuple(Expectation(**one) for one in every("expect")),
        levels=tuple(every("levels")),
        unknown=tuple(every("unknown")),
    )
