"""Tries in processes with limits: each has some memory and some time, and may die alone.

Processes are forked from one that has everything loaded and compiled, so that a new one costs
nothing, and each makes some hundred tries, so that what a try leaves behind does not pile up.
"""

from __future__ import annotations

import contextlib
import faulthandler
import multiprocessing
import os
import re
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from tests.fuzz.case import Case, Verdict
from tests.fuzz.judge import ROOT, judged
from tests.fuzz.kinds import case_of

BATCH = 150  # tries of a process
PATIENCE = 20.0  # seconds of processor time of a try
WAITING = 60.0  # seconds by the clock, for what waits instead of computing
SPACE = 3 * 2**30  # bytes of addresses beyond what is there; a machine must not fall over
LARGE = 2**29  # bytes of memory after which a process ends, since it cannot forget its peak
FILES = 2**28  # bytes of a file
FORK = multiprocessing.get_context("fork")

Job = tuple[int, Case]


@dataclass
class Worker:
    """A process and what it is at."""

    process: Any
    pipe: Connection
    folder: Path
    jobs: list[Job]
    at: int = 0
    since: float = field(default_factory=time.monotonic)
    before: float = 0.0  # processor time when the try began


def run(jobs: Iterable[Job], workers: int) -> Iterator[tuple[int, Case, Verdict]]:
    """Make tries and tell how each ends, in whatever order.

    Args:
        jobs: Numbers and tries.
        workers: Processes at a time.
    """
    left = iter(jobs)
    scratch = Path(tempfile.mkdtemp(prefix="fuzz-"))
    active: list[Worker] = []
    try:
        while True:
            while len(active) < workers and (batch := _some(left)):
                active.append(_start(batch, scratch))
            if not active:
                return
            ready = wait([worker.pipe for worker in active], timeout=0.5)
            for worker in list(active):
                found, gone = _heard(worker) if worker.pipe in ready else (_overdue(worker), False)
                yield from found
                if gone or (found and worker.process.exitcode is not None):
                    active.remove(worker)
                    rest = worker.jobs[worker.at :]
                    if rest:
                        active.append(_start(rest, scratch))
    finally:
        for worker in active:
            worker.process.kill()
            worker.process.join()
        shutil.rmtree(scratch, ignore_errors=True)


def tried(case: Case) -> Verdict:
    """One try in a process of its own."""
    return next(iter(run([(0, case)], 1)))[2]


def _some(left: Iterator[Job]) -> list[Job]:
    return [job for _, job in zip(range(BATCH), left, strict=False)]


def _start(jobs: list[Job], scratch: Path) -> Worker:
    ours, theirs = FORK.Pipe(duplex=False)
    folder = Path(tempfile.mkdtemp(dir=scratch))
    process = FORK.Process(target=_work, args=(jobs, theirs, folder), daemon=True)
    process.start()
    theirs.close()
    return Worker(process, ours, folder, jobs)


def _work(jobs: list[Job], pipe: Connection, folder: Path) -> None:
    """What a process does: one try after the other."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    stack = (folder / "stack").open("w")
    faulthandler.register(signal.SIGUSR1, file=stack, all_threads=True)
    null = os.open(os.devnull, os.O_RDWR)
    for handle in (0, 1, 2):
        os.dup2(null, handle)
    limit(SPACE)
    for place, (_, case) in enumerate(jobs):
        signal.alarm(int(2 * WAITING))  # nobody may be left to end it
        pipe.send(("begin", place))
        here = folder / str(place)
        here.mkdir()
        verdict = judged(case, here)
        shutil.rmtree(here, ignore_errors=True)
        pipe.send(("end", place, verdict))
        if verdict.peak > LARGE:  # which the next one must not be blamed for
            break
    pipe.close()
    os._exit(0)  # threads that a try has left must not be waited for


def limit(space: int) -> None:
    """Limit the memory of this process to what it has and `space` bytes of addresses more."""
    with contextlib.suppress(OSError, ValueError):
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + space,) * 2)
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILES, FILES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


Found = tuple[int, Case, Verdict]


def _heard(worker: Worker) -> tuple[list[Found], bool]:
    """What a process tells: ends of tries, and whether it is gone."""
    found: list[Found] = []
    try:
        while worker.pipe.poll():
            told = worker.pipe.recv()
            if told[0] == "begin":
                worker.at, worker.since = told[1], time.monotonic()
                worker.before = _spent(worker.process.pid)
            else:
                number, case = worker.jobs[told[1]]
                found.append((number, case, told[2]))
                worker.at = told[1] + 1
    except (EOFError, OSError):
        worker.process.join(5)
        if worker.at < len(worker.jobs) and worker.process.exitcode != 0:
            number, case = worker.jobs[worker.at]
            worker.at += 1
            code = worker.process.exitcode
            verdict = Verdict("fault", f"the process ended with {code}", f"death by {case.kind}")
            found.append((number, case, verdict))
        return found, True
    return found, False


def _overdue(worker: Worker) -> list[Found]:
    """End a try that takes too long."""
    waited = time.monotonic() - worker.since
    if waited < PATIENCE or worker.at >= len(worker.jobs):
        return []
    spent = _spent(worker.process.pid) - worker.before
    if spent < PATIENCE and waited < WAITING:
        return []
    where = _stack(worker)
    worker.process.kill()
    worker.process.join()
    number, case = worker.jobs[worker.at]
    worker.at += 1
    told = f"did not end within {waited:.0f} s ({spent:.0f} s of processor time)"
    return [(number, case, Verdict("fault", told, f"hang in {where}", spent))]


def _stack(worker: Worker) -> str:
    """Where a process is: the innermost of our own functions."""
    with contextlib.suppress(OSError):
        os.kill(worker.process.pid, signal.SIGUSR1)
    time.sleep(0.5)
    text = (worker.folder / "stack").read_text(errors="replace")
    ours = re.findall(
        rf'File "{re.escape(str(ROOT))}/((?:kernegotiate|viz)/.*?)", line \d+ in (.*)', text
    )
    return ", ".join(ours[0]) if ours else "unknown"


def _spent(pid: int) -> float:
    """Processor time of a process, seconds."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def cases(seed: int, tries: int, kinds: tuple[str, ...]) -> Iterator[Job]:
    """The tries of a seed, one by one."""
    for number in range(tries):
        yield number, case_of(seed, number, kinds)


def prepare() -> None:
    """Load and compile all that a try needs, and make what some of them damage."""
    import kernegotiate as kn
    from kernegotiate.cli.commands import (  # noqa: F401
        app,
        compare,
        demo,
        describe,
        experiment,
        explain,
        run,
        what_if,
    )  # fmt: skip
    from tests.fuzz import seeds

    kn.simulate(runs=2, threads=1, explain=True, trajectories=True, years=2)
    model = kn.RegionModel(years=2, rng=1)
    model.step()
    ours, theirs = FORK.Pipe(duplex=False)
    maker = FORK.Process(target=_make, args=(theirs,))
    maker.start()
    for kept in (seeds.DATASET, seeds.COMPILED):
        kept.update(ours.recv())
    maker.join()


def _make(pipe: Connection) -> None:
    """Make what takes threads elsewhere: no process may have them that is forked."""
    from tests.fuzz import seeds

    with tempfile.TemporaryDirectory() as folder:
        pipe.send(seeds.make_dataset(Path(folder)))
        pipe.send(seeds.make_compiled(Path(folder)))
    sys.stdout.flush()
    os._exit(0)
