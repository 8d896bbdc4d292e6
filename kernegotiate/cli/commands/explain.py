"""`explain`: where the best possible went, and why good works were not built."""

from argparse import Namespace
from collections.abc import Iterator
from typing import Any

import pandas as pd
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from kernegotiate.analysis import Explanation, estimate, explain
from kernegotiate.analysis.explanation import LEDGER_LINES, losses_of
from kernegotiate.analysis.labels import (
    CAUSE_MEANING,
    CAUSE_WORDS,
    LINE_WORDS,
    PART_WORDS,
    RISK_WORDS,
    causes_by_risk,
)
from kernegotiate.analysis.plot import check_figure, save
from kernegotiate.cli.commands.compare import opening
from kernegotiate.cli.numbers import Money, estimated
from kernegotiate.cli.output import Answer
from kernegotiate.cli.progress import progress
from kernegotiate.cli.settings import asked
from kernegotiate.cli.tables import Line, interval, tables, titles

NOTHING = 1e-9  # a share of the first best below which a line is rounding

Interval = tuple[float, float, float]
"""Value, low and high end."""


def answer(arguments: Namespace) -> Answer:
    """Answer `kernegotiate explain SCENARIO --coordinator C ...`."""
    figure = None if arguments.figure is None else check_figure(arguments.figure)
    scenario, institutions, settings = asked(arguments)
    with progress() as told:
        found = explain(
            scenario,
            institutions,
            runs=arguments.runs,
            seed=arguments.seed,
            threads=arguments.threads,
            progress=told,
            **settings,
        )
    if figure:
        save(found, titles(found.runs), figure)

    def blocks() -> Iterator[RenderableType]:
        yield from opening(found, arguments.settings)
        yield from explanation_blocks(found)
        if figure:
            yield f"The figure is in {figure}."

    return Answer(lambda: {"settings": settings} | explanation_data(found), blocks)


def explanation_blocks(found: Explanation) -> Iterator[RenderableType]:
    """Tables of lines, causes and differences, with a word on how to read them."""
    shown = titles(found.runs)
    money = Money.to_fit(found.ledger["value"], found.scenario.region.currency)
    lines = _lines(found.ledger)
    share, value = _cells(found.ledger, "line", "share"), _cells(found.ledger, "line", "value")
    yield from tables(
        "Where the best possible went, in % of it",
        shown,
        lines,
        lambda name, line: interval(share[name, line], "share", money),
    )
    yield from tables(
        f"The same in money: {money.unit} a run",
        shown,
        lines,
        lambda name, line: interval(value[name, line], "money", money),
    )
    if len(shown) > 1:
        first = found.differences["baseline"].iloc[0]
        less = _cells(found.differences, "line", "share")
        yield from tables(
            f"Difference from {shown[first]}, in points of the best possible",
            {name: title for name, title in shown.items() if name != first},
            [line for line in lines if line.key != "first_best"],
            lambda name, line: interval(less[name, line], "share", money, difference=True),
        )
    yield from _why(found, shown, money)
    marks = " ~ cannot be told from no difference." if len(shown) > 1 else ""
    yield (
        f"± is half of the {found.confidence:.0%} confidence interval.{marks} "
        "The lines below the best possible are losses; a negative one is a gain. They add up to "
        "what is missing: the largest gap in a run is "
        f"{found.residual:.0e} of the best possible."
    )


def _lines(ledger: pd.DataFrame) -> list[Line]:
    """Lines that matter to somebody; the first and the last in bold."""
    largest = ledger["share"].abs().groupby(ledger["line"]).max()
    return [
        Line(LINE_WORDS[line], line, bold=line in ("first_best", "welfare"))
        for line in LEDGER_LINES
        if line in ("first_best", "welfare") or largest[line] > NOTHING
    ]


def _why(found: Explanation, shown: dict[str, str], money: Money) -> Iterator[RenderableType]:
    """Causes under Feiock's risks: how often, and what they lost."""
    often = found.causes["share"].groupby(found.causes["cause"]).max()
    rows: list[Line] = []
    for risk, causes in causes_by_risk().items():
        here = [cause for cause in causes if often[cause] > 0]
        if here:
            rows.append(Line(RISK_WORDS[risk], f"risk:{risk}", bold=True))
            rows += [Line(f"  {CAUSE_WORDS[cause]}", f"cause:{cause}") for cause in here]
    if not rows:
        yield "Every work that should have been built jointly was built."
        return
    share, lost = _causes(found, "share"), _causes(found, "lost")
    parts = _cells(found.parts, "part", "share")
    lost |= {(name, f"part:{part}"): ends for (name, part), ends in parts.items()}
    missed = {name: _missed(found, name, money) for name in shown}
    yield from tables(
        "Why works that should have been built jointly were not, in % of them",
        shown,
        [Line("Not built, works a run", "missed"), *rows],
        lambda name, key: (
            missed[name] if key == "missed" else interval(share[name, key], "share", money)
        ),
    )
    yield from tables(
        "What they lost, in % of the best possible",
        shown,
        _with_parts(rows),
        lambda name, key: interval(lost[name, key], "share", money),
    )
    yield (
        f"{PART_WORDS['not_built']}: over all lines of the ledger; the causes add up to it. With "
        f"“{PART_WORDS['other']}” (works built, works not worth it, the coordinator) it is what is "
        "missing of the best possible."
    )
    yield _meanings([cause for cause in CAUSE_WORDS if often[cause] > 0])


def _with_parts(rows: list[Line]) -> list[Line]:
    """What the causes lost, between their sum and what else was lost."""
    first, last = (Line(words, f"part:{part}", bold=True) for part, words in PART_WORDS.items())
    return [first, *rows, last]


def _meanings(causes: list[str]) -> Group:
    """What the causes mean."""
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column(no_wrap=True)
    table.add_column()
    for cause in causes:
        table.add_row(CAUSE_WORDS[cause], CAUSE_MEANING[cause])
    return Group(Text("What the causes mean", style="bold"), Padding(table, (0, 0, 0, 2)))


def _missed(found: Explanation, name: str, money: Money) -> str:
    """How many works a run should have been built jointly and were not."""
    value = estimate(losses_of(found.runs[name]), "not_built")
    low, high = value.interval(found.confidence)
    return estimated(value.value, (high - low) / 2, "", money)


def _causes(found: Explanation, column: str) -> dict[tuple[str, str], Interval]:
    """Intervals by coordinator and cause or risk."""
    return {
        (name, f"{kind}:{key}"): ends
        for kind, table in (("cause", found.causes), ("risk", found.risks))
        for (name, key), ends in _cells(table, kind, column).items()
    }


def _cells(table: pd.DataFrame, key: str, column: str) -> dict[tuple[str, str], Interval]:
    """Intervals by coordinator and key."""
    low, high = ("low", "high") if column == "value" else (f"{column}_low", f"{column}_high")
    rows = table.to_dict("records")
    return {(row["coordinator"], row[key]): (row[column], row[low], row[high]) for row in rows}


def explanation_data(found: Explanation) -> dict[str, Any]:
    """An explanation as plain values."""
    return {
        "scenario": found.scenario.name,
        "currency": found.scenario.region.currency,
        "runs": len(next(iter(found.runs.values())).outcomes),
        "seed": found.seed,
        "confidence": found.confidence,
        "residual": found.residual,
        "remarks": found.remarks,
        "ledger": found.ledger.to_dict("records"),
        "differences": found.differences.to_dict("records"),
        "causes": found.causes.to_dict("records"),
        "risks": found.risks.to_dict("records"),
        "parts": found.parts.to_dict("records"),
    }
