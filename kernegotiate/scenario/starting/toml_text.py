"""Write values as TOML, with what is known of them in a comment."""

import json
import textwrap
from collections.abc import Iterable, Iterator
from typing import Any

from kernegotiate.scenario.parameter import Parameter

_WIDEST = 100


def toml(value: Any) -> str:
    """A value as TOML writes it.

    Args:
        value: A text, a number, a flag, or a list of such.
    """
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(toml, value))}]"
    return repr(value)


def comment(text: str, indent: int = 0) -> Iterator[str]:
    """Lines of a comment, set in by some blanks."""
    mark = f"# {' ' * indent}"
    yield from textwrap.wrap(text, _WIDEST, initial_indent=mark, subsequent_indent=mark)


def about(known: Parameter, more: str = "") -> Iterator[str]:
    """What a parameter means, its unit, what is allowed and who says its default.

    Args:
        known: The parameter.
        more: What else stands behind.
    """
    told = [known.unit, f"one of {', '.join(known.choices)}" if known.choices else known.interval]
    if known.type == "flag":
        told.append("true or false")
    behind = "; ".join(filter(None, [*told, more or known.source]))
    yield from comment(f"{known.meaning}; {behind}", 4)


def offered(parameters: Iterable[Parameter]) -> Iterator[str]:
    """Parameters at their defaults, to be changed by taking a `#` away."""
    for known in parameters:
        yield from about(known)
        yield f"# {known.name} = {toml(known.default)}"
