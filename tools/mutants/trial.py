"""One mutant against the tests, in a process of its own, in memory: no file is changed."""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import importlib.util
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

from tools.mutants.declared import ROOT, Mutant


class _Loader(importlib.machinery.SourceFileLoader):
    """Loads one module from its source with a rule broken; neither reads nor writes bytecode."""

    mutant: Mutant

    def get_code(self, fullname: str) -> CodeType:
        source = self.mutant.broken(self.mutant.path.read_text(encoding="utf-8"))
        return compile(source, str(self.mutant.path), "exec", dont_inherit=True)


class Breaker(importlib.abc.MetaPathFinder):
    """Stands before all other finders and breaks the module of a mutant when it is imported."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant
        name = "kernegotiate." + mutant.file.removesuffix(".py").replace("/", ".")
        self.name = name.removesuffix(".__init__")
        self.used = False

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """The spec of the broken module, None for all others."""
        if fullname != self.name:
            return None
        self.used = True
        loader = _Loader(fullname, str(self.mutant.path))
        loader.mutant = self.mutant
        return importlib.util.spec_from_file_location(fullname, self.mutant.path, loader=loader)


class Witness:
    """A pytest plugin that tells which test runs, and which fails."""

    def __init__(self, say: Any) -> None:
        self.say = say

    def pytest_runtest_logstart(self, nodeid: str, location: Any) -> None:
        """A test begins."""
        del location
        self.say(("runs", nodeid))

    def pytest_runtest_logreport(self, report: Any) -> None:
        """A part of a test has ended."""
        if report.failed:
            self.say(("fails", report.nodeid))

    def pytest_collectreport(self, report: Any) -> None:
        """A file of tests was read."""
        if report.failed:
            self.say(("fails", report.nodeid))


def try_tests(mutant: Mutant | None, tests: Sequence[str], say: Any) -> None:
    """Run tests on the package with one rule broken, until the first failure.

    Args:
        mutant: what to break; None for the package as it is.
        tests: files below the root, in this order.
        say: takes ("runs", test), ("fails", test) and at the end ("done", "").
    """
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    _enter(mutant)
    import pytest

    # Libraries are loaded already, so that pytest cannot rewrite the asserts of its own plugins.
    loaded = "ignore::pytest.PytestAssertRewriteWarning"
    options = ["-x", "-q", "-p", "no:cacheprovider", "-W", loaded]
    pytest.main([*options, f"--rootdir={ROOT}", *tests], plugins=[Witness(say)])
    say(("done", ""))


def try_baseline(mutant: Mutant, runs: int, say: Any) -> None:
    """Compare a package with one rule broken with the baseline, to the first difference.

    Args:
        mutant: what to break.
        runs: of each institution in each setting, one after the other of all of them.
        say: takes ("fails", what moved), and at the end ("done", "").
    """
    _enter(mutant)
    from tools.baseline import moved_first

    moved = moved_first(runs)
    if moved:
        say(("fails", moved))
    say(("done", ""))


def _enter(mutant: Mutant | None) -> None:
    """Break the rule, switch the compiler off, say nothing on the terminal."""
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    os.chdir(ROOT)
    for folder in (ROOT, ROOT / "tests"):
        sys.path.insert(0, str(Path(folder)))
    if mutant:
        sys.meta_path.insert(0, Breaker(mutant))
    from tools.mutants.uncompiled import switch_off_compiler

    switch_off_compiler()
