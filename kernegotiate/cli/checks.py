"""Look a file over before a run: what is wrong with it, what is odd, what nobody reads."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kernegotiate.analysis import Experiment
from kernegotiate.cli.kinds import kind_of
from kernegotiate.scenario import ScenarioError, idle, load_institution, load_scenario, resolve
from kernegotiate.scenario.csv_tables import read_table
from kernegotiate.scenario.library import FILLED, scenario_problems, unused_columns
from kernegotiate.scenario.meetings import departures
from kernegotiate.scenario.plausible import implausible
from kernegotiate.scenario.projects import ProjectRow
from kernegotiate.scenario.region import GovernmentRow, Region
from kernegotiate.scenario.tables import first_used, name_of, read_lines

MAPS = (".geojson", ".json", ".topojson")


@dataclass(frozen=True)
class Checked:
    """What a look at a file found.

    Attributes:
        kind: Such as ``scenario``.
        problems: Why it will not work, a sentence each; () if it will.
        remarks: What is allowed and odd, a sentence each.
        unused: Columns of its tables that nobody reads.
    """

    kind: str
    problems: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()


def check(file: str) -> Checked:
    """Look over a scenario, an institution, an experiment or a table.

    Args:
        file: Its path.
    """
    path = Path(file)
    if path.suffix.lower() in MAPS:
        told = f"{file}: a map is looked at with its scenario; allowed is the scenario's TOML file"
        return Checked("map", (told,))
    kind = "file"
    try:
        kind = kind_of(path) if path.suffix.lower() == ".toml" else _kind_of_table(path)
        return _LOOKS[kind](path)
    except ScenarioError as error:
        return Checked(kind, error.problems)


def _scenario(path: Path) -> Checked:
    if problems := scenario_problems(path):
        return Checked("scenario", problems)
    scenario = load_scenario(path)
    resolve(scenario, "none")
    unused = (name for names in unused_columns(path).values() for name in names)
    remarks = (*implausible(scenario.region), *departures(scenario))
    return Checked("scenario", remarks=remarks, unused=tuple(unused))


def _institution(path: Path) -> Checked:
    institution = load_institution(path)
    return Checked("institution", remarks=tuple(told for _, told in idle(institution.levers)))


def _experiment(path: Path) -> Checked:
    return Checked("experiment", remarks=Experiment.load(path).remarks)


def _governments(path: Path) -> Checked:
    kind = "table of governments"
    try:
        rows = read_table(path, GovernmentRow, FILLED)
        region = Region.checked({"governments": rows}, str(path))
    except ScenarioError as error:
        hint = (
            "If its columns have other names or units, this reads them: "
            f"kernegotiate new region DIR --governments {path}"
        )
        return Checked(kind, error.problems, (hint,))
    return Checked(kind, remarks=tuple(implausible(region)), unused=tuple(rows.unused))


def _projects(path: Path) -> Checked:
    return Checked("table of projects", unused=tuple(read_table(path, ProjectRow).unused))


def _kind_of_table(path: Path) -> str:
    """Tell the two kinds of tables apart by their columns."""
    lines = read_lines(path, set(GovernmentRow.model_fields | ProjectRow.model_fields).__contains__)
    names = {name_of(cell) for cell in lines[first_used(lines, path)]}
    return "table of projects" if {"host", "parties"} <= names else "table of governments"


_LOOKS: dict[str, Callable[[Path], Checked]] = {
    "scenario": _scenario,
    "institution": _institution,
    "experiment": _experiment,
    "table of governments": _governments,
    "table of projects": _projects,
}
