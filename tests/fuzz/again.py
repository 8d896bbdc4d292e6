"""Make a try once more, in a process of its own, and show all of it."""

import sys
import tempfile
from pathlib import Path

from tests.fuzz.case import Case
from tests.fuzz.judge import judged


def again(case: Case) -> None:
    """Try, tell how it ends, and leave with 1 if that is a fault."""
    with tempfile.TemporaryDirectory() as folder:
        verdict = judged(case, Path(folder), loud=True)
    print(f"{verdict.end}: {verdict.told} {verdict.place}".strip())
    print(f"{verdict.seconds:.2f} s of processor time, {verdict.peak / 2**20:,.0f} MB")
    sys.exit(verdict.end == "fault")
