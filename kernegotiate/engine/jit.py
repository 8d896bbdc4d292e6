"""How functions are compiled: one decorator for pieces of the year, one for rules.

`error_model="numpy"` spares the check for division by zero in the loop; every division is guarded
where its divisor can be zero. No fast-math: the compiled and the plain year must agree to the bit.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from llvmlite import binding
from numba import njit, types
from numba.core import config
from numba.core.compiler import Compiler

from kernegotiate.engine.kept import kept

LITTLE = 1  # of LLVM's levels from 0 to 3


class _Rolled(Compiler):
    """Numba's compiler, told not to unroll loops of unknown length.

    Nearly all loops run over the two to six parties of a project. Unrolled by four, as LLVM does,
    they are larger and a tenth slower. What is compiled for a caller is optimised with the caller,
    into which it is inlined, and so only a little before.
    """

    def compile_extra(self, func: Any) -> Any:
        """Compile a function, and within it those that it calls."""
        with _rolled():
            return super().compile_extra(func)


_depth = 0  # of functions that are compiled for others


@contextmanager
def _rolled() -> Iterator[None]:
    """Keep LLVM from unrolling, and from optimising again and again what is inlined.

    Its options are those of the process, so they are set only while functions of the engine are
    compiled; Numba's lock keeps all other compiling out.
    """
    global _depth  # noqa: PLW0603
    usual = config.OPT
    if _depth == 0:
        binding.set_option("kernegotiate", "-unroll-runtime=false")
    else:
        config.OPT = LITTLE
    _depth += 1
    try:
        yield
    finally:
        _depth -= 1
        config.OPT = usual
        if _depth == 0:
            binding.set_option("kernegotiate", "-unroll-runtime=true")


# Nobody calls a function of the engine by a pointer from C, so none is made.
_compiled = partial(njit, error_model="numpy", pipeline_class=_Rolled, no_cfunc_wrapper=True)


def _by_type(dispatcher: Any) -> Any:
    """Let callers' code compile a function for the types of its arguments alone; returns it.

    Numba would compile it anew for each number that stands in a call, which inlining makes
    needless.
    """
    if not hasattr(dispatcher, "py_func"):  # the compiler is off, as for mutants
        return dispatcher
    usual = dispatcher.get_call_template

    def of_types(args: Any, kws: Any) -> Any:
        return usual(
            tuple(map(types.unliteral, args)),
            {name: types.unliteral(one) for name, one in kws.items()},
        )

    dispatcher.get_call_template = of_types
    return dispatcher


def inlined(function):
    """A piece of the year, inlined into whatever calls it; the interpreter cannot call it."""
    return _by_type(_compiled(forceinline=True, no_cpython_wrapper=True)(function))


def rule(function):
    """A rule that the plain year (and so an agent in Mesa) also calls on its own, hence kept."""
    return kept(_by_type(_compiled(forceinline=True)(function)))


def seldom(function):
    """A rule that is seldom asked: compiled apart, so that its callers stay small."""
    return kept(_by_type(_compiled()(function)))


def apart(jit):
    """As `jit`, a decorator of pieces of the year, for one that is called seldom."""
    if jit is not inlined:
        return jit
    return lambda function: _by_type(_compiled(no_cpython_wrapper=True)(function))


def loop(function):
    """A loop over many runs, kept, which holds no lock of the interpreter."""
    return kept(_compiled(nogil=True)(function))
