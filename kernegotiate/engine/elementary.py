"""Exponential and logarithm as fixed sequences of IEEE operations: the same bits on any machine.

A C library's `exp` and `log` differ in the last place with its version and with the processor it
finds (one with fused multiply-add takes another path), and so would whole runs. Here is nothing
but additions, multiplications and divisions of doubles, each rounded as IEEE 754 says, in one
order. LLVM may neither reorder them nor fuse a multiplication with an addition: that needs flags
on the operations (`reassoc`, `contract`) which Numba sets with fast-math only. It holds on ARM and
POWER too: there C compilers fuse by default, but it is they that set the flag.

Coefficients are exact Taylor rationals, rounded once; the series are cut where the rest is below
2^-57 of the result. Largest errors found against 40 digits, in units in the last place (0.5 would
be correct rounding): exp 0.75, log 0.80. A test looks at some thousand points.
"""

import math

import numpy as np
from numba import types
from numba.extending import intrinsic

from kernegotiate.engine.jit import rule

LOG2_E = 1.4426950408889634
# ln 2 in two parts; the first has 33 bits, so that its product with an exponent is exact.
LN2_HIGH = float.fromhex("0x1.62e42fee00000p-1")
LN2_LOW = float.fromhex("0x1.a39ef35793c76p-33")
ROUNDER = 6755399441055744.0  # 1.5 2^52: added and taken away again, it rounds to a whole number
NORMAL_EXP = 700.0  # |x| up to here, e^x is an ordinary double
NORMAL_MIN = 2.2250738585072014e-308  # below are zero and the subnormals
SUBNORMAL_BITS = 54
ROOT_HALF = np.int64(0x3FE6A09E667F3BCD)  # bits of sqrt(1/2)
BIAS, MANTISSA = np.int64(1023), np.int64(52)

# e^r = 1 + r + r^2 (E2 + E3 r + ...)
E2, E3, E4, E5, E6, E7, E8, E9, E10, E11, E12, E13 = (1.0 / math.factorial(n) for n in range(2, 14))
# 2 artanh s = 2 s + s (L1 s^2 + L2 s^4 + ...)
L1, L2, L3, L4, L5, L6, L7, L8, L9, L10 = (2.0 / (2 * n + 1) for n in range(1, 11))


@intrinsic
def bits_of(typingctx, number):
    """The 64 bits of a double, as an integer."""

    def codegen(context, builder, signature, args):
        return builder.bitcast(args[0], context.get_value_type(types.int64))

    return types.int64(types.float64), codegen


@intrinsic
def double_of(typingctx, bits):
    """The double that has these 64 bits."""

    def codegen(context, builder, signature, args):
        return builder.bitcast(args[0], context.get_value_type(types.float64))

    return types.float64(types.int64), codegen


@rule
def power_of_two(k):
    """2^k for -1022 <= k <= 1023."""
    return double_of((np.int64(k) + BIAS) << MANTISSA)


@rule
def exp(x):
    """E to the x."""
    near = min(max(x, -1400.0), 1400.0)  # beyond, the result is 0 or infinite all the same
    k = (near * LOG2_E + ROUNDER) - ROUNDER
    high, low = near - k * LN2_HIGH, k * LN2_LOW
    r = high - low
    rest = (high - r) - low
    # Estrin's order: short chains, so that the processor does several steps at a time.
    r2 = r * r
    r4 = r2 * r2
    one = (E2 + E3 * r) + (E4 + E5 * r) * r2
    two = (E6 + E7 * r) + (E8 + E9 * r) * r2
    three = (E10 + E11 * r) + (E12 + E13 * r) * r2
    lead = 1.0 + r
    tail = r2 * (one + r4 * (two + r4 * three)) + rest * lead
    y = lead + (((1.0 - lead) + r) + tail)
    if abs(x) <= NORMAL_EXP:
        return y * power_of_two(k)
    if x != x:  # noqa: PLR0124 (not a number)
        return x
    half = np.int64(k) >> 1  # in two steps: the second may round to a subnormal, 0 or infinity
    return y * power_of_two(half) * power_of_two(np.int64(k) - half)


@rule
def log(x):
    """Natural logarithm; -inf at 0, NaN below."""
    x = np.float64(x)
    if not (NORMAL_MIN <= x < math.inf):
        return _odd_log(x)
    return _log(x, 0.0)


@rule
def _log(x, more):
    """Logarithm of a positive normal number times 2^more."""
    bits = bits_of(x)
    exponent = (bits - ROOT_HALF) >> MANTISSA
    f = double_of(bits - (exponent << MANTISSA)) - 1.0  # exact; x = 2^exponent (1 + f)
    k = np.float64(exponent) + more
    s = f / (2.0 + f)
    z = s * s
    z2 = z * z
    z4 = z2 * z2
    one = (L1 + L2 * z) + (L3 + L4 * z) * z2
    two = (L5 + L6 * z) + (L7 + L8 * z) * z2
    series = z * (one + z4 * (two + z4 * (L9 + L10 * z)))
    # log(1 + f) = f - (h - s (h + series)) with h = f^2 / 2: what is rounded is small beside f.
    h = 0.5 * f * f
    return k * LN2_HIGH - ((h - (s * (h + series) + k * LN2_LOW)) - f)


@rule
def _odd_log(x):
    if x == 0.0:
        return -math.inf
    if 0.0 < x < NORMAL_MIN:
        return _log(x * power_of_two(SUBNORMAL_BITS), -np.float64(SUBNORMAL_BITS))
    return x if x == math.inf else math.nan
