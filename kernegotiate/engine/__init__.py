"""The compiled world: addressed draws, state, the rules of a year, and their bookkeeping.

Start reading at `year.py`; what a government decides is in `decisions/`. Nothing here knows files,
Mesa or pandas: scenarios come in as validated values, results leave as arrays.
"""

from kernegotiate.engine.cache import point_numba_here

point_numba_here()
