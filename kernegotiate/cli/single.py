"""`run`: one institution once, with its story."""

from argparse import Namespace
from collections.abc import Iterator
from itertools import groupby

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from kernegotiate.cli.answer import Answer
from kernegotiate.cli.figures import Money, figure
from kernegotiate.cli.progress import tell_if_cold
from kernegotiate.cli.settings import read_settings
from kernegotiate.cli.story import Line, story
from kernegotiate.cli.words import counted, grouped, label
from kernegotiate.scenario import ScenarioError, resolve

LEAF = "vote.weigh_vote"  # what the model, unlike the ensemble, needs compiled


def answer(arguments: Namespace) -> Answer:
    """Answer `kernegotiate run SCENARIO`."""
    settings = read_settings(arguments.settings)
    if arguments.years is not None:
        if "years" in settings:
            raise ScenarioError("years: found --years and --set years=, allowed is one of them")
        settings["years"] = arguments.years
    scenario, institution = resolve(arguments.scenario, arguments.coordinator, **settings)
    tell_if_cold(LEAF)
    from kernegotiate.agents import RegionModel

    model = RegionModel(scenario, institution, arguments.seed)
    while not model.is_over:
        model.step()
    outcomes, lines = model.outcomes(), list(story(model))

    def blocks() -> Iterator[RenderableType]:
        changed = f" With {', '.join(f'{key}={value}' for key, value in settings.items())}."
        yield (
            f"{scenario.title}; {institution.title}; {counted(scenario.years, 'year')} of new "
            f"projects; seed {arguments.seed}.{changed if settings else ''} "
            "Projects are named by their kind and their host, + the number of its partners."
        )
        yield from _years(lines)
        yield from _outcomes(outcomes, scenario.region.currency)

    return Answer(
        lambda: {
            "scenario": scenario.name,
            "institution": institution.name,
            "settings": settings,
            "seed": arguments.seed,
            "currency": scenario.region.currency,
            "outcomes": outcomes,
            "story": [line._asdict() for line in lines],
        },
        blocks,
    )


def _years(lines: list[Line]) -> Iterator[RenderableType]:
    for year, of_year in groupby(lines, key=lambda line: line.year):
        table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
        table.add_column(width=36)
        table.add_column()
        for line in of_year:
            table.add_row(line.project, line.news)
        yield Group(Text(f"Year {year}", style="bold"), Padding(table, (0, 0, 0, 2)))


def _outcomes(outcomes: dict[str, float], currency: str) -> Iterator[RenderableType]:
    from kernegotiate.engine.outcomes import MEANING

    amounts = [outcomes[name] for name, (_, unit) in MEANING.items() if unit == "money"]
    money = Money.to_fit(amounts, currency)
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column(no_wrap=True)
    table.add_column(justify="right", no_wrap=True)
    table.add_column()
    for verdict, names in grouped(MEANING).items():
        if table.row_count:
            table.add_row()
        table.add_row(Text(verdict, style="bold"))
        for name in names:
            meaning, unit = MEANING[name]
            table.add_row(f"  {label(name)}", figure(outcomes[name], unit, money), meaning)
    yield Group(Text(f"What came of it; money in {money.unit}", style="bold"), table)
