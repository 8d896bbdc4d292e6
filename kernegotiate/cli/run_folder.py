"""`run --out`: a run as files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kernegotiate.batch.disk import put_folder
from kernegotiate.batch.listing import NOBODYS
from kernegotiate.batch.place import local, named
from kernegotiate.cli.output import plain
from kernegotiate.scenario import ScenarioError

if TYPE_CHECKING:
    from kernegotiate.agents import RegionModel
    from kernegotiate.agents.projects import Project

OUTCOMES = "outcomes.json"
TABLES = ("events", "votes", "promises", "trajectory", "projects")
FILES = {OUTCOMES, *(f"{name}.csv" for name in TABLES)}


def check_folder(place: str) -> Path:
    """Refuse a place that holds anything but an earlier run.

    Raises:
        ScenarioError: It is no folder, holds other files, or cannot be made.
    """
    folder = local(place)
    with _about(folder):
        return _checked(folder)


@contextmanager
def _about(folder: Path) -> Iterator[None]:
    """Say what the system refuses."""
    try:
        yield
    except OSError as error:
        raise ScenarioError(f"--out: {named(folder)}: {error.strerror}") from None


def _checked(folder: Path) -> Path:
    """See `check_folder`."""
    if folder.exists() and not folder.is_dir():
        raise ScenarioError(f"--out: {folder} is a file, allowed is a folder")
    there = folder.iterdir() if folder.exists() else ()
    found = {path.name for path in there if not NOBODYS.fullmatch(path.name)}
    if found - FILES or (found and OUTCOMES not in found):
        raise ScenarioError(
            f"--out: {folder} holds other files, allowed is a new or empty folder, "
            "or one that an earlier run has written"
        )
    return folder


def write_run(folder: Path, model: RegionModel, figures: dict[str, Any]) -> None:
    """Write a run that is over.

    Args:
        folder: Is made if need be; an earlier run in it is replaced.
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
    text = json.dumps(plain(figures), allow_nan=False, indent=2)
    files = {f"{name}.csv": table.to_csv(index=False).encode() for name, table in tables.items()}
    with _about(folder):
        put_folder(folder, {OUTCOMES: f"{text}\n".encode(), **files})


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
