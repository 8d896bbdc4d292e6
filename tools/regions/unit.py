"""A local government with its figures and where each of them comes from."""

import csv
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Unit:
    """One row of a region's table.

    Attributes:
        code: As in the figures that it was taken from.
        name: In plain letters.
        name_vi: In Vietnamese; "" if it has no other name there.
        population: Persons.
        grdp: Currency of the region a year.
        lon: Degrees east.
        lat: Degrees north.
        confidence: "found", "derived" or "recalled"; of several figures, which is which.
        note: What else is known of it.
        budget: Development budget, currency a year; None if no source gives any.
        row: All that was collected about it.
        members: Of a merged one, those that it was.
    """

    code: str
    name: str
    name_vi: str
    population: int
    grdp: float
    lon: float
    lat: float
    confidence: str
    note: str = ""
    budget: float | None = None
    row: dict[str, str] = field(default_factory=dict)
    members: tuple["Unit", ...] = ()


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a collected table, texts by column."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
