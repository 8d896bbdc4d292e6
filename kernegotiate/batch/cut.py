"""How a batch is cut into chunks; depends on numbers alone, so everybody cuts it alike.

Points are taken in blocks. A round gives every point the same number of further runs, and does so
block by block; a block of a single point may be cut again, by runs.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate


@dataclass(frozen=True)
class Cut:
    """Chunks of a batch, numbered round by round, in each block by block, in each by runs.

    Attributes:
        points: In all.
        rounds: Runs of each point in each round; more rounds change no chunk of the earlier ones.
        block: Points in a block.
        runs: Most runs of a point in a chunk, for blocks of one point; others are not cut by runs.
    """

    points: int
    rounds: tuple[int, ...]
    block: int
    runs: int

    @property
    def blocks(self) -> int:
        """Number of blocks."""
        return -(-self.points // self.block)

    @property
    def replications(self) -> int:
        """Runs of each point, all rounds together."""
        return sum(self.rounds)

    @property
    def chunks(self) -> int:
        """Number of chunks."""
        return sum(self.blocks * self._parts(runs) for runs in self.rounds)

    def where(self, chunk: int) -> tuple[int, range, range]:
        """Block of a chunk, its points and its runs by their numbers.

        Raises:
            IndexError: There is no such chunk.
        """
        starts = accumulate(self.rounds, initial=0)
        for start, runs in zip(starts, self.rounds, strict=False):
            parts = self._parts(runs)
            if chunk < self.blocks * parts:
                block, part = divmod(chunk, parts)
                first, size = block * self.block, self._size(runs)
                return (
                    block,
                    range(first, min(first + self.block, self.points)),
                    range(start + part * size, start + min((part + 1) * size, runs)),
                )
            chunk -= self.blocks * parts
        raise IndexError("no such chunk")

    def _size(self, runs: int) -> int:
        """Runs of each point in a chunk of a round."""
        return runs if self.block > 1 else min(runs, self.runs)

    def _parts(self, runs: int) -> int:
        """Chunks of a block in a round."""
        return -(-runs // self._size(runs))
