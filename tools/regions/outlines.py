"""Outlines of a region's governments, small enough to come along."""

import json
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from tools.regions.unit import Unit

DIGITS = 3
"""Decimals of a degree that are kept, about 110 m; the outlines are coarser than that."""
ROCK = 0.002
"""Smallest part that is kept, relative to the largest of its area."""
CON_DAO = (106.6, 8.7)
"""Degrees east and north of islands that the source draws as a part of Soc Trang. They belonged to
Ba Ria-Vung Tau, which is a part of Ho Chi Minh City since July 2025."""
_OWNERS = (("94", "77"), ("92", "79"))  # who has them there and who should, before and since 2025
_NEAR = 0.3  # degrees

Part = list[list[list[float]]]  # its outer ring and its holes


def read_shapes(path: Path) -> dict[str, list[Part]]:
    """The parts of every area of a file, rounded, by its id.

    Neighbours that share corners still share them.
    """
    document = json.loads(path.read_text(encoding="utf-8"))
    return {one["id"]: list(_parts(one["geometry"])) for one in document["features"]}


def _parts(shape: dict[str, Any]) -> Iterable[Part]:
    whole = shape["coordinates"]
    for part in [whole] if shape["type"] == "Polygon" else whole:
        rings = [rounded(ring) for ring in part]
        if len(rings[0]) > 3:  # a rock that rounding leaves nothing of is left out
            yield [ring for ring in rings if len(ring) > 3]


def rounded(ring: Sequence[Sequence[float]]) -> list[list[float]]:
    """A closed ring with few decimals, without corners that fall together."""
    kept: list[list[float]] = []
    for x, y in ring:
        corner = [round(x, DIGITS), round(y, DIGITS)]
        if not kept or corner != kept[-1]:
            kept.append(corner)
    return kept


def without_rocks(shapes: dict[str, list[Part]]) -> dict[str, list[Part]]:
    """The shapes without parts that are far smaller than the largest of their area."""
    kept = {}
    for code, parts in shapes.items():
        sizes = [_area(part[0]) for part in parts]
        pairs = zip(parts, sizes, strict=True)
        kept[code] = [part for part, size in pairs if size >= ROCK * max(sizes)]
    return kept


def _area(ring: Sequence[Sequence[float]]) -> float:
    """Of a closed ring, in square degrees."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))) / 2


def give_back_islands(shapes: dict[str, list[Part]]) -> None:
    """Move Con Dao to the province that it belongs to, in a map of the whole of Viet Nam."""
    for wrong, right in _OWNERS:
        away = [part for part in shapes[wrong] if _is_con_dao(part)] if right in shapes else []
        for part in away:
            shapes[wrong].remove(part)
            shapes[right].append(part)


def _is_con_dao(part: Part) -> bool:
    return all(abs(x - CON_DAO[0]) < _NEAR and abs(y - CON_DAO[1]) < _NEAR for x, y in part[0])


def write_outlines(path: Path, units: Sequence[Unit], shapes: dict[str, list[Part]]) -> None:
    """Write a feature collection, one feature a line, its ids the codes."""
    lines = [_feature(unit, shapes[unit.code]) for unit in units]
    text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"
    path.write_text(text, encoding="utf-8")


def _feature(unit: Unit, parts: list[Part]) -> str:
    single = len(parts) == 1
    feature = {
        "type": "Feature",
        "id": unit.code,
        "properties": {"name": unit.name, "name_vi": unit.name_vi or unit.name},
        "geometry": {
            "type": "Polygon" if single else "MultiPolygon",
            "coordinates": parts[0] if single else parts,
        },
    }
    return json.dumps(feature, ensure_ascii=False, separators=(",", ":"))
