"""How a batch is cut into chunks; depends on numbers alone, so everybody cuts it alike.

A round gives every point the same number of further runs. It takes the points in blocks, as large
as a chunk allows for so many runs; a block of a single point may be cut again, by runs. So chunks
are about equally large in each round, however few runs the first one had.

Where a round is cut into many small chunks, consecutive ones are groups: what comes of a group is
kept in one file in the end, since small files cost several times the room and the time to read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

ROWS = 16_384  # of a group at most: more would save little, and a reader holds a group in memory
MANY = 32  # chunks, of a round and of a full group, at least: fewer files do no harm


@dataclass(frozen=True)
class Round:
    """The chunks of a round, block by block, in each by runs.

    Attributes:
        points: In all.
        first_chunk: Number of its first chunk.
        first_run: Number of its first run.
        runs: Of each point.
        size: Most runs in a chunk, of all its points together.
    """

    points: int
    first_chunk: int
    first_run: int
    runs: int
    size: int

    @property
    def block(self) -> int:
        """Points in a block."""
        return max(1, self.size // self.runs)

    @property
    def part(self) -> int:
        """Runs of each point in a chunk."""
        return min(self.runs, self.size)

    @property
    def parts(self) -> int:
        """Chunks of a block."""
        return -(-self.runs // self.part)

    @property
    def chunks(self) -> int:
        """Number of chunks."""
        return -(-self.points // self.block) * self.parts

    def group(self, chunk: int) -> range:
        """Chunks that are kept in one file with this one in the end; often it alone."""
        each = ROWS // (min(self.block, self.points) * self.part)
        if min(each, self.chunks) < MANY:
            return range(chunk, chunk + 1)
        first = chunk - (chunk - self.first_chunk) % each
        return range(first, min(first + each, self.first_chunk + self.chunks))

    def where(self, chunk: int) -> tuple[range, range]:
        """Points of a chunk and its runs by their numbers."""
        block, part = divmod(chunk - self.first_chunk, self.parts)
        points, runs = block * self.block, part * self.part
        return (
            range(points, min(points + self.block, self.points)),
            range(self.first_run + runs, self.first_run + min(runs + self.part, self.runs)),
        )

    def holding(self, point: int) -> range:
        """Chunks that hold runs of a point."""
        first = self.first_chunk + point // self.block * self.parts
        return range(first, first + self.parts)


@dataclass(frozen=True)
class Cut:
    """Chunks of a batch, numbered round by round.

    Attributes:
        points: In all.
        runs: Of each point in each round; more rounds change no chunk of the earlier ones.
        size: Most runs in a chunk.
        least: Chunks of a round where that makes them smaller than `size`.
    """

    points: int
    runs: tuple[int, ...]
    size: int
    least: int = 1

    @property
    def replications(self) -> int:
        """Runs of each point, all rounds together."""
        return sum(self.runs)

    @property
    def chunks(self) -> int:
        """Number of chunks."""
        last = self.rounds[-1]
        return last.first_chunk + last.chunks

    @cached_property
    def rounds(self) -> tuple[Round, ...]:
        """Each round by itself."""
        made: list[Round] = []
        chunk = run = 0
        for runs in self.runs:
            size = max(1, min(self.size, -(-self.points * runs // self.least)))
            made.append(Round(self.points, chunk, run, runs, size))
            chunk, run = chunk + made[-1].chunks, run + runs
        return tuple(made)

    def where(self, chunk: int) -> tuple[range, range]:
        """Points of a chunk and its runs by their numbers.

        Raises:
            IndexError: There is no such chunk.
        """
        return self.round_of(chunk).where(chunk)

    def group(self, chunk: int) -> range:
        """Chunks that are kept in one file with this one in the end; see `Round.group`.

        Raises:
            IndexError: There is no such chunk.
        """
        return self.round_of(chunk).group(chunk)

    def round_of(self, chunk: int) -> Round:
        """The round of a chunk.

        Raises:
            IndexError: There is no such chunk.
        """
        if not 0 <= chunk < self.chunks:
            raise IndexError("no such chunk")
        return next(one for one in reversed(self.rounds) if one.first_chunk <= chunk)

    def groups(self) -> Iterator[range]:
        """All groups of several chunks, in order."""
        chunk = 0
        while chunk < self.chunks:
            group = self.group(chunk)
            if len(group) > 1:
                yield group
            chunk = group.stop

    def rows(self, chunks: range) -> int:
        """Number of rows in these chunks."""
        return sum(len(points) * len(runs) for points, runs in map(self.where, chunks))

    def blocks(self) -> Iterator[range]:
        """Points in order, as many at once as lie in a single block of every round."""
        edges = {edge for one in self.rounds for edge in range(0, self.points, one.block)}
        for first, last in pairwise(sorted(edges | {self.points})):
            yield range(first, last)
