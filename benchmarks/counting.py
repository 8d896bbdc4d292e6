"""What a run draws, counted in the engine itself, which runs uncompiled for that.

    python -m benchmarks.counting advisory_council --runs 2

A process of its own, since it must take the compiler away before the engine is loaded. Every call
of `philox.block` is counted by the purpose in its address. Each of the four words of a block knows
how it was used: not at all, as a plain uniform number, through the normal quantile, or through a
quantile table (the Beta and Gamma characters of leaders). A word counts once, however often it is
looked at. What a rule then makes of a number (an exponential, a comparison) is not part of a draw.

Prints JSON: counts and outcomes of each run. Outcomes are there to be held against the compiled
engine's, so that a count can never be that of another run.
"""

import argparse
import json
import os
import warnings
from typing import Any

import numpy as np

UNREAD, PLAIN, NORMAL, TABLE = range(4)
PURPOSES = 12  # more than there are; row 0 stays empty
COUNTED = ("blocks", "tables", "normals", "plain")


class Word(np.uint64):
    """A word of a block that knows what it is for and how it was used."""

    purpose = 0
    use = UNREAD


class Tally:
    """All words of the run at hand."""

    def __init__(self) -> None:
        self.blocks = [0] * PURPOSES
        self.words: list[Word] = []
        self.numbers: dict[float, Word] = {}  # memory keeps a number and forgets its word

    def block(self, block: Any) -> Any:
        """`philox.block`, counted."""

        def counted(k0: Any, k1: Any, c0: Any, c1: Any, c2: Any, c3: Any) -> tuple[Word, ...]:
            purpose = int(c0) & 0xFFFF
            self.blocks[purpose] += 1
            four = tuple(Word(int(word)) for word in block(k0, k1, c0, c1, c2, c3))
            for word in four:
                word.purpose = purpose
            self.words += four
            return four

        return counted

    def used(self, quantile: Any, use: int) -> Any:
        """A transformation whose last argument is a uniform number, counted."""

        def counted(*arguments: Any) -> Any:
            word = self.numbers.get(float(arguments[-1]))
            if word is not None:
                word.use = max(word.use, use)
            return quantile(*arguments)

        return counted

    def uniform(self, uniform: Any) -> Any:
        """`draws.uniform`, counted."""

        def counted(word: Word) -> float:
            word.use = max(word.use, PLAIN)
            number = float(uniform(np.uint64(int(word))))
            self.numbers[number] = word
            return number

        return counted

    def taken(self) -> list[list[int]]:
        """Counts by purpose as in `COUNTED`, and a fresh start."""
        counts = [[blocks, 0, 0, 0] for blocks in self.blocks]
        for word in self.words:
            if word.use != UNREAD:
                counts[word.purpose][TABLE + 1 - word.use] += 1
        self.blocks, self.words, self.numbers = [0] * PURPOSES, [], {}
        return counts


def count(coordinator: str, runs: int, seed: int, years: int) -> dict[str, Any]:
    """Counts and outcomes of runs 0, 1, ... in this process, which must not have loaded Numba."""
    from numba.core import config

    import kernegotiate.engine  # noqa: F401 (which refuses to be imported with the compiler off)

    os.environ["NUMBA_DISABLE_JIT"] = "1"
    config.DISABLE_JIT = 1
    # Words wrap around, and rates of nothing are NaN, in compiled code without a word.
    warnings.simplefilter("ignore", RuntimeWarning)
    tally = Tally()

    from kernegotiate.engine import elementary, philox

    elementary.bits_of = lambda number: np.float64(number).view(np.int64)
    elementary.double_of = lambda bits: np.int64(bits).view(np.float64)
    philox._high_word = lambda a, b: np.uint64((int(a) * int(b)) >> 64)  # noqa: SLF001
    philox.block = tally.block(philox.block)

    from kernegotiate.engine import draws

    draws.uniform = tally.uniform(draws.uniform)
    draws.normal = tally.used(draws.normal, NORMAL)
    draws.from_table = tally.used(draws.from_table, TABLE)

    from kernegotiate.engine import borrow

    borrow.borrowed = lambda array: array

    from benchmarks.loop import Loop
    from kernegotiate.engine.layout import World
    from kernegotiate.engine.outcomes import OUTCOME

    loop = Loop("mekong_delta", coordinator, seed, years=years)
    loop.world = World(*(_records(array) for array in loop.world))
    found: dict[str, Any] = {"counts": [], "outcomes": []}
    for run in range(runs):
        outcome = np.empty(1, OUTCOME)
        loop.run(_records(outcome), run)
        found["counts"].append(tally.taken())
        found["outcomes"].append([float(value).hex() for value in outcome[0].tolist()])
    return found


def _records(array: np.ndarray) -> np.ndarray:
    """The same memory, with fields by name in plain Python too."""
    return array.view(np.recarray) if array.dtype.names else array


def main() -> None:
    """Count and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("coordinator")
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--years", type=int, default=40)
    options = parser.parse_args()
    print(json.dumps(count(options.coordinator, options.runs, options.seed, options.years)))


if __name__ == "__main__":
    main()
