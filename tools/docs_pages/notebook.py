"""Notebooks of the docs: their cells are written by hand, what the cells print is written here.

Cells print text and nothing else, so that a notebook reads the same in every viewer, and so that
a test can hold what it shows against what it does, without a kernel.
"""

import contextlib
import io
import json
from pathlib import Path
from typing import Any


def notebooks(root: Path) -> dict[Path, str]:
    """The text of every notebook, run anew, by its place."""
    places = sorted((root / "docs").glob("*.ipynb"))
    return {place: executed(place.read_text(encoding="utf-8")) for place in places}


def executed(text: str) -> str:
    """A notebook after all of its cells have run, from the first to the last.

    Args:
        text: A notebook of format 4; the cells of code may print.

    Returns:
        The same cells, with what they print and their numbers.
    """
    notebook = json.loads(text)
    names: dict[str, Any] = {"__name__": "__main__"}
    number = 0
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code":
            continue
        number += 1
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile("".join(cell["source"]), f"cell {number}", "exec"), names)
        lines = printed.getvalue().splitlines(keepends=True)
        cell["execution_count"] = number
        cell["outputs"] = [{"name": "stdout", "output_type": "stream", "text": lines}] * bool(lines)
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"
