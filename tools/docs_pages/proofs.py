"""What the tests say about each lever, read from their sources so that nothing is written twice."""

import ast
import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kernegotiate.engine.mechanisms import effects_of
from kernegotiate.scenario import Levers

BITE = "tests/engine/test_bite.py"
NULL = "tests/engine/test_null.py"
THEORY = "tests/theory/checks.py"
LIMITS = "tests/engine/test_limits.py"


@dataclass(frozen=True)
class Bite:
    """The setting in which the lever's extreme changes somebody's decision."""

    institution: str
    extreme: Any
    needs: dict[str, Any]


@dataclass(frozen=True)
class Proof:
    """A test or a function and the first line of what it says of itself."""

    name: str
    says: str


@cache
def bites(root: Path) -> dict[str, Bite]:
    """Settings of the bite test by lever."""
    for statement in _parsed(root / BITE).body:
        if isinstance(statement, ast.Assign) and _targets(statement) == ["SETTINGS"]:
            return {lever: Bite(*told) for lever, told in ast.literal_eval(statement.value).items()}
    raise ValueError(f"{BITE}: found no SETTINGS")


def acts_through(lever: str) -> list[Proof]:
    """The functions of `engine/mechanisms.py` through which a lever acts."""
    return [
        Proof(name, _first_line(inspect.getdoc(function) or ""))
        for name, function in effects_of(lever).items()
    ]


def closed_forms(root: Path, lever: str) -> list[Proof]:
    """Checks against theory in whose setting the lever is set."""
    return [
        Proof(function.name.removeprefix("check_"), _first_line(ast.get_docstring(function) or ""))
        for function in _functions(root / THEORY, "check_")
        if lever in _set_in(function, _bundles(root / THEORY))
    ]


def limits(root: Path, lever: str) -> list[Proof]:
    """Tests of limits that set the lever."""
    return [
        Proof(function.name, _first_line(ast.get_docstring(function) or ""))
        for function in _functions(root / LIMITS, "test_")
        if lever in _set_in(function, {})
    ]


@cache
def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _functions(path: Path, prefix: str) -> Iterator[ast.FunctionDef]:
    for statement in _parsed(path).body:
        if isinstance(statement, ast.FunctionDef) and statement.name.startswith(prefix):
            yield statement


def _bundles(path: Path) -> dict[str, set[str]]:
    """Dictionaries of the module that are passed on as keywords, such as BINDING."""
    return {
        _targets(statement)[0]: {
            str(key.value) for key in statement.value.keys if isinstance(key, ast.Constant)
        }
        for statement in _parsed(path).body
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Dict)
    }


def _set_in(function: ast.FunctionDef, bundles: dict[str, set[str]]) -> set[str]:
    """Levers passed by keyword somewhere in a function, also those of a bundle (`**BINDING`)."""
    found: set[str] = set()
    for node in ast.walk(function):
        if isinstance(node, ast.keyword):
            if node.arg:
                found.add(node.arg)
            elif isinstance(node.value, ast.Name):
                found |= bundles.get(node.value.id, set())
    return found & set(Levers.model_fields)


def _targets(statement: ast.Assign) -> list[str]:
    return [target.id for target in statement.targets if isinstance(target, ast.Name)]


def _first_line(text: str) -> str:
    return text.partition("\n")[0].strip()
