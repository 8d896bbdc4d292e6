"""Tables of outcomes: rows are outcomes under their verdict, columns are institutions."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from rich import box
from rich.console import Group
from rich.table import Table
from rich.text import Text

from kernegotiate.analysis import Comparison
from kernegotiate.analysis.comparison import Difference, Level
from kernegotiate.analysis.labels import OVERVIEW, grouped, label
from kernegotiate.batch import Runs
from kernegotiate.cli.numbers import Money, estimated
from kernegotiate.cli.output import width
from kernegotiate.engine.outcomes import MEANING, OUTCOMES

LABEL, COLUMN = 28, 13  # characters: the labels at least, each other column with its gap

Row = Level | Difference
"""A row of the levels or the differences of a comparison."""
Cell = Callable[[str, str], str]
"""Text for an institution and the key of a row."""


class Line(NamedTuple):
    """A row of a table: its label, the key of its cells if it has any, and whether it is bold."""

    label: str
    key: str = ""
    bold: bool = False


def outcome_tables(
    title: str, columns: Mapping[str, str], outcomes: Sequence[str], cell: Cell
) -> Iterator[Group]:
    """Draw outcomes, under their verdicts, by institution.

    Args:
        title: What the figures are.
        columns: Heads of columns by name of institution.
        outcomes: Names of outcomes.
        cell: Text for an institution and an outcome.
    """
    rows: list[Line] = []
    for verdict, names in grouped(outcomes).items():
        rows += [Line("")] if rows else []
        rows += [Line(verdict, bold=True), *(Line(f"  {label(name)}", name) for name in names)]
    yield from tables(title, columns, rows, cell)


def tables(
    title: str, columns: Mapping[str, str], rows: Sequence[Line], cell: Cell
) -> Iterator[Group]:
    """Draw figures by institution; in several tables if one would be too wide.

    Args:
        title: What the figures are.
        columns: Heads of columns by name of institution.
        rows: What is told.
        cell: Text for an institution and the key of a row.
    """
    names = list(columns)
    fit = max(1, (width() - LABEL) // COLUMN)
    parts = -(-len(names) // fit)
    for number in range(parts):
        here = names[number * len(names) // parts : (number + 1) * len(names) // parts]
        table = Table(
            box=box.SIMPLE_HEAD,
            padding=0,
            pad_edge=False,
            show_edge=False,
        )
        table.add_column("", max_width=width() - COLUMN * len(here))
        for name in here:
            table.add_column(columns[name], justify="right", width=COLUMN - 1, vertical="bottom")
        for row in rows:
            cells = [cell(name, row.key) for name in here] if row.key else []
            table.add_row(row.label, *cells, style="bold" if row.bold else None)
        yield Group(Text(title, style="bold"), table)


def level_tables(comparison: Comparison) -> Iterator[Group]:
    """Draw the level of each outcome with its interval."""
    money, rows = _money(comparison), _by_place(comparison.level_rows)
    yield from outcome_tables(
        f"What each achieves; money in {money.unit}",
        titles(comparison.runs),
        shown_outcomes(comparison),
        lambda name, outcome: _cell(rows[name, outcome], outcome, money),
    )


def difference_tables(comparison: Comparison) -> Iterator[Group]:
    """Draw paired differences from the baseline; `~` marks those whose interval holds zero.

    Rows in which nothing differs, such as the best possible, are left out.
    """
    table = comparison.difference_rows
    moved = {row.outcome for row in table if abs(row.value) > 0 or row.se > 0}
    if not moved:
        return
    money, rows = _money(comparison), _by_place(table)
    shown = titles(comparison.runs)
    first = shown.pop(table[0].baseline)
    yield from outcome_tables(
        f"Difference from {first}; points where the level is in %, money in {money.unit}",
        shown,
        [name for name in shown_outcomes(comparison) if name in moved],
        lambda name, outcome: _cell(rows[name, outcome], outcome, money, difference=True),
    )


def shown_outcomes(comparison: Comparison) -> list[str]:
    """Outcomes that its tables show: the overview where nobody has chosen, else all it has."""
    there = list(dict.fromkeys(row.outcome for row in comparison.level_rows))
    return there if set(OUTCOMES) - set(there) else [name for name in there if name in OVERVIEW]


def titles(runs: Mapping[str, Runs]) -> dict[str, str]:
    """Titles by name of institution; the name where two share a title."""
    told = {name: result.institution.title for name, result in runs.items()}
    every = list(told.values())
    return {name: title if every.count(title) == 1 else name for name, title in told.items()}


def unit_of(outcome: str) -> str:
    """The unit of an outcome; "" for counts."""
    return MEANING.get(outcome, ("", ""))[1]


def _money(comparison: Comparison) -> Money:
    """One unit of money for all tables of a comparison."""
    amounts = (row.value for row in comparison.level_rows if unit_of(row.outcome) == "money")
    return Money.to_fit(amounts, comparison.scenario.region.currency)


def _by_place(rows: Sequence[Row]) -> dict[tuple[str, str], Row]:
    """Rows by coordinator and outcome."""
    return {(row.coordinator, row.outcome): row for row in rows}


def _cell(row: Row, outcome: str, money: Money, *, difference: bool = False) -> str:
    ends = row.value, row.low, row.high
    return interval(ends, unit_of(outcome), money, difference=difference)


def interval(
    ends: tuple[float, float, float], unit: str, money: Money, *, difference: bool = False
) -> str:
    """Value and half the width of its interval; `~` marks a difference whose interval holds zero.

    Args:
        ends: Value, low and high end.
        unit: Of the value; see `figures.py`.
        money: The unit of money.
        difference: Whether to write signs and marks.
    """
    value, low, high = ends
    half = (high - low) / 2
    text = estimated(value, half, unit, money, signed=difference)
    return f"~{text}" if difference and half > 0 and low <= 0 <= high else text
