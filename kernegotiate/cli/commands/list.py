"""`list`: what there is to study. Does not wait for the engine, except to list outcomes."""

from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from kernegotiate.analysis import experiment_names, experiment_title
from kernegotiate.cli.output import Answer
from kernegotiate.scenario import (
    Scenario,
    case_names,
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


@cache
def _built_in(what: str = "scenarios") -> dict[str, Scenario]:
    return {name: load_scenario(name) for name in NAMES[what]()}


def _scenarios() -> Titles:
    return {name: scenario.title for name, scenario in _built_in().items()}


def _cases() -> Titles:
    return {name: case.title for name, case in _built_in("cases").items()}


def countries(what: str = "scenarios") -> dict[str, list[str]]:
    """Names of the built-in scenarios or cases by country, in their order; "" stands last."""
    found: dict[str, list[str]] = {}
    for name, scenario in _built_in(what).items():
        found.setdefault(scenario.country, []).append(name)
    return dict(sorted(found.items(), key=lambda one: (not one[0], one[0])))


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
    "cases": _cases,
    "institutions": _institutions,
    "experiments": _experiments,
    "levers": _levers,
    "parameters": _parameters,
    "outcomes": _outcomes,
}
NAMES: dict[str, Callable[[], Iterable[str]]] = LISTS | {
    "scenarios": scenario_names,
    "cases": case_names,
    "institutions": institution_names,
    "experiments": experiment_names,
}
"""Names alone, without reading all the files."""
BY_COUNTRY = ("scenarios", "cases")
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
        parts = countries(what) if what in BY_COUNTRY else {"": list(titles)}
        listed: list[RenderableType] = []
        for part, names in parts.items():
            table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
            table.add_column(no_wrap=True, min_width=longest)
            table.add_column()
            for name in names:
                table.add_row(name, titles[name])
            if len(parts) > 1:
                listed.append(Padding(Text(part or "Other"), (0, 0, 0, 2)))
            listed.append(Padding(table, (0, 0, 0, 4 if len(parts) > 1 else 2)))
        yield Group(Text(what.capitalize(), style="bold"), *listed)
    if everything:
        yield (
            "More: kernegotiate list cases, list levers, list parameters, list outcomes; "
            "kernegotiate describe NAME."
        )
