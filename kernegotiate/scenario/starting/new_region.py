"""Make a region of somebody's table and map: files that load, run and say what they hold."""

import json
from dataclasses import dataclass
from pathlib import Path

from kernegotiate.scenario.errors import ScenarioError
from kernegotiate.scenario.geometry import outlines_in
from kernegotiate.scenario.library import load_scenario
from kernegotiate.scenario.plausible import implausible
from kernegotiate.scenario.scenario import Scenario
from kernegotiate.scenario.starting import region_files
from kernegotiate.scenario.starting.columns import Asked
from kernegotiate.scenario.starting.folder import check_free, check_spared, write_all
from kernegotiate.scenario.starting.own_map import OwnMap, centre, match
from kernegotiate.scenario.starting.own_table import OwnTable, read_own
from kernegotiate.scenario.tables import Rows
from kernegotiate.scenario.text import composed, short


@dataclass(frozen=True)
class Made:
    """A new region.

    Attributes:
        scenario: As it was loaded from the folder.
        path: Its file.
        files: All files.
        columns: Header by column of the house's form.
        unused: Columns that were kept and that the model does not read.
        said: How the table and the map were read, a sentence each.
        remarks: Figures to look at again, a sentence each.
    """

    scenario: Scenario
    path: Path
    files: tuple[Path, ...]
    columns: dict[str, str]
    unused: tuple[str, ...]
    said: tuple[str, ...]
    remarks: tuple[str, ...]


def new_region(
    folder: Path,
    governments: Path,
    map_file: Path | None = None,
    *,
    asked: Asked | None = None,
    title: str = "",
    force: bool = False,
) -> Made:
    """Write a scenario, its table, its map and a page of sources into a folder.

    Args:
        folder: A new folder, or an empty one.
        governments: A table, in whatever form people have it.
        map_file: A GeoJSON file with an area for each government.
        asked: Units and names of columns, where the table does not tell them.
        title: Of the scenario; the folder's name if left out.
        force: Whether files of a former start in the folder may be written over.

    Raises:
        ScenarioError: Something is missing, cannot be read or does not fit; nothing is written.
    """
    name = composed(folder.resolve().name).replace(";", "-").strip() or "region"
    title = title or name
    check_free(folder, force=force)
    for source in filter(None, (governments, map_file)):
        check_spared(source, folder, region_files.FILES)
    table = read_own(governments, asked or Asked(), has_map=map_file is not None)
    found = match(map_file, table.rows) if map_file else None
    said = [*_told(table), *table.notes, *(found.notes if found else ())]
    if map_file and found:
        said += _placed(table, found, map_file)
    rows = Rows(map(region_files.plain_row, table.rows), str(governments), table.numbers, [])
    region = {"currency": table.columns.currency, "governments": rows}
    checked = Scenario.checked({"name": name, "title": title, "region": region}, str(governments))
    texts = {
        region_files.SCENARIO: region_files.scenario_text(
            name, title, table.columns, table, mapped=found is not None
        ),
        region_files.TABLE: region_files.table_text(table),
        region_files.SOURCES: region_files.sources_text(
            title, table, map_file.name if map_file else "", said
        ),
    }
    if map_file and found:
        placed = checked.region.model_copy(update={"geometry": map_file})
        shapes = outlines_in(found.document, placed)
        texts[region_files.MAP] = json.dumps(shapes, ensure_ascii=False, separators=(",", ":"))
    files = write_all(folder, texts)
    scenario = load_scenario(folder / region_files.SCENARIO)
    return Made(
        scenario=scenario,
        path=folder / region_files.SCENARIO,
        files=files,
        columns=dict(table.columns.headers),
        unused=tuple(table.columns.kept),
        said=tuple(said),
        remarks=tuple(implausible(scenario.region)),
    )


def _told(table: OwnTable) -> list[str]:
    """Which header became what, and who says its unit."""
    columns, told = table.columns, []
    for column, header in columns.headers.items():
        unit = {"population": "persons", "grdp": columns.currency, "budget": columns.currency}
        line = f"{column} is '{short(header)}'"
        if column in unit:
            factor = columns.factors[column]
            times = "" if factor == 1 else f" times {factor:,.15g}"
            line += f"{times}, in {unit[column]}, as {columns.sources[column]} says"
        elif column in columns.sources:
            line += f" times {columns.factors[column]:g}, as {columns.sources[column]} says"
        told.append(f"{line}.")
    if columns.kept:
        names = ", ".join(f"'{short(name)}'" for name in columns.kept)
        told.append(f"Kept in the table, and not used by the model: {names}.")
    return told


def _placed(table: OwnTable, found: OwnMap, map_file: Path) -> list[str]:
    """Fill in the centres that the table does not give."""
    lacking = [row for row in table.rows if "lon" not in row or "lat" not in row]
    wrong = []
    for row in lacking:
        parts = [one for one in found.document["features"] if one["id"] == row["code"]]
        try:
            row["lon"], row["lat"] = centre(parts, row["code"], map_file)
        except ScenarioError as error:
            wrong.append(str(error))
    if wrong:
        raise ScenarioError(*wrong)
    if not lacking:
        return []
    whose = "" if len(lacking) == len(table.rows) else f" of {len(lacking)} governments"
    return [f"lon and lat{whose} are the centre of the largest part in the map."]
