"""A served window and a Chromium to look at it: for pictures, for measuring and for tests."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError

ROOT = Path(__file__).resolve().parent.parent
CHROMIUMS = (  # the first has no window of its own, and so less to do
    *("chromium-headless-shell", "/usr/bin/chromium"),
    *("chromium", "chromium-browser", "google-chrome"),
)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 120.0  # seconds for a window to answer: the first start may compile the engine
GOODBYE = 10.0  # seconds to stop


class NotServedError(Exception):
    """A window does not answer; the message says why."""


@dataclass(frozen=True)
class Served:
    """A window that answers."""

    url: str
    process: int


def find_chromium() -> str | None:
    """The Chromium to drive: the one named in CHROMIUM, else the first one installed."""
    named = os.environ.get("CHROMIUM")
    return next(filter(None, map(shutil.which, [named] if named else CHROMIUMS)), None)


def window(port: int) -> list[str]:
    """The command that serves the window."""
    return [sys.executable, "-m", "kernegotiate", "app", "--no-browser", "--port", str(port)]


@contextmanager
def serving(
    command: Callable[[int], list[str]] = window,
    log: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> Iterator[Served]:
    """Run a server on a free port of this machine until the caller is done with it.

    Args:
        command: Of a port.
        log: Where to keep what it prints.
        environment: Variables that it sees besides ours.

    Raises:
        NotServedError: It ended, or took too long.
    """
    port = free_port()
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    variables = {**os.environ, "PYTHONPATH": path, "PYTHONUNBUFFERED": "1", **(environment or {})}
    with (log or Path(os.devnull)).open("wb") as output:
        server = subprocess.Popen(
            command(port), cwd=ROOT, env=variables, stdout=output, stderr=subprocess.STDOUT
        )
    url = f"http://127.0.0.1:{port}"
    try:
        wait_for(url, server)
        yield Served(url, server.pid)
    finally:
        server.terminate()
        try:
            server.wait(GOODBYE)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    """Return once the server answers.

    Raises:
        NotServedError: It ended, or took too long.
    """
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise NotServedError(f"The server ended with exit code {server.returncode}.")
        try:
            with urllib.request.urlopen(url, timeout=PATIENCE):
                return
        except HTTPError:
            return  # it lets nobody in without a key, which is an answer
        except OSError:
            time.sleep(0.1)
    raise NotServedError(f"The server did not answer within {PATIENCE:.0f} seconds.")


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
