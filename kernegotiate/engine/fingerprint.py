"""What this machine makes of the engine's own functions, in sixteen digits.

The engine is additions, multiplications, divisions and square roots of doubles in a fixed order, so
any machine that rounds as IEEE 754 says gives the same. One that does not is found here before its
numbers are mixed with others': one that flushes subnormal numbers to zero (a library built with
-ffast-math can switch that on for a whole process), or a compiler that fuses or reorders.
"""

import hashlib

import numpy as np

from kernegotiate.engine.draws import normal
from kernegotiate.engine.elementary import exp, log
from kernegotiate.engine.jit import rule
from kernegotiate.engine.quantiles import beta_quantiles, gamma_quantiles, normal_tails
from kernegotiate.engine.sphere import great_circles

POINTS = 400


@rule
def try_all(out, tails, table, kilometres):
    """Write what the engine's functions give at points over their whole range.

    Args:
        out: (N, 3) exp, log and the normal quantile, written.
        tails: (K,) written.
        table: (2, 2 K - 1) written.
        kilometres: (M, M) written.
    """
    n = out.shape[0]
    for i in range(n):
        part = (i + 0.5) / n
        out[i, 0] = exp(1500.0 * part - 750.0)
        out[i, 1] = log(exp(1450.0 * part - 744.0))
        out[i, 2] = normal(part * part * part)
    normal_tails(8.21 / (tails.shape[0] - 1), tails)
    beta_quantiles(4.8, 3.2, tails, table[0])
    gamma_quantiles(0.7, tails, table[1])
    m = kilometres.shape[0]
    lon, lat = np.empty(m), np.empty(m)
    for i in range(m):
        lon[i], lat[i] = 360.0 * i / m - 180.0, 180.0 * i / m - 90.0
    great_circles(lon, lat, kilometres)


def fingerprint() -> str:
    """Hash of what `try_all` writes, sixteen hex digits. Takes about a millisecond."""
    written = np.zeros((POINTS, 3)), np.zeros(51), np.zeros((2, 101)), np.zeros((9, 9))
    try_all(*written)
    digest = hashlib.blake2b(digest_size=8)
    for array in written:
        digest.update(array.astype("<f8").tobytes())
    return digest.hexdigest()
