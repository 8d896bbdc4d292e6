"""Who works for us at a Dask scheduler now, and what they have been given."""

from __future__ import annotations

import pickle
import time
from asyncio import CancelledError as Cancelled
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from contextlib import suppress
from functools import partial
from queue import Empty, SimpleQueue
from typing import Any, NoReturn

import pyarrow as pa

from kernegotiate.batch.executors import Work
from kernegotiate.batch.plan import Job
from kernegotiate.scenario import KernegotiateError, ScenarioError

REACH = 10  # seconds in which a scheduler answers, or is not there
SILENCE = 60  # seconds without an answer after which it is given up
REMIND = 60  # seconds between two sentences about the same
PATIENCE = 3  # seconds without workers that are not worth a sentence
AGAIN = 3  # times that a job which failed is given to somebody else
KEPT = "what is finished is kept, go on with resume (--resume)"


class Crew:
    """The workers of a scheduler, however many there are at the moment.

    Args:
        client: A `distributed.Client`.
        tell: Called with a sentence while there are no workers.

    Raises:
        ScenarioError: The client is closed.
    """

    def __init__(self, client: Any, tell: Callable[[str], object]) -> None:
        self._client = client
        self._tell = tell
        if getattr(client, "status", None) != "running" or client.scheduler is None:
            raise ScenarioError("scheduler: the client is not connected; connect another one")
        self._address = client.scheduler.address
        self.chunks: dict[Any, int] = {}  # number by future
        self._ended: SimpleQueue[Any] = SimpleQueue()
        self._threads = 0
        self._looked = float("-inf")
        self._answered = self._manned = time.monotonic()
        self._told = float("-inf")

    def give(self, work: Work, job: Job) -> None:
        """Have a job done by anybody."""
        import cloudpickle

        # Inner functions travel by their code: whoever lacks our package can say so, where a
        # worker that cannot even read what it is to do would end without a word.
        def do(what: bytes) -> pa.Table:
            return pickle.loads(what)()

        what = cloudpickle.dumps(partial(work, job))
        try:
            future = self._client.submit(do, what, pure=False, retries=AGAIN)
            self.chunks[future] = job.chunk
            future.add_done_callback(self._ended.put)
        except (OSError, CancelledError, Cancelled, RuntimeError, AttributeError):
            self._lost()

    def threads(self) -> int:
        """How many jobs can be done at once, as of a second ago."""
        now = time.monotonic()
        if now - self._looked < 1:
            return self._threads
        self._looked = now
        try:
            there = self._client.sync(
                self._client.scheduler.ncores, workers=None, callback_timeout=REACH
            )
        except (OSError, CancelledError, Cancelled, RuntimeError, AttributeError):
            # Perhaps it has only too much to do; if its connection is gone, the jobs tell.
            if time.monotonic() - self._answered > SILENCE or self._client.status == "closed":
                self._lost()
            return self._threads
        self._answered = time.monotonic()
        self._threads = sum(there.values())
        if self._threads:
            self._manned, self._told = self._answered, float("-inf")
        elif now - self._manned > PATIENCE and now - self._told > REMIND:
            self._told = now
            self._tell(f"The scheduler at {self._address} has no workers; waiting for some.")
        return self._threads

    def finished(self, seconds: float) -> Iterator[tuple[int, pa.Table]]:
        """Chunk and rows of the next job that is done, if one is within some seconds."""
        try:
            future = self._ended.get(timeout=seconds)
        except Empty:
            if self._client.status != "running":
                self._lost()
            return
        try:
            table = future.result(timeout=REACH)
        except TimeoutError:  # who had the rows has left with them; another one does it again
            future.add_done_callback(self._ended.put)
            return
        except (CancelledError, Cancelled):
            self._lost()
        except KernegotiateError:
            raise
        except Exception as error:  # noqa: BLE001 (what ends a worker comes as any)
            _explain(error)
        yield self.chunks.pop(future), table

    def dismiss(self) -> None:
        """Take back what has not been done."""
        with suppress(Exception):  # whoever cannot be told does not work for us either
            if self._client.status == "running":
                self._client.sync(
                    self._client._cancel,  # noqa: SLF001
                    list(self.chunks),
                    callback_timeout=REACH,
                )
        self.chunks.clear()

    def _lost(self) -> NoReturn:
        raise ScenarioError(f"scheduler: {self._address} is gone; {KEPT}") from None


def _explain(error: Exception) -> NoReturn:
    """Say in a sentence what kept the workers from working, where it is not a mistake of ours."""
    causes: list[BaseException] = [error]
    while (cause := causes[-1].__cause__) is not None and cause not in causes:
        causes.append(cause)
    for one in causes:
        if isinstance(one, ImportError):
            raise ScenarioError(
                f"scheduler: a worker or the scheduler lacks what is needed ({one}); install the "
                f"same version of kernegotiate there; {KEPT}"
            ) from None
        if isinstance(one, MemoryError):
            raise ScenarioError(f"scheduler: a worker has not enough memory; {KEPT}") from None
        if type(one).__name__ == "KilledWorker":
            raise ScenarioError(
                f"scheduler: several workers were killed at the same work, as by a limit of "
                f"memory or time; {KEPT}"
            ) from None
    raise error
