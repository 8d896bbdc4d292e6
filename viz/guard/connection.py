"""Connections that bring nothing, or too many of them, are let go."""

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

PATIENCE = 15.0  # seconds for a request to be complete, and for a body that nobody reads
MOST = 800  # connections in all: most systems let a process hold 1,024 files
OF_ONE = 200  # of one address: twenty browsers with their sockets


class Connection(H11Protocol):
    """A connection that has to bring a request in time."""

    _look_again: asyncio.TimerHandle | None = None
    _since = 0.0  # when we began to wait for a request

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take it, unless there are too many."""
        super().connection_made(transport)
        theirs = sum(_address(one) == _address(self) for one in self.connections)
        if len(self.connections) > MOST or theirs > OF_ONE:
            transport.abort()
            return
        self._since = self.loop.time()
        self._look_again = self.loop.call_later(PATIENCE, self._look)

    def on_response_complete(self) -> None:
        """Answered; the next request has its own time."""
        self._since = self.loop.time()
        super().on_response_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        if self._look_again is not None:
            self._look_again.cancel()
        super().connection_lost(exc)

    def _look(self) -> None:
        """Let it go if it has not brought a request within our patience."""
        if self not in self.connections:
            return  # it is a socket now, or gone
        cycle: Any = self.cycle  # None before the first request
        answering = cycle is not None and not cycle.response_complete
        left = PATIENCE if answering else self._since + PATIENCE - self.loop.time()
        if left <= 0:
            self.transport.abort()
        else:
            self._look_again = self.loop.call_later(left, self._look)


def _address(connection: Any) -> str:
    client = getattr(connection, "client", None)
    return str(client[0]) if client else ""
