"""`compare`: institutions side by side on the same leaders and projects."""

from argparse import Namespace
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich.console import RenderableType

from kernegotiate.analysis import Comparison, Precision, compare
from kernegotiate.cli.output import Answer
from kernegotiate.cli.pairing import precise, variance_saved
from kernegotiate.cli.progress import progress
from kernegotiate.cli.settings import asked
from kernegotiate.cli.tables import difference_tables, level_tables, shown_outcomes
from kernegotiate.cli.words import counted

if TYPE_CHECKING:
    from kernegotiate.analysis import Explanation


def answer(arguments: Namespace) -> Answer:
    """Answer `kernegotiate compare SCENARIO C ...`."""
    scenario, institutions, settings = asked(arguments)
    with progress() as on_progress:
        found = compare(
            scenario,
            institutions,
            runs=arguments.runs,
            seed=arguments.seed,
            threads=arguments.threads,
            progress=on_progress,
            precision=arguments.precision,
            **settings,
        )

    achieved = None
    if arguments.precision is not None:
        achieved = found.achieved(Precision.of(arguments.precision, confidence=found.confidence))

    def blocks() -> Iterator[RenderableType]:
        yield from opening(found, arguments.settings)
        yield from comparison_blocks(found)
        if achieved:
            yield precise(achieved)

    def data() -> dict[str, Any]:
        told = None if achieved is None else asdict(achieved)
        return {"settings": settings, "precision": told} | comparison_data(found)

    return Answer(data, blocks)


def amount(found: "Comparison | Explanation") -> int:
    """Runs of each."""
    return len(next(iter(found.runs.values())))


def conditions(found: "Comparison | Explanation") -> str:
    """How the figures were made, in half a sentence."""
    runs = amount(found)
    alike = ", on the same leaders and projects" if len(found.runs) > 1 else ""
    return (
        f"{counted(runs, 'run')} of {counted(found.scenario.years, 'year')}"
        f"{' each' if alike else ''}{alike} (seed {found.seed})"
    )


def opening(found: "Comparison | Explanation", written: Sequence[str]) -> Iterator[RenderableType]:
    """How the figures were made, with which settings, and what to know before reading them."""
    changed = f" With {', '.join(written)}." if written else ""
    yield f"{found.scenario.title}: {conditions(found)}.{changed}"
    yield from found.remarks


def comparison_blocks(found: Comparison) -> Iterator[RenderableType]:
    """Tables of levels and differences with a word on how to read them."""
    yield from level_tables(found)
    yield from difference_tables(found)
    yield (
        f"± is half of the {found.confidence:.0%} confidence interval. "
        "~ cannot be told from no difference."
    )
    if saved := variance_saved((row.se, row.saved) for row in found.difference_rows):
        yield saved
    runs, shown = amount(found), shown_outcomes(found)
    undefined = [
        f"{row.outcome} of {row.coordinator} ({runs - row.runs:,})"
        for row in found.level_rows
        if row.runs < runs and row.outcome in shown
    ]
    if undefined:
        yield f"Undefined in some of the {runs:,} runs, which are left out: {', '.join(undefined)}."


def comparison_data(found: Comparison) -> dict[str, Any]:
    """A comparison as plain values."""
    return {
        "scenario": found.scenario.name,
        "currency": found.scenario.region.currency,
        "runs": amount(found),
        "seed": found.seed,
        "confidence": found.confidence,
        "remarks": found.remarks,
        "levels": [row._asdict() for row in found.level_rows],
        "differences": [row._asdict() for row in found.difference_rows],
    }
