"""The outlines of a region's governments, for maps."""

import json
from pathlib import Path
from typing import Any

from kernegotiate.scenario.errors import ScenarioError
from kernegotiate.scenario.reading import read_text
from kernegotiate.scenario.region import Region

_AREAS = {"Polygon", "MultiPolygon"}
_CORNERS = 3  # of a ring, at least
_LONGEST = 40  # letters of what was found that are told


def read_geometry(region: Region) -> dict[str, Any] | None:
    """Read the outlines of a region's governments.

    Args:
        region: The region; its `geometry` names a GeoJSON file whose feature ids are the codes.

    Returns:
        A GeoJSON feature collection with one feature a government, in the order of the codes, its
        corners pairs of degrees (heights are dropped); None if the region has no geometry.

    Raises:
        ScenarioError: The file cannot be read, is no GeoJSON, lacks the outline of a government or
            has one that cannot be drawn.
    """
    if region.geometry is None:
        return None
    path = region.geometry
    areas, features = read_areas(path), []
    for government in region.governments:
        code = government.code
        if code not in areas:
            raise ScenarioError(
                f"{path}: there is no area with the id '{code}' for {government.name}"
            )
        features.append(_flat(areas[code], f"{path}: the area with the id '{code}'"))
    return {"type": "FeatureCollection", "features": features}


def read_areas(path: Path) -> dict[str, dict[str, Any]]:
    """Read the areas of a GeoJSON file, whatever region they are of.

    Args:
        path: The file.

    Returns:
        Its features with an id and an area, by id; whether they can be drawn is not looked at.

    Raises:
        ScenarioError: The file cannot be read or is no GeoJSON.
    """
    try:
        data = json.loads(read_text(path))
    except ValueError as error:  # also of a whole number of some thousand digits
        raise ScenarioError(f"{path}: not valid GeoJSON: {error}") from None
    except RecursionError:
        raise ScenarioError(f"{path}: not valid GeoJSON: nested too deeply") from None
    features = data.get("features") if isinstance(data, dict) else None
    if not isinstance(features, list):
        raise ScenarioError(f"{path}: not valid GeoJSON: there is no list of features")
    return {str(item["id"]): item for item in features if _is_outline(item)}


def _is_outline(item: Any) -> bool:
    """Whether an item is a feature with an id and an area."""
    if not isinstance(item, dict) or "id" not in item:
        return False
    shape = item.get("geometry")
    return isinstance(shape, dict) and shape.get("type") in _AREAS and "coordinates" in shape


def _flat(feature: dict[str, Any], where: str) -> dict[str, Any]:
    """The feature without heights; refused if it cannot be drawn."""
    kind, found = feature["geometry"]["type"], feature["geometry"]["coordinates"]
    drawn: list[Any]
    if kind == "Polygon":
        drawn = _part(found, where)
    else:
        drawn = [_part(part, where) for part in _listed(found, 1, "parts", where)]
    return {**feature, "geometry": {"type": kind, "coordinates": drawn}}


def _part(found: Any, where: str) -> list[Any]:
    """The outline of one part and those of its holes."""
    return [
        [_corner(corner, where) for corner in _listed(ring, _CORNERS, "corners", where)]
        for ring in _listed(found, 1, "rings of corners", where)
    ]


def _listed(found: Any, least: int, what: str, where: str) -> list[Any]:
    if not isinstance(found, list) or len(found) < least:
        raise ScenarioError(
            f"{where}: found {_told(found)}, allowed is a list of {least} or more {what}"
        )
    return found


def _corner(found: Any, where: str) -> list[float]:
    """Longitude and latitude of a corner, which may come with its height."""
    here = isinstance(found, list) and len(found) > 1
    if not here or not _within(found[0], 180) or not _within(found[1], 90):
        raise ScenarioError(
            f"{where}: found the corner {_told(found)}, allowed are a longitude from -180 to 180 "
            "and a latitude from -90 to 90, in degrees"
        )
    return [found[0], found[1]]


def _within(found: Any, most: int) -> bool:
    """Whether it is a number (NaN is none) of so many degrees at most."""
    return isinstance(found, int | float) and found is not True and abs(found) <= most


def _told(found: Any) -> str:
    text = json.dumps(found)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."
