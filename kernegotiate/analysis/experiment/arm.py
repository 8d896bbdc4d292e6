"""A variant of an institution in an experiment, and where the file says what is run."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from kernegotiate.analysis.experiment.files import is_path
from kernegotiate.scenario.record import Record
from kernegotiate.scenario.spec import Name, Text, spec

Settings = dict[str, Any]
"""Levers, behaviour and scenario parameters by keyword."""


class Arm(Record):
    """A variant of an institution, for claims only; the tables show the institutions."""

    name: Name = spec(..., "short name, as used in claims", source="data")
    institution: Text = spec(..., "name of a built-in institution, or path", source="data")
    set: Settings = spec({}, "what it changes, by keyword", source="data")


class Named(NamedTuple):
    """A thing to run, and where the file says so."""

    name: str
    institution: str
    set: Settings
    place: tuple[int | str, ...]


def name_of(institution: str) -> str:
    """The name under which an institution appears."""
    return Path(institution).stem if is_path(institution) else institution
