"""Where experiments are found: built-ins by name, own files by path."""

from pathlib import Path
from typing import Any

from kernegotiate.scenario import ScenarioError, shipped
from kernegotiate.scenario.arguments import as_path
from kernegotiate.scenario.errors import did_you_mean
from kernegotiate.scenario.reading import read_toml


def experiment_names() -> list[str]:
    """List the names of the built-in experiments, sorted."""
    return sorted(path.stem for path in shipped("experiments").glob("*.toml"))


def experiment_title(name: str) -> str:
    """The title of a built-in experiment, without checking the rest of it."""
    return str(read_toml(find_experiment(name)).get("title", name))


def find_experiment(name_or_path: str | Path) -> Path:
    """The file of an experiment.

    Raises:
        ScenarioError: No built-in has that name.
    """
    if not isinstance(name_or_path, str) or is_path(name_or_path):
        return as_path("experiment", name_or_path)
    names = experiment_names()
    if name_or_path in names:
        return shipped("experiments") / f"{name_or_path}.toml"
    raise ScenarioError(
        f"experiment: there is no built-in '{name_or_path}', {did_you_mean(name_or_path, names)} "
        "(give your own file by its path, ending in .toml)"
    )


def read_experiment(path: Path) -> dict[str, Any]:
    """Read the file of an experiment; the name is the file's stem unless given.

    Paths of the scenario and the institutions become relative to where we are, not to the file.
    """
    data = {"name": path.stem, **read_toml(path)}
    for key in ("scenario", "scenarios", "institutions"):
        if key in data:
            data[key] = located(data[key], path.parent)
    for arm in data.get("arms", []) if isinstance(data.get("arms"), list) else []:
        if isinstance(arm, dict) and "institution" in arm:
            arm["institution"] = located(arm["institution"], path.parent)
    design = data.get("design")
    if isinstance(design, dict) and isinstance(design.get("file"), str):
        design["file"] = str(path.parent / design["file"])
    return data


def is_path(text: str) -> bool:
    """Whether a text is a path, not the name of a built-in."""
    return any(mark in text for mark in "/\\.")


def located(value: Any, folder: Path) -> Any:
    """Put the folder before paths; leave names, and whatever is wrong, as it is."""
    if isinstance(value, list):
        return [located(item, folder) for item in value]
    return str(folder / value) if isinstance(value, str) and is_path(value) else value
