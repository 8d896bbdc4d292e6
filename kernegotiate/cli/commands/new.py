"""`new`: begin a region from a table and a map, or an institution from another one."""

import shlex
from argparse import Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from kernegotiate.cli.output import Answer
from kernegotiate.cli.words import counted
from kernegotiate.scenario import ScenarioError
from kernegotiate.scenario.starting.columns import Asked
from kernegotiate.scenario.starting.new_institution import new_institution
from kernegotiate.scenario.starting.new_region import Made, new_region

CODE = 3  # letters of a currency


def answer(arguments: Namespace) -> Answer:
    """Answer `kernegotiate new KIND`."""
    return _region(arguments) if arguments.kind == "region" else _institution(arguments)


def _region(arguments: Namespace) -> Answer:
    currency = arguments.currency.strip()
    asked = Asked(
        people=arguments.people,
        money=arguments.money,
        currency=currency.upper() if len(currency) == CODE else currency,
        renamed=_renamed(arguments.rename),
    )
    made = new_region(
        Path(arguments.folder),
        Path(arguments.governments),
        Path(arguments.map) if arguments.map else None,
        asked=asked,
        title=arguments.title,
        force=arguments.force,
    )
    file = _given(made.path)
    following = [
        f"kernegotiate describe {file}",
        f"kernegotiate check {file}",
        f"kernegotiate run {file} --coordinator advisory_council --seed 1",
        f"kernegotiate compare {file} none lga empowered_board",
        f"kernegotiate app {file}",
    ]

    def data() -> dict[str, Any]:
        return {
            "scenario": made.path.as_posix(),
            "files": [one.as_posix() for one in made.files],
            "governments": len(made.scenario.region.governments),
            "currency": made.scenario.region.currency,
            "columns": made.columns,
            "unused_columns": made.unused,
            "said": made.said,
            "look_again": made.remarks,
            "next": following,
        }

    return Answer(data, lambda: _region_blocks(made, following))


def _region_blocks(made: Made, following: Sequence[str]) -> Iterator[RenderableType]:
    size = counted(len(made.scenario.region.governments), "government")
    yield f"{made.path.as_posix()} is a scenario of {size}, beside {_names(made.files[1:])}."
    yield _listed("How the table was read", made.said)
    if made.remarks:
        yield _listed("Look again", made.remarks)
    yield _listed("Next", following, mark="")


def _institution(arguments: Namespace) -> Answer:
    path = Path(arguments.file)
    made = new_institution(path, arguments.start, force=arguments.force)
    file = _given(path)
    following = [
        f"kernegotiate describe {file}",
        f"kernegotiate check {file}",
        f"kernegotiate compare mekong_delta {shlex.quote(arguments.start)} {file}",
    ]

    def blocks() -> Iterator[RenderableType]:
        yield f"{path} is an institution with the values of {arguments.start}, ready to be changed."
        yield _listed("Next", following, mark="")

    return Answer(
        lambda: {"institution": made.name, "file": path.as_posix(), "next": following}, blocks
    )


def _given(path: Path) -> str:
    """A path as a command takes it, on any system."""
    return shlex.quote(path.as_posix())


def _renamed(words: Sequence[str]) -> dict[str, str]:
    """Columns by header, of words such as ``Dân số TB=population``."""
    found = {}
    for word in words:
        old, mark, new = (part.strip() for part in word.rpartition("="))
        if not (mark and old and new):
            raise ScenarioError(
                f"--rename: found '{word}', allowed is such as 'Pop 2022=population'"
            )
        found[old] = new
    return found


def _names(files: Sequence[Path]) -> str:
    *first, last = [one.name for one in files]
    return f"{', '.join(first)} and {last}" if first else last


def _listed(title: str, lines: Sequence[str], mark: str = "- ") -> Group:
    return Group(Text(title, style="bold"), *(Text(f"  {mark}{line}") for line in lines))
