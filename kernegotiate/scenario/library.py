"""Find and load scenarios and institutions: built-ins by name, own files by path."""

from pathlib import Path
from typing import Any

from kernegotiate.scenario.arguments import as_path, shown
from kernegotiate.scenario.csv_tables import read_table
from kernegotiate.scenario.errors import ScenarioError, did_you_mean
from kernegotiate.scenario.geometry import read_areas, read_geometry
from kernegotiate.scenario.institution import Institution
from kernegotiate.scenario.projects import ProjectRow
from kernegotiate.scenario.reading import existing, read_toml, size_of
from kernegotiate.scenario.record import Record
from kernegotiate.scenario.region import GovernmentRow, Region
from kernegotiate.scenario.scenario import Scenario
from kernegotiate.scenario.tables import Rows

_PACKAGE = Path(__file__).resolve().parents[1]
_FEW = 15  # built-ins, that one sentence can name
FILLED = frozenset({"budget", "land_dependence", "ceiling"})
"""Columns of a table of governments that may be left out: the region has usual values."""


def shipped(folder: str) -> Path:
    """Find a folder of data that comes with the package.

    Args:
        folder: Its name, such as ``"scenarios"``.

    Returns:
        The folder inside an installed package, or at the root of the repository.

    Raises:
        ScenarioError: The installation lacks the folder.
    """
    for place in (_PACKAGE / "_shipped" / folder, _PACKAGE.parent / folder):
        if place.is_dir():
            return place
    raise ScenarioError(f"{folder}: the folder is missing from this installation")


def scenario_names() -> list[str]:
    """List the names of the built-in scenarios, sorted."""
    return _names("scenarios")


def case_names() -> list[str]:
    """List the names of the built-in cases, sorted: scenarios that name their institution."""
    return _names("scenarios/cases")


def institution_names() -> list[str]:
    """List the names of the built-in institutions, sorted."""
    return _names("scenarios/institutions")


def load_scenario(name_or_path: str | Path) -> Scenario:
    """Load a scenario.

    Args:
        name_or_path: Name of a built-in scenario or case, or path of a TOML file. Paths inside the
            file are relative to it; `based_on` names a scenario from which it takes the rest.

    Returns:
        The validated scenario, whose map, if it has one, can be drawn.

    Raises:
        ScenarioError: It does not exist or is not valid, or its map does not fit its governments.
    """
    path = _find(name_or_path, "scenario", "scenarios")
    found = Scenario.checked(_read(path, "scenarios", Scenario), str(path))
    read_geometry(found.region)
    return found


def scenario_problems(path: str | Path) -> tuple[str, ...]:
    """All that is wrong with a scenario file, as far as it can be read, a sentence each."""
    try:
        data = _read(Path(path), "scenarios", Scenario)
    except ScenarioError as error:
        return error.problems
    try:
        read_geometry(Scenario.checked(data, str(path)).region)
    except ScenarioError as error:
        return tuple(dict.fromkeys((*error.problems, *_map_problems(data))))
    return ()


def _map_problems(data: dict[str, Any]) -> tuple[str, ...]:
    """What is wrong with a map whose scenario may be wrong elsewhere."""
    try:
        region = Region.checked(data.get("region"), "region")
    except ScenarioError:  # told already
        return ()
    try:
        read_geometry(region)
    except ScenarioError as error:
        return error.problems
    return ()


def unused_columns(name_or_path: str | Path) -> dict[str, tuple[str, ...]]:
    """Columns of a scenario's tables that nobody reads, such as notes, by file.

    Raises:
        ScenarioError: A file cannot be read.
    """
    data = _read(_find(name_or_path, "scenario", "scenarios"), "scenarios", Scenario)
    region = data.get("region")
    tables = (data.get("table"), region.get("governments") if isinstance(region, dict) else None)
    return {
        rows.file: tuple(rows.unused) for rows in tables if isinstance(rows, Rows) and rows.unused
    }


def load_institution(name_or_path: str | Path) -> Institution:
    """Load an institution.

    Args:
        name_or_path: Name of a built-in, or path of a TOML file. `based_on` in the file names
            an institution from which it takes the levers that it does not set.

    Returns:
        The validated institution.

    Raises:
        ScenarioError: It does not exist or is not valid.
    """
    path = _find(name_or_path, "institution", "scenarios/institutions")
    return Institution.checked(_read(path, "scenarios/institutions", Institution), str(path))


def load(path: str | Path) -> Scenario | Institution:
    """Load a file that holds either a scenario or an institution.

    Args:
        path: A TOML file. Which of the two it is, its keys tell; if they leave it open, what it
            is based on.

    Returns:
        The validated scenario or institution.

    Raises:
        ScenarioError: It does not exist or is not valid.
    """
    path = as_path("file", path)
    table = read_toml(path)
    keys, ours, theirs = set(table), set(Institution.model_fields), set(Scenario.model_fields)
    votes = len(keys & (ours - theirs)) - len(keys & (theirs - ours))
    if votes > 0 or (votes == 0 and table.get("based_on") in institution_names()):
        return load_institution(path)
    return load_scenario(path)


def _names(folder: str) -> list[str]:
    """Stems of the TOML files in a shipped folder."""
    return sorted(_files(folder))


def _files(folder: str) -> dict[str, Path]:
    """The TOML files of a shipped folder by their stems."""
    return {path.stem: path for path in shipped(folder).glob("*.toml")}


def _find(name_or_path: object, what: str, folder: str, beside: Path | None = None) -> Path:
    """Tell a path from a name and find the file."""
    if not isinstance(name_or_path, str | Path):
        raise ScenarioError(f"{what}: found {shown(name_or_path)}, allowed is a name or a path")
    if isinstance(name_or_path, Path) or any(mark in name_or_path for mark in "/\\."):
        return (beside or Path()) / name_or_path
    files = _files(folder)
    if folder == "scenarios":
        files = _files("scenarios/cases") | files
    names = sorted(files)
    if name_or_path in files:
        return files[name_or_path]
    few = len(names) <= _FEW
    listed = f"'kernegotiate list {Path(folder).name}' has all built-ins"
    known = f"built-ins are {', '.join(names)}" if few else listed
    raise ScenarioError(
        f"{what}: there is no built-in '{name_or_path}', {did_you_mean(name_or_path, names)} "
        f"({known}; give your own file by its path, ending in .toml)"
    )


def _read(
    path: Path, folder: str, model: type[Record], above: tuple[Path, ...] = ()
) -> dict[str, Any]:
    """Read a file, the tables it points to, and below it the file that it is based on.

    The name is the file's stem unless given. The base must be valid by itself. Tables such as
    `levers` are laid over those of the base key by key; name and titles are not taken over.
    """
    own = _with_tables(read_toml(path), path)
    if path.resolve() in above:
        raise ScenarioError(f"{path}: based_on: the file is based on itself")
    if "based_on" not in own:
        return {"name": path.stem, **own}
    base_path = _find(own.pop("based_on"), f"{path}: based_on", folder, path.parent)
    base = _read(base_path, folder, model, (*above, path.resolve()))
    model.checked(base, str(base_path))
    for key in ("title", "title_vi", *(["country_vi"] if "country" in own else [])):
        base.pop(key, None)
    _drop_other_map(base, own)
    for key, value in own.items():
        both = isinstance(value, dict) and isinstance(base.get(key), dict)
        base[key] = {**base[key], **value} if both else value
    return {**base, "name": own.get("name", path.stem)}


def _drop_other_map(base: dict[str, Any], own: dict[str, Any]) -> None:
    """Leave out the map of the base where a file brings governments of another region."""
    old, new = base.get("region"), own.get("region")
    if not isinstance(old, dict) or not isinstance(new, dict) or "geometry" in new:
        return
    rows = new.get("governments")
    found = [row.get("code") for row in rows if isinstance(row, dict)] if rows else []
    codes = {code for code in found if isinstance(code, str)}
    if codes and old.get("geometry") and not codes & read_areas(old["geometry"]).keys():
        del old["geometry"]


def _with_tables(data: dict[str, Any], path: Path) -> dict[str, Any]:
    """Replace the paths in a scenario file, relative to it, by what stands there."""
    for change in data["changes"] if isinstance(data.get("changes"), list) else []:
        if isinstance(change, dict) and isinstance(change.get("institution"), str):
            folder = "scenarios/institutions"
            found = _find(change["institution"], "changes: institution", folder, path.parent)
            change["institution"] = load_institution(found)
    if isinstance(data.get("institution"), str):
        found = _find(data["institution"], "institution", "scenarios/institutions", path.parent)
        data["institution"] = load_institution(found)
    if isinstance(data.get("table"), str):
        data["table"] = read_table(path.parent / data["table"], ProjectRow)
    region = data.get("region")
    if isinstance(region, dict):
        if isinstance(region.get("governments"), str):
            file = path.parent / region["governments"]
            region["governments"] = read_table(file, GovernmentRow, FILLED)
        if region.get("geometry") == "":  # so that a file can do without the map of its base
            region["geometry"] = None
        elif isinstance(region.get("geometry"), str):
            region["geometry"] = existing(path.parent / region["geometry"])
            try:
                size_of(region["geometry"])
            except ScenarioError as error:
                raise ScenarioError(f"{path}: region.geometry: {error}") from None
    return data
