"""Tables of outcomes: rows are outcomes under their verdict, columns are institutions."""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd
from rich import box
from rich.console import Group
from rich.table import Table
from rich.text import Text

from kernegotiate.analysis import Comparison
from kernegotiate.cli.answer import width
from kernegotiate.cli.figures import Money, estimated
from kernegotiate.cli.words import grouped, label
from kernegotiate.engine.outcomes import MEANING

LABEL, COLUMN = 28, 13  # characters: the labels at least, each other column with its gap

Row = dict[Hashable, Any]
"""A row of the levels or the differences of a comparison."""
Cell = Callable[[str, str], str]
"""Text for an institution and an outcome."""


def outcome_tables(
    title: str, columns: Mapping[str, str], outcomes: Sequence[str], cell: Cell
) -> Iterator[Group]:
    """Draw outcomes by institution; in several tables if one would be too wide.

    Args:
        title: What the figures are.
        columns: Heads of columns by name of institution.
        outcomes: Names of outcomes.
        cell: Text for an institution and an outcome.
    """
    names = list(columns)
    fit = max(1, (width() - LABEL) // COLUMN)
    tables = -(-len(names) // fit)
    for number in range(tables):
        here = names[number * len(names) // tables : (number + 1) * len(names) // tables]
        table = Table(
            box=box.SIMPLE_HEAD,
            padding=0,
            pad_edge=False,
            show_edge=False,
        )
        table.add_column("", max_width=width() - COLUMN * len(here))
        for name in here:
            table.add_column(columns[name], justify="right", width=COLUMN - 1, vertical="bottom")
        for verdict, rows in grouped(outcomes).items():
            if table.row_count:
                table.add_row()
            table.add_row(verdict, style="bold")
            for outcome in rows:
                table.add_row(f"  {label(outcome)}", *(cell(name, outcome) for name in here))
        yield Group(Text(title, style="bold"), table)


def level_tables(comparison: Comparison) -> Iterator[Group]:
    """Draw the level of each outcome with its interval."""
    levels = comparison.levels
    money, rows = _money(comparison), _by_place(levels)
    yield from outcome_tables(
        f"What each achieves; money in {money.unit}",
        titles(comparison),
        list(dict.fromkeys(levels["outcome"])),
        lambda name, outcome: _cell(rows[name, outcome], outcome, money),
    )


def difference_tables(comparison: Comparison) -> Iterator[Group]:
    """Draw paired differences from the baseline; `~` marks those that may as well be none.

    Rows in which nothing differs, such as the best possible, are left out.
    """
    table = comparison.differences
    moved = table[(table["value"].abs() > 0) | (table["se"] > 0)]
    if moved.empty:
        return
    money, rows = _money(comparison), _by_place(table)
    shown = titles(comparison)
    first = shown.pop(table["baseline"].iloc[0])
    yield from outcome_tables(
        f"Difference from {first}; points where the level is in %, money in {money.unit}",
        shown,
        list(dict.fromkeys(moved["outcome"])),
        lambda name, outcome: _cell(rows[name, outcome], outcome, money, difference=True),
    )


def titles(comparison: Comparison) -> dict[str, str]:
    """Titles by name of institution; the name where two share a title."""
    told = {name: runs.institution.title for name, runs in comparison.runs.items()}
    every = list(told.values())
    return {name: title if every.count(title) == 1 else name for name, title in told.items()}


def unit_of(outcome: str) -> str:
    """The unit of an outcome; "" for counts."""
    return MEANING.get(outcome, ("", ""))[1]


def _money(comparison: Comparison) -> Money:
    """One unit of money for all tables of a comparison."""
    levels = comparison.levels
    amounts = levels["value"][levels["outcome"].map(unit_of) == "money"]
    return Money.to_fit(amounts, comparison.scenario.region.currency)


def _by_place(table: pd.DataFrame) -> dict[tuple[str, str], Row]:
    """Rows by coordinator and outcome."""
    return {(row["coordinator"], row["outcome"]): row for row in table.to_dict("records")}


def _cell(row: Row, outcome: str, money: Money, *, difference: bool = False) -> str:
    half = (row["high"] - row["low"]) / 2
    text = estimated(row["value"], half, unit_of(outcome), money, signed=difference)
    unclear = difference and half > 0 and row["low"] <= 0 <= row["high"]
    return f"~{text}" if unclear else text
