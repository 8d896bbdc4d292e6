"""What happens on stderr while somebody waits."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Progress = Callable[[int, int], None]

PAUSE = 10.0  # seconds between lines where there is no terminal


def tell_if_cold(entry: str = "ensemble.ensemble") -> bool:
    """Load the compiler, and say that the engine has to be compiled, if it has not been.

    Args:
        entry: Module and function that is compiled last.

    Returns:
        Whether it has to be.
    """
    from kernegotiate.cli.loading import load_compiler
    from kernegotiate.engine.cache import is_warm

    load_compiler()
    cold = not is_warm(entry)
    if cold:
        sys.stderr.write("Compiling the engine, once for this version: about half a minute.\n")
        sys.stderr.flush()
    return cold


@contextmanager
def progress() -> Iterator[Progress]:
    """Give a function to call as `told(runs done, runs in all)`; shows the time left."""
    tell_if_cold()
    with _shown() as told:
        yield told


@contextmanager
def _shown() -> Iterator[Progress]:
    """A bar on a terminal, lines elsewhere."""
    if not sys.stderr.isatty() or os.environ.get("TERM") in {"dumb", "unknown"}:
        yield _Lines(time.monotonic)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("Simulating"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("runs, left:"),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        rounds = _Rounds()

        def told(done: int, total: int) -> None:
            if rounds.anew(done, total):
                bar.reset(task, completed=done, total=total)
            else:
                bar.update(task, completed=done, total=total)

        yield told


class _Rounds:
    """Notices when another round has begun, whose pace is measured anew."""

    def __init__(self) -> None:
        self._done, self._total = 0, -1

    def anew(self, done: int, total: int) -> bool:
        """Whether this is the first call of a round: another total, or less done than before."""
        begun = total != self._total or done < self._done
        self._done, self._total = done, total
        return begun


class _Lines:
    """A line now and then, none for what is over soon."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._rounds = _Rounds()
        self._first = 0.0, 0  # time and runs, once all is compiled
        self._last = 0.0

    def __call__(self, done: int, total: int) -> None:
        now = self._clock()
        if self._rounds.anew(done, total):
            self._first, self._last = (now, done), now
        start, before = self._first
        if now - self._last < PAUSE or not before < done < total:
            return
        self._last = now
        left = (now - start) * (total - done) / (done - before)
        sys.stderr.write(f"{done:,} of {total:,} runs, about {left:,.0f} s left\n")
        sys.stderr.flush()
