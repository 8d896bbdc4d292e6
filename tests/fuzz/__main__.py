"""`python -m tests.fuzz`: make tries, tell what fails, leave scripts that reproduce it."""

import argparse
import os
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path

os.environ.setdefault(
    "OPENBLAS_NUM_THREADS", "1"
)  # a process that is forked should have no threads

from tests.fuzz import pool, summary
from tests.fuzz.case import Case, Verdict, script
from tests.fuzz.kinds import KINDS, weighted
from tests.fuzz.shrink import shrunk

FOUND = Path(".fuzz")


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the command line and fuzz."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--tries", type=int, default=10_000, help="(default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="of all tries (default: %(default)s)")
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=list(KINDS), metavar="KIND",
                        help=f"of input, all by default: {', '.join(KINDS)}")  # fmt: skip
    parser.add_argument("--workers", type=int, default=len(os.sched_getaffinity(0)), help="at once")
    parser.add_argument("--found", type=Path, default=FOUND, help="folder of scripts (%(default)s)")
    parser.add_argument("--as-found", action="store_true", help="do not make what fails smaller")
    parser.add_argument("--write", action="store_true", help=f"write {summary.PAGE.name} anew")
    options = parser.parse_args(arguments)
    told = summary.Summary(options.seed)
    for number in (
        signal.SIGINT,
        signal.SIGTERM,
    ):  # in the background, too, where the first is ignored
        signal.signal(number, signal.default_int_handler)
    sys.stderr.write("Loading, and compiling if need be ...\n")
    pool.prepare()
    kinds = weighted(tuple(options.kinds))
    try:
        _all(options, kinds, told)
    except KeyboardInterrupt:
        sys.stderr.write("\nInterrupted; what follows is of the tries until here.\n")
    print(told.text())
    if not options.as_found:
        sys.stderr.write("Making what fails smaller ...\n" if told.faults else "")
    for place, (number, case, verdict) in told.faults.items():
        small = case if options.as_found else shrunk(case, verdict)
        path = _left(options.found, small, verdict, f"seed {options.seed}, try {number}")
        print(f"{told.counts[place]:>5}  {place}: {ascii(verdict.told)[:160]}\n       {path}")
    if options.write:
        summary.PAGE.write_text(told.page(), encoding="utf-8")
    return 1 if told.faults else 0


def _all(options: argparse.Namespace, kinds: tuple[str, ...], told: summary.Summary) -> None:
    """Make all tries and say how far they are."""
    begun = last = time.monotonic()
    jobs = pool.cases(options.seed, options.tries, kinds)
    for done, (number, case, verdict) in enumerate(pool.run(jobs, options.workers), start=1):
        told.add(number, case, verdict)
        now = time.monotonic()
        if now - last > 2 or done == options.tries:
            last = now
            rest = (now - begun) / done * (options.tries - done)
            sys.stderr.write(
                f"\r{done:,} of {options.tries:,} tries, {len(told.faults)} faults, "
                f"about {rest / 60:.0f} min {rest % 60:02.0f} s left   "
            )
            sys.stderr.flush()
    sys.stderr.write("\n")


def _left(folder: Path, case: Case, verdict: Verdict, found: str) -> Path:
    folder.mkdir(exist_ok=True)
    name = "".join(c if c.isalnum() else "-" for c in verdict.place)[:90]
    path = folder / f"{name}.py"
    path.write_text(script(case, verdict, found), encoding="ascii", errors="backslashreplace")
    return path


if __name__ == "__main__":
    sys.exit(main())
