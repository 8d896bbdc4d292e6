"""Where facts are found: the shipped ones by id, own ones by path."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from kernegotiate.analysis.experiment.files import is_path, located
from kernegotiate.analysis.validation.fact import Fact
from kernegotiate.scenario import ScenarioError, shipped
from kernegotiate.scenario.errors import did_you_mean
from kernegotiate.scenario.reading import read_toml


def fact_names() -> list[str]:
    """Ids of the shipped facts and anchors, facts first, by number."""
    return sorted((path.stem for path in _folder().glob("*.toml")), key=in_order)


def load_targets() -> list[Fact]:
    """Load the shipped targets, by which settings are ruled out (`matching.py`)."""
    folder = shipped("experiments") / "targets"
    return load_facts([folder])


def _folder() -> Path:
    return shipped("experiments") / "facts"


def load_fact(name_or_path: str | Path) -> Fact:
    """Load a fact; its name is the file's stem.

    Args:
        name_or_path: Id of a shipped one, or path of a TOML file. Paths of institutions inside the
            file are relative to it.

    Raises:
        ScenarioError: It does not exist or is not valid.
    """
    path = Path(name_or_path)
    if isinstance(name_or_path, str) and not is_path(name_or_path):
        names = fact_names()
        if name_or_path not in names:
            raise ScenarioError(
                f"facts: there is no shipped '{name_or_path}', {did_you_mean(name_or_path, names)} "
                "(give your own file by its path, ending in .toml)"
            )
        path = _folder() / f"{name_or_path}.toml"
    data = {"name": path.stem, **read_toml(path)}
    arms = data.get("arms")
    for arm in arms.values() if isinstance(arms, dict) else ():
        if isinstance(arm, dict) and "institution" in arm:
            arm["institution"] = located(arm["institution"], path.parent)
    return Fact.checked(data, str(path))


def load_facts(asked: Sequence[str | Path] = ()) -> list[Fact]:
    """Load facts.

    Args:
        asked: Ids, paths of files or of folders of files; all shipped ones if empty.

    Raises:
        ScenarioError: One does not exist, is not valid, or comes twice.
    """
    named: list[str | Path] = []
    for one in asked or fact_names():
        folder = Path(one)
        if (isinstance(one, Path) or is_path(one)) and folder.is_dir():
            inside = {path.stem: path for path in folder.glob("*.toml")}
            named += [inside[name] for name in sorted(inside, key=in_order)]
        else:
            named.append(one)
    found: dict[str, Fact] = {}
    for one in named:
        fact = load_fact(one)
        if fact.name in found:
            raise ScenarioError(f"facts: found '{fact.name}' twice, allowed is once")
        found[fact.name] = fact
    return list(found.values())


def in_order(name: str) -> tuple[str, int, str]:
    """Letters first, then the number: SF2 before SF10."""
    parts = re.fullmatch(r"(\D*)(\d{0,9})(.*)", name, re.DOTALL)
    assert parts
    return parts[1], int(parts[2] or 0), parts[3]
