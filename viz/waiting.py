"""Whose question is answered next: a few at once, the others in the order in which they came."""

import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager

LOOK = 0.5  # seconds after which who waits looks whether anybody still wants the answer


class ReplacedError(Exception):
    """Nobody waits for this answer any more: something newer was asked, or the page is gone."""


class Queue:
    """Questions that wait; of each asker one, and one at most is at work.

    So an asker who always has a new question waits behind all others each time, and takes no
    more of the machine than they do.

    Args:
        at_once: How many are at work at most.
    """

    def __init__(self, at_once: int) -> None:
        self._at_once = at_once
        self._changed = threading.Condition()
        self._waiting: dict[Hashable, object] = {}  # the newest of each, in the order they came
        self._at_work: set[Hashable] = set()

    @contextmanager
    def turn(
        self, who: Hashable = None, gone: Callable[[], bool] = lambda: False
    ) -> Iterator[None]:
        """Wait for a turn, and hold it.

        Args:
            who: Asks. A newer question takes the place of the one that waits. None: somebody else
                than all others.
            gone: Whether nobody wants the answer any more.

        Raises:
            ReplacedError: A newer question has taken the place, or nobody wants the answer.
        """
        who, mine = object() if who is None else who, object()
        with self._changed:
            if gone():  # before it takes the place of a newer one
                raise ReplacedError
            self._waiting[who] = mine
            self._changed.notify_all()
            while True:
                if self._waiting.get(who) is not mine:
                    raise ReplacedError
                if gone():
                    del self._waiting[who]
                    self._changed.notify_all()
                    raise ReplacedError
                if self._is_next(who):
                    break
                self._changed.wait(LOOK)
            del self._waiting[who]
            self._at_work.add(who)
            self._changed.notify_all()
        try:
            yield
        finally:
            with self._changed:
                self._at_work.remove(who)
                self._changed.notify_all()

    def _is_next(self, who: Hashable) -> bool:
        """Whether it is the turn of somebody who waits."""
        if len(self._at_work) >= self._at_once:
            return False
        return who == next((one for one in self._waiting if one not in self._at_work), None)
