"""The same bits from any processor and any C library."""

import ast
import hashlib
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

import kernegotiate as kn
from kernegotiate.engine.cache import ENGINE, cache_folder
from kernegotiate.engine.fingerprint import fingerprint
from kernegotiate.engine.kept import read
from kernegotiate.engine.setting import settle
from kernegotiate.scenario import institution_names, load_scenario

RUNS = 100
# Numbers in an engine file may come from these of the standard library: exact, or IEEE's.
EXACT = {"sqrt", "floor", "fsum", "inf", "nan", "pi", "factorial"}
LIBM = ("exp", "exp2", "expm1", "log", "log1p", "log2", "log10", "pow", "sin", "cos", "tan", "fma")

PROGRAM = """
import sys
sys.path.insert(0, sys.argv[1])
import test_bits
print(test_bits.all_numbers())
"""


@cache
def all_numbers() -> str:
    """A hash of the fingerprint, the tables and all results of more than a thousand runs."""
    digest = hashlib.sha256(fingerprint().encode())
    for array in settle(load_scenario("mekong_delta")).template:
        digest.update(array.tobytes())
    for name in sorted(institution_names()):
        runs = kn.simulate("mekong_delta", name, runs=RUNS, trajectories=True, explain=True)
        for table in (runs.outcomes, runs.trajectories, runs.losses):
            digest.update(table.to_numpy().tobytes())
    return digest.hexdigest()


def elsewhere(program, **environment):
    """What a program prints in a process with other settings."""
    done = subprocess.run(
        [sys.executable, "-c", program, str(Path(__file__).parent)],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


@pytest.mark.slow
@pytest.mark.parametrize(
    "environment",
    [
        {
            "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4",
            "NPY_DISABLE_CPU_FEATURES": "X86_V4 X86_V3 AVX512_ICL AVX512_SPR AVX512F AVX2 FMA3",
        },
        {"GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX512F,-AVX512VL"},
    ],
)
def test_another_library(environment):
    """NumPy only warns of a feature that it does not know, on stderr."""
    assert elsewhere(PROGRAM, **environment) == all_numbers()


@pytest.mark.slow
def test_another_instruction_set(tmp_path):
    """Compiled for a processor without AVX and FMA, the engine's functions give the same."""
    program = "from kernegotiate.engine.fingerprint import fingerprint; print(fingerprint())"
    environment = {"NUMBA_CPU_NAME": "generic", "NUMBA_CACHE_DIR": str(tmp_path)}
    assert elsewhere(program, **environment) == fingerprint()


def test_the_engine_calls_no_function_of_the_c_library():
    """The compiled ensemble refers to none: everything it computes is within it."""
    kn.simulate("mekong_delta", "none", runs=1)
    kept = list(cache_folder().glob("ensemble.ensemble-*.nbc"))
    assert kept
    for file in kept:
        code = read(file)
        assert b"kernegotiate" in code
        assert [name for name in LIBM if re.search(rb"\0%s\0" % name.encode(), code)] == []


@pytest.mark.parametrize("file", sorted(ENGINE.rglob("*.py")), ids=lambda file: file.stem)
def test_no_engine_file_asks_the_library(file):
    """Neither for functions that differ from machine to machine nor for powers of floats."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if node.value.id == "math":
                assert node.attr in EXACT, node.lineno
            if node.value.id == "np":
                assert node.attr not in {*LIBM, "arcsin", "sum", "mean", "dot", "power"}, (
                    node.lineno
                )
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
            assert isinstance(node.left, ast.Constant)
            assert isinstance(node.left.value, int)
        if isinstance(node, ast.ImportFrom):
            assert not (node.module or "").startswith("scipy")
        if isinstance(node, ast.keyword):
            assert node.arg != "fastmath"


def test_nothing_is_marked_for_fusing():
    """LLVM fuses and reorders only what is marked; compiled afresh, to have its text."""
    from numba import njit

    from kernegotiate.engine.draws import normal
    from kernegotiate.engine.elementary import exp

    @njit(error_model="numpy")
    def both(u):
        return exp(normal(u))

    both(0.3)
    for text in both.inspect_llvm().values():
        assert "fmul double" in text
        assert not re.search(r"f(mul|add|sub|div) (fast|contract|reassoc|arcp|afn)", text)
        assert not re.search(r"fmuladd|llvm\.(exp|log|pow|fma)", text)
    for text in both.inspect_asm().values():
        assert not re.search(r"\bv?fn?m(add|sub|la|ls)", text)
