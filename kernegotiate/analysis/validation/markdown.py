"""Markdown of the parts of a page: tables, lists, shares."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from kernegotiate.analysis.validation.trees import Leaf

MARKS = {
    "reproduced": "🟢",
    "mixed": "🟡",
    "opposite": "🔴",
    "no effect": "🔴",
    "not testable": "⚪",
    "waits": "⚪",
}
"""What stands before a verdict."""


def as_list(leaves: Sequence[Leaf]) -> str:
    """A tree as a list."""
    told = []
    for leaf in leaves:
        answers = sorted(leaf.answers.items(), key=lambda one: -one[1])
        shares = ", ".join(f"{name} {100 * count / leaf.points:.0f} %" for name, count in answers)
        told.append(
            f"- {' and '.join(leaf.conditions) or 'everywhere'} ({leaf.points} points): {shares}"
        )
    return "\n\n" + "\n".join(told)


def interval(row: Any, name: str) -> str:
    """A share with its interval, in per cent."""
    value = row.get(name, math.nan)
    if value is None or math.isnan(value):
        return ""
    return f"{100 * value:.0f} ({100 * row[f'{name}_low']:.0f} to {100 * row[f'{name}_high']:.0f})"


def percent(value: Any) -> str:
    """A share in per cent; nothing where it is undefined."""
    return "" if value is None or math.isnan(value) else f"{100 * value:.0f}"


def number(value: float) -> str:
    """A value with its sign; nothing where it is undefined."""
    return "" if math.isnan(value) else f"{value:+.3g}"


def joined(text: str) -> str:
    """A text of a file on one line, without the stop at its end."""
    return " ".join(text.split()).removesuffix(".")


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table; texts may hold bars."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(
        "| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |" for line in lines
    )
