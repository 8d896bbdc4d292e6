"""Substitutes that parties build alone (the redundant-infrastructure race: E02, E06, E156).

With n copies of a project standing, each yields `copy_yield / (1 + crowding (n - 1))` a year to the
government that built it. They stand until the joint work opens, at latest `life` years after the
first of them opened. A copy opens in the year after it was paid.
"""

from kernegotiate.engine.jit import rule
from kernegotiate.engine.layout import SIGNED


@rule
def yield_of_each(copy_yield, crowding, n):
    """Benefit a year of each of n copies."""
    return copy_yield / (1.0 + crowding * (n - 1)) if n > 0 else 0.0


@rule
def copies_end(project, p):
    """The first year without yields of p's copies, unless the joint work opens before."""
    return project[p].copy_open + project[p].life


@rule
def opening_year(project, p):
    """The first year of benefits of a signed work, 0 while nothing is signed."""
    return project[p].starts + project[p].build + 1 if project[p].signed > 0 else 0


@rule
def window(project, p, year):
    """Years for which one more copy, built in `year`, would yield."""
    first = project[p].copy_open if project[p].copies > 0 else year + 1
    end = first + project[p].life
    if project[p].status == SIGNED:
        end = min(end, opening_year(project, p))
    return max(end - (year + 1), 0)


@rule
def book(project, tally, society, crowding, p, year):
    """Book what the copies of p yield from the last booking up to (not with) `year`."""
    n = project[p].copies
    since = project[p].copy_since
    if n > 0 and year > since:
        each = yield_of_each(project[p].copy_yield, crowding, n)
        tally[0].welfare += n * each * (society[0, year - 1] - society[0, since - 1])
        project[p].copy_since = year
