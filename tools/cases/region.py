"""The figures of a case's region and how good they are, as its table says."""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from kernegotiate.scenario import Scenario, shipped
from tools.docs_pages.bases import base_of


@dataclass(frozen=True)
class Figures:
    """What is known of a region.

    Attributes:
        folder: Name of its folder below `scenarios/regions/`.
        governments: How many.
        population: Persons.
        grdp: A year, in the currency.
        budgets: Development budgets, a year.
        currency: Its name.
        quality: How many rows of its table are of which standing; empty if rows do not say so.
    """

    folder: str
    governments: int
    population: float
    grdp: float
    budgets: float
    currency: str
    quality: tuple[tuple[str, int], ...]


def region_of(case: str) -> str:
    """The scenario that a built-in case is based on."""
    base = base_of("scenarios/cases", case)
    assert base is not None, case
    return base


def figures_of(case: str, scenario: Scenario) -> Figures:
    """Totals of a case's region, and the standing of its rows."""
    region, base = scenario.region, region_of(case)
    text = (shipped("scenarios") / f"{base}.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)["region"]["governments"]
    with (shipped("scenarios") / table).open(encoding="utf-8", newline="") as file:
        standing = Counter(row["confidence"] for row in csv.DictReader(file) if "confidence" in row)
    return Figures(
        folder=Path(table).parent.name,
        governments=len(region.governments),
        population=sum(one.population for one in region.governments),
        grdp=sum(one.grdp for one in region.governments),
        budgets=sum(region.budgets),
        currency=region.currency,
        quality=tuple(sorted(standing.items())),
    )


def assumptions_of(base: str) -> str:
    """What a scenario's file calls an assumption, as one sentence lists it."""
    text = (shipped("scenarios") / f"{base}.toml").read_text(encoding="utf-8")
    told = re.findall(r"^(\w+) = .*#.*\bassumption\b", text, re.MULTILINE)
    return ", ".join(f"`{one}`" for one in told)
