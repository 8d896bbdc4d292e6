"""Settings for all tests."""

import os
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from kernegotiate.engine.cache import is_warm

# The first example of a test may compile something, so time says nothing about the code.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

PATIENCE = 300.0  # seconds; then whoever waits compiles as well
# Tests that call no compiled function, or hardly one: somebody can make them while another
# process compiles the engine. One that is missing here waits, one that is wrong here compiles.
UNCOMPILED = (
    "docs/test_calibration.py",
    "docs/test_citation.py",
    "docs/test_sheets.py",
    "scenario/starting/",
    "scenario/test_bounds.py",
    "scenario/test_coverage.py",
    "scenario/test_declarations.py",
    "scenario/test_dialects.py",
    "scenario/test_fuzz.py",
    "scenario/test_grammar.py",
    "scenario/test_institutions.py",
    "scenario/test_overrides.py",
)
TESTS = Path(__file__).parent


def needs_engine(path: Path) -> bool:
    """Whether the tests of a file are to wait for the compiled engine."""
    return not path.relative_to(TESTS).as_posix().startswith(UNCOMPILED)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put what needs no engine into the middle, where the second of two processes begins."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return
    free = [item for item in items if not needs_engine(item.path)]
    rest = [item for item in items if needs_engine(item.path)]
    half = min(len(items) // 2, len(rest))
    items[:] = [*rest[:half], *free, *rest[half:]]


@pytest.fixture(scope="module", autouse=True)
def compiled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Where several processes test: one compiles the engine, the others wait for what it keeps."""
    alone = "PYTEST_XDIST_WORKER" not in os.environ  # mutants are tried without that plugin
    if alone or not needs_engine(request.path):
        return
    if all(map(is_warm, ("ensemble.ensemble", "vote.weigh_vote"))):
        return
    shared = tmp_path_factory.getbasetemp().parent
    ready = shared / "compiled"
    try:
        (shared / "compiling").mkdir()
    except FileExistsError:
        pass
    else:
        import kernegotiate as kn

        try:
            model = kn.RegionModel(years=6, rng=1)
            while model.running:
                model.step()
            kn.simulate("mekong_delta", "none", runs=1, years=1)
        finally:
            ready.touch()
    until = time.monotonic() + PATIENCE
    while not ready.exists() and time.monotonic() < until:
        time.sleep(0.1)
