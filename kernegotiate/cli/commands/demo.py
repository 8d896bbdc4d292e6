"""`demo`: the experiment that comes with the package."""

from argparse import Namespace
from collections.abc import Iterator
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from kernegotiate.analysis import Experiment, Findings
from kernegotiate.cli.claim_report import claim_blocks, claim_data
from kernegotiate.cli.commands.compare import comparison_blocks, comparison_data, conditions
from kernegotiate.cli.output import Answer
from kernegotiate.cli.progress import progress
from kernegotiate.cli.words import listed

SHIPPED = "coordinators"


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
    yield from claim_blocks(findings.claims)


def findings_data(findings: Findings) -> dict[str, Any]:
    """The findings as plain values."""
    experiment = findings.experiment
    return {
        "experiment": experiment.name,
        "title": experiment.title,
        "question": experiment.question,
        **comparison_data(findings.comparison),
        "claims": claim_data(findings.claims),
    }
