"""Claims as measured: each with its parts, intervals and verdict."""

from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from kernegotiate.analysis import ClaimResult

STYLES = {"holds": "green", "does not hold": "red", "undecided": "yellow"}


def claim_blocks(claims: Sequence[ClaimResult]) -> Iterator[RenderableType]:
    """Claims for a reader, numbered; nothing if there are none."""
    if claims:
        yield Text("Claims, as measured here", style="bold")
    for number, result in enumerate(claims, start=1):
        yield _claim(number, result)


def claim_data(claims: Sequence[ClaimResult]) -> list[dict[str, Any]]:
    """Claims as plain values."""
    return [
        {
            "says": result.claim.says,
            "evidence": result.claim.evidence,
            "verdict": result.verdict,
            "parts": [
                {
                    "label": part.part.label,
                    "expected": part.part.expected,
                    "value": part.value,
                    "low": part.low,
                    "high": part.high,
                    "se": part.error,
                    "verdict": part.verdict,
                }
                for part in result.parts
            ],
        }
        for result in claims
    ]


def _claim(number: int, result: ClaimResult) -> Group:
    """A claim, where it comes from, and each of its parts with interval and verdict."""
    claim, style = result.claim, STYLES[result.verdict]
    sentence = Text.assemble(f"{number}. ", (result.verdict.capitalize(), style), f": {claim.says}")
    if claim.evidence:
        sentence.append(f" [{', '.join(claim.evidence)}]")
    parts = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    parts.add_column()
    parts.add_column(justify="right", no_wrap=True)
    for _ in range(3):
        parts.add_column(no_wrap=True)
    for part in result.parts:
        parts.add_row(
            part.part.label,
            f"{part.value:.3f}",
            f"[{part.low:.3f}, {part.high:.3f}]",
            f"expected {part.part.expected}",
            Text(part.verdict, style=STYLES[part.verdict]),
        )
    return Group(sentence, Padding(parts, (0, 0, 0, 3)))
