"""How functions are compiled: one decorator for pieces of the year, one for rules.

`error_model="numpy"` spares the check for division by zero in the loop; every division is guarded
where its divisor can be zero. No fast-math: the compiled and the plain year must agree to the bit.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from llvmlite import binding
from numba import njit
from numba.core.compiler import Compiler

from kernegotiate.engine.kept import kept


class _Rolled(Compiler):
    """Numba's compiler, told not to unroll loops of unknown length.

    Nearly all loops run over the two to six parties of a project. Unrolled by four, as LLVM does,
    they are larger and a tenth slower.
    """

    def compile_extra(self, func: Any) -> Any:
        """Compile a function, and within it those that it calls."""
        with _rolled():
            return super().compile_extra(func)


_depth = 0  # of functions that are compiled for others


@contextmanager
def _rolled() -> Iterator[None]:
    """Keep LLVM from unrolling.

    Its options are those of the process, so this one is set only while functions of the engine are
    compiled; Numba's lock keeps all other compiling out.
    """
    global _depth  # noqa: PLW0603
    if _depth == 0:
        binding.set_option("kernegotiate", "-unroll-runtime=false")
    _depth += 1
    try:
        yield
    finally:
        _depth -= 1
        if _depth == 0:
            binding.set_option("kernegotiate", "-unroll-runtime=true")


# A piece of the year, inlined into whatever calls it.
inlined = njit(forceinline=True, error_model="numpy", pipeline_class=_Rolled)


def rule(function):
    """A rule that the plain year (and so an agent in Mesa) also calls on its own, hence kept."""
    return kept(inlined(function))


def loop(function):
    """A loop over many runs, kept, which holds no lock of the interpreter."""
    return kept(njit(nogil=True, error_model="numpy", pipeline_class=_Rolled)(function))
