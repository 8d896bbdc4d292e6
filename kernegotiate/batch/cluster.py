"""Chunks on a Dask cluster: any machines that share a scheduler, or processes of this one.

SLURM and Kubernetes users start a scheduler by dask-jobqueue or dask-kubernetes and give its
address. Rows travel back to this process, which alone writes; no shared disk is needed. A job that
a dying worker leaves behind is done by another one.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import ExitStack
from functools import partial
from itertools import islice
from typing import Any

import pyarrow as pa

from kernegotiate.batch.executors import Results, Work
from kernegotiate.batch.manifest import code, other_code
from kernegotiate.batch.plan import Job
from kernegotiate.scenario import ScenarioError


class Cluster:
    """A Dask cluster.

    Args:
        scheduler: Address of a scheduler, such as ``tcp://node:8786``; ``local`` for processes of
            this machine; or a `distributed.Client`.
        workers: Processes of a local cluster; one for each core by default.

    Raises:
        ScenarioError: Dask is not installed.
    """

    def __init__(self, scheduler: Any = "local", workers: int | None = None) -> None:
        try:
            import distributed  # noqa: F401
        except ImportError:
            raise ScenarioError(
                "scheduler: Dask is not installed; install kernegotiate[cluster]"
            ) from None
        self.scheduler = scheduler
        self.workers = workers or os.cpu_count() or 1

    def map(self, work: Work, jobs: Iterable[Job]) -> Results:
        """See `Executor.map`."""
        import distributed

        left = iter(jobs)
        alike = partial(_work_alike, work, code())
        with ExitStack() as stack:
            client = self._client(stack)
            chunks: dict[Any, int] = {}

            def submit(job: Job) -> Any:
                future = client.submit(alike, job, pure=False, retries=3)
                chunks[future] = job.chunk
                return future

            try:
                threads = sum(client.nthreads().values())
                running: Any = distributed.as_completed(  # type: ignore[no-untyped-call]
                    map(submit, islice(left, 2 * max(threads, 1)))
                )
                for future in running:
                    yield chunks.pop(future), future.result()
                    for job in islice(left, 1):
                        running.add(submit(job))
            finally:
                client.cancel(list(chunks))

    def _client(self, stack: ExitStack) -> Any:
        """Connect; what is begun here ends with the stack."""
        import distributed

        library: Any = distributed  # whose classes have no types
        if isinstance(self.scheduler, library.Client):
            return self.scheduler
        address = self.scheduler
        if address == "local":
            alone = {"threads_per_worker": 1, "dashboard_address": None}
            cluster = library.LocalCluster(n_workers=self.workers, **alone)
            address = stack.enter_context(cluster)
        try:
            return stack.enter_context(library.Client(address, timeout=10))
        except (OSError, ValueError) as error:
            raise ScenarioError(f"scheduler: {address}: cannot be reached ({error})") from None


def _work_alike(work: Work, wanted: dict[str, Any], job: Job) -> pa.Table:
    """Do a job with the same code as the process that asked for it."""
    if difference := other_code(code(), wanted):
        raise ScenarioError(f"scheduler: a worker has other code: {difference}")
    return work(job)
