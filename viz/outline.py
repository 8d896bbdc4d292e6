"""The shapes of a region's governments, and where in each its name finds room."""

import math
import os
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from kernegotiate.scenario import Region, read_geometry
from kernegotiate.scenario.coverage import is_of
from kernegotiate.scenario.geometry import read_areas
from kernegotiate.scenario.shapes import beside, distances, inside, meridian

Point = tuple[float, float]

GIVEN = "KERNEGOTIATE_MAP"
"""Environment variable that names a GeoJSON file to draw maps from; `app --map` sets it."""
CORNERS = 32  # of a disc that stands for a government without an outline
MOST_DISC = 2.5  # times the smallest
GRID = 30  # trial points along each side of an outline
SMALL_PART = 0.05  # of the largest part of an area
NAME_SHAPE = 2.5  # a name is about so many times as wide as high


def outlines(region: Region) -> dict[str, Any]:
    """The region as GeoJSON, each area named by its code; discs where there are no outlines.

    Raises:
        ScenarioError: The file with the outlines cannot be read or drawn.
    """
    known = _given(region) or read_geometry(region)
    shapes = [f["geometry"] for f in known["features"]] if known else discs(region)
    features = [
        {"type": "Feature", "properties": {"name": code}, "geometry": shape}
        for code, shape in zip(region.codes, shapes, strict=True)
    ]
    return {"type": "FeatureCollection", "features": features}


def _given(region: Region) -> dict[str, Any] | None:
    """The outlines in a file that the facilitator gave, if they are of this region."""
    if not os.environ.get(GIVEN):
        return None
    path = Path(os.environ[GIVEN])
    if not is_of(read_areas(path), region):
        return None  # of another region; the command line has refused a file that is of none
    return read_geometry(region.model_copy(update={"geometry": path}))


def anchors(shapes: dict[str, Any]) -> list[Point]:
    """For each area the point in its largest part that leaves most room for a name."""
    return [roomiest(largest_ring(feature["geometry"])) for feature in shapes["features"]]


def corners(shapes: dict[str, Any]) -> list[Point]:
    """North-west and south-east corner of all parts that matter.

    A part counts from a twentieth of its area's largest one: an island with people on it does, a
    far rock does not make the map small.
    """
    rings = np.concatenate([r for f in shapes["features"] for r in large_rings(f["geometry"])])
    (west, south), (east, north) = rings.min(axis=0).tolist(), rings.max(axis=0).tolist()
    return [(west, north), (east, south)]


def borders(shapes: dict[str, Any]) -> dict[tuple[int, int], list[list[Point]]]:
    """The edges that two areas share, by the places of both; none where outlines do not meet."""
    owner: dict[frozenset[Point], int] = {}
    found: dict[tuple[int, int], list[list[Point]]] = {}
    for number, feature in enumerate(shapes["features"]):
        for ring in parts(feature["geometry"]):
            corners = [(float(x), float(y)) for x, y in ring]
            for edge in pairwise(corners):
                first = owner.setdefault(frozenset(edge), number)
                if first != number:
                    found.setdefault((first, number), []).append(list(edge))
    return found


def ratio(bounds: list[Point], squeeze: float) -> float:
    """Width of the map relative to its height, given its corners."""
    (west, north), (east, south) = bounds
    return (east - west) * squeeze / max(north - south, 1e-9)


def stretch(region: Region) -> float:
    """Length of a degree of longitude relative to one of latitude, in the middle of the region."""
    latitudes = [g.lat for g in region.governments]
    return max(math.cos(math.radians((min(latitudes) + max(latitudes)) / 2)), 0.1)


def discs(region: Region) -> list[dict[str, Any]]:
    """A disc for each government, so small that no two touch, and none far larger than others."""
    squeeze = stretch(region)
    middle = meridian([g.lon for g in region.governments])
    points = [(beside(g.lon, middle), g.lat) for g in region.governments]
    places = np.array(points) * [squeeze, 1.0]
    gaps = np.hypot(*(places[:, None] - places).transpose(2, 0, 1))
    gaps[gaps == 0.0] = np.inf  # of itself, and of others in the same place
    nearest = np.where(np.isinf(gaps.min(axis=1)), 1.0, gaps.min(axis=1))
    radii = 0.4 * np.minimum(nearest, MOST_DISC * nearest.min())
    turn = np.linspace(0.0, 2.0 * math.pi, CORNERS + 1)
    circle = np.column_stack([np.cos(turn) / squeeze, np.sin(turn)])
    return [
        {"type": "Polygon", "coordinates": [(radius * circle + point).round(4).tolist()]}
        for point, radius in zip(points, radii, strict=True)
    ]


def largest_ring(shape: dict[str, Any]) -> np.ndarray:
    """The outer ring of a polygon's largest part, shape (corners, 2)."""
    return max(parts(shape), key=_area)


def large_rings(shape: dict[str, Any]) -> list[np.ndarray]:
    """The outer rings of its parts that matter, see `corners`."""
    least = SMALL_PART * _area(largest_ring(shape))
    return [ring for ring in parts(shape) if _area(ring) >= least]


def parts(shape: dict[str, Any]) -> list[np.ndarray]:
    """The outer ring of each part of a polygon, shape (corners, 2) each."""
    return [np.array(part[0], float) for part in polygons(shape)]


def rings(shape: dict[str, Any]) -> list[np.ndarray]:
    """All rings of a polygon, holes too, shape (corners, 2) each."""
    return [np.array(ring, float) for part in polygons(shape) for ring in part]


def polygons(shape: dict[str, Any]) -> list[Any]:
    """The parts of a polygon, each the list of its rings, the outer one first."""
    found: list[Any] = shape["coordinates"]
    return [found] if shape["type"] == "Polygon" else found


def roomiest(ring: np.ndarray) -> Point:
    """The inner point farthest from the outline, where distances across count less."""
    low, high = ring.min(axis=0), ring.max(axis=0)
    across, up = (np.linspace(low[d], high[d], GRID + 2)[1:-1] for d in (0, 1))
    trial = np.stack(np.meshgrid(across, up), axis=-1).reshape(-1, 2)
    within = trial[inside(trial, ring)]
    if not len(within):  # as in a sliver
        within = trial[:1]
    scale = np.array([1.0 / NAME_SHAPE, 1.0])
    best = within[distances(within * scale, ring * scale).argmax()]
    return float(best[0]), float(best[1])


def _area(ring: np.ndarray) -> float:
    x, y = ring.T
    return abs(float(np.sum(x * np.roll(y, 1) - y * np.roll(x, 1)))) / 2.0
