"""Settings for all tests."""

import os
import time

import pytest
from hypothesis import HealthCheck, settings

from kernegotiate.engine.cache import is_warm

# The first example of a test may compile something, so time says nothing about the code.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

PATIENCE = 300.0  # seconds; then whoever waits compiles as well


@pytest.fixture(scope="session", autouse=True)
def compiled(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Where several processes test: one compiles the engine, the others wait for what it keeps."""
    worker_id = os.environ.get("PYTEST_XDIST_WORKER")  # mutants are tried without that plugin
    if worker_id is None or all(map(is_warm, ("ensemble.ensemble", "vote.weigh_vote"))):
        return
    ready = tmp_path_factory.getbasetemp().parent / "compiled"
    if worker_id == "gw0":
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
