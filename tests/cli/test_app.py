"""`app`: the window is served until somebody stops it."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from kernegotiate.cli.commands import app as window
from kernegotiate.scenario import load_scenario, read_geometry

PATIENCE = 60.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        return int(probe.getsockname()[1])


@contextmanager
def window_served(
    folder: Path, *options: str, port: int = 0
) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """The window on a free port, until the caller is done with it."""
    port = port or free_port()
    command = [sys.executable, "-m", "kernegotiate", "app", "--port", str(port), "--no-browser"]
    command, pipe = [*command, *options], subprocess.PIPE
    with subprocess.Popen(command, cwd=folder, stdout=pipe, stderr=pipe, text=True) as process:
        try:
            yield process, port
        finally:
            process.kill()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_served_to_this_machine_until_stopped(tmp_path: Path, number: signal.Signals) -> None:
    with window_served(tmp_path) as (process, port):
        assert answers(f"http://localhost:{port}/", process) == 200
        if sys.platform == "linux":  # elsewhere 127.0.0.2 is no address of its own
            with pytest.raises(OSError, match="refused"):
                urllib.request.urlopen(f"http://127.0.0.2:{port}/", timeout=PATIENCE)
        process.send_signal(number)
        out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert out.splitlines() == [
        f"The window opens at http://localhost:{port} in a moment; stop it with Ctrl-C.",
        "Stopped.",
    ]
    told = [line for line in err.splitlines() if not line.startswith("Compiling the engine")]
    assert told == []


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere 127.0.0.2 is no address of its own")
def test_others_get_in_where_it_is_shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    port, printed = free_port(), set()
    for _ in range(2):  # started again, it lets in whom it let in before
        with window_served(tmp_path, "--share", port=port) as (process, _):
            answers(f"http://localhost:{port}/", process, status=403)
            key = (tmp_path / "kernegotiate" / f"key-{port}").read_text()
            assert answers(f"http://127.0.0.2:{port}/?key={key}", process) == 200
            process.send_signal(signal.SIGINT)
            out, _ = process.communicate(timeout=PATIENCE)
        printed.add(out)
    (told,) = printed
    opens, others, show, _ = told.splitlines()
    assert opens.startswith(f"The window opens at http://localhost:{port}/?key={key} in a moment")
    way = rf"http://[\w.-]+:{port}/\?key={key}"
    assert re.fullmatch(f"Others in this network open {way}", others)
    assert show == f"Show them http://localhost:{port}/invite on the projector."


def test_a_terminal_gets_a_picture_of_the_link_and_a_file_does_not(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    window.draw("http://192.168.1.7:8765/?key=abcd-efgh-jkmn")
    assert capsys.readouterr().out == ""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    window.draw("http://192.168.1.7:8765/?key=abcd-efgh-jkmn")
    drawn = capsys.readouterr().out.splitlines()
    assert 12 < len(drawn) < 24  # fits a terminal of the usual size


def test_the_address_in_a_network_and_without_one(monkeypatch: pytest.MonkeyPatch) -> None:
    class Unplugged(socket.socket):
        def connect(self, _: Any) -> None:
            raise OSError("network is unreachable")

    monkeypatch.setattr(socket, "socket", Unplugged)
    monkeypatch.setattr(socket, "gethostname", lambda: "laptop")
    found = [(0, 0, 0, "", ("127.0.1.1", 0)), (0, 0, 0, "", ("192.168.1.7", 0))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_: found)
    assert window.address() == "192.168.1.7"
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_: found[:1])
    assert window.address() == "laptop"


def answers(url: str, process: subprocess.Popen[str], status: int = 200) -> int:
    """The status of a page as soon as there is one; who opens it takes cookies."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with browser.open(url, timeout=PATIENCE) as page:
                return int(page.status)
        except urllib.error.HTTPError as error:
            if error.code != status:
                raise
            return status
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the window did not open")


def test_a_busy_port(say: Any) -> None:
    with socket.create_server(("localhost", 0)) as other:
        port = other.getsockname()[1]
        said = say(f"app --port {port} --no-browser")
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(f"kernegotiate: --port: {port} is used by another program; choose")
    assert said.err.count("\n") == 1


def test_an_installation_without_a_window(say: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kernegotiate.scenario.library._PACKAGE", Path("/nowhere/at/all"))
    said = say("app")
    assert said.code == 2
    assert said.err == "kernegotiate: viz: the folder is missing from this installation\n"


def test_the_shipped_window_is_served(say: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[Any] = []
    monkeypatch.setattr(window, "serve", lambda *given: served.append(given))
    port = free_port()
    assert say(f"app --port {port}").out.endswith("Stopped.\n")
    assert say(f"app --port {port} --no-browser").code == 0
    url = f"http://localhost:{port}"
    assert [given[1:] for given in served] == [
        ("localhost", port, "", "", url),
        ("localhost", port, "", "", ""),
    ]
    assert served[0][0].name == "app.py"
    assert served[0][0].is_file()


@pytest.mark.parametrize("port", ["0", "65536", "x"])
def test_wrong_ports(say: Any, port: str) -> None:
    said = say(f"app --port {port}")
    assert said.code == 2
    assert f"found '{port}', allowed is a whole number from 1 to 65535" in said.err


def official(tmp_path: Path, **changes: Any) -> Path:
    """A map of the delta; `changes` are those of the first area's geometry."""
    region = load_scenario("mekong_delta").region
    data = read_geometry(region)
    assert data is not None
    first, *others = data["features"]
    data["features"] = [{**first, "geometry": {**first["geometry"], **changes}}, *others]
    path = tmp_path / "official.geojson"
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def test_a_map_for_the_window(say: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(window, "serve", lambda *_: None)
    monkeypatch.setenv("KERNEGOTIATE_MAP", "")
    path = official(tmp_path)
    assert say(f"app --port {free_port()} --map {path}").code == 0
    assert os.environ["KERNEGOTIATE_MAP"] == str(path.resolve())


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"type": "Point"},
            "the area with the id '80': found a Point, allowed is a Polygon or a MultiPolygon",
        ),
        (
            {"type": "Polygon", "coordinates": []},
            "the area with the id '80': found [], allowed is a list of 1 or more rings of corners",
        ),
    ],
)
def test_a_map_that_cannot_be_drawn(
    say: Any,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    changes: dict[str, Any],
    message: str,
) -> None:
    monkeypatch.setattr(window, "serve", lambda *_: None)
    monkeypatch.setenv("KERNEGOTIATE_MAP", "")
    path = official(tmp_path, **changes)
    said = say(f"app --port {free_port()} --map {path}")
    assert (said.code, said.out) == (2, "")
    assert said.err == f"kernegotiate: {path}: {message}\n"
