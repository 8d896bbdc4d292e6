"""How one visitor's hundred pages weigh on the others, and what is left of them once they are gone.

    .venv/bin/python -m benchmarks.siege [--room 20] [--pages 100] [--turns 60]

Starts the window and talks to its sockets as pages do, each laptop of the room from an address of
its own, so that no browser shares the processor with the server (Linux, where all of 127.0.0.0/8 is
this machine). First the room alone takes turns: a year on, until the server has told all that
changes. Then one more address opens as many pages as it is let, all of which go a year on as fast
as they are answered, while the room takes its turns again. In the
end the pages of that one close their connections without a goodbye; the server's memory is told
before, during and after.
"""

import argparse
import json
import statistics
import sys
import threading
import time
import urllib.request
import uuid
from collections.abc import Sequence
from contextlib import suppress
from http.client import HTTPConnection
from typing import Any

from websockets.exceptions import InvalidHandshake, WebSocketException
from websockets.sync.client import connect

from benchmarks.crowd import memory
from tools.browsing import serving
from tools.wire import message

KEPT = 5  # seconds for which the server keeps what a page held; usually minutes
PATIENCE = 120.0
YEARS = 40


class Page:
    """A page of the window, without a browser.

    Args:
        port: Of the window.
        address: To come from.
        query: What it shows.

    Raises:
        RefusedError: There is no room for it.
    """

    def __init__(self, port: int, address: str, query: str) -> None:
        self._state: dict[str, dict[str, Any]] = {}  # of widgets, by id
        cookie = _cookie(port, address)
        path = f"/jupyter/api/kernels/{uuid.uuid4()}/channels?session_id={uuid.uuid4()}"
        options: dict[str, Any] = {
            "origin": f"http://127.0.0.1:{port}",
            "additional_headers": {"Cookie": cookie},
            "source_address": (address, 0),
            "open_timeout": PATIENCE,
            "max_size": None,
            "proxy": None,
        }
        try:
            self._socket = connect(f"ws://127.0.0.1:{port}{path}", **options).__enter__()
        except InvalidHandshake as error:
            raise RefusedError from error
        control = uuid.uuid4().hex
        self._send("comm_open", comm_id=control, target_name="solara.control", data={})
        arguments = {"path": f"/?{query}", "dark": False, "themes": {}, "appName": None}
        self._send("comm_msg", comm_id=control, data={"method": "run", "args": arguments})
        self._tell(self._one("measured"), "measured", 1366)
        while not self._one("moved"):  # the engine may still be loading
            self._hear()
        self._year = 0

    def step(self) -> float:
        """Go a year on; how many seconds until the server has told all that changes."""
        self._year = (self._year + 1) % YEARS
        begun = time.perf_counter()
        self._tell(self._one("moved"), "moved", self._year)
        return time.perf_counter() - begun

    def leave(self) -> None:
        """Drop the connection."""
        with suppress(WebSocketException, OSError):
            self._socket.close()

    def _one(self, event: str) -> str:
        """The widget that takes an event; "" if there is none yet."""
        known = (name for name, one in self._state.items() if event in (one.get("events") or []))
        return next(known, "")

    def _tell(self, widget: str, event: str, data: Any) -> None:
        content = {"event": event, "data": data}
        self._send("comm_msg", comm_id=widget, data={"method": "custom", "content": content})

    def _send(self, kind: str, **content: Any) -> None:
        """Send a message, and listen until the server is done with it."""
        sent = message(kind, **content)
        self._socket.send(json.dumps(sent))
        while True:
            told = self._hear()
            ours = told["parent_header"].get("msg_id") == sent["header"]["msg_id"]
            if ours and told["content"].get("execution_state") == "idle":
                return

    def _hear(self) -> Any:
        """The next message; what it says of widgets is remembered."""
        frame = self._socket.recv(PATIENCE)
        if isinstance(frame, bytes):
            begins, ends = (int.from_bytes(frame[at : at + 4], "big") for at in (4, 8))
            frame = frame[begins:ends].decode()
        told = json.loads(frame)
        self._learn(told["header"]["msg_type"], told["content"])
        return told

    def _learn(self, kind: str, content: dict[str, Any]) -> None:
        state = content.get("data", {}).get("state", {})
        if kind == "comm_close":
            self._state.pop(content["comm_id"], None)
        elif state:
            self._state.setdefault(content["comm_id"], {}).update(state)


class RefusedError(Exception):
    """There is no room for a page."""


def main() -> int:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--room", type=int, default=20)
    parser.add_argument("--pages", type=int, default=100)
    parser.add_argument("--turns", type=int, default=60)
    options = parser.parse_args()
    environment = {"SOLARA_KERNEL_CULL_TIMEOUT": f"{KEPT}s"}
    with serving(environment=environment) as window:
        port = int(window.url.rpartition(":")[2])
        with urllib.request.urlopen(window.url) as page:
            page.read()
        held = [("no page", memory(window.process))]
        room = [Page(port, f"127.0.1.{n + 1}", f"seed={n}") for n in range(options.room)]
        held.append((f"{len(room)} pages", memory(window.process)))
        alone = turns(room, options.turns)
        besiegers = besiege(port, options.pages)
        held.append((f"and {len(besiegers)} of one visitor", memory(window.process)))
        print(f"One visitor wanted {options.pages} pages and has {len(besiegers)}.")
        stop = threading.Event()
        threads = [threading.Thread(target=press, args=(one, stop)) for one in besiegers]
        idle = turns(room, options.turns)
        for thread in threads:
            thread.start()
        hurried = turns(room, options.turns)
        stop.set()
        for thread in threads:
            thread.join()
        held.append(("which have all played", memory(window.process)))
        for one in besiegers:
            one.leave()
        time.sleep(2 * KEPT)
        held.append(("which are gone", memory(window.process)))
        again = besiege(port, options.pages)
        held.append(("which have come again", memory(window.process)))
        for one in (*again, *room):
            one.leave()
        time.sleep(2 * KEPT)
        held.append(("all are gone", memory(window.process)))
    for name, taken in (
        ("alone", alone),
        ("beside them", idle),
        ("while they hurry", hurried),
    ):
        high = statistics.quantiles(taken, n=20, method="inclusive")[-1]
        print(f"{name:16} median {statistics.median(taken):.3f} s, 95 % {high:.3f} s")
    for name, megabytes in held:
        print(f"{name:24} {megabytes:6,.0f} MB")
    return 0


def besiege(port: int, pages: int) -> list[Page]:
    """Open as many pages from one address as it is let."""
    opened: list[Page] = []
    with suppress(RefusedError):
        for _ in range(pages):
            opened.append(Page(port, "127.0.2.1", "seed=1"))  # noqa: PERF401 (kept when refused)
    return opened


def press(page: Page, stop: threading.Event) -> None:
    """Go on as fast as one is answered."""
    with suppress(WebSocketException, TimeoutError):
        while not stop.is_set():
            page.step()


def turns(room: Sequence[Page], number: int) -> list[float]:
    """Let them take turns; the seconds that each took."""
    return [room[turn % len(room)].step() for turn in range(number)]


def _cookie(port: int, address: str) -> str:
    link = HTTPConnection("127.0.0.1", port, PATIENCE, (address, 0))
    link.request("GET", "/")
    answer = link.getresponse()
    answer.read()
    link.close()
    if answer.status != 200:
        raise RefusedError
    return str(answer.headers["set-cookie"]).partition(";")[0]


if __name__ == "__main__":
    sys.exit(main())
