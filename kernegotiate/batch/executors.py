"""Who does the chunks: threads of this process by default."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import islice
from typing import Protocol

import pyarrow as pa

from kernegotiate.batch.plan import Job
from kernegotiate.batch.processors import processors
from kernegotiate.batch.simulation import whole

MOST = 1000  # threads, far beyond what helps

Work = Callable[[Job], pa.Table]
Results = Generator[tuple[int, pa.Table]]


class Executor(Protocol):
    """Does jobs somewhere."""

    def map(self, work: Work, jobs: Iterable[Job]) -> Results:
        """Do jobs.

        Args:
            work: Does one job; the same job always gives the same table.
            jobs: Taken one by one, as they can be done, so that memory stays flat.

        Yields:
            Number of a chunk and its rows, in any order. When closed early, nothing more is begun.
        """
        ...


class Threads:
    """Threads of this process; the compiled loop holds no lock.

    Args:
        workers: At most; one for each processor that we may use by default.
    """

    def __init__(self, workers: int | None = None) -> None:
        if workers is not None:
            whole("threads", workers, 1)
        self.workers = min(int(workers or processors()), MOST)

    def map(self, work: Work, jobs: Iterable[Job]) -> Results:
        """See `Executor.map`."""
        left = iter(jobs)
        pool = ThreadPoolExecutor(self.workers)
        chunks: dict[Future[pa.Table], int] = {}
        try:
            for job in islice(left, 2 * self.workers):
                chunks[pool.submit(work, job)] = job.chunk
            while chunks:
                for future in wait(chunks, return_when=FIRST_COMPLETED).done:
                    yield chunks.pop(future), future.result()
                    for job in islice(left, 1):
                        chunks[pool.submit(work, job)] = job.chunk
        finally:
            pool.shutdown(cancel_futures=True)
