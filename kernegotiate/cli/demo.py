"""`demo`: the experiment that comes with the package."""

from argparse import Namespace
from collections.abc import Iterator
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from kernegotiate.analysis import ClaimResult, Experiment, Findings
from kernegotiate.cli.answer import Answer
from kernegotiate.cli.progress import progress
from kernegotiate.cli.versus import comparison_blocks, comparison_data, conditions
from kernegotiate.cli.words import listed

SHIPPED = "coordinators"
STYLES = {"holds": "green", "does not hold": "red", "undecided": "yellow"}


def answer(arguments: Namespace) -> Answer:
    """Answer `kernegotiate demo`."""
    experiment = Experiment.load(SHIPPED)
    with progress() as told:
        findings = experiment.run(
            runs=arguments.runs, seed=arguments.seed, threads=arguments.threads, progress=told
        )
    return Answer(lambda: findings_data(findings), lambda: findings_blocks(findings))


def findings_blocks(findings: Findings) -> Iterator[RenderableType]:
    """What was asked, what was found, and what became of the claims."""
    experiment, found = findings.experiment, findings.comparison
    named = listed(runs.institution.title for runs in found.runs.values())
    yield Text(experiment.title, style="bold")
    yield experiment.question
    yield f"{found.scenario.title}. Compared: {named}; {conditions(found)}."
    yield from comparison_blocks(found)
    if findings.claims:
        yield Text("Claims, as measured here", style="bold")
        for number, result in enumerate(findings.claims, start=1):
            yield _claim(number, result)


def _claim(number: int, result: ClaimResult) -> Group:
    """A claim, where it comes from, and each of its parts with interval and verdict."""
    claim, style = result.claim, STYLES[result.verdict]
    sentence = Text.assemble(f"{number}. ", (result.verdict.capitalize(), style), f": {claim.says}")
    if claim.evidence:
        sentence.append(f" [{', '.join(claim.evidence)}]")
    parts = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    parts.add_column()
    parts.add_column(justify="right", no_wrap=True)
    for _ in range(3):
        parts.add_column(no_wrap=True)
    for part in result.parts:
        parts.add_row(
            part.part.label,
            f"{part.value:.3f}",
            f"[{part.low:.3f}, {part.high:.3f}]",
            f"expected {part.part.expected}",
            Text(part.verdict, style=STYLES[part.verdict]),
        )
    return Group(sentence, Padding(parts, (0, 0, 0, 3)))


def findings_data(findings: Findings) -> dict[str, Any]:
    """The findings as plain values."""
    experiment = findings.experiment
    return {
        "experiment": experiment.name,
        "title": experiment.title,
        "question": experiment.question,
        **comparison_data(findings.comparison),
        "claims": [
            {
                "says": result.claim.says,
                "evidence": result.claim.evidence,
                "verdict": result.verdict,
                "parts": [
                    {
                        "label": part.part.label,
                        "expected": part.part.expected,
                        "value": part.value,
                        "low": part.low,
                        "high": part.high,
                        "se": part.error,
                        "verdict": part.verdict,
                    }
                    for part in result.parts
                ],
            }
            for result in findings.claims
        ],
    }
