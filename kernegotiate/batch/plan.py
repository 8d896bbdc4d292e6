"""What a batch has to do: points, and chunks of about a second of work each.

A point is one scenario under one institution with one row of the design. Chunk after chunk, and
within a chunk point after point and run after run, the rows come in one fixed order.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from kernegotiate.batch.chunks import Cut
from kernegotiate.batch.design import Design
from kernegotiate.engine.outcomes import COLUMNS
from kernegotiate.scenario import Institution, Scenario

FORMAT = 4  # of the dataset; a store with another number is not gone on with
WORK = 1_500_000  # government-years of a chunk; about a second on one core
LEAST_CHUNKS = 16  # of a round with less to do than that many seconds


@dataclass(frozen=True)
class Cell:
    """A scenario under an institution, before the design changes them."""

    name: str  # of the institution or variant
    scenario: Scenario
    institution: Institution
    arm: bool = False  # whether only claims use it


@dataclass(frozen=True)
class Point:
    """One point of a plan.

    Attributes:
        number: From 0, over the whole plan.
        cell: What the settings change.
        settings: Values of the factors by keyword.
    """

    number: int
    cell: Cell
    settings: dict[str, Any]


@dataclass(frozen=True)
class Job:
    """A chunk with all that a worker needs to do it; may travel to another machine."""

    chunk: int
    points: tuple[Point, ...]
    factors: dict[str, str]  # type by name, in the order of the columns
    outcomes: tuple[str, ...]
    seed: int
    first_run: int
    runs: int  # of each point


@dataclass(frozen=True, eq=False)
class Plan:
    """All runs of a batch.

    Attributes:
        about: What the manifest tells of the experiment; decides nothing.
        cells: Scenarios under institutions.
        design: Settings, one row a point of each cell.
        replications: Runs of each point at first, numbered from 0: the same draws at every point.
        seed: Of all draws.
        outcomes: Columns that are kept.
        size: Most runs in a chunk; as many as about a second allows by default.
        precision: What decides whether there are further rounds, if anything does.
        further: Runs of each point in each further round.
    """

    about: dict[str, Any]
    cells: tuple[Cell, ...]
    design: Design
    replications: int
    seed: int
    outcomes: tuple[str, ...] = COLUMNS
    size: int | None = None
    precision: Mapping[str, Any] | None = None
    further: tuple[int, ...] = ()

    @property
    def points(self) -> int:
        """Number of points."""
        return len(self.cells) * len(self.design.table)

    @property
    def runs(self) -> int:
        """Number of runs, which is the number of rows."""
        return self.points * self.cut.replications

    @property
    def chunks(self) -> int:
        """Number of chunks."""
        return self.cut.chunks

    @cached_property
    def cut(self) -> Cut:
        """How it is cut into chunks: all runs of some points, or some runs of one."""
        runs = (self.replications, *self.further)
        if self.size:
            return Cut(self.points, runs, self.size)
        heaviest = max(
            len(cell.scenario.region.governments) * cell.scenario.years for cell in self.cells
        )
        return Cut(self.points, runs, max(1, WORK // heaviest), LEAST_CHUNKS)

    def going_on(self, rounds: Sequence[int]) -> Plan:
        """The same plan with these rounds, the first one included."""
        return replace(self, further=tuple(rounds[1:]))

    def runs_of(self, chunk: int) -> int:
        """Number of runs in a chunk."""
        numbers, runs = self.cut.where(chunk)
        return len(numbers) * len(runs)

    def job(self, chunk: int) -> Job:
        """All that is needed to do a chunk."""
        numbers, runs = self.cut.where(chunk)
        return Job(
            chunk,
            tuple(self.point(number) for number in numbers),
            self.design.types,
            self.outcomes,
            self.seed,
            runs.start,
            len(runs),
        )

    def point(self, number: int) -> Point:
        """A point by its number: cell by cell, in each the rows of the design."""
        cell, row = divmod(number, len(self.design.table))
        return Point(number, self.cells[cell], self.design.settings(row))

    @cached_property
    def contents(self) -> dict[str, Any]:
        """All that decides the rows, as plain values; equal contents give equal datasets.

        How many further rounds there are follows from the rows.
        """
        scenarios = {cell.scenario: None for cell in self.cells}
        return {
            "format": FORMAT,
            "scenarios": [_plain(one) for one in scenarios],
            "institutions": [
                {
                    "as": cell.name,
                    "scenario": cell.scenario.name,
                    "arm": cell.arm,
                    **_plain(cell.institution),
                }
                for cell in self.cells
            ],
            "design": self.design.contents,
            "replications": self.replications,
            "seed": self.seed,
            "outcomes": list(self.outcomes),
            "chunk": {"runs": self.cut.size, "least": self.cut.least},
            "precision": self.precision,
        }


def digest(contents: Any) -> str:
    """Hash of plain values, 32 hex digits."""
    text = json.dumps(contents, sort_keys=True, allow_nan=False)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _plain(record: Scenario | Institution) -> dict[str, Any]:
    """Contents of a scenario or an institution, without what no run reads.

    That is the map, and which institution a scenario usually has: each cell says its own.
    """
    return record.model_dump(mode="json", exclude={"region": {"geometry"}, "institution": True})
