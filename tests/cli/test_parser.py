"""Words, help, and what must not be loaded to answer them."""

import subprocess
import sys
from typing import Any

import pytest

from kernegotiate import __version__

HEAVY = {"numba", "pandas", "mesa", "solara", "scipy", "numpy", "pydantic", "rich"}
COMMANDS = (
    "list",
    "describe",
    "check",
    "run",
    "compare",
    "explain",
    "what-if",
    "demo",
    "app",
)


def loaded_after(code: str, depth: int = 1) -> set[str]:
    """Modules after some code, in a fresh process, down to so many names joined by dots."""
    command = [sys.executable, "-c", f"import sys\n{code}\nprint(*sys.modules)"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    names = [name.split(".") for name in done.stdout.splitlines()[-1].split()]
    return {".".join(parts[:level]) for parts in names for level in range(1, depth + 1)}


def test_help_loads_nothing_heavy() -> None:
    code = """
from kernegotiate.cli import main
try:
    main(["--help"])
except SystemExit:
    pass
"""
    assert not loaded_after(code) & HEAVY


@pytest.mark.parametrize("line", ["list", "list levers --json", "describe nonsense"])
def test_lists_do_not_wait_for_the_engine(line: str) -> None:
    heavy = HEAVY - {"numpy", "pydantic", "rich"}
    if line.startswith("describe"):  # looks among the outcomes too before it gives up
        heavy -= {"numba", "scipy", "pandas"}
    assert not loaded_after(f"from kernegotiate.cli import main\nmain({line.split()!r})") & heavy


def test_a_comparison_loads_what_it_computes_with_and_nothing_else() -> None:
    code = """
import gc
from kernegotiate.cli import main
main("compare mekong_delta lga empowered_board --runs 2".split())
assert gc.isenabled() and gc.get_freeze_count() > 50_000
"""
    loaded = loaded_after(code, depth=2)
    assert "numba.np" in loaded
    needless = {
        "pandas",
        "scipy.special",
        "scipy.linalg",
        "mesa",
        "solara",
        "matplotlib",
        "dask",
        "SALib",
        "openpyxl",
        "sklearn",
    }
    needless |= {"pyarrow.parquet", "scipy.stats", "scipy.optimize", "kernegotiate.agents"}
    assert not loaded & needless


def test_linear_algebra_is_there_for_whoever_wants_it() -> None:
    code = """
from kernegotiate.cli import main
main("compare mekong_delta lga empowered_board --runs 2".split())
import numpy as np
from numba import njit
from scipy.linalg import det
eye = np.eye(3)
assert det(eye) == 1 and njit(lambda a: np.linalg.det(a @ a))(eye) == 1
"""
    assert "scipy.linalg" in loaded_after(code, depth=2)


def test_version(say: Any) -> None:
    assert say("--version") == (0, f"kernegotiate {__version__}\n", "")


@pytest.mark.parametrize("command", [*COMMANDS, "new region", "new institution"])
def test_each_command_has_help(say: Any, command: str) -> None:
    said = say(f"{command} --help")
    assert said.code == 0
    assert ("--json" in said.out) == (command != "app")
    assert said.err == ""


@pytest.mark.parametrize(
    ("line", "end"),
    [
        ("", "the following arguments are required: COMMAND"),
        ("fly", "invalid choice: 'fly' (choose from "),
        ("run", "the following arguments are required: SCENARIO"),
        ("list everything", "invalid choice: 'everything'"),
        ("compare a b --runs 1", "found '1', allowed is a whole number from 2 to 2^63 - 1"),
        ("run a --seed -1", "found '-1', allowed is a whole number from 0 to 2^63 - 1"),
        ("run a --seed x", "found 'x', allowed is a whole number from 0 to 2^63 - 1"),
        (f"run a --seed {2**63}", "allowed is a whole number from 0 to 2^63 - 1"),
        ("run a --years 0", "found '0', allowed is a whole number from 1 to 2^63 - 1"),
        ("demo --threads 0", "found '0', allowed is a whole number from 1 to 2^63 - 1"),
        ("run a --quota 1", "unrecognized arguments: --quota 1"),
    ],
)
def test_wrong_words_are_told(say: Any, line: str, end: str) -> None:
    said = say(line)
    assert said.code == 2
    assert said.out == ""
    command = " ".join(["kernegotiate", *(word for word in line.split()[:1] if word in COMMANDS)])
    assert said.err.startswith(f"{command}: ")
    assert said.err.endswith(f"; see {command} --help\n")
    assert said.err.count("\n") == 1
    assert end in said.err
