"""The compiled world: addressed draws, state, the rules of a year, and their bookkeeping.

Start reading at `year.py`; what a government decides is in `decisions/`. Nothing here knows files,
Mesa or pandas: scenarios come in as validated values, results leave as arrays.
"""

from numba.core import config

from kernegotiate.scenario import KernegotiateError

if config.DISABLE_JIT:
    raise KernegotiateError(
        "NUMBA_DISABLE_JIT is set, but the engine runs only when it is compiled; unset it."
    )
