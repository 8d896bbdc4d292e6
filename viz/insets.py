"""Far parts of a region, drawn in a frame of their own nearer by, so that the rest is larger.

Whoever lies far from all other land keeps a map small for the sea between. Which part is far is a
matter of geometry alone; no list names any.
"""

import itertools
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from kernegotiate.scenario.shapes import area, distances, inside
from viz.outline import Point, large_rings, polygons

FAR = 0.1  # of the region's length: land farther than that from the rest is a far part
WORTH = 1.15  # times as large along one side, at least, or the map stays as it is
PAD = 0.02  # of the region's length, between a part and its frame, and a frame and other land
SCALES = (1.0, 0.8, 0.6)  # of a part in its frame, the first for which there is room
PLACES = 25  # tried along each side of the map
GRID = np.stack(np.meshgrid(*[np.linspace(0.0, 1.0, 9)] * 2), axis=-1).reshape(-1, 2)

Frame = tuple[Point, Point]  # north-west and south-east corner, degrees


def inset(shapes: dict[str, Any], squeeze: float) -> tuple[dict[str, Any], list[Frame]]:
    """Move far parts into frames within the map of the rest, each as near as there is room.

    Args:
        shapes: GeoJSON; see `viz.outline.outlines`.
        squeeze: Length of a degree of longitude relative to one of latitude.

    Returns:
        The shapes and the frames; the same shapes and none where nothing is far, where the rest
        would not be larger by much, or where there is no room.
    """
    flat = np.array([squeeze, 1.0])
    rings = [ring * flat for f in shapes["features"] for ring in large_rings(f["geometry"])]
    low, high = _box(rings)
    length = float((high - low).max())
    together = _together(rings, FAR * length)
    if len(together) == 1:
        return shapes, []
    main, *far = sorted(together, key=lambda ones: -sum(map(area, ones)))
    inner = _box(main)
    if ((high - low) / np.maximum(inner[1] - inner[0], 1e-9)).max() < WORTH:
        return shapes, []
    pad = PAD * length
    taken = [
        ring for ring in _all(shapes, flat) if not any(_holds(ones, ring, pad) for ones in far)
    ]
    frames, moves = [], []
    for ones in far:
        found = _room(_box(ones), inner, taken, pad)
        if found is None:
            return shapes, []
        scale, (start, end) = found
        frames.append((start, end))
        taken.append(np.array([start, (end[0], start[1]), end, (start[0], end[1])]))
        middle, there = sum(_box(ones)) / 2.0, (start + end) / 2.0
        moves.append((ones, scale, middle / flat, there / flat))

    def moved(part: list[Any]) -> list[Any]:
        outer = np.array(part[0], float) * flat
        for ones, scale, middle, there in moves:
            if _holds(ones, outer, pad):
                return [((np.array(r, float) - middle) * scale + there).tolist() for r in part]
        return part

    features = [
        feature
        | {
            "geometry": {
                "type": "MultiPolygon",
                "coordinates": [moved(part) for part in polygons(feature["geometry"])],
            }
        }
        for feature in shapes["features"]
    ]
    corners = [
        ((float(start[0] / squeeze), float(end[1])), (float(end[0] / squeeze), float(start[1])))
        for start, end in frames
    ]
    return shapes | {"features": features}, corners


def _all(shapes: dict[str, Any], flat: np.ndarray) -> Iterator[np.ndarray]:
    """The outer rings of all parts, small ones too."""
    for feature in shapes["features"]:
        for part in polygons(feature["geometry"]):
            yield np.array(part[0], float) * flat


def _box(rings: Sequence[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """South-west and north-east corner of some rings."""
    corners = np.concatenate(rings)
    return corners.min(axis=0), corners.max(axis=0)


def _holds(ones: Sequence[np.ndarray], ring: np.ndarray, pad: float) -> bool:
    """Whether a ring lies within the frame around some others."""
    low, high = _box(ones)
    return bool((ring >= low - pad).all() and (ring <= high + pad).all())


def _together(rings: list[np.ndarray], gap: float) -> list[list[np.ndarray]]:
    """Rings in groups, each farther than `gap` from all others."""
    left, groups = list(rings), []
    while left:
        group, look = [], [left.pop()]
        while look:
            one = look.pop()
            group.append(one)
            near = [_near(one, other, gap) for other in left]
            look += [other for other, so in zip(left, near, strict=True) if so]
            left = [other for other, so in zip(left, near, strict=True) if not so]
        groups.append(group)
    return groups


def _near(one: np.ndarray, other: np.ndarray, gap: float) -> bool:
    """Whether two rings come as near to each other as `gap`."""
    between = np.maximum(one.min(axis=0) - other.max(axis=0), other.min(axis=0) - one.max(axis=0))
    if float(np.hypot(*np.maximum(between, 0.0))) > gap:
        return False
    return any(float(distances(a, b).min()) <= gap for a, b in ((one, other), (other, one)))


def _room(
    part: tuple[np.ndarray, np.ndarray],
    inner: tuple[np.ndarray, np.ndarray],
    taken: Sequence[np.ndarray],
    pad: float,
) -> tuple[float, tuple[np.ndarray, np.ndarray]] | None:
    """The scale of a part and its frame, nearest to where it lies, in which there is no land."""
    middle = (part[0] + part[1]) / 2.0
    for scale in SCALES:
        size = (part[1] - part[0]) * scale + 2.0 * pad
        if (size > inner[1] - inner[0]).any():
            continue
        sides = [np.linspace(inner[0][d], inner[1][d] - size[d], PLACES) for d in (0, 1)]
        starts = np.array(list(itertools.product(*sides)))
        centres, heart = starts + size / 2.0, (inner[0] + inner[1]) / 2.0
        starts = starts[(centres - heart) @ (middle - heart) > 0.0]
        away = np.hypot(*(starts + size / 2.0 - middle).T)
        for start in starts[away.argsort()]:
            if _free(start - pad, start + size + pad, taken):
                return scale, (start, start + size)
    return None


def _free(low: np.ndarray, high: np.ndarray, taken: Sequence[np.ndarray]) -> bool:
    """Whether nothing lies in a box."""
    trial = low + GRID * (high - low)
    for ring in taken:
        if (ring.max(axis=0) < low).any() or (ring.min(axis=0) > high).any():
            continue
        if _crosses(ring, low, high) or inside(trial, ring).any():
            return False
    return True


def _crosses(ring: np.ndarray, low: np.ndarray, high: np.ndarray) -> bool:
    """Whether an edge of a ring comes into a box, be it between two of its corners."""
    start, end = ring, np.roll(ring, -1, axis=0)
    way = end - start
    way = np.where(way == 0.0, 1e-12, way)
    enters, leaves = (low - start) / way, (high - start) / way
    first = np.minimum(enters, leaves).max(axis=1)
    last = np.maximum(enters, leaves).min(axis=1)
    return bool((np.maximum(first, 0.0) < np.minimum(last, 1.0)).any())
