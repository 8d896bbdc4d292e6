"""`list`: what there is to study. Does not wait for the engine, except to list outcomes."""

from argparse import Namespace
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from kernegotiate.analysis import experiment_names, experiment_title
from kernegotiate.cli.output import Answer
from kernegotiate.scenario import (
    institution_names,
    load_institution,
    load_scenario,
    parameters,
    scenario_names,
)

if TYPE_CHECKING:
    from rich.console import RenderableType

Titles = dict[str, str]
"""Title or meaning by name."""


def _scenarios() -> Titles:
    return {name: load_scenario(name).title for name in scenario_names()}


def _institutions() -> Titles:
    return {name: load_institution(name).title for name in institution_names()}


def _experiments() -> Titles:
    return {name: experiment_title(name) for name in experiment_names()}


def _levers() -> Titles:
    return {known.name: known.meaning for known in parameters() if known.part == "levers"}


def _parameters() -> Titles:
    return {known.name: known.meaning for known in parameters() if known.part != "levers"}


def _outcomes() -> Titles:
    from kernegotiate.engine.outcomes import MEANING

    return {name: meaning for name, (meaning, _) in MEANING.items()}


LISTS: dict[str, Callable[[], Titles]] = {
    "scenarios": _scenarios,
    "institutions": _institutions,
    "experiments": _experiments,
    "levers": _levers,
    "parameters": _parameters,
    "outcomes": _outcomes,
}
FIRST = ("scenarios", "institutions", "experiments")
"""What `list` alone shows."""


def answer(arguments: Namespace) -> Answer:
    """Answer `kernegotiate list [WHAT]`."""
    shown = {name: LISTS[name]() for name in ([arguments.what] if arguments.what else FIRST)}
    return Answer(lambda: dict(shown), lambda: _blocks(shown, everything=not arguments.what))


def _blocks(shown: dict[str, Titles], *, everything: bool) -> "Iterator[RenderableType]":
    from rich.console import Group
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    longest = max(len(name) for titles in shown.values() for name in titles)
    for what, titles in shown.items():
        table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
        table.add_column(no_wrap=True, min_width=longest)
        table.add_column()
        for name, title in titles.items():
            table.add_row(name, title)
        yield Group(Text(what.capitalize(), style="bold"), Padding(table, (0, 0, 0, 2)))
    if everything:
        yield (
            "More: kernegotiate list levers, list parameters, list outcomes; "
            "kernegotiate describe NAME."
        )
