"""Runs of a batch on disk, some points at a time, so that memory stays flat."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kernegotiate.analysis.estimators import columns_of, parts_of, ratios
from kernegotiate.batch.chunks import Round
from kernegotiate.batch.store import Store

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Block:
    """Some points with equally many runs.

    Attributes:
        place: Where they are, one row a point: `point`, `scenario`, `institution`, the factors.
        columns: Columns of runs by name, shape (points, runs).
        failed: Runs that failed, shape (points,).
    """

    place: pd.DataFrame
    columns: dict[str, Floats]
    failed: Whole

    def estimates(self, outcome: str) -> tuple[Floats, Floats, Whole]:
        """Values, influences and runs that carry weight; see `estimators.ratios`."""
        return ratios(*parts_of(outcome, self.columns))


def blocks(
    store: Store, outcomes: Sequence[str], points: Collection[int] | None = None
) -> Iterator[Block]:
    """Read a dataset some points at a time, in their order.

    Each chunk is read once, and at most one of each round is remembered.

    Args:
        store: Of what is there; a point without a chunk is left out.
        outcomes: What will be estimated.
        points: Leave out blocks in which none of these is; all by default.
    """
    factors = store.manifest["design"].get("factors", ())
    keys = ["point", "scenario", "institution", *factors]
    needed = list(dict.fromkeys(name for outcome in outcomes for name in columns_of(outcome)))
    cut, done = store.cut, store.readable()
    last: dict[Round, tuple[int, Block]] = {}

    def part(one: Round, chunk: int) -> Block:
        if one.parts > 1:  # all of a single point, which comes once
            return _block(store, chunk, keys, needed)
        if last.get(one, (-1,))[0] != chunk:
            last[one] = chunk, _block(store, chunk, keys, needed)
        return last[one][1]

    for here in cut.blocks():
        if points is not None and not any(number in points for number in here):
            continue
        parts = [
            _some(part(one, chunk), here, one.where(chunk)[0].start)
            for one in cut.rounds
            for chunk in one.holding(here.start)
            if chunk in done
        ]
        if parts:
            yield _joined(parts)


def _block(store: Store, chunk: int, keys: list[str], needed: list[str]) -> Block:
    """A single chunk."""
    frame = store.table(chunk, [*keys, *needed, "error"]).to_pandas()
    shape = len(store.cut.where(chunk)[0]), -1
    failed = frame["error"].notna().to_numpy().reshape(shape)
    return Block(
        frame[keys].iloc[:: failed.shape[1]].reset_index(drop=True),
        {name: frame[name].to_numpy(np.float64).reshape(shape) for name in needed},
        failed.sum(axis=1),
    )


def _some(block: Block, points: range, first: int) -> Block:
    """Some points of a block whose first point is `first`."""
    rows = slice(points.start - first, points.stop - first)
    return Block(
        block.place.iloc[rows].reset_index(drop=True),
        {name: column[rows] for name, column in block.columns.items()},
        block.failed[rows],
    )


def _joined(parts: list[Block]) -> Block:
    """The same points with all their runs."""
    return Block(
        parts[0].place,
        {name: np.hstack([part.columns[name] for part in parts]) for name in parts[0].columns},
        np.sum([part.failed for part in parts], axis=0),
    )
