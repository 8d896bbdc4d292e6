"""Runs of a batch on disk, some points at a time, so that memory stays flat."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kernegotiate.analysis.estimators import columns_of, parts_of, ratios
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
    """Read a dataset block by block, in the order of points.

    Args:
        store: Of what is there; a block without a chunk is left out.
        outcomes: What will be estimated.
        points: Leave out blocks in which none of these is; all by default.
    """
    factors = store.manifest["design"].get("factors", ())
    keys = ["point", "scenario", "institution", *factors]
    needed = list(dict.fromkeys(name for outcome in outcomes for name in columns_of(outcome)))
    chunks: dict[int, list[int]] = {}
    for chunk in sorted(store.done()):
        block, numbers, _ = store.cut.where(chunk)
        if points is None or any(number in points for number in numbers):
            chunks.setdefault(block, []).append(chunk)
    for _, here in sorted(chunks.items()):
        yield _joined([_block(store, chunk, keys, needed) for chunk in here])


def _block(store: Store, chunk: int, keys: list[str], needed: list[str]) -> Block:
    """A single chunk."""
    frame = store.table(chunk, [*keys, *needed, "error"]).to_pandas()
    shape = len(store.cut.where(chunk)[1]), -1
    failed = frame["error"].notna().to_numpy().reshape(shape)
    return Block(
        frame[keys].iloc[:: failed.shape[1]].reset_index(drop=True),
        {name: frame[name].to_numpy(np.float64).reshape(shape) for name in needed},
        failed.sum(axis=1),
    )


def _joined(parts: list[Block]) -> Block:
    """The same points with all their runs."""
    return Block(
        parts[0].place,
        {name: np.hstack([part.columns[name] for part in parts]) for name in parts[0].columns},
        np.sum([part.failed for part in parts], axis=0),
    )
