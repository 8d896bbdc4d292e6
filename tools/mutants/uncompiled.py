"""The engine without its compiler: the same rules as plain Python, for worlds of a few governments.

A mutated engine would have to be compiled anew, for the better part of a minute. Uncompiled it
starts at once and gives the same numbers (a test holds them against each other), at a thousandth of
the speed. Four things exist in compiled code only and are put in its place here: the upper word of
a product, the bits of a double, borrowed arrays, and fields of records by name (`project[p].cost`).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import numpy as np
from numba.core import config


def switch_off_compiler() -> None:
    """Make all that is imported of the engine from now on plain Python.

    Must run before any module of the engine is imported, in a process that serves nothing else.
    """
    import kernegotiate.engine  # noqa: F401 (which refuses to be imported with the compiler off)

    os.environ["NUMBA_DISABLE_JIT"] = "1"
    config.DISABLE_JIT = 1
    from kernegotiate.engine import elementary, layout, philox

    elementary.bits_of = _bits_of
    elementary.double_of = _double_of
    for name in (
        "GOVERNMENT",
        "PROJECT",
        "PARTY",
        "COORDINATOR",
        "TALLY",
        "KIND",
        "PLACE",
        "MERGER",
    ):
        _name_fields(layout, name)
    philox.__dict__["_high_word"] = _high_word
    philox.block = _wrapping_around(philox.block)

    from kernegotiate.engine import borrow, diagnosis, losses, outcomes

    borrow.__dict__["borrowed"] = _itself
    _name_fields(outcomes, "OUTCOME")
    _name_fields(outcomes, "TRAJECTORY")
    _name_fields(losses, "LOSS")
    _name_fields(diagnosis, "VALUES")


def _name_fields(module: Any, name: str) -> None:
    """Let the fields of a module's record type be read by name, as compiled code does."""
    setattr(module, name, np.dtype((np.record, getattr(module, name))))


def _high_word(a: Any, b: Any) -> np.uint64:
    """The upper 64 bits of the 128-bit product of two words."""
    return np.uint64((int(a) * int(b)) >> 64)


def _bits_of(number: Any) -> np.int64:
    """The 64 bits of a double, as an integer."""
    return np.float64(number).view(np.int64)


def _double_of(bits: Any) -> np.float64:
    """The double that has these 64 bits."""
    return np.int64(bits).view(np.float64)


def _wrapping_around(block: Callable[..., Any]) -> Callable[..., Any]:
    """Words of 64 bits wrap around without a warning, as they do in compiled code."""

    def quiet(*words: Any) -> Any:
        with np.errstate(over="ignore"):
            return block(*words)

    return quiet


def _itself(array: Any) -> Any:
    return array
