"""Philox 4x64-10, the counter-based generator behind every draw.

A block is a pure function of a key (two words) and a counter (four words): no state, no order of
calls. Salmon, Moraes, Dror and Shaw (2011), "Parallel random numbers: as easy as 1, 2, 3", SC11.
The words equal those of `numpy.random.Philox` with the same key and counter (which steps its
counter once before the first block); a test compares them.
"""

import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.extending import intrinsic

ROUNDS = 10
M0 = np.uint64(0xD2E7470EE14C6C93)
M1 = np.uint64(0xCA5A826395121157)
W0 = np.uint64(0x9E3779B97F4A7C15)
W1 = np.uint64(0xBB67AE8584CAA73B)


@intrinsic
def _high_word(typingctx, a, b):
    """The upper 64 bits of the 128-bit product of two words: one machine instruction."""

    def codegen(context, builder, signature, args):
        wide = ir.IntType(128)
        product = builder.mul(builder.zext(args[0], wide), builder.zext(args[1], wide))
        return builder.trunc(builder.lshr(product, ir.Constant(wide, 64)), ir.IntType(64))

    return types.uint64(types.uint64, types.uint64), codegen


@njit(forceinline=True)
def block(k0, k1, c0, c1, c2, c3):
    """Four random words for the key (k0, k1) at the counter (c0, c1, c2, c3); all uint64."""
    for _ in range(ROUNDS):
        high0 = _high_word(M0, c0)
        low0 = M0 * c0
        high1 = _high_word(M1, c2)
        low1 = M1 * c2
        c0, c1, c2, c3 = high1 ^ c1 ^ k0, low1, high0 ^ c3 ^ k1, low0
        k0 = k0 + W0
        k1 = k1 + W1
    return c0, c1, c2, c3
