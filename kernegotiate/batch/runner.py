"""From a plan to a finished dataset: whatever is missing is done, in any order, by anybody."""

from __future__ import annotations

import re
import warnings
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from kernegotiate.batch.executors import Executor, Threads
from kernegotiate.batch.plan import Plan
from kernegotiate.batch.simulation import Progress
from kernegotiate.batch.store import Store, Tell
from kernegotiate.batch.work import work
from kernegotiate.scenario import ScenarioError
from kernegotiate.scenario.arguments import check_path, check_progress


@dataclass(frozen=True)
class Shard:
    """One of several processes that fill a dataset together without knowing of each other.

    Attributes:
        number: From 1.
        of: How many there are.
    """

    number: int
    of: int

    @classmethod
    def read(cls, text: str) -> Shard:
        """Read such as ``2/8``.

        Raises:
            ScenarioError: It is something else.
        """
        found = re.fullmatch(r"(\d{1,9})/(\d{1,9})", text)
        if not found or not 1 <= int(found[1]) <= int(found[2]):
            raise ScenarioError(f"shard: found '{text}', allowed is I/N with I from 1 to N")
        return cls(int(found[1]), int(found[2]))

    def has(self, chunk: int) -> bool:
        """Whether a chunk is this one's to do."""
        return chunk % self.of == self.number - 1


def run(
    plan: Plan,
    out: str | Path,
    *,
    resume: bool = False,
    executor: Executor | None = None,
    shard: Shard | None = None,
    progress: Progress | None = None,
    tell: Tell = warnings.warn,
) -> Store:
    """Do whatever of a plan is missing in a folder, or not as it was written.

    A finished dataset is the same, row for row and bit for bit, however often it was interrupted
    and whoever did the chunks. An interrupted one can always be resumed.

    Args:
        plan: What is to be done.
        out: Folder of the dataset.
        resume: Go on with what is there; otherwise the folder must be new or empty.
        executor: Who does the chunks; threads, one for each core, by default.
        shard: Do the chunks of this shard only; it may begin the dataset or join it.
        progress: Called as `progress(runs done, runs in all)`, both of this shard.
        tell: Takes a sentence on each file that is moved aside since it is damaged.

    Raises:
        ScenarioError: The folder holds something else or cannot be written, or the experiment or
            the code has changed.
    """
    check_progress(progress)
    check_path("out", out)
    store = Store.claim(out, plan, join=resume or shard is not None, tell=tell)
    plan = plan.going_on(store.cut.runs)
    own = [chunk for chunk in range(plan.chunks) if shard is None or shard.has(chunk)]
    store.mend(own, tell)
    done = store.done()
    missing = [chunk for chunk in own if chunk not in done]
    total = sum(map(plan.runs_of, own))
    finished = total - sum(map(plan.runs_of, missing))
    if progress:
        progress(finished, total)
    jobs = (plan.job(chunk) for chunk in missing)
    with closing((executor or Threads()).map(work, jobs)) as results:
        for chunk, table in results:
            store.write(chunk, table)
            finished += plan.runs_of(chunk)
            if progress:
                progress(finished, total)
    store.merge()
    return store
