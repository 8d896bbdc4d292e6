"""Write a validation into a folder: the page, its figures, and its tables as CSV."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from kernegotiate.analysis.validation.figures import draw
from kernegotiate.analysis.validation.page import FIGURES, page
from kernegotiate.analysis.validation.summary import Tables
from kernegotiate.analysis.validation.trees import check_trees
from kernegotiate.analysis.validation.validation import Validation
from kernegotiate.batch.disk import probe, put, put_folder, saying
from kernegotiate.batch.place import local
from kernegotiate.scenario import ScenarioError


def check_report(folder: str | Path) -> None:
    """Refuse a folder that cannot be written, and a lack of libraries, before anything is run.

    Raises:
        ScenarioError: The system refuses, or a library is missing.
    """
    check_trees()
    place = local(folder)
    with saying(place, "cannot be written"):
        place.mkdir(parents=True, exist_ok=True)
        probe(place)


def write_report(
    found: Validation,
    tables: Tables,
    folder: str | Path,
    *,
    command: str,
    before: pd.DataFrame | None = None,
) -> Path:
    """Write `validation.md`, and beside it a folder of figures and tables.

    Args:
        found: What the model says.
        tables: The same in short.
        folder: Where to; made if it is not there.
        command: How the page is made again.
        before: Table of facts of an earlier model.

    Returns:
        The page.

    Raises:
        ScenarioError: The folder cannot be written.
    """
    files = {
        f"{name}.csv": table.to_csv(index=False, float_format="%.4f", lineterminator="\n").encode()
        for name, table in vars(tables).items()
        if len(table)
    }
    for fact in found.facts:
        if fact.parts:
            own = tables.parts[tables.parts["fact"] == fact.name]
            answers = found.answers[found.answers["fact"] == fact.name]
            files[f"{fact.name}.svg"] = draw(fact, own, answers)
    place = local(folder)
    written = place / "validation.md"
    text = page(found, tables, command=command, before=before)
    with saying(place, "cannot be written"):
        put_folder(place / FIGURES, files)
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
