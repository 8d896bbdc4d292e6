"""`check`: whether a file will work, before a run."""

from argparse import Namespace
from collections.abc import Iterator
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from kernegotiate.cli.checks import Checked, check
from kernegotiate.cli.output import Answer
from kernegotiate.cli.words import counted


def answer(arguments: Namespace) -> Answer:
    """Answer `kernegotiate check FILE`; exit code 1 if the file will not work."""
    found = check(arguments.file)

    def data() -> dict[str, Any]:
        return {
            "file": arguments.file,
            "kind": found.kind,
            "works": not found.problems,
            "problems": found.problems,
            "look_again": found.remarks,
            "unused_columns": found.unused,
        }

    return Answer(data, lambda: _blocks(arguments.file, found), code=1 if found.problems else 0)


def _blocks(file: str, found: Checked) -> Iterator[RenderableType]:
    if found.problems:
        yield f"{file} ({found.kind}) will not work: {counted(len(found.problems), 'problem')}."
        yield Group(*(Text(f"- {told}") for told in found.problems))
    else:
        yield f"{file} ({found.kind}) will work."
    if found.remarks:
        yield Group(Text("Look again", style="bold"), *(Text(f"- {one}") for one in found.remarks))
    if found.unused:
        yield f"Columns that nobody reads: {', '.join(found.unused)}."
