"""The map: governments, the joint works between them in the colour of their trust, and breaches.

A joint work is a star of lines between those who are in the deal, from its host, or once that has
left from the first who is still in, to each of the others: dashed while it is built, full once it
is open, the thicker the more works join the two. A promise broken this year is a dotted black line
from who broke it to who kept it. Chips under a name count the works that a government hosts, and
its copies; the number beside the name says how many years its leader has left.

Governments that have become one are drawn as one: under one name, without borders between them.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from kernegotiate.scenario import Region
from viz import palette
from viz.chart import base
from viz.outline import Point, anchors, borders, corners, outlines, ratio, stretch
from viz.view import View, Work
from viz.words import Words

Pair = tuple[int, int]  # governments at both ends of a line

SCALE = {
    "show": False,
    "type": "continuous",
    "seriesIndex": [1, 2],  # the lines
    "min": 0,
    "max": 1,
    "inRange": {"color": list(palette.TRUST)},
}


FEW = 20  # names for which there is room beside their places
BESIDE, NEAR = 4.0, 2.0  # how far one may stand from its place, in small print: of few, of many


@dataclass(frozen=True)
class Sheet:
    """What of a map does not change from year to year."""

    name: str  # under which ECharts knows the outlines
    shapes: dict[str, Any]  # GeoJSON, areas named by code
    spots: list[Point]  # where each government's name stands, and where lines to it end
    bounds: list[Point]  # north-west and south-east of the largest parts, far islands left out
    squeeze: float  # length of a degree of longitude relative to one of latitude
    ratio: float  # of its width to its height
    borders: dict[Pair, list[list[Point]]]  # pieces of the border between two areas


def sheet(name: str, region: Region) -> Sheet:
    """Prepare the map of a region."""
    shapes, squeeze = outlines(region), stretch(region)
    bounds = corners(shapes)
    form = ratio(bounds, squeeze)
    return Sheet(name, shapes, anchors(shapes), bounds, squeeze, form, borders(shapes))


def picture(view: View, sheet: Sheet, words: Words, size: int, chosen: str = "") -> dict[str, Any]:
    """The map as an ECharts option.

    Args:
        view: What is shown.
        sheet: Of its region.
        words: Of the language.
        size: Of small print, pixels.
        chosen: Code of the government that is looked at.
    """
    lines = _lines(view, sheet.spots, words)
    told = _told(view, words)
    whole = view.into[view.numbers[chosen]] if chosen else -1
    parts = [c for c, into in zip(view.region.codes, view.into, strict=True) if into == whole]
    return {
        **base(words.map, size),
        "tooltip": {"renderMode": "richText", "textStyle": {"fontSize": size}},
        "geo": {
            "map": sheet.name,
            "aspectScale": sheet.squeeze,
            "boundingCoords": sheet.bounds,
            "itemStyle": {
                "areaColor": palette.LAND,
                "borderColor": palette.PAPER,
                "borderWidth": 1.5,
            },
            "emphasis": {"disabled": True},
            "regions": [{"name": c, "itemStyle": {"areaColor": palette.CHOSEN}} for c in parts],
        },
        "visualMap": SCALE,
        "series": [
            _areas(view, told),
            *lines,
            *_seams(view, sheet, whole),
            _labels(view, sheet.spots, words, size, told, whole),
        ],
    }


def spokes(work: Work) -> list[Pair]:
    """The first who is in the deal, who is the host unless it has left, and each of the others."""
    return [(work.inside[0], other) for other in work.inside[1:]]


def _told(view: View, words: Words) -> list[str]:
    """What is told of each government beside the pointer."""
    found = []
    for number in view.into:
        trusted = float(view.trusted[number])
        name = words.place(view.region.governments[number])
        trust = words.undefined if math.isnan(trusted) else words.decimal(trusted)
        told = words.trusted_by.format(name=name, trust=trust)
        left = words.leader_left.format(years=view.leaders[number].years_left)
        found.append(f"{told}\n{left}")
    return found


def _areas(view: View, told: Sequence[str]) -> dict[str, Any]:
    data = [
        {"name": government.code, "tooltip": {"formatter": text}}
        for government, text in zip(view.region.governments, told, strict=True)
    ]
    return {
        "type": "map",
        "geoIndex": 0,
        "data": data,
        "emphasis": {"disabled": True},
        "select": {"disabled": True},
    }


def _lines(view: View, spots: Sequence[Point], words: Words) -> list[dict[str, Any]]:
    works = list(view.works.values())
    opened = Counter(pair for w in works if w.status == "completed" for pair in spokes(w))
    building = Counter(pair for w in works if w.status == "under way" for pair in spokes(w))
    broken = Counter(_breaches(view))
    return [
        _line(words.under_way, "dashed", building, spots, view.trust),
        _line(words.opened, "solid", opened, spots, view.trust),
        _line(words.broken, "dotted", broken, spots, None),
    ]


def _seams(view: View, sheet: Sheet, chosen: int) -> list[dict[str, Any]]:
    """What were borders, painted over: governments have become one there."""
    data = [
        {
            "coords": piece,
            "lineStyle": {"color": palette.CHOSEN if view.into[a] == chosen else palette.LAND},
        }
        for (a, b), pieces in sheet.borders.items()
        if view.into[a] == view.into[b]
        for piece in pieces
    ]
    seams = {
        "type": "lines",
        "coordinateSystem": "geo",
        "polyline": True,
        "silent": True,
        "z": 1,  # below the works
        "lineStyle": {"width": 3, "opacity": 1, "cap": "round"},
        "data": data,
    }
    return [seams] if data else []


def _breaches(view: View) -> list[Pair]:
    """Who has broken a promise this year, and to whom.

    To the first who stayed, who is the host unless it has left. Where nobody stayed, partners have
    broken it to the host, whose work it was to be, and the host to each of its partners.
    """
    pairs: list[Pair] = []
    for event in view.log:
        if event.year == view.year and event.event == "reneged":
            work, breaker = view.works[str(event.project)], view.numbers[str(event.government)]
            left_alone = work.parties[1:] if breaker == work.host else work.parties[:1]
            pairs += [(breaker, other) for other in work.inside[:1] or left_alone]
    return pairs


def _line(
    name: str,
    dash: str,
    pairs: Mapping[Pair, int],
    spots: Sequence[Point],
    trust: np.ndarray | None,
) -> dict[str, Any]:
    """Lines of one kind, in the colour of mutual trust or, without it, in black."""
    data: list[dict[str, Any]] = []
    for (a, b), count in pairs.items():
        line: dict[str, Any] = {
            "coords": [spots[a], spots[b]],
            "lineStyle": {"width": 2.0 + 1.5 * min(count, 6)},
        }
        if trust is not None:
            line["value"] = round(float(trust[a, b] + trust[b, a]) / 2, 3)
        data.append(line)
    color = palette.DIED if trust is None else palette.FAINT  # the latter in the legend only
    style = {"opacity": 0.95, "curveness": 0.15, "type": dash}
    if trust is None:
        style["color"] = color
    return {
        "type": "lines",
        "name": name,
        "coordinateSystem": "geo",
        "silent": True,
        "symbol": "none",
        "itemStyle": {"color": color},
        "lineStyle": style,
        "data": data,
    }


def _labels(
    view: View,
    spots: Sequence[Point],
    words: Words,
    size: int,
    told: Sequence[str],
    chosen: int,
) -> dict[str, Any]:
    """Names with their chips, in the order in which they find room: who is looked at, who is large.

    Where there is no room a name is left out; `chart.vue` places them.
    """
    hosted = Counter((work.host, work.status) for work in view.works.values())
    copies = Counter(party for work in view.works.values() for party in work.builders)
    chip = {
        "align": "center",
        "color": palette.PAPER,
        "fontSize": size,
        "fontWeight": 700,
        "padding": [3, 6, 2, 6],
        "borderRadius": 8,
        "textBorderColor": "transparent",
        "textBorderWidth": 0,
    }
    data: list[dict[str, Any]] = []
    people = [government.population for government in view.region.governments]
    for i in sorted(view.standing, key=lambda i: (i != chosen, -people[i])):
        government, spot = view.region.governments[i], spots[i]
        name = words.place(government)
        head = f"{name} {{left|{view.leaders[i].years_left}}}"
        chips = [
            f"{{{style}|{count}}}"
            for style, count in (
                ("way", hosted[i, "under way"]),
                ("open", hosted[i, "completed"]),
                ("died", hosted[i, "dead"]),
                ("copy", copies[i]),
            )
            if count
        ]
        text = head + ("\n" + "{gap|}".join(chips) if chips else "")
        data.append(
            {
                "name": government.code,
                "value": spot,
                "label": {"formatter": text},
                "tooltip": {"formatter": told[i]},
            }
        )
    return {
        "type": "scatter",
        "coordinateSystem": "geo",
        "symbolSize": size,
        "labelLayout": {"apart": (BESIDE if len(data) <= FEW else NEAR) * size},
        "itemStyle": {"color": "transparent"},
        "label": {
            "show": True,
            "position": "inside",
            "color": palette.INK,
            "fontSize": size,
            "fontWeight": 700,
            "lineHeight": size + 8,
            "textBorderColor": palette.PAPER,
            "textBorderWidth": 3,
            "rich": {
                "way": {**chip, "backgroundColor": palette.UNDER_WAY, "color": palette.INK},
                "open": {**chip, "backgroundColor": palette.OPEN},
                "died": {**chip, "backgroundColor": palette.DIED},
                "copy": {**chip, "backgroundColor": palette.COPY, "color": palette.INK},
                "left": {"color": palette.FAINT, "fontSize": size, "fontWeight": 400},
                "gap": {"align": "center", "width": 3},
            },
        },
        "data": data,
    }
