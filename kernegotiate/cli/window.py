"""`app`: the window, served to this machine, or to its network, until Ctrl-C."""

import os
import signal
import socket
import sys
import threading
import time
import webbrowser
from argparse import Namespace
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from kernegotiate.cli.leaving import in_order
from kernegotiate.cli.progress import tell_if_cold
from kernegotiate.scenario import (
    KernegotiateError,
    ScenarioError,
    load,
    load_scenario,
    read_geometry,
    scenario_names,
    shipped,
)
from kernegotiate.scenario.geometry import read_areas

if TYPE_CHECKING:
    from solara.server.starlette import ServerStarlette

HERE, EVERYWHERE = "localhost", "0.0.0.0"
UNUSED = "192.0.2.1"  # nobody's address (RFC 5737): which way to it shows our own, nothing is sent
PATIENCE = 3  # seconds that open pages have to say goodbye
QUIET = {
    "SOLARA_TELEMETRY_MIXPANEL_ENABLE": "False",
    "SOLARA_THEME_SHOW_BANNER": "False",
    "SOLARA_MODE": "production",
}


def answer(arguments: Namespace) -> None:
    """Answer `kernegotiate app`; returns once somebody stops it.

    Raises:
        ScenarioError: The installation lacks the window, or the port or a file cannot be used.
    """
    app = shipped("viz") / "app.py"
    host = EVERYWHERE if arguments.share else HERE
    check_port(host, arguments.port)
    for file in arguments.files:
        load(file)
    os.environ["KERNEGOTIATE_FILES"] = os.pathsep.join(arguments.files)
    if arguments.map is not None:
        os.environ["KERNEGOTIATE_MAP"] = str(check_map(Path(arguments.map)))
    tell_if_cold("vote.weigh_vote")
    url = f"http://{HERE}:{arguments.port}"
    sys.stdout.write(f"The window opens at {url} in a moment; stop it with Ctrl-C.\n")
    if arguments.share:
        sys.stdout.write(f"Others in this network open http://{address()}:{arguments.port}\n")
    sys.stdout.flush()
    serve(app, host, arguments.port, url if arguments.browser else "")
    sys.stdout.write("Stopped.\n")


def address() -> str:
    """What this machine is called in its network: a number, else its name."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, suppress(OSError):
        probe.connect((UNUSED, 9))
        return str(probe.getsockname()[0])
    name = socket.gethostname()
    with suppress(OSError):
        found = [str(place[4][0]) for place in socket.getaddrinfo(name, None, socket.AF_INET)]
        return next((one for one in found if not one.startswith("127.")), name)
    return name


def check_port(host: str, port: int) -> None:
    """Refuse a port that another program listens on, or that is not ours to use."""
    try:
        with socket.create_server((host, port)):
            pass
    except OSError as error:
        reason = "used by another program" if not isinstance(error, PermissionError) else "reserved"
        raise ScenarioError(
            f"--port: {port} is {reason}; choose another, such as --port {port % 50000 + 1025}"
        ) from None


def check_map(path: Path) -> Path:
    """Refuse outlines that fit none of the built-in scenarios, or that cannot be drawn."""
    areas = read_areas(path).keys()
    regions = [
        load_scenario(name).region.model_copy(update={"geometry": path})
        for name in scenario_names()
    ]
    fitting = [region for region in regions if areas >= set(region.codes)]
    for region in fitting or regions:
        read_geometry(region)
    return path.resolve()


def serve(app: Path, host: str, port: int, page: str) -> None:
    """Serve an app of Solara until this process is interrupted or terminated.

    Args:
        app: The file that holds it.
        host: From where it can be opened.
        port: Is free.
        page: What to open in a browser; "" for nothing.
    """
    os.environ |= QUIET | {"SOLARA_APP": str(app)}
    from solara.server.starlette import ServerStarlette

    server = ServerStarlette(port, host, log_level="error", timeout_graceful_shutdown=PATIENCE)
    if page:
        threading.Thread(target=_open, args=(server, page), daemon=True).start()
    usual = signal.signal(signal.SIGTERM, _interrupt)
    try:
        with suppress(KeyboardInterrupt), in_order():
            server.serve()
    finally:
        signal.signal(signal.SIGTERM, usual)
    if not server.server.started:
        raise KernegotiateError("The window could not be served; see the message above.")


def _open(server: "ServerStarlette", page: str) -> None:
    """Open a page as soon as it is served."""
    server.started.wait()
    while not server.has_started():
        time.sleep(0.1)
    webbrowser.open(page)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
