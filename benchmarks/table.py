"""A table of measurements, as text for the terminal and as Markdown for the page."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """A table.

    Attributes:
        title: What it shows.
        head: Names of the columns; the first holds words, the others numbers.
        rows: Cells as they are shown.
        remark: One line below it, if any.
    """

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    remark: str = ""

    def text(self) -> str:
        """Columns of equal width, numbers to the right."""
        widths = [
            max(len(line[i]) for line in (self.head, *self.rows)) for i in range(len(self.head))
        ]
        lines = [
            "  ".join(
                cell.rjust(width) if i else cell.ljust(width)
                for i, (cell, width) in enumerate(zip(line, widths, strict=True))
            )
            for line in (self.head, *self.rows)
        ]
        return "\n".join([self.title, *lines, *([self.remark] if self.remark else [])])

    def markdown(self) -> str:
        """A heading, the table and the remark."""
        lines = [f"| {' | '.join(line)} |" for line in (self.head, *self.rows)]
        lines.insert(1, "|---" + "|---:" * (len(self.head) - 1) + "|")
        return "\n".join(
            [f"### {self.title}", "", *lines, *(["", self.remark] if self.remark else [])]
        )


def number(value: float) -> str:
    """Three digits or more, with commas between thousands, as in 0.0123, 1.23, 12.3 and 12,345."""
    size = abs(value)
    if size >= 100 or value == 0:
        return f"{value:,.0f}"
    digits = 1 if size >= 10 else 2 if size >= 1 else 3
    return f"{value:,.{digits}f}"
