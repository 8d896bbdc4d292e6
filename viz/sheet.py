"""What of a map does not change from year to year: outlines and places in a plane.

The plane has its origin at the north-west corner of the region; x goes east and y south, both in
units of which the longer side has `LONGER`. One unit is as long to the east as to the south, in the
middle of the region.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from kernegotiate.scenario import Region
from viz.insets import inset
from viz.outline import Point, anchors, borders, corners, outlines, ratio, rings, stretch

LONGER = 1000.0

Pair = tuple[int, int]  # two governments that share a border


@dataclass(frozen=True)
class Sheet:
    """A region in the plane.

    Attributes:
        name: Of the scenario.
        areas: The outline of each government as an SVG path, holes among its rings.
        spots: Where each government's name stands, and where its seat at a table is looked for.
        width: Of the region.
        height: Of the region.
        borders: Where two areas meet, as SVG paths.
        frames: Around far parts that are drawn nearer by: x, y, width and height.
    """

    name: str
    areas: list[str]
    spots: list[Point]
    width: float
    height: float
    borders: dict[Pair, str]
    frames: list[tuple[float, float, float, float]]

    @property
    def land(self) -> dict[str, Any]:
        """What `map.vue` takes of it."""
        names = ("width", "height", "areas", "spots", "frames")
        return {name: getattr(self, name) for name in names}


def sheet(name: str, region: Region) -> Sheet:
    """Prepare the map of a region.

    Raises:
        ScenarioError: The file with the outlines cannot be read or drawn.
    """
    squeeze = stretch(region)
    shapes, frames = inset(outlines(region), squeeze)
    (west, north), (east, south) = bounds = corners(shapes)
    scale = LONGER / max((east - west) * squeeze, north - south)
    form = ratio(bounds, squeeze)

    def placed(points: Sequence[Point] | np.ndarray) -> list[Point]:
        return [
            (round((lon - west) * squeeze * scale, 1), round((north - lat) * scale, 1))
            for lon, lat in points
        ]

    return Sheet(
        name=name,
        areas=[
            "".join(path(placed(ring)) + "Z" for ring in rings(feature["geometry"]))
            for feature in shapes["features"]
        ],
        spots=placed(anchors(shapes)),
        width=LONGER * min(form, 1.0),
        height=LONGER / max(form, 1.0),
        borders={
            pair: "".join(path(placed(piece)) for piece in pieces)
            for pair, pieces in borders(shapes).items()
        },
        frames=[
            (x, y, round(right - x, 1), round(bottom - y, 1))
            for (x, y), (right, bottom) in map(placed, frames)
        ],
    )


def path(points: Sequence[Point]) -> str:
    """A line through points as an SVG path; a point that repeats the one before is left out."""
    kept = [point for i, point in enumerate(points) if i == 0 or point != points[i - 1]]
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in kept)
