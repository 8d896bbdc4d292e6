"""`run --out`: a run as files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kernegotiate.cli.answer import plain
from kernegotiate.scenario import ScenarioError

if TYPE_CHECKING:
    from kernegotiate.agents import RegionModel
    from kernegotiate.agents.projects import Project

OUTCOMES = "outcomes.json"
TABLES = ("events", "votes", "promises", "trajectory", "projects")
FILES = {OUTCOMES, *(f"{name}.csv" for name in TABLES)}


def check_folder(folder: Path) -> Path:
    """Refuse a place that holds anything but an earlier run.

    Raises:
        ScenarioError: It is no folder, or holds other files.
    """
    if folder.exists() and not folder.is_dir():
        raise ScenarioError(f"--out: {folder} is a file, allowed is a folder")
    found = {path.name for path in folder.iterdir()} if folder.exists() else set()
    if found - FILES or (found and OUTCOMES not in found):
        raise ScenarioError(
            f"--out: {folder} holds other files, allowed is a new or empty folder, "
            "or one that an earlier run has written"
        )
    return folder


def write_run(folder: Path, model: RegionModel, figures: dict[str, Any]) -> None:
    """Write a run that is over.

    Args:
        folder: Is made if need be; files of an earlier run are replaced.
        model: What ran.
        figures: Goes to `outcomes.json`, undefined numbers as null.

    Raises:
        ScenarioError: The folder cannot be written.
    """
    from pandas import DataFrame

    tables = {
        "events": model.log.table(),
        "votes": model.log.votes(),
        "promises": model.log.promises(),
        "trajectory": model.trajectory(),
        "projects": DataFrame(
            [_project(one) for one in model.projects], columns=list(PROJECT)
        ).astype(dict.fromkeys(("signed", "opens"), "Int64")),  # years, where there is one
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps(plain(figures), allow_nan=False, indent=2)
        (folder / OUTCOMES).write_text(f"{text}\n", encoding="utf-8")
        for name, table in tables.items():
            table.to_csv(folder / f"{name}.csv", index=False)
    except OSError as error:
        raise ScenarioError(f"--out: {folder}: {error.strerror}") from None


PROJECT = (
    *("code", "kind", "host", "parties", "year", "cost", "build", "benefit"),
    *("first_best", "best", "status", "signed", "opens", "paid", "builders", "causes"),
)
"""Columns of `projects.csv`: money in the scenario's currency, benefit a year."""


def _project(project: Project) -> dict[str, Any]:
    """One row a project; lists are joined by spaces, causes carry their weights."""
    row = project.model.world.project[project.number]
    best = ["joint"] if row.best_joint else []
    best += [f"copies:{int(row.best_copies)}"] if row.best_copies else []
    return {
        "code": project.code,
        "kind": project.kind,
        "host": project.host.code,
        "parties": " ".join(party.code for party in project.parties),
        "year": project.year,
        "cost": project.cost,
        "build": project.build,
        "benefit": project.benefit,
        "first_best": float(row.first_best),
        "best": " ".join(best) or "nothing",
        "status": project.status,
        "signed": project.signed,
        "opens": project.opens if project.status == "completed" else None,
        "paid": project.paid,
        "builders": " ".join(party.code for party in project.builders),
        "causes": " ".join(f"{cause}:{weight:.4g}" for cause, weight in project.causes.items()),
    }
