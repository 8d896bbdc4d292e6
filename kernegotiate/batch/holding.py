"""Rows of a group of chunks that were read, held since its chunks are asked for one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path

import pyarrow as pa

from kernegotiate.batch.chunks import Cut
from kernegotiate.batch.listing import Part

State = tuple[int, ...]
"""What changes when a file does; nothing if there is none."""
Key = tuple[Part, State, tuple[str, ...] | None]


@dataclass(frozen=True)
class Held:
    """The last group of each round: estimates go through all rounds side by side."""

    _tables: dict[int, tuple[Key, pa.Table, list[int]]] = field(default_factory=dict)

    def rows(
        self,
        cut: Cut,
        chunk: int,
        key: tuple[Part, State, Sequence[str] | None],
        read: Callable[[], pa.Table],
    ) -> pa.Table:
        """Rows of a chunk.

        Args:
            cut: How the dataset is cut.
            chunk: One that lies in a group.
            key: Its part, the state of the file, and which columns are wanted.
            read: Reads these columns of the part.
        """
        part, of_file, columns = key
        wanted: Key = part, of_file, None if columns is None else tuple(columns)
        which = cut.round_of(chunk).first_chunk
        held = self._tables.get(which)
        if held is None or held[0] != wanted or not of_file:
            sizes = [cut.rows(range(one, one + 1)) for one in part.chunks]
            held = self._tables[which] = wanted, read(), list(accumulate(sizes, initial=0))
        _, table, firsts = held
        first, stop = firsts[chunk - part.chunks.start :][:2]
        return table.slice(first, stop - first)


def state(path: Path) -> State:
    """What a file is like now, without reading it."""
    try:
        found = path.lstat()
    except OSError:
        return ()
    return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns
