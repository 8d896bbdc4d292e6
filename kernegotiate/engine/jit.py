"""How functions are compiled: one decorator for pieces of the year, one for rules.

`error_model="numpy"` spares the check for division by zero in the loop; every division is guarded
where its divisor can be zero. No fast-math: the compiled and the plain year must agree to the bit.
"""

from llvmlite import binding
from numba import njit

# Nearly all loops run over the two to six parties of a project. Unrolled by four, as LLVM does with
# loops of unknown length, they are larger and a tenth slower. An option of the whole process.
binding.set_option("kernegotiate", "-unroll-runtime=false")

# A piece of the year, inlined into whatever calls it.
inlined = njit(forceinline=True, error_model="numpy")
# A rule that the plain year (and so an agent in Mesa) also calls on its own, hence kept on disk.
rule = njit(forceinline=True, error_model="numpy", cache=True)
