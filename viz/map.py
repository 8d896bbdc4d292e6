"""The map: governments in the colour of the trust that others have in them, and the joint works.

Works under way and works that died this year are lines from the host to its partners; what is open
by now is one line a pair, the thicker the more works join the two. Chips under a name count the
works that a government hosts.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kernegotiate.scenario import Region
from viz import palette
from viz.outline import Point, anchors, is_wide, outlines, stretch
from viz.view import View, Work
from viz.words import Words

Pair = tuple[int, int]  # host and partner


@dataclass(frozen=True)
class Sheet:
    """What of a map does not change from year to year."""

    name: str  # under which ECharts knows the outlines
    shapes: dict[str, Any]  # GeoJSON, areas named by code
    spots: list[Point]  # where each government's name stands, and where lines to it end
    squeeze: float  # length of a degree of longitude relative to one of latitude
    wide: bool  # relative to its panel


def sheet(name: str, region: Region) -> Sheet:
    """Prepare the map of a region."""
    shapes, squeeze = outlines(region), stretch(region)
    return Sheet(name, shapes, anchors(shapes), squeeze, is_wide(shapes, squeeze))


def picture(view: View, sheet: Sheet, words: Words, size: int) -> dict[str, Any]:
    """The map as an ECharts option; `size` is that of small print, pixels."""
    place: dict[str, Any] = {"top": 4, "bottom": 2 * size, "left": "center"}
    if sheet.wide:
        place = {"left": 4, "right": 4, "top": "center"}
    return {
        "animation": False,
        "textStyle": {"fontFamily": palette.FONT},
        "tooltip": {"renderMode": "richText", "textStyle": {"fontSize": size}},
        "geo": {
            **place,
            "map": sheet.name,
            "aspectScale": sheet.squeeze,
            "itemStyle": {"borderColor": palette.PAPER, "borderWidth": 2},
            "emphasis": {"disabled": True},
        },
        "visualMap": _scale(words, size),
        "legend": _legend(words, size),
        "series": [
            _areas(view, words),
            *_lines(view, sheet.spots, words),
            _labels(view, sheet.spots, size),
        ],
    }


def spokes(work: Work) -> list[Pair]:
    """Host and partner, for each partner that is in the deal; all of them once it is dead."""
    partners = work.parties if work.status == "dead" else work.inside
    return [(work.host, partner) for partner in partners if partner != work.host]


def _areas(view: View, words: Words) -> dict[str, Any]:
    data = []
    for government, trusted in zip(view.region.governments, view.trusted.tolist(), strict=True):
        told = words.trusted_by.format(name=government.name, trust=words.decimal(trusted))
        value = None if math.isnan(trusted) else trusted
        data.append({"name": government.code, "value": value, "tooltip": {"formatter": told}})
    return {"type": "map", "geoIndex": 0, "data": data}


def _lines(view: View, spots: Sequence[Point], words: Words) -> list[dict[str, Any]]:
    works = list(view.works.values())
    opened = Counter(pair for w in works if w.status == "completed" for pair in spokes(w))
    under_way = {pair: 4.0 for w in works if w.status == "under way" for pair in spokes(w)}
    died_now = view.now.get("died", ())
    died = {pair: 3.0 for code in died_now for pair in spokes(view.works[code])}
    widths = {pair: 1.0 + count for pair, count in opened.items()}
    return [
        _line(words.opened, palette.OPEN, "solid", widths, spots),
        _line(words.under_way, palette.UNDER_WAY, "solid", under_way, spots),
        _line(words.died_now, palette.DIED, "dashed", died, spots),
    ]


def _line(
    name: str, color: str, dash: str, widths: dict[Pair, float], spots: Sequence[Point]
) -> dict[str, Any]:
    return {
        "type": "lines",
        "name": name,
        "coordinateSystem": "geo",
        "silent": True,
        "symbol": "none",
        "itemStyle": {"color": color},
        "lineStyle": {"color": color, "opacity": 0.9, "curveness": 0.12, "type": dash},
        "data": [
            {"coords": [spots[a], spots[b]], "lineStyle": {"width": width}}
            for (a, b), width in widths.items()
        ],
    }


def _labels(view: View, spots: Sequence[Point], size: int) -> dict[str, Any]:
    hosted = Counter((work.host, work.status) for work in view.works.values())
    chip = {
        "align": "center",
        "color": palette.PAPER,
        "fontSize": size,
        "fontWeight": 700,
        "padding": [3, 6, 2, 6],
        "borderRadius": 8,
        "textBorderColor": "transparent",
    }
    return {
        "type": "scatter",
        "coordinateSystem": "geo",
        "silent": True,
        "symbolSize": 1,
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
                "gap": {"align": "center", "width": 3},
            },
        },
        "data": [
            {"name": g.name, "value": spot, "label": {"formatter": g.name + _chips(hosted, i)}}
            for i, (g, spot) in enumerate(zip(view.region.governments, spots, strict=True))
        ],
    }


def _chips(hosted: Counter[tuple[int, str]], host: int) -> str:
    styles = (("way", "under way"), ("open", "completed"), ("died", "dead"))
    chips = [f"{{{style}|{hosted[host, s]}}}" for style, s in styles if hosted[host, s]]
    return "\n" + "{gap|}".join(chips) if chips else ""


def _legend(words: Words, size: int) -> dict[str, Any]:
    return {
        "left": 0,
        "bottom": 0,
        "itemHeight": 5,
        "itemGap": size,
        "selectedMode": False,
        "textStyle": {"fontSize": size, "color": palette.INK},
        "data": [words.under_way, words.opened, words.died_now],
    }


def _scale(words: Words, size: int) -> dict[str, Any]:
    return {
        "type": "continuous",
        "seriesIndex": 0,
        "min": 0,
        "max": 1,
        "inRange": {"color": list(palette.TRUST)},
        "text": [words.high, words.low],
        "orient": "horizontal",
        "right": 0,
        "bottom": 0,
        "padding": 0,
        "itemWidth": size,
        "itemHeight": 5 * size,
        "textStyle": {"fontSize": size, "color": palette.INK},
        "hoverLink": False,
    }
