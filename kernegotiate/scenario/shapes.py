"""Shapes on the plane of longitude and latitude: what lies in them, how far away, on which side.

A ring is an array of corners, shape (corners, 2), in degrees. Distances are those on a plane that
touches the place they are measured from: exact enough to tell whether an outline lies where its
government is.
"""

from collections.abc import Sequence

import numpy as np

KM = 111.2
"""Length of a degree of latitude."""
ROUND = 360.0
_GRID = 40  # trial points along each side of an outline


def inside(points: np.ndarray, ring: np.ndarray) -> np.ndarray:
    """Whether each point lies inside: a ray from it crosses the ring an odd number of times."""
    (x1, y1), (x2, y2) = ring.T, np.roll(ring, -1, axis=0).T
    px, py = points[:, :1], points[:, 1:]
    rise = np.where(y1 == y2, 1.0, y2 - y1)  # a level edge is never crossed
    crossed = ((y1 > py) != (y2 > py)) & (px < x1 + (py - y1) * (x2 - x1) / rise)
    return np.asarray(crossed.sum(axis=1) % 2 == 1)


def distances(points: np.ndarray, ring: np.ndarray) -> np.ndarray:
    """Distance of each point from the nearest edge of the ring, in the unit of both."""
    start, edge = ring, np.roll(ring, -1, axis=0) - ring
    length = np.maximum((edge**2).sum(axis=1), 1e-18)
    gap = points[:, None, :] - start
    along = np.clip((gap * edge).sum(axis=2) / length, 0.0, 1.0)
    return np.asarray(np.sqrt(((gap - along[..., None] * edge) ** 2).sum(axis=2)).min(axis=1))


def area(ring: np.ndarray) -> float:
    """The area of a ring on the plane of its coordinates, in their unit squared."""
    x, y = (ring - ring.mean(axis=0)).T
    return abs(float(np.sum(x * np.roll(y, 1) - y * np.roll(x, 1)))) / 2.0


def centroid(ring: np.ndarray) -> tuple[float, float]:
    """The centre of mass of a ring's area; the mean of its corners if it has none."""
    middle = ring.mean(axis=0)
    x, y = (ring - middle).T
    cross = x * np.roll(y, -1) - np.roll(x, -1) * y
    whole = float(cross.sum())
    if abs(whole) < 1e-18:
        return float(middle[0]), float(middle[1])
    centre = [float(((one + np.roll(one, -1)) * cross).sum()) / (3.0 * whole) for one in (x, y)]
    return float(middle[0]) + centre[0], float(middle[1]) + centre[1]


def inner_point(rings: Sequence[np.ndarray]) -> tuple[float, float]:
    """The centroid of an area if it lies in it, else the inner point farthest from its edges.

    Args:
        rings: The outer ring of the area and those of its holes.
    """
    centre, outer = centroid(rings[0]), rings[0]
    if _within(np.array([centre]), rings)[0]:
        return centre
    low, high = outer.min(axis=0), outer.max(axis=0)
    across, up = (np.linspace(low[d], high[d], _GRID + 2)[1:-1] for d in (0, 1))
    trial = np.stack(np.meshgrid(across, up), axis=-1).reshape(-1, 2)
    room = np.min([distances(trial, ring) for ring in rings], axis=0)
    best = trial[np.where(_within(trial, rings), room, -1.0).argmax()]
    return float(best[0]), float(best[1])


def _within(points: np.ndarray, rings: Sequence[np.ndarray]) -> np.ndarray:
    """Whether each point lies in the outer ring and in none of the holes."""
    found = inside(points, rings[0])
    for hole in rings[1:]:
        found = found & ~inside(points, hole)
    return found


def kilometres(point: tuple[float, float], rings: Sequence[np.ndarray]) -> float:
    """How far a point lies from the nearest of some areas, given by their outer rings; 0 inside."""
    here = np.zeros((1, 2))
    scale = KM * np.array([np.cos(np.radians(point[1])), 1.0])
    away = []
    for ring in rings:
        flat = (ring - point) * scale
        away.append(0.0 if inside(here, flat)[0] else float(distances(here, flat)[0]))
    return min(away)


def extent(rings: Sequence[np.ndarray]) -> float:
    """Length of the diagonal of the frame around some rings, km."""
    corners = np.concatenate(rings)
    low, high = corners.min(axis=0), corners.max(axis=0)
    across = np.cos(np.radians((low[1] + high[1]) / 2))
    return float(np.hypot((high[0] - low[0]) * across, high[1] - low[1])) * KM


def meridian(longitudes: Sequence[float]) -> float:
    """The middle of the shortest arc that holds all longitudes, from -180 to 180.

    A region on both sides of the 180th meridian lies together only if it is not cut there.
    """
    places = np.sort(np.mod(np.array(longitudes, float), ROUND))
    gaps = np.diff(np.append(places, places[0] + ROUND))
    widest = int(gaps.argmax())
    middle = places[widest] + gaps[widest] + (ROUND - gaps[widest]) / 2
    return float((middle + ROUND / 2) % ROUND - ROUND / 2)


def beside(longitude: float, middle: float) -> float:
    """The same longitude, at most half a turn from another; unchanged if it is that near."""
    return longitude - ROUND * round((longitude - middle) / ROUND)


def joined(ring: np.ndarray, middle: float) -> np.ndarray:
    """A ring without a jump at the 180th meridian, as near to another meridian as can be."""
    across = np.unwrap(ring[:, 0], period=ROUND)
    centre = float(across.min() + across.max()) / 2
    return np.column_stack([across + (beside(centre, middle) - centre), ring[:, 1]])
