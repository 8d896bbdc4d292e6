"""The regions as data: which rows of the collected figures they take, and what is said of them."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DECLARED = Path(__file__).with_name("regions.toml")


@dataclass(frozen=True)
class Declared:
    """One region, as `regions.toml` declares it."""

    name: str
    of: str  # which figures: "abroad", "provinces" (of Viet Nam, before 2025), "units" (since)
    country: tuple[str, str]  # in English and Vietnamese
    title: str
    title_vi: str
    members: str  # why these and no others
    evidence: tuple[str, ...]
    pick: tuple[str, str] | None = None  # a column of the figures and the value it must have
    currency: str = ""  # if it is not the one of the figures
    outlines: str = ""  # of which collection, for regions abroad; none without
    vintage: str = ""
    remarks: tuple[str, ...] = ()


def declared(file: Path = DECLARED) -> list[Declared]:
    """All regions, in the order of the file."""
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    found = []
    for name, told in data["regions"].items():
        fields: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value for key, value in told.items()
        }
        fields["country"] = tuple(data["countries"][told["country"]])
        found.append(Declared(name=name, **fields))
    return found
