"""`describe`: what a scenario, an institution, a lever, a parameter, ... is."""

from argparse import Namespace
from collections.abc import Callable, Iterator
from typing import Any

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from kernegotiate.analysis.experiment.files import is_path
from kernegotiate.cli.cards import (
    Card,
    Row,
    case_card,
    experiment_card,
    institution_card,
    outcome_card,
    parameter_card,
    scenario_card,
)
from kernegotiate.cli.commands.list import NAMES
from kernegotiate.cli.kinds import kind_of
from kernegotiate.cli.output import Answer
from kernegotiate.scenario import ScenarioError
from kernegotiate.scenario.errors import did_you_mean

MAKERS: dict[str, Callable[[str], Card]] = {
    "scenarios": scenario_card,
    "cases": case_card,
    "institutions": institution_card,
    "experiments": experiment_card,
    "levers": parameter_card,
    "parameters": parameter_card,
    "outcomes": outcome_card,
}


def answer(arguments: Namespace) -> Answer:
    """Answer `kernegotiate describe NAME`."""
    card = find_card(arguments.name)
    return Answer(
        lambda: {"kind": card.kind, "name": card.name} | card.facts | card.tables,
        lambda: _blocks(card),
    )


def find_card(name: str) -> Card:
    """Find what a name or a path stands for.

    Raises:
        ScenarioError: Nothing has that name, or the file is wrong.
    """
    if is_path(name):
        return _of_file(name)
    known: list[str] = []
    for what, names in NAMES.items():
        here = list(names())
        if name in here:
            return MAKERS[what](name)
        known += here
    raise ScenarioError(f"describe: nothing is called '{name}', {did_you_mean(name, known)}")


def _of_file(path: str) -> Card:
    makers = {
        "institution": institution_card,
        "experiment": experiment_card,
        "scenario": scenario_card,
    }
    return makers[kind_of(path)](path)


def _blocks(card: Card) -> Iterator[RenderableType]:
    facts = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    facts.add_column(no_wrap=True)
    facts.add_column()
    for key, value in card.facts.items():
        if _text(value):
            facts.add_row(key.replace("_", " "), _text(value))
    yield Group(Text(f"{card.name} ({card.kind})", style="bold"), facts)
    for title, rows in card.tables.items():
        if rows:
            yield Group(Text(title.capitalize(), style="bold"), _table(rows))


def _table(rows: list[Row]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    for key in rows[0]:
        number = all(isinstance(row[key], int | float) for row in rows)
        table.add_column(key, justify="right" if number else "left", vertical="bottom")
    for row in rows:
        table.add_row(*(_text(value) for value in row.values()))
    return table


def _text(value: Any) -> str:
    """A value as a reader writes it; ranges and lists with commas."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"
    if isinstance(value, int):
        return f"{value:,}" if abs(value) >= 10_000 else str(value)
    if isinstance(value, tuple | list):
        numbers = len(value) == 2 and all(isinstance(item, int | float) for item in value)
        return (" to " if numbers else ", ").join(_text(item) for item in value)
    return str(value)
