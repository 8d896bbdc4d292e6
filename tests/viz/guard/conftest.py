"""The window on the wire: one server that is shared, and one that is not, for all tests here."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.browsing import serving, window
from wire_helpers import Wire


@pytest.fixture(scope="session")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wire]:
    """A window for this machine."""
    log = tmp_path_factory.mktemp("alone") / "output.txt"
    quickly = {"SOLARA_KERNEL_CULL_TIMEOUT": "1s"}  # what a page held is kept for so long
    with serving(window, log, quickly) as served:
        yield Wire(served.url, served.process, log)


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wire]:
    """A window for a room."""
    folder = tmp_path_factory.mktemp("shared")
    log = folder / "output.txt"
    with serving(sharing, log, {"XDG_STATE_HOME": str(folder)}) as served:
        yield Wire(served.url, served.process, log, key_in(log))


def sharing(port: int) -> list[str]:
    return [*window(port), "--share"]


def key_in(log: Path) -> str:
    found = re.search(r"\?key=([a-z0-9-]+)", log.read_text())
    assert found
    return found[1]
