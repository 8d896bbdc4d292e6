"""Chunks on a Dask cluster: any machines that share a scheduler, or processes of this one.

SLURM and Kubernetes users start a scheduler by dask-jobqueue or dask-kubernetes and give its
address. Rows travel back to this process, which alone writes; no shared disk is needed. Workers may
come, go and come back: a job that one leaves behind is done by another.
"""

from __future__ import annotations

import gc
import logging
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from itertools import islice
from typing import Any

import pyarrow as pa

from kernegotiate.batch.crew import REACH, Crew
from kernegotiate.batch.executors import Results, Work
from kernegotiate.batch.manifest import code, other_code
from kernegotiate.batch.plan import Job
from kernegotiate.batch.processors import processors
from kernegotiate.scenario import ScenarioError

AHEAD = 2  # jobs at the cluster for each thread of it, so that none waits for the next
LOOK = 1.0  # seconds between looks at who is there


class Cluster:
    """A Dask cluster.

    Args:
        scheduler: Address of a scheduler, such as ``tcp://node:8786``; ``local`` for processes of
            this machine; or a `distributed.Client`.
        workers: Processes of a local cluster; one for each processor that we may use by default.
        tell: Called with a sentence while there are no workers; writes it to stderr by default.

    Raises:
        ScenarioError: Dask is not installed.
    """

    def __init__(
        self,
        scheduler: Any = "local",
        workers: int | None = None,
        *,
        tell: Callable[[str], object] | None = None,
    ) -> None:
        try:
            import distributed  # noqa: F401
        except ImportError:
            raise ScenarioError(
                "scheduler: Dask is not installed; install kernegotiate[cluster]"
            ) from None
        self.scheduler = scheduler
        self.workers = workers or processors()
        self.tell = tell or _tell

    def map(self, work: Work, jobs: Iterable[Job]) -> Results:
        """See `Executor.map`.

        Raises:
            ScenarioError: The scheduler cannot be reached or is gone, or its workers cannot work.
        """
        alike = partial(_work_alike, work, code())
        with ExitStack() as stack:
            stack.enter_context(_quiet())
            client = self._client(stack)
            crew = Crew(client, self.tell)
            stack.callback(crew.dismiss)
            left = iter(jobs)
            while True:
                # Follows the crew, and is never more: a million jobs would fill our memory.
                room = max(AHEAD * crew.threads(), AHEAD) - len(crew.chunks)
                for job in islice(left, max(room, 0)):
                    crew.give(alike, job)
                if not crew.chunks:
                    return
                yield from crew.finished(LOOK)

    def _client(self, stack: ExitStack) -> Any:
        """Connect; what is begun here ends with the stack."""
        import distributed

        library: Any = distributed  # whose classes have no types
        if isinstance(self.scheduler, library.Client):
            return self.scheduler
        address = self.scheduler
        if address == "local":
            alone = {"threads_per_worker": 1, "dashboard_address": None}
            quiet = {"silence_logs": logging.CRITICAL}
            cluster = library.LocalCluster(n_workers=self.workers, **alone, **quiet)
            address = stack.enter_context(cluster)
        try:
            client = library.Client(address, timeout=REACH)
        except (OSError, ValueError) as error:
            failed = f"cannot be reached ({error})"
        except Exception:  # noqa: BLE001 (a web server's greeting, say, reads as a huge number)
            failed = "what answers there is no scheduler of Dask, or one of another version"
        else:
            stack.callback(_close, client)
            return client
        # What was half made closes itself when it is collected, and waits for ever should that be
        # while another client is being made, which holds the lock that closing asks for.
        gc.collect()
        raise ScenarioError(f"scheduler: {address}: {failed}")


def _close(client: Any) -> None:
    """Leave a scheduler, be it there or not."""
    with suppress(OSError, RuntimeError):
        client.close(timeout=REACH)


def _tell(sentence: str) -> None:
    """Say something to whoever waits, if anybody can be told."""
    with suppress(OSError, ValueError, AttributeError):
        sys.stderr.write(f"{sentence}\n")
        sys.stderr.flush()


@contextmanager
def _quiet() -> Iterator[None]:
    """Let what goes wrong be told once, by us; Dask logs it too, with tracebacks."""
    logs = [
        log
        for name, log in logging.root.manager.loggerDict.items()
        if name.partition(".")[0] == "distributed" and isinstance(log, logging.Logger)
    ]
    usual = [log.level for log in logs]
    for log in logs:
        log.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for log, level in zip(logs, usual, strict=True):
            log.setLevel(level)


def _work_alike(work: Work, wanted: dict[str, Any], job: Job) -> pa.Table:
    """Do a job with the same code as the process that asked for it."""
    if difference := other_code(code(), wanted):
        raise ScenarioError(f"scheduler: a worker has other code: {difference}")
    return work(job)
