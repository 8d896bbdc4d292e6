"""What a second thread can give on this machine: the engine's draws alone, on one and on two.

They share no memory that is written and hold no lock, so that they gain what the machine has left.
Measured in turn with the ensemble, this tells a busy or shared processor from a fault of ours.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numba import njit

from benchmarks.measuring import Work
from kernegotiate.engine.draws import normal, uniform, words

ONE, TWO = "draws alone, 1 thread", "draws alone, 2 threads"


@njit(cache=True, nogil=True)
def spin(draws: int, thread: int) -> float:
    """The sum of so many normal draws."""
    total, none = 0.0, np.uint64(0)
    for i in range(draws):
        word, _, _, _ = words(thread, i, 0, 0, none, none, 0)
        total += normal(uniform(word))
    return total


def ways(draws: int) -> dict[str, Work]:
    """So many draws on each of one and of two threads."""
    spin(1, 0)  # compiles

    def on(threads: Sequence[int]) -> None:
        with ThreadPoolExecutor(len(threads)) as pool:
            list(pool.map(lambda thread: spin(draws, thread), threads))

    return {ONE: lambda: on((0,)), TWO: lambda: on((0, 1))}
