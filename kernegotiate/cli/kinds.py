"""What a TOML file is meant to be: its keys tell."""

from pathlib import Path

from kernegotiate.scenario import institution_names
from kernegotiate.scenario.reading import read_toml


def kind_of(path: str | Path) -> str:
    """Tell a scenario, an institution and an experiment apart.

    Args:
        path: A TOML file.

    Returns:
        ``institution``, ``experiment`` or ``scenario``.

    Raises:
        ScenarioError: The file cannot be read.
    """
    data = read_toml(Path(path))
    if "levers" in data or data.get("based_on") in institution_names():
        return "institution"
    return "experiment" if "institutions" in data else "scenario"
