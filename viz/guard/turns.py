"""Whose message the window works on: each address has one at a time, with however many pages."""

from asyncio import Lock, get_running_loop

LONGEST = 1.0  # seconds of a pause


class Turn:
    """The turn of an address.

    Where more of its messages wait, a pause follows as long as the last one took: an address that
    always has something to ask is at work half of the time at most, the other half is the others'.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting = 0
        self._since = 0.0

    async def take(self) -> None:
        """Wait until it is this message's turn."""
        self._waiting += 1
        try:
            await self._lock.acquire()
        finally:
            self._waiting -= 1
        self._since = get_running_loop().time()

    def give(self) -> None:
        """Let the next message have its turn, after a pause if there is one."""
        loop = get_running_loop()
        if self._waiting:
            loop.call_later(min(loop.time() - self._since, LONGEST), self._lock.release)
        else:
            self._lock.release()
