"""The outlines of a region's governments, for maps."""

import json
from typing import Any

from kernegotiate.scenario.errors import ScenarioError
from kernegotiate.scenario.reading import read_text
from kernegotiate.scenario.region import Region

_AREAS = {"Polygon", "MultiPolygon"}


def read_geometry(region: Region) -> dict[str, Any] | None:
    """Read the outlines of a region's governments.

    Args:
        region: The region; its `geometry` names a GeoJSON file whose feature ids are the codes.

    Returns:
        A GeoJSON feature collection with one feature a government, in the order of the codes;
        None if the region has no geometry.

    Raises:
        ScenarioError: The file cannot be read, is no GeoJSON or lacks the outline of a government.
    """
    if region.geometry is None:
        return None
    path = region.geometry
    try:
        data = json.loads(read_text(path))
    except json.JSONDecodeError as error:
        raise ScenarioError(f"{path}: not valid GeoJSON: {error}") from None
    features = data.get("features") if isinstance(data, dict) else None
    if not isinstance(features, list):
        raise ScenarioError(f"{path}: not valid GeoJSON: there is no list of features")
    outlines = {str(item["id"]): item for item in features if _is_outline(item)}
    for government in region.governments:
        if government.code not in outlines:
            raise ScenarioError(
                f"{path}: there is no area with the id '{government.code}' for {government.name}"
            )
    return {"type": "FeatureCollection", "features": [outlines[code] for code in region.codes]}


def _is_outline(item: Any) -> bool:
    """Whether an item is a feature with an id and an area."""
    if not isinstance(item, dict) or "id" not in item:
        return False
    shape = item.get("geometry")
    return isinstance(shape, dict) and shape.get("type") in _AREAS and "coordinates" in shape
