"""`app`: the window, served to this machine, or to its network, until Ctrl-C."""

import importlib
import importlib.util
import os
import signal
import socket
import sys
from argparse import Namespace
from contextlib import suppress
from pathlib import Path
from types import FrameType, ModuleType

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
from kernegotiate.scenario.coverage import is_of
from kernegotiate.scenario.geometry import read_areas

HERE, EVERYWHERE = "localhost", "0.0.0.0"
UNUSED = "192.0.2.1"  # nobody's address (RFC 5737): which way to it shows our own, nothing is sent
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
    key = part_of(app, "guard.key").kept_key(arguments.port) if arguments.share else ""
    behind = f"?key={key}" if key else ""
    url = f"http://{HERE}:{arguments.port}"
    others = f"http://{address()}:{arguments.port}" if key else ""
    page = f"{url}/{behind}" if key else url
    sys.stdout.write(f"The window opens at {page} in a moment; stop it with Ctrl-C.\n")
    if key:
        sys.stdout.write(f"Others in this network open {others}/{behind}\n")
        sys.stdout.write(f"Show them {url}/invite on the projector.\n")
        draw(f"{others}/{behind}")
    sys.stdout.flush()
    serve(app, host, arguments.port, key, others, page if arguments.browser else "")
    sys.stdout.write("Stopped.\n")


def draw(link: str) -> None:
    """Draw a link as dots that a phone reads, on a terminal that can show them."""
    import segno

    if not sys.stdout.isatty():
        return
    with suppress(UnicodeEncodeError):
        segno.make(link, micro=False, error="l").terminal(sys.stdout, border=2, compact=True)


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
    areas = read_areas(path)
    regions = [load_scenario(name).region for name in scenario_names()]
    fitting = [region for region in regions if is_of(areas, region)]
    for region in fitting or regions:
        read_geometry(region.model_copy(update={"geometry": path}))
    return path.resolve()


def part_of(app: Path, name: str) -> ModuleType:
    """A module that stands beside the app; the window lies above this package, outside of it.

    The folder is made known as a package by itself, since whatever else lies beside it must not
    become importable.

    Args:
        app: The file that holds the window.
        name: Such as "guard.serve".
    """
    folder = app.parent
    if folder.name not in sys.modules:
        found = importlib.util.spec_from_file_location(
            folder.name, folder / "__init__.py", submodule_search_locations=[str(folder)]
        )
        if found is None or found.loader is None:
            raise ScenarioError(f"{folder}: the window is missing from this installation")
        package = importlib.util.module_from_spec(found)
        sys.modules[folder.name] = package
        found.loader.exec_module(package)
    return importlib.import_module(f"{folder.name}.{name}")


def serve(app: Path, host: str, port: int, key: str, others: str, page: str) -> None:
    """Serve an app of Solara until this process is interrupted or terminated.

    Args:
        app: The file that holds it.
        host: From where it can be opened.
        port: Is free.
        key: Lets others in; "" if it can be opened from this machine alone.
        others: Where others open it.
        page: What to open in a browser; "" for nothing.
    """
    os.environ |= QUIET | {"SOLARA_APP": str(app)}
    usual = signal.signal(signal.SIGTERM, _interrupt)
    served = True  # if it was interrupted before it could say so
    try:
        with suppress(KeyboardInterrupt), in_order():
            served = part_of(app, "guard.serve").serve(host, port, key, others, page)
    finally:
        signal.signal(signal.SIGTERM, usual)
    if not served:
        raise KernegotiateError("The window could not be served; see the message above.")


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
