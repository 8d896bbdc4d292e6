"""The page `docs/performance.md`: prose by hand, and between two markers what was measured."""

from collections.abc import Sequence
from pathlib import Path

from benchmarks.table import Table
from kernegotiate.batch.disk import put

DOCS = Path(__file__).parents[1] / "docs"
PAGE, FIGURE = DOCS / "performance.md", DOCS / "performance.svg"
START, STOP = "<!-- measured: start -->", "<!-- measured: end -->"


def write(tables: Sequence[Table], where: str, path: Path = PAGE) -> None:
    """Replace what stands between the markers; everything else stays as it is.

    Args:
        tables: what was measured.
        where: machine, versions and date.
        path: the page.

    Raises:
        ValueError: the page lacks a marker, or has one twice.
    """
    text = path.read_text(encoding="utf-8")
    if text.count(START) != 1 or text.count(STOP) != 1:
        raise ValueError(f"{path.name}: expected {START} and {STOP}, each once.")
    before, after = text.split(START)[0], text.split(STOP)[1]
    parts = [START, f"{where}.", *(table.markdown() for table in tables), STOP]
    put(path, (before + "\n\n".join(parts) + after).encode())
