"""How the two verdicts grow, year by year: success (agreed, built), worth (what it is good for)."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from viz import palette
from viz.chart import base
from viz.view import View
from viz.words import Words

LARGE = 1000  # a number that fills a line of its own


class Curve(NamedTuple):
    """A line: its years and values, colour, and whether it is dashed."""

    name: str
    years: Sequence[int]
    values: Sequence[float]
    color: str
    dashed: bool = False
    told: str = ""  # at its end


def success(views: Sequence[View], words: Words, size: int) -> dict[str, Any]:
    """Works proposed, signed, finished and died, in all, as an ECharts option."""
    (view,) = views
    curves = [
        _curve(view, "arrived", palette.PROPOSED, dashed=True, told=words.proposed),
        _curve(view, "signed", palette.UNDER_WAY, told=words.signed),
        _curve(view, "completed", palette.OPEN, told=words.opened),
        _curve(view, "died", palette.DIED, told=words.died),
    ]
    return _picture(curves, views, size, words=words, axis=False)


def worth(views: Sequence[View], words: Words, size: int) -> dict[str, Any]:
    """Welfare so far and what was possible so far, as an ECharts option."""
    (view,) = views
    curves = [
        _curve(view, "first_best", palette.POSSIBLE, dashed=True, told=words.possible),
        _curve(view, "welfare", palette.WELFARE, told=words.welfare),
    ]
    return _picture(curves, views, size, words=words)


def both(views: Sequence[View], column: str, size: int) -> dict[str, Any]:
    """One outcome of two runs."""
    one, other = views
    curves = [
        _curve(one, column, palette.FIRST),
        _curve(other, column, palette.SECOND, dashed=True),
    ]
    return _picture(curves, views, size)


def apart(views: Sequence[View], column: str, size: int) -> dict[str, Any]:
    """How far the first of two runs is ahead, year by year."""
    columns = [view.history[column].to_numpy(float) for view in views]
    length = max(map(len, columns))
    one, other = (np.pad(values, (0, length - len(values)), "edge") for values in columns)
    curve = Curve(column, range(length), (one - other).tolist(), palette.INK)
    return _picture([curve], views, size, area=True)


def _curve(view: View, column: str, color: str, *, dashed: bool = False, told: str = "") -> Curve:
    years = view.history["year"].astype(int).tolist()
    values = view.history[column].tolist()
    return Curve(column, years, values, color, dashed, told)


def _picture(
    curves: Sequence[Curve],
    views: Sequence[View],
    size: int,
    *,
    area: bool = False,
    words: Words | None = None,
    axis: bool = True,
) -> dict[str, Any]:
    """Curves over the years; with `words` each is told at its end, without `axis` no year is."""
    ends = [_end(curve, words, size) for curve in curves] if words else [{} for _ in curves]
    letters = max((len(line) for end in ends if end for line in told_at(end)), default=0)
    small = {"fontSize": size, "color": palette.FAINT}
    years, year = max(view.years for view in views), max(view.year for view in views)
    return {
        **base(),
        "grid": {
            "left": 4,
            "right": round(size * (1 + 0.55 * letters)),
            "top": size + 6,
            "bottom": 2,
            "containLabel": True,
        },
        "xAxis": {
            "type": "value",
            "min": 0,
            "max": max(years, year),
            "axisLabel": {**small, "showMaxLabel": year <= years, "show": axis},
            "splitLine": {"show": False},
            "axisTick": {"show": False},
            "axisLine": {"lineStyle": {"color": palette.FAINT}},
        },
        "yAxis": {
            "type": "value",
            "minInterval": 1,
            "axisLabel": {**small, "hideOverlap": True},
            "splitNumber": 2 if area else 3,
            "splitLine": {"lineStyle": {"color": palette.RULE}},
        },
        "series": [
            {
                "type": "line",
                "name": curve.name,
                "showSymbol": False,
                "silent": True,
                "color": curve.color,
                "lineStyle": {"width": 3, "type": "dashed" if curve.dashed else "solid"},
                "areaStyle": {"opacity": 0.15} if area else None,
                **end,
                "data": [
                    [y, round(value, 1)] for y, value in zip(curve.years, curve.values, strict=True)
                ],
            }
            for curve, end in zip(curves, ends, strict=True)
        ],
    }


def told_at(end: dict[str, Any]) -> list[str]:
    """The lines of what stands at the end of a curve."""
    lines: list[str] = end["endLabel"]["formatter"].splitlines()
    return lines


def _end(curve: Curve, words: Words, size: int) -> dict[str, Any]:
    """What stands at the end of a curve: its latest number and what that is.

    Of large numbers on two lines. `chart.vue` moves those apart that would stand across another.
    """
    between = "\n" if max(map(abs, curve.values)) >= LARGE else " "
    return {
        "endLabel": {
            "show": True,
            "formatter": f"{words.number(curve.values[-1])}{between}{curve.told}",
            "color": palette.INK,
            "fontSize": size,
            "lineHeight": size + 1,
        }
    }
