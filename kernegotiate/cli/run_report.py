"""A run that is over: its timeline, its two verdicts, what it lost and why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, Self

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from kernegotiate.agents import RegionModel
from kernegotiate.agents.refusals import Witness
from kernegotiate.analysis.explanation import LEDGER_LINES
from kernegotiate.analysis.labels import (
    CAUSE_MEANING,
    CAUSE_WORDS,
    LINE_WORDS,
    OVERVIEW,
    RISK_WORDS,
    causes_by_risk,
    grouped,
    label,
)
from kernegotiate.cli.failures import Failure, failures
from kernegotiate.cli.numbers import Money, figure
from kernegotiate.cli.story import Line, headings, story
from kernegotiate.cli.words import counted
from kernegotiate.engine.diagnosis import CAUSES
from kernegotiate.engine.losses import LINES
from kernegotiate.engine.outcomes import MEANING

LARGEST = 5  # failures that are told again at the end
HEADED = ("law", "merged", "joined", "left")
"""Events that put a year on the timeline, though nothing happens to a work."""


@dataclass(frozen=True)
class Told:
    """What there is to tell of a run.

    Attributes:
        model: Is over.
        lines: Its story.
        headings: What years begin with in words, by year.
        failures: Good works that were not built.
        outcomes: By name.
        ledger: Money by line, from the first best to welfare.
        causes: Works not built, by cause.
    """

    model: RegionModel
    lines: list[Line]
    headings: dict[int, str]
    failures: list[Failure]
    outcomes: dict[str, float]
    ledger: dict[str, float]
    causes: dict[str, float]

    @classmethod
    def of(cls, model: RegionModel, witness: Witness) -> Self:
        """Gather it from a run that is over."""
        losses = model.losses()
        lines = dict(zip(LINES, losses["line"].tolist(), strict=True))
        return cls(
            model,
            list(story(model, witness)),
            headings(model, witness),
            failures(witness, model.projects),
            model.outcomes(),
            {line: lines[line] if line in lines else float(losses[line]) for line in LEDGER_LINES},
            dict(zip(CAUSES, losses["cause"].tolist(), strict=True)),
        )

    def figures(self) -> dict[str, Any]:
        """The numbers as plain values."""
        return {"outcomes": self.outcomes, "ledger": self.ledger, "causes": self.causes}

    def data(self) -> dict[str, Any]:
        """Everything as plain values."""
        return self.figures() | {
            "story": [line._asdict() for line in self.lines],
            "failures": [failure._asdict() for failure in self.failures],
        }

    def blocks(self, settings: Mapping[str, Any], folder: Path | None) -> Iterator[RenderableType]:
        """Everything for a reader.

        Args:
            settings: What was changed.
            folder: Where the run was written to, if it was.
        """
        scenario = self.model.setting.scenario
        changed = f" With {', '.join(f'{key}={value}' for key, value in settings.items())}."
        yield (
            f"{scenario.title}; {self.model.regimes[0].institution.title}; "
            f"{counted(scenario.years, 'year')} of new projects; seed {self.model.seed}."
            f"{changed if settings else ''} "
            "Projects are named by their kind and their host, + the number of its partners."
        )
        money = Money.to_fit(
            [self.outcomes[name] for name, (_, unit) in MEANING.items() if unit == "money"],
            scenario.region.currency,
        )
        yield from self._timeline()
        yield self._verdicts(money)
        yield self._ledger(money)
        yield from self._failures(money)
        if folder:
            yield f"Events, votes, promises, projects and outcomes are in {folder}."

    def _timeline(self) -> Iterator[RenderableType]:
        widest = max((len(line.project) for line in self.lines), default=0)
        news = {y: list(own) for y, own in groupby(self.lines, key=lambda line: line.year)}
        quiet = {event.year for event in self.model.log if event.event in HEADED}
        for year in sorted(news.keys() | quiet):
            table = _plain_table()
            table.add_column(width=min(widest, 38))
            table.add_column()
            for line in news.get(year, ()):
                table.add_row(line.project, line.news)
            begins = f" ({self.headings[year]})" if year in self.headings else ""
            head = Text.assemble((f"Year {year}", "bold"), begins)
            yield Group(head, Padding(table, (0, 0, 0, 2)))

    def _verdicts(self, money: Money) -> Group:
        table = _plain_table()
        table.add_column(no_wrap=True)
        table.add_column(justify="right", no_wrap=True)
        table.add_column()
        for verdict, names in grouped(OVERVIEW).items():
            if table.row_count:
                table.add_row()
            table.add_row(Text(verdict, style="bold"))
            for name in names:
                meaning, unit = MEANING[name]
                table.add_row(f"  {label(name)}", figure(self.outcomes[name], unit, money), meaning)
        return Group(Text(f"What came of it; money in {money.unit}", style="bold"), table)

    def _ledger(self, money: Money) -> Group:
        table = _plain_table()
        table.add_column(no_wrap=True)
        table.add_column(justify="right", no_wrap=True)
        table.add_column(justify="right", no_wrap=True)
        best = self.ledger["first_best"]
        for line, value in self.ledger.items():
            whole = line in ("first_best", "welfare")
            if whole or value:
                share = value / best if best else float("nan")
                table.add_row(
                    LINE_WORDS[line],
                    figure(value if whole else -value, "money", money),
                    f"{figure(share if whole else -share, 'share', money)} %",
                    style="bold" if whole else None,
                )
        title = f"Where the best possible went; {money.unit}, and % of it"
        return Group(Text(title, style="bold"), Padding(table, (0, 0, 0, 2)))

    def _failures(self, money: Money) -> Iterator[RenderableType]:
        if not self.failures:
            yield "Every work that should have been built jointly was built."
            return
        table = _plain_table()
        table.add_column(no_wrap=True)
        table.add_column(justify="right", no_wrap=True)
        table.add_column()
        for risk, causes in causes_by_risk().items():
            here = [cause for cause in causes if self.causes[cause] > 0]
            if here:
                total = sum(self.causes[cause] for cause in here)
                table.add_row(RISK_WORDS[risk], f"{total:.1f}", style="bold")
            for cause in here:
                table.add_row(
                    f"  {CAUSE_WORDS[cause]}", f"{self.causes[cause]:.1f}", CAUSE_MEANING[cause]
                )
        number = counted(len(self.failures), "good work")
        yield Group(
            Text(f"Why {number} that should have been built jointly were not", style="bold"),
            Padding(table, (0, 0, 0, 2)),
        )
        largest = sorted(self.failures, key=lambda one: -one.first_best)[:LARGEST]
        sentences = [
            f"{one.sentence} Worth {figure(one.first_best, 'money', money)} {money.unit}."
            for one in sorted(largest, key=lambda one: one.year)
        ]
        yield Group(
            Text("The largest of them" if len(self.failures) > LARGEST else "One by one", "bold"),
            *(Padding(Text(sentence), (0, 0, 0, 2)) for sentence in sentences),
        )


def _plain_table() -> Table:
    return Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
