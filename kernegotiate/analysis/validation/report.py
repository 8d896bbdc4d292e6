"""Write a validation into a folder: the page, its figures, and its tables as CSV."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from kernegotiate.analysis.validation.figures import draw
from kernegotiate.analysis.validation.page import FIGURES, page
from kernegotiate.analysis.validation.summary import (
    facts_table,
    parts_table,
    ranking_table,
    switches_table,
)
from kernegotiate.analysis.validation.validation import Validation
from kernegotiate.batch.disk import put, put_folder, saying
from kernegotiate.batch.place import local
from kernegotiate.scenario import ScenarioError


def write_report(
    found: Validation, folder: str | Path, *, command: str, before: pd.DataFrame | None = None
) -> Path:
    """Write `validation.md`, and beside it a folder of figures and tables.

    Args:
        found: What the model says.
        folder: Where to; made if it is not there.
        command: How the page is made again.
        before: Table of facts of an earlier model.

    Returns:
        The page.
    """
    parts = parts_table(found)
    tables = {
        "facts": facts_table(found),
        "parts": parts,
        "ranking": ranking_table(found),
        "switches": switches_table(found),
    }
    files = {
        f"{name}.csv": table.to_csv(index=False, float_format="%.4f", lineterminator="\n").encode()
        for name, table in tables.items()
        if len(table)
    }
    for fact in found.facts:
        if fact.parts:
            own = parts[parts["fact"] == fact.name]
            answers = found.answers[found.answers["fact"] == fact.name]
            files[f"{fact.name}.svg"] = draw(fact, own, answers)
    written = local(folder) / "validation.md"
    text = page(found, command=command, before=before)
    with saying(local(folder), "cannot be written"):
        put_folder(local(folder) / FIGURES, files)
        put(written, text.encode())
    return written


def read_before(path: str | Path) -> pd.DataFrame:
    """Read a table of facts that an earlier report left.

    Raises:
        ScenarioError: It is none.
    """
    try:
        table = pd.read_csv(path, keep_default_na=True)
    except (OSError, ValueError) as error:
        raise ScenarioError(f"{path}: cannot be read as a table of facts ({error})") from None
    if missing := {"fact", "verdict"} - set(table.columns):
        raise ScenarioError(
            f"{path}: found no column '{min(missing)}', allowed is a table of facts"
        )
    return table
