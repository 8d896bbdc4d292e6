"""What happens on stderr while somebody waits."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Progress = Callable[[int, int], None]

PAUSE = 10.0  # seconds between lines where there is no terminal


def tell_if_cold(entry: str = "ensemble.ensemble") -> None:
    """Say that the engine has to be compiled, if it has not been.

    Args:
        entry: Module and function that is compiled last.
    """
    from kernegotiate.engine.cache import cache_folder

    if not any(cache_folder().rglob(f"{entry}-*.nbc")):
        sys.stderr.write("Compiling the engine, once for this version: about half a minute.\n")
        sys.stderr.flush()


@contextmanager
def progress() -> Iterator[Progress]:
    """Give a function to call as `done(runs done, runs in all)`; shows the time left."""
    if not sys.stderr.isatty():
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

        def told(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        yield told


class _Lines:
    """A line now and then, none for what is over soon."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._start = self._last = clock()

    def __call__(self, done: int, total: int) -> None:
        now = self._clock()
        if now - self._last < PAUSE or not 0 < done < total:
            return
        self._last = now
        left = (now - self._start) * (total - done) / done
        sys.stderr.write(f"{done:,} of {total:,} runs, about {left:,.0f} s left\n")
        sys.stderr.flush()
