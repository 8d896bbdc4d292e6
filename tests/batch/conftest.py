"""What several tests of batches share."""

import pytest

from batch_helpers import plan_of
from kernegotiate.batch.executors import Threads
from kernegotiate.batch.runner import run


@pytest.fixture(scope="session")
def whole(tmp_path_factory):
    """An uninterrupted dataset by one thread."""
    return run(plan_of(), tmp_path_factory.mktemp("whole") / "out", executor=Threads(1))
