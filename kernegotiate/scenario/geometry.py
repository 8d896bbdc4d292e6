"""The outlines of a region's governments, for maps."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from kernegotiate.scenario.errors import ScenarioError, did_you_mean
from kernegotiate.scenario.reading import MB, read_text
from kernegotiate.scenario.region import Government, Region
from kernegotiate.scenario.shapes import beside, extent, inside, joined, kilometres, meridian
from kernegotiate.scenario.text import composed, short

_MOST = 20 * MB  # a country's provinces, finely drawn, have a tenth of it
_AREAS = ("Polygon", "MultiPolygon")  # no set: a file may hold a list for a type
_CORNERS = 3  # of a ring, at least
_LONGEST = 40  # letters of what was found that are told
_NEAR = 25.0  # km that a centre may always lie outside its outline
_METRES = 1000  # what no longitude comes near, but metres of a projection mostly do

Features = dict[str, list[dict[str, Any]]]
"""Features of a GeoJSON file by id, of which several may be parts of one government."""


def read_geometry(region: Region) -> dict[str, Any] | None:
    """Read the outlines of a region's governments.

    Args:
        region: The region; its `geometry` names a GeoJSON file whose feature ids are the codes.

    Returns:
        A GeoJSON feature collection with one feature a government, in the order of the codes, its
        corners pairs of degrees (heights are dropped). Where the region lies on both sides of the
        180th meridian, longitudes go on beyond 180 or -180, so that it lies together. None if the
        region has no geometry.

    Raises:
        ScenarioError: The file cannot be read, is no GeoJSON, lacks the outline of a government or
            has one that cannot be drawn or does not lie where its government does.
    """
    return None if region.geometry is None else outlines_in(read_document(region.geometry), region)


def outlines_in(document: dict[str, Any], region: Region) -> dict[str, Any]:
    """The outlines of a region's governments among the features of a map; see `read_geometry`.

    Raises:
        ScenarioError: An outline is missing, cannot be drawn or lies elsewhere; whatever else is
            wrong is told in `problems`.
    """
    path, areas = region.geometry, _by_id(document)
    middle = meridian([one.lon for one in region.governments])
    features, wrong = [], []
    for government in region.governments:
        code = government.code
        if code not in areas:
            lack = f"{path}: there is no area with the id '{code}' for {government.name}"
            hint, of_all = _elsewhere(document, region, government, areas)
            wrong.append(f"{lack}{hint}")
            if of_all:
                break
            continue
        try:
            where = f"{path}: the area with the id '{code}'"
            features.append(outline_of(code, areas[code], middle, where))
        except ScenarioError as error:
            wrong.append(str(error))
    wrong = wrong or list(_misplaced(region, features, middle))
    if wrong:
        raise ScenarioError(*wrong)
    return {"type": "FeatureCollection", "features": features}


def read_areas(path: Path) -> Features:
    """Read the areas of a GeoJSON file, whatever region they are of.

    Args:
        path: The file.

    Returns:
        Its features by id; whether they can be drawn is not looked at.

    Raises:
        ScenarioError: The file cannot be read or is no GeoJSON.
    """
    return _by_id(read_document(path))


def read_document(path: Path) -> dict[str, Any]:
    """Read a feature collection as it stands in a file.

    Raises:
        ScenarioError: The file cannot be read or is no GeoJSON.
    """
    try:
        data = json.loads(read_text(path, _MOST))
    except RecursionError:
        raise ScenarioError(f"{path}: not valid GeoJSON: nested too deeply") from None
    except ValueError as error:  # also of a whole number of some thousand digits
        if isinstance(error, ScenarioError):
            raise
        raise ScenarioError(f"{path}: not valid GeoJSON: {error}") from None
    if isinstance(data, dict) and isinstance(data.get("features"), list):
        return data
    kind = data.get("type") if isinstance(data, dict) else None
    if kind == "Topology":
        raise ScenarioError(f"{path}: found TopoJSON, allowed is a FeatureCollection of GeoJSON")
    if isinstance(kind, str) and kind != "FeatureCollection":
        raise ScenarioError(
            f"{path}: found a single {short(kind, _LONGEST)}, allowed is a FeatureCollection"
        )
    raise ScenarioError(f"{path}: not valid GeoJSON: there is no list of features")


def _by_id(document: dict[str, Any]) -> Features:
    """Features by their id, else by their property `code`; points only if there is no area."""
    found: Features = {}
    for item in document["features"]:
        own = item.get("properties") if isinstance(item, dict) else None
        named = own.get("code") if isinstance(own, dict) else None
        if isinstance(item, dict) and (code := told_id(item.get("id")) or told_id(named)):
            found.setdefault(code, []).append(item)
    return {code: [one for one in ones if is_area(one)] or ones for code, ones in found.items()}


def told_id(found: Any) -> str:
    """An id or a property as a code would be written; "" if it is none."""
    if isinstance(found, bool) or not isinstance(found, str | int | float):
        return ""
    if isinstance(found, float) and found.is_integer():
        found = int(found)
    return composed(" ".join(str(found).split())) if abs(_size(found)) < 1e300 else ""


def _size(found: str | float) -> float:
    return 0.0 if isinstance(found, str) else found


def is_area(item: dict[str, Any]) -> bool:
    """Whether a feature has an outline."""
    shape = item.get("geometry")
    return isinstance(shape, dict) and shape.get("type") in _AREAS and "coordinates" in shape


def _elsewhere(
    document: dict[str, Any], region: Region, government: Government, areas: Features
) -> tuple[str, bool]:
    """Where an id may be instead, in a property or written in another way; whether all are."""
    held: dict[str, set[str]] = {}
    for item in document["features"]:
        own = item.get("properties") if isinstance(item, dict) else None
        for key, value in own.items() if isinstance(own, dict) else ():
            held.setdefault(key, set()).add(told_id(value))
    codes = {one.code for one in region.governments}
    for what, one, all_of_it in (
        ("code", government.code, codes),
        ("name", government.name, {one.name for one in region.governments}),
        ("name", government.name_vi, {one.name_vi for one in region.governments}),
    ):
        keys = [key for key, values in held.items() if one in values]
        if keys:
            best = max(keys, key=lambda key: len(held[key] & all_of_it))
            hint = (
                f"; its {what} stands in the property '{short(best, _LONGEST)}', "
                "allowed is its code as the 'id' beside 'properties'"
            )
            return hint, True
    if not areas:
        return "; no feature has an id", True
    return f", {did_you_mean(government.code, areas)}", False


def outline_of(
    code: str, features: list[dict[str, Any]], middle: float, where: str
) -> dict[str, Any]:
    """One feature of all the parts of a government, without heights.

    Args:
        code: Of the government.
        features: Its parts, as they stand in a map.
        middle: Longitude, degrees, from which no part lies more than half a turn away.
        where: The map and the area, for messages.

    Raises:
        ScenarioError: It cannot be drawn.
    """
    shapes = [_flat(feature.get("geometry"), middle, where) for feature in features]
    if len(shapes) == 1:
        return {**features[0], "id": code, "geometry": shapes[0]}
    parts: list[Any] = []
    for shape in shapes:
        own = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
        parts += [part for part in own if part not in parts]
    return {**features[0], "id": code, "geometry": {"type": "MultiPolygon", "coordinates": parts}}


def _flat(shape: Any, middle: float, where: str) -> dict[str, Any]:
    """A shape of pairs of degrees that lie together."""
    kind = shape.get("type") if isinstance(shape, dict) else None
    if kind not in _AREAS:
        named = short(kind, _LONGEST) if isinstance(kind, str) else ""
        found = f"a {named}" if named else "no outline"
        raise ScenarioError(f"{where}: found {found}, allowed is a Polygon or a MultiPolygon")
    corners = shape.get("coordinates")
    if kind == "Polygon":
        return {"type": kind, "coordinates": _part(corners, middle, where)}
    parts = [_part(part, middle, where) for part in _listed(corners, 1, "parts", where)]
    return {"type": kind, "coordinates": parts}


def _part(found: Any, middle: float, where: str) -> list[Any]:
    """The outline of one part and those of its holes."""
    drawn: list[Any] = []
    for ring in _listed(found, 1, "rings of corners", where):
        corners = [_corner(corner, where) for corner in _listed(ring, _CORNERS, "corners", where)]
        whole = joined(np.array(corners, float), middle)
        if not drawn:  # its holes lie where it does
            middle = float(whole[:, 0].min() + whole[:, 0].max()) / 2
        drawn.append(whole.tolist())
    return drawn


def _listed(found: Any, least: int, what: str, where: str) -> list[Any]:
    if not isinstance(found, list) or len(found) < least:
        raise ScenarioError(
            f"{where}: found {_told(found)}, allowed is a list of {least} or more {what}"
        )
    return found


def _corner(found: Any, where: str) -> list[float]:
    """Longitude and latitude of a corner, which may come with its height."""
    here = isinstance(found, list) and len(found) > 1
    # Maps around the 180th meridian often count on to 360.
    if not here or not _within(found[0], 360) or not _within(found[1], 90):
        hint = ""
        if here and _within(found[0], 90) and _within(found[1], 180):
            hint = "; latitude and longitude seem to be swapped, longitude comes first"
        elif here and any(_within(one, 1e9) and abs(one) > _METRES for one in found[:2]):
            hint = "; these look like metres, save the map in degrees (WGS 84, EPSG:4326)"
        raise ScenarioError(
            f"{where}: found the corner {_told(found)}, allowed are a longitude from -180 to 180 "
            f"and a latitude from -90 to 90, in degrees{hint}"
        )
    return [found[0], found[1]]


def _within(found: Any, most: float) -> bool:
    """Whether it is a number (NaN is none) of so many degrees at most."""
    return isinstance(found, int | float) and not isinstance(found, bool) and abs(found) <= most


def _misplaced(region: Region, features: list[dict[str, Any]], middle: float) -> Iterator[str]:
    """Outlines that do not lie where their governments are, a sentence each.

    A centre may lie in a bay of its outline, off its coast or, roughly given, beside it; so it may
    be as far from the outline as that is large, and 25 km in any case. Nearer by, outlines are
    wrong if centres that are not in their own lie in one another's.
    """
    rings = [list(_outer(feature["geometry"])) for feature in features]
    centres = [(beside(one.lon, middle), one.lat) for one in region.governments]
    away = [kilometres(*pair) for pair in zip(centres, rings, strict=True)]
    stray = [place for place, far in enumerate(away) if far > 0]
    for place, government in enumerate(region.governments):
        far, where = away[place], f"{region.geometry}: the area with the id '{government.code}'"
        at = (
            f"{government.name}, which is at longitude {government.lon:g}, "
            f"latitude {government.lat:g}"
        )
        if far > max(extent(rings[place]), _NEAR):
            swapped = [ring[:, ::-1] for ring in rings[place]]
            turned = kilometres((government.lon, government.lat), swapped) < far / 10
            hint = "; latitude and longitude seem to be swapped in one of the two" if turned else ""
            yield f"{where} lies {far:,.0f} km from {at}{hint}"
            continue
        point = np.array([centres[place]])
        for other in stray if far > 0 else ():
            if other != place and any(inside(point, ring)[0] for ring in rings[other]):
                code = region.governments[other].code
                yield f"{where} lies {far:,.1f} km from {at}, in the area with the id '{code}'"
                break


def _outer(shape: Mapping[str, Any]) -> Iterator[np.ndarray]:
    """The outer rings of a polygon's parts."""
    whole = shape["coordinates"]
    for part in [whole] if shape["type"] == "Polygon" else whole:
        yield np.array(part[0], float)


def _told(found: Any) -> str:
    return short(json.dumps(found)[: 2 * _LONGEST], _LONGEST + 3)
