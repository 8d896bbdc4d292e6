"""Whether a map that somebody gave is one of a region, and not of its parts."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from kernegotiate.scenario.geometry import Features, read_geometry
from kernegotiate.scenario.region import Region
from kernegotiate.scenario.shapes import inside, joined, meridian

GRID = 8  # trial points along each side of an outline


def is_of(areas: Features, region: Region) -> bool:
    """Whether a map has an area for each government, and no further ones among them.

    Governments that became one often keep the code of a part: a map of the parts has all their
    codes, and outlines of other governments.

    Args:
        areas: Features of the map, as `read_areas` gives them.
        region: The region; without outlines of its own it is not known what lies in it.

    Raises:
        ScenarioError: The region's own outlines cannot be read.
    """
    codes = set(region.codes)
    if not areas.keys() >= codes:
        return False
    known = read_geometry(region)
    if known is None:
        return True
    rings = [ring for one in known["features"] for ring in _outer(one)]
    middle = meridian([one.lon for one in region.governments])
    others = [one for code, features in areas.items() if code not in codes for one in features]
    return not any(_lies_in(_points(other, middle), rings) for other in others)


def _lies_in(points: np.ndarray, rings: Sequence[np.ndarray]) -> bool:
    """Whether most of some points lie in some areas."""
    if not len(points):
        return False
    held = np.any([inside(points, ring) for ring in rings], axis=0)
    return bool(held.mean() > 1 / 2)


def _points(feature: dict[str, Any], middle: float) -> np.ndarray:
    """Points in the longest outline of an area, shape (points, 2); none if it cannot be drawn."""
    try:
        ring = joined(max(_outer(feature), key=len), middle)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        return np.empty((0, 2))  # what is not of the region need not be right
    low, high = ring.min(axis=0), ring.max(axis=0)
    across, up = (np.linspace(low[d], high[d], GRID + 2)[1:-1] for d in (0, 1))
    grid = np.stack(np.meshgrid(across, up), axis=-1).reshape(-1, 2)
    return np.asarray(grid[inside(grid, ring)])


def _outer(feature: dict[str, Any]) -> list[np.ndarray]:
    """The outer rings of an area's parts, shape (corners, 2) each."""
    shape = feature["geometry"]
    whole = shape["coordinates"]
    parts = [whole] if shape["type"] == "Polygon" else whole
    return [np.array([corner[:2] for corner in part[0]], float) for part in parts]
