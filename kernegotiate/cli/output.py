"""What a command answers: one document for programs, or blocks for a reader."""

import io
import json
import math
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kernegotiate.cli.streams import write

if TYPE_CHECKING:
    from rich.console import RenderableType

WIDEST = 100  # characters; longer lines are hard to read


@dataclass(frozen=True)
class Answer:
    """An answer in both forms; the form that is not asked for is never made.

    Attributes:
        data: Makes plain values for JSON; NaN where something is undefined.
        blocks: Makes what is shown, from top to bottom.
        code: Exit code of the command.
    """

    data: Callable[[], dict[str, Any]]
    blocks: Callable[[], "Iterable[RenderableType]"]
    code: int = 0


def give(answer: Answer, *, as_json: bool) -> None:
    """Write an answer to stdout."""
    if as_json:
        text = json.dumps(plain(answer.data()), allow_nan=False, indent=2) + "\n"
    else:
        text = drawn(answer.blocks())
    encoding = sys.stdout.encoding or "utf-8"
    write(text.encode(encoding, "replace").decode(encoding))


def width() -> int:
    """Characters in a line: those of the terminal up to `WIDEST`; `WIDEST` in a file."""
    if not sys.stdout.isatty():
        return WIDEST
    return max(40, min(WIDEST, shutil.get_terminal_size().columns))


def drawn(blocks: "Iterable[RenderableType]") -> str:
    """Draw blocks as text, one empty line apart; in colour on a terminal."""
    from rich.console import Console

    paper = io.StringIO()
    console = Console(
        file=paper,
        width=width(),
        force_terminal=sys.stdout.isatty(),
        highlight=False,
        markup=False,
        emoji=False,
    )
    for number, block in enumerate(blocks):
        if number:
            console.print()
        console.print(block)
    return "\n".join(line.rstrip() for line in paper.getvalue().split("\n"))


def plain(value: Any) -> Any:
    """Turn values into what JSON knows: NaN and infinities become null, NumPy numbers plain."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if hasattr(value, "item"):
        value = value.item()
    return None if isinstance(value, float) and not math.isfinite(value) else value
