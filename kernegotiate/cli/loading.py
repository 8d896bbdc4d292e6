"""Loading libraries for a command of which they take most of the time."""

import gc
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

LINEAR = "scipy.linalg"


@contextmanager
def nothing_collected() -> Iterator[None]:
    """Load libraries without looking for garbage, nor ever looking through what they made.

    They make over a hundred thousand objects that live to the end. Python would go through them
    again and again, for a fifth of the time of a short command.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        if was_on:
            gc.enable()


def load_compiler() -> None:
    """Load what Numba needs before its first function, without SciPy's linear algebra.

    Numba loads that, a tenth of a short command, to see whether it is there, and if so
    compiles covariances and the like with it; the engine has none. Left alone where another thread
    could want it at this moment.
    """
    from numba.core.registry import cpu_target

    with nothing_collected():
        if LINEAR in sys.modules or threading.active_count() > 1:
            return
        with _hidden(LINEAR):
            cpu_target.target_context.refresh()


@contextmanager
def _hidden(module: str) -> Iterator[None]:
    """Let a module that is not loaded seem absent."""
    sys.modules[module] = None  # type: ignore[assignment]  # so Python marks what is absent
    try:
        yield
    finally:
        del sys.modules[module]
