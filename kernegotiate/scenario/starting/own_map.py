"""Find the outlines of governments in somebody's map, by code or by name, and their centres."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from kernegotiate.scenario.errors import ScenarioError, close_to
from kernegotiate.scenario.geometry import is_area, outline_of, read_document, told_id
from kernegotiate.scenario.shapes import area, beside, inner_point
from kernegotiate.scenario.starting.plain_words import plain_words
from kernegotiate.scenario.text import short

_ID = "id"
_BEFORE = (
    ("tinh",), ("thanh", "pho"), ("tp",), ("quan",), ("huyen",), ("thi", "xa"), ("tx",),
    ("city", "of"), ("province", "of"),
)  # fmt: skip
_BEHIND = ("city", "province", "district", "county", "prefecture")
_TOLD = 4  # governments without an area that are named
_DIGITS = 5  # behind the point of a degree: one metre

_Way = tuple[str, Callable[[Mapping[str, Any]], list[str]], Callable[[str], str]]
"""By what areas are found, how a government writes it, and how both are made comparable."""


@dataclass(frozen=True)
class OwnMap:
    """A map whose features have the codes of a table.

    Attributes:
        document: A GeoJSON feature collection with `id` = code, the areas of others left out.
        notes: By what governments were found, and what was left out, a sentence each.
    """

    document: dict[str, Any]
    notes: tuple[str, ...]


def match(path: Path, rows: Sequence[Mapping[str, Any]]) -> OwnMap:
    """Give each area of a map the code of its government.

    Args:
        path: A GeoJSON file.
        rows: Governments with `code`, `name` and, if there is one, `name_vi`.

    Raises:
        ScenarioError: The file cannot be read, or governments are without an area.
    """
    features = [one for one in read_document(path)["features"] if isinstance(one, dict)]
    if not any(map(is_area, features)):
        raise ScenarioError(f"{path}: found no area, allowed are Polygons and MultiPolygons")
    areas = [one for one in features if is_area(one)]
    ways: tuple[_Way, ...] = (
        ("code", lambda row: [_same(row["code"])], _same),
        ("code without leading zeros", lambda row: [_bare(row["code"])], _bare),
        ("name", _names(_letters), _letters),
        ("name", _names(_place), _place),
    )
    found = [_by(way, key, areas, rows) for way in ways for key in _keys(areas)]
    best = max(found, key=lambda one: len(one.owners))
    lacking = [row for row in rows if row["code"] not in best.owners]
    if lacking:
        raise _without(path, lacking, best, len(rows))
    _check_names(path, best, found, rows)
    made = [{**one, "id": row["code"]} for row in rows for one in best.owners[row["code"]]]
    notes = [f"Areas of the map were found by {best.how}, in {best.where}."]
    if left := len(areas) - len(made):
        notes.append(f"Areas of the map without a government in the table were left out: {left}.")
    return OwnMap({"type": "FeatureCollection", "features": made}, tuple(notes))


def centre(features: list[dict[str, Any]], code: str, path: Path) -> tuple[float, float]:
    """The centroid of a government's largest part, or a point inside where that lies outside.

    Args:
        features: Its parts.
        code: Of the government.
        path: The map, for messages.

    Returns:
        Longitude and latitude, degrees.

    Raises:
        ScenarioError: Its outline cannot be drawn.
    """
    shape = outline_of(code, features, 0.0, f"{path}: the area of '{code}'")["geometry"]
    whole = shape["coordinates"]
    parts = [
        [np.array(ring, float) for ring in part]
        for part in ([whole] if shape["type"] == "Polygon" else whole)
    ]
    lon, lat = inner_point(max(parts, key=lambda rings: area(_level(rings[0]))))
    return round(beside(lon, 0.0), _DIGITS), round(lat, _DIGITS)


def _level(ring: np.ndarray) -> np.ndarray:
    """A ring on a plane on which areas can be compared."""
    across = np.cos(np.radians(ring[:, 1].mean()))
    return np.column_stack([ring[:, 0] * across, ring[:, 1]])


@dataclass(frozen=True)
class _Found:
    """Areas by code of their government, as one key of the features tells."""

    how: str
    where: str
    values: Mapping[str, list[dict[str, Any]]]  # areas by what the key says
    owners: Mapping[str, list[dict[str, Any]]]


def _keys(areas: Sequence[Mapping[str, Any]]) -> list[str]:
    """The id, and all properties, of the features."""
    keys = [
        key for one in areas if isinstance(one.get("properties"), dict) for key in one["properties"]
    ]
    return ["", *dict.fromkeys(keys)]


def _by(
    way: _Way,
    key: str,
    areas: Sequence[dict[str, Any]],
    rows: Sequence[Mapping[str, Any]],
) -> _Found:
    """Areas of each government by one key; a word of two governments, or of two ids, finds none."""
    how, words, squeeze = way
    written: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for one in areas:
        own = one.get("properties")
        value = told_id((own.get(key) if isinstance(own, dict) else None) if key else one.get(_ID))
        if told := squeeze(value):
            written.setdefault(told, {}).setdefault(_same(value), []).append(one)
    values = {told: next(iter(ones.values())) for told, ones in written.items() if len(ones) == 1}
    asked = {row["code"]: dict.fromkeys(filter(None, words(row))) for row in rows}
    shared = [word for these in asked.values() for word in these]
    owners = {
        code: values[word]
        for code, these in asked.items()
        for word in these
        if word in values and shared.count(word) == 1
    }
    return _Found(how, f"the property '{short(key)}'" if key else "the id", values, owners)


def _same(text: str) -> str:
    return text.casefold()


def _bare(text: str) -> str:
    return text.casefold().lstrip("0")


def _letters(text: str) -> str:
    """A name without accents, capitals and what stands between its words."""
    return "".join(plain_words(text))


def _place(text: str) -> str:
    """A name without the words that say what a place is, and that some write and others do not."""
    words = plain_words(text)
    start = next((len(kind) for kind in _BEFORE if words[: len(kind)] == kind), 0)
    end = len(words) - (words[-1:] != () and words[-1] in _BEHIND)
    return "".join(words[start:end] or words)


def _names(squeeze: Callable[[str], str]) -> Callable[[Mapping[str, Any]], list[str]]:
    return lambda row: [squeeze(row["name"]), squeeze(row.get("name_vi", ""))]


def _without(
    path: Path, lacking: Sequence[Mapping[str, Any]], best: _Found, size: int
) -> ScenarioError:
    """Name the governments that no area was found for."""
    if not best.owners:
        told = f"{path}: neither ids nor a property hold the codes or names of the table"
        first = lacking[0]
        return ScenarioError(f"{told}, such as '{first['code']}' or '{first['name']}'")
    named = []
    taken = list(best.owners.values())
    free = [word for word, areas in best.values.items() if areas not in taken]
    for row in lacking[:_TOLD]:
        word = _letters(row["name"]) if best.how == "name" else row["code"]
        close = close_to(word, free)
        named.append(f"{row['name']} ({row['code']}{f', did you mean {close}?' if close else ''})")
    more = f" and {len(lacking) - _TOLD} more" if len(lacking) > _TOLD else ""
    return ScenarioError(
        f"{path}: {size - len(lacking)} of {size} governments were found by {best.how}, in "
        f"{best.where}; no area for {', '.join(named)}{more}"
    )


def _check_names(
    path: Path, best: _Found, found: Sequence[_Found], rows: Sequence[Mapping[str, Any]]
) -> None:
    """Refuse codes that find other areas than the names do: they are another office's codes."""
    names = max((one for one in found if one.how == "name"), key=lambda one: len(one.owners))
    for row in rows:
        code = row["code"]
        if code in names.owners and names.owners[code] != best.owners[code]:
            raise ScenarioError(
                f"{path}: '{code}' in {best.where} is another area than {row['name']} in "
                f"{names.where}; give the table the map's codes, or no codes"
            )
