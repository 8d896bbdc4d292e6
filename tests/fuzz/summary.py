"""What a run of the fuzzer came to, as text and as a page."""

import subprocess
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime

from tests.fuzz.case import Case, Verdict
from tests.fuzz.judge import ROOT
from tests.fuzz.kinds import KINDS

PAGE = ROOT / "docs" / "fuzzing.md"


@dataclass
class Summary:
    """Counts of tries and the first fault of each place."""

    seed: int
    ends: Counter[tuple[str, str]] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)
    faults: dict[str, tuple[int, Case, Verdict]] = field(default_factory=dict)
    slowest: dict[str, float] = field(default_factory=dict)
    peak: dict[str, int] = field(default_factory=dict)

    def add(self, number: int, case: Case, verdict: Verdict) -> None:
        """Count a try; of the faults of a place keep the first, whoever was sooner."""
        kind = case.kind
        self.ends[kind, verdict.end] += 1
        self.slowest[kind] = max(self.slowest.get(kind, 0.0), verdict.seconds)
        self.peak[kind] = max(self.peak.get(kind, 0), verdict.peak)
        if verdict.end == "fault":
            self.counts[verdict.place] += 1
            known = self.faults.get(verdict.place)
            if known is None or number < known[0]:
                self.faults[verdict.place] = number, case, verdict

    def rows(self) -> list[tuple[str, ...]]:
        """A row for each kind, and one for all."""
        kinds = [kind for kind in KINDS if kind in self.slowest]
        return [*(self._row(kind, [kind]) for kind in kinds), self._row("all", kinds)]

    def _row(self, name: str, kinds: list[str]) -> tuple[str, ...]:
        counts = [
            sum(self.ends[kind, end] for kind in kinds) for end in ("answered", "refused", "fault")
        ]
        slowest = max((self.slowest[kind] for kind in kinds), default=0.0)
        peak = max((self.peak[kind] for kind in kinds), default=0) / 2**20
        return (name, *(f"{n:,}" for n in (sum(counts), *counts)), f"{slowest:.1f}", f"{peak:,.0f}")

    def text(self) -> str:
        """The table for a terminal."""
        return "\n".join(
            f"{row[0]:<12}" + "".join(f"{cell:>11}" for cell in row[1:])
            for row in [HEAD, *self.rows()]
        )

    def page(self) -> str:
        """The page of the docs."""
        table = [f"| {' | '.join(row)} |" for row in [HEAD, *self.rows()]]
        table.insert(1, "|---|" + "---:|" * (len(HEAD) - 1))
        told = subprocess.run(
            ["git", "rev-parse", "--short=12", "HEAD"],
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        return TEMPLATE.format(
            table="\n".join(table),
            date=datetime.now(UTC).date().isoformat(),
            commit=told.stdout.strip() or "unknown",
            seed=self.seed,
            faults="No try failed." if not self.faults else _listed(self),
        )


def _listed(told: Summary) -> str:
    lines = [f"- {told.counts[place]} x {place}" for place in told.faults]
    return "Tries that failed, by place:\n\n" + "\n".join(lines)


HEAD = ("input", "tries", "answered", "refused", "faults", "slowest, s", "peak, MB")

TEMPLATE = """\
# What was tried against it

Whatever a file, a command line, a link or an argument holds, it is answered or refused: on the
command line with exit code 2 and one short sentence, in Python with a `KernegotiateError`. A fuzzer
looks for what breaks that: it damages valid inputs of every kind (bytes, structure, grammar), uses
them as a user would, and counts as a fault a traceback, another exception, a warning, a sentence of
more than one line or 400 characters, an invisible or escape character that reaches a terminal, more
than 20 s of processor time (or 60 s by the clock), and more than 1 GB of memory.

```
make fuzz                                    # 10,000 tries
make fuzz ARGS="--kinds geometry --seed 7"   # some kinds, other tries
make fuzz ARGS=--write                       # and this page
```

The same seed makes the same tries. What fails is made small and left in `.fuzz/` as a script that
reproduces it. Requests that are allowed and large, such as a million runs, are not tries: they take
as long as they take.

The last run, {date}, commit `{commit}`, seed {seed}:

{table}

{faults}

Slowest is in seconds of processor time; peak is the memory of the process that made the try, with
about 300 MB of libraries.
"""
