"""Connections that bring nothing, or too many of them, over a socket."""

import asyncio
import socket
import threading
import time
from collections.abc import Iterator

import pytest
from starlette.responses import PlainTextResponse
from uvicorn import Config, Server

from viz.guard import connection
from viz.guard.connection import Connection


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, int]]:
    """A server with little patience."""
    monkeypatch.setattr(connection, "PATIENCE", 0.5)
    monkeypatch.setattr(connection, "OF_ONE", 3)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        options = {"http": Connection, "log_level": "critical", "lifespan": "off", "ws": "none"}
        server = Server(Config(PlainTextResponse("hello"), **options))  # type: ignore[arg-type]
        running = threading.Thread(target=lambda: asyncio.run(server.serve([listening])))
        running.start()
        yield listening.getsockname()
        server.should_exit = True
        running.join()


def begun(address: tuple[str, int], text: bytes) -> socket.socket:
    link = socket.create_connection(address, 5)
    link.sendall(text)
    return link


def ended(link: socket.socket) -> bool:
    """Whether the other side hangs up."""
    try:
        return link.recv(100) == b""
    except ConnectionResetError:
        return True


@pytest.mark.parametrize("text", [b"", b"GET / HTTP/1.1\r\n", b"POST / HTTP/1.1\r\nHost: a\r\n"])
def test_who_brings_no_request_in_time_is_let_go(address: tuple[str, int], text: bytes) -> None:
    with begun(address, text) as link:
        since = time.monotonic()
        assert ended(link)
        assert time.monotonic() - since < 3


def test_who_dribbles_after_an_answer_is_let_go_too(address: tuple[str, int]) -> None:
    with begun(address, b"GET / HTTP/1.1\r\nHost: a\r\n\r\n") as link:
        assert b" 200 " in link.recv(1000)
        for _ in range(40):
            time.sleep(0.1)
            try:
                link.sendall(b"G")
            except OSError:
                break
        else:
            pytest.fail("it is still listened to")


def test_one_address_has_so_many_connections(address: tuple[str, int]) -> None:
    links = [begun(address, b"") for _ in range(3)]
    with begun(address, b"GET / HTTP/1.1\r\nHost: a\r\n\r\n") as link:
        assert ended(link)
    for link in links:
        link.close()
    time.sleep(0.2)
    with begun(address, b"GET / HTTP/1.1\r\nHost: a\r\n\r\n") as link:
        assert b" 200 " in link.recv(1000)
