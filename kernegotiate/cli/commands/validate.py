"""`validate`: hold facts of the field against the model."""

import shlex
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from kernegotiate.analysis.validation.report import check_report, read_before, write_report
from kernegotiate.analysis.validation.summary import Tables
from kernegotiate.analysis.validation.validation import POINTS, RUNS, SEED, validate
from kernegotiate.cli import leaving
from kernegotiate.cli.output import Answer
from kernegotiate.cli.progress import progress
from kernegotiate.cli.settings import read_settings
from kernegotiate.scenario import ScenarioError

COLOURS = {"reproduced": "green", "mixed": "yellow", "opposite": "red", "no effect": "red"}


def answer(arguments: Namespace) -> Answer:
    """Answer `kernegotiate validate`."""
    if arguments.resume and not arguments.out:
        raise ScenarioError("--resume: needs the folder to go on with, --out")
    if arguments.report:
        check_report(arguments.report)
    before = read_before(arguments.beside) if arguments.beside else None
    kept = "Interrupted; what is finished is kept, go on with --resume." if arguments.out else ""
    with leaving.saying(kept), progress() as told:
        found = validate(
            [*(arguments.only or ()), *map(Path, arguments.facts or ())],
            points=arguments.points,
            runs=arguments.runs,
            seed=arguments.seed,
            out=arguments.out,
            resume=arguments.resume,
            threads=arguments.threads,
            off=arguments.off,
            settings=read_settings(arguments.settings),
            progress=told,
        )
    tables, written = Tables.of(found), None
    if arguments.report:
        command = _command(arguments)
        written = write_report(found, tables, arguments.report, command=command, before=before)

    def data() -> dict[str, Any]:
        return {
            "points": len(found.box),
            "runs": found.runs,
            "seed": found.seed,
            "off": found.off,
            "facts": tables.facts.to_dict("records"),
            "parts": tables.parts.to_dict("records"),
        }

    def blocks() -> Iterator[RenderableType]:
        yield (
            f"{len(found.box)} points of the plausible box, {found.runs} paired runs of each arm, "
            f"seed {found.seed}."
        )
        table = Table(box=None, pad_edge=False, header_style="bold")
        for name in ("fact", "finding", "by construction", "verdict"):
            table.add_column(name)
        for name in ("right, %", "opposite, %", "floor, %"):
            table.add_column(name, justify="right")
        for row in tables.facts.to_dict("records"):
            verdict = row["verdict"]
            shares = [_percent(row.get(name)) for name in ("right", "opposite", "floor")]
            style = COLOURS.get(verdict, "dim")
            told = Text(verdict, style=style)
            table.add_row(row["fact"], row["title"], row["built_in"], told, *shares)
        yield table
        if written:
            yield f"The page is {written}."

    return Answer(data, blocks)


def _command(arguments: Namespace) -> str:
    """How the report is made again."""
    words = ["kernegotiate validate"]
    for option, value, usual in (
        ("--points", arguments.points, POINTS),
        ("--runs", arguments.runs, RUNS),
        ("--seed", arguments.seed, SEED),
    ):
        if value != usual:
            words.append(f"{option} {value}")
    for option, values in (("--only", arguments.only), ("--facts", arguments.facts)):
        if values:
            words.append(f"{option} {' '.join(map(shlex.quote, values))}")
    if arguments.settings:
        words.append(f"--set {' '.join(map(shlex.quote, arguments.settings))}")
    if arguments.off:
        words.append("--off")
    return " ".join(words)


def _percent(value: float | None) -> str:
    return "" if value is None or value != value else f"{100 * value:.0f}"  # noqa: PLR0124 (NaN)
