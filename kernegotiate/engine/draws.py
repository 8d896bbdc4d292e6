"""Addressed draws: every random number is a pure function of what it is about.

An address is (seed, run) as the key, and (purpose and serial, government, government, year) as the
counter. Nothing depends on the order of calls or on a place in a list, so a lever, a metric or one
more government moves no other draw, and two institutions meet the same leaders and projects.
"""

import hashlib
import math

import numpy as np
from numba import njit

from kernegotiate.engine.elementary import log
from kernegotiate.engine.philox import block

# Purposes: the first word of an address. Never renumber them: that would change every result.
CALENDAR = 1  # (government): where in its term the first leader stands
LEADER = 2  # (government, year): renewal; character of a newcomer
ARRIVAL = 3  # (host, year): does a project come; its parties, build time, kind
PROJECT = 4  # (host, year): cost, benefit-cost ratio, duplicable, jurisdiction
PARTY = 5  # (host, party, year): benefit share, misfit, reading error, plan conformity
ESTIMATE = 6  # (host, year): the coordinator's error
DETECTION = 7  # (host, party, year): is a broken promise noticed and fined
CONDUCT = 8  # (government, year): does a newcomer foresee its own conduct
TEXT = 9  # (host, year of the talks, year): do they end with a text that binds
BAD_YEAR = 10  # (government or nobody, year): does it have a bad year
OVERRUN = 11  # (host, year): by how much its cost grows, and when
SQUEEZE = 12  # (host, party, year): does it threaten, and when; are terms reopened for it
APPROVAL = 13  # (host, year of the signature and approval, year): is the work sent back

Z_LIMIT = 8.21  # beyond |z| of the extreme uniforms; quantile tables span [-Z_LIMIT, Z_LIMIT]
Z_STEPS = 1642
SERIAL_SHIFT = np.uint64(16)


def address(code: str) -> int:
    """The stable 64-bit address of a government, from its code alone."""
    return int.from_bytes(hashlib.blake2b(code.encode(), digest_size=8).digest(), "big")


@njit(forceinline=True)
def words(seed, run, purpose, serial, one, other, year):
    """Four words at an address; `one` and `other` are government addresses (0 for nobody)."""
    head = np.uint64(purpose) | (np.uint64(serial) << SERIAL_SHIFT)
    return block(np.uint64(seed), np.uint64(run), head, one, other, np.uint64(year))


@njit(forceinline=True)
def uniform(word):
    """A word as a number strictly between 0 and 1 (52 bits, centred)."""
    return (np.float64(word >> np.uint64(12)) + 0.5) * 2.220446049250313e-16


@njit(forceinline=True)
def _ratio(x, n0, n1, n2, n3, n4, n5, n6, n7, d1, d2, d3, d4, d5, d6, d7):
    top = ((((((n7 * x + n6) * x + n5) * x + n4) * x + n3) * x + n2) * x + n1) * x + n0
    low = ((((((d7 * x + d6) * x + d5) * x + d4) * x + d3) * x + d2) * x + d1) * x + 1.0
    return top / low


@njit
def normal(u):
    """Standard normal quantile of u in (0, 1), to about 1e-15.

    Wichura (1988), algorithm AS 241 (PPND16), Applied Statistics 37(3), 477-484.
    """
    q = u - 0.5
    if abs(q) <= 0.425:
        return q * _ratio(
            0.180625 - q * q,
            3.3871328727963666080, 133.14166789178437745, 1971.5909503065514427,
            13731.693765509461125, 45921.953931549871457, 67265.770927008700853,
            33430.575583588128105, 2509.0809287301226727,
            42.313330701600911252, 687.18700749205790830, 5394.1960214247511077,
            21213.794301586595867, 39307.895800092710610, 28729.085735721942674,
            5226.4952788528545610,
        )  # fmt: skip
    r = math.sqrt(-log(u if q < 0.0 else 1.0 - u))
    if r <= 5.0:
        z = _ratio(
            r - 1.6,
            1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550,
            3.64784832476320460504, 1.27045825245236838258, 0.241780725177450611770,
            0.0227238449892691845833, 7.74545014278341407640e-4,
            2.05319162663775882187, 1.67638483018380384940, 0.689767334985100004550,
            0.148103976427480074590, 0.0151986665636164571966, 5.47593808499534494600e-4,
            1.05075007164441684324e-9,
        )  # fmt: skip
    else:
        z = _ratio(
            r - 5.0,
            6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580,
            0.296560571828504891230, 0.0265321895265761230930, 0.00124266094738807843860,
            2.71155556874348757815e-5, 2.01033439929228813265e-7,
            0.599832206555887937690, 0.136929880922735805310, 0.0148753612908506148525,
            7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
            2.04426310338993978564e-15,
        )  # fmt: skip
    return -z if q < 0.0 else z


@njit
def from_table(table, row, u):
    """Quantile of u from `table[row]`, knots equally spaced in the normal quantile of u.

    Equal steps in z resolve both tails; between knots the quantile is linear in z.
    """
    place = (normal(u) + Z_LIMIT) * (Z_STEPS / (2.0 * Z_LIMIT))
    knot = min(max(int(place), 0), Z_STEPS - 1)
    part = place - knot
    return table[row, knot] + part * (table[row, knot + 1] - table[row, knot])
