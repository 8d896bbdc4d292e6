"""A fair queue: first come, first served, and one place for each who asks."""

import threading
import time
from collections.abc import Callable

import pytest

from viz import asking
from viz.waiting import Queue, ReplacedError
from viz_helpers import run_of

SOON = 20.0  # seconds


class Desk:
    """A queue with threads that ask: each is at work until it is told to go on."""

    def __init__(self, at_once: int) -> None:
        self.queue = Queue(at_once)
        self.began: list[str] = []
        self.left: list[str] = []
        self._threads: list[threading.Thread] = []
        self._done: dict[str, threading.Event] = {}

    def ask(self, question: str, who: str, gone: Callable[[], bool] = lambda: False) -> None:
        """Ask in a thread, and wait until the question stands in the queue."""
        self._done[question] = threading.Event()
        here = len(self.queue._waiting), len(self.began), len(self.left)

        def asking() -> None:
            try:
                with self.queue.turn(who, gone):
                    self.began.append(question)
                    self._done[question].wait(SOON)
            except ReplacedError:
                self.left.append(question)

        self._threads.append(threading.Thread(target=asking))
        self._threads[-1].start()
        self.until(lambda: (len(self.queue._waiting), len(self.began), len(self.left)) != here)

    def answer(self, question: str) -> None:
        """A question has been answered."""
        self._done[question].set()

    def until(self, happened: Callable[[], bool]) -> None:
        """Wait for something."""
        deadline = time.monotonic() + SOON
        while not happened():
            assert time.monotonic() < deadline, (self.began, self.left)
            time.sleep(0.002)

    def close(self) -> None:
        """Answer all that is left."""
        for event in self._done.values():
            event.set()
        for thread in self._threads:
            thread.join(SOON)
            assert not thread.is_alive()


def test_so_many_are_at_work_and_the_others_come_in_their_order() -> None:
    desk = Desk(2)
    for who in "abcde":
        desk.ask(who, who)
    assert desk.began == ["a", "b"]
    desk.answer("b")
    desk.until(lambda: len(desk.began) == 3)
    desk.answer("a")
    desk.until(lambda: len(desk.began) == 4)
    assert desk.began == ["a", "b", "c", "d"]
    desk.close()
    assert (desk.began, desk.left) == ([*"abcde"], [])


def test_a_newer_question_takes_the_place_of_the_one_that_waits() -> None:
    desk = Desk(1)
    desk.ask("a1", "a")
    for question in ("b1", "a2", "c1"):
        desk.ask(question, question[0])
    desk.ask("b2", "b")
    desk.until(lambda: desk.left == ["b1"])
    for question, following in (("a1", "b2"), ("b2", "a2"), ("a2", "c1")):
        desk.answer(question)
        desk.until(lambda following=following: desk.began[-1] == following)
    desk.close()
    assert desk.began == ["a1", "b2", "a2", "c1"]


def test_who_moves_sliders_all_the_time_starves_nobody() -> None:
    """Two may be at work, never two of one asker; and who has just been served comes last."""
    desk = Desk(2)
    desk.ask("a1", "a")
    desk.ask("a2", "a")
    assert desk.began == ["a1"]  # though there is room for another
    desk.ask("b1", "b")
    assert desk.began == ["a1", "b1"]
    desk.ask("c1", "c")
    for newer in ("a3", "a4"):
        desk.ask(newer, "a")
    desk.answer("b1")
    desk.until(lambda: len(desk.began) == 3)
    assert desk.began[2] == "c1"  # a is at work
    desk.close()
    assert desk.began == ["a1", "b1", "c1", "a4"]
    assert sorted(desk.left) == ["a2", "a3"]


def test_a_question_that_nobody_wants_any_more_leaves_its_place() -> None:
    desk, closed = Desk(1), threading.Event()
    desk.ask("a", "a")
    desk.ask("b", "b", closed.is_set)
    desk.ask("c", "c")
    closed.set()
    desk.until(lambda: desk.left == ["b"])
    desk.answer("a")
    desk.until(lambda: desk.began == ["a", "c"])
    desk.ask("c2", "c")
    desk.ask("c0", "c", lambda: True)  # an old one does not put a newer one out
    desk.close()
    assert desk.began == ["a", "c", "c2"]
    assert desk.left == ["b", "c0"]


def test_after_an_error_the_next_one_has_its_turn() -> None:
    queue = Queue(1)
    with pytest.raises(ZeroDivisionError), queue.turn("a"):
        raise ZeroDivisionError
    with queue.turn("a"), pytest.raises(ReplacedError), queue.turn("b", lambda: True):
        pytest.fail("nobody wants it")


def test_ensembles_wait_in_the_queue_and_what_is_known_does_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    at_work, most, go_on = [0], [0], threading.Event()
    lock = threading.Lock()

    def simulating(*_: object, **__: object) -> object:
        with lock:
            at_work[0] += 1
            most[0] = max(most[0], at_work[0])
        go_on.wait(SOON)
        with lock:
            at_work[0] -= 1
        return object()

    monkeypatch.setattr("viz.asking.simulate", simulating)
    asking.ensemble.cache_clear()
    try:
        threads = [
            threading.Thread(target=asking.ensemble, args=(run_of(seed=seed), seed))
            for seed in range(6)
        ]
        for thread in threads:
            thread.start()
        deadline = time.monotonic() + SOON
        while len(asking._queue._waiting) < len(threads) - asking.AT_ONCE:
            assert time.monotonic() < deadline
            time.sleep(0.01)
        go_on.set()
        for thread in threads:
            thread.join(SOON)
        assert most == [asking.AT_ONCE]
        known = asking.ensemble(run_of(seed=0))
        assert asking.ensemble(run_of(seed=0), "somebody", lambda: True) is known
    finally:
        go_on.set()
        asking.ensemble.cache_clear()
