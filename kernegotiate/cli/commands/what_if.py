"""`what-if`: an institution with changed settings beside the same as it usually is."""

from argparse import Namespace
from collections.abc import Iterator
from typing import Any

from rich.console import RenderableType

from kernegotiate.analysis.changes import what_if
from kernegotiate.cli.commands.compare import comparison_blocks, comparison_data, opening
from kernegotiate.cli.commands.explain import explanation_blocks, explanation_data
from kernegotiate.cli.output import Answer
from kernegotiate.cli.progress import progress
from kernegotiate.cli.settings import read_settings
from kernegotiate.scenario import load_institution, load_scenario, resolve


def answer(arguments: Namespace) -> Answer:
    """Answer `kernegotiate what-if SCENARIO C --set KEY=VALUE ...`."""
    settings = read_settings(arguments.settings)
    scenario = load_scenario(arguments.scenario)
    institution = load_institution(arguments.coordinator)
    resolve(scenario, institution, **settings)  # whatever is wrong is told before compiling
    with progress() as told:
        found = what_if(
            scenario,
            institution,
            runs=arguments.runs,
            seed=arguments.seed,
            threads=arguments.threads,
            progress=told,
            **settings,
        )

    def blocks() -> Iterator[RenderableType]:
        yield institution.title
        yield from opening(found.comparison, arguments.settings)
        yield from comparison_blocks(found.comparison)
        yield from explanation_blocks(found.explanation)

    def data() -> dict[str, Any]:
        return {
            "coordinator": institution.name,
            "settings": settings,
            "comparison": comparison_data(found.comparison),
            "explanation": explanation_data(found.explanation),
        }

    return Answer(data, blocks)
