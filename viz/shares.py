"""Shares of the first best line by line: as it usually is in outline, with the changes filled.

Place says which line, form says whose a bar is. What changes most stands first; what stands apart
on top (welfare, or the sum) is no line among the others.
"""

import math
import textwrap
from collections.abc import Iterable, Mapping
from typing import Any

from viz import palette
from viz.asking import USUAL, YOURS
from viz.chart import base
from viz.words import Words

LEAST = 0.01
"""A line that is smaller on both sides is told with all that are."""
VISIBLE = 0.0005
"""Of those together: less is written as 0."""
REST = "rest"
LETTERS = 20  # of a label, before it goes on below
LABEL = 10  # widths of print that they take
CLEAR = "rgba(0,0,0,0)"

Shares = Mapping[str, Mapping[str, float]]
"""Shares by whose they are and by line; NaN where undefined."""


def seen(shares: Shares, names: Iterable[str]) -> list[str]:
    """Those of the lines that have a bar to see on either side, by how much they change.

    Lines that change alike, such as before anything is moved, stand by their size.
    """
    sides = list(shares.values())

    def size(name: str) -> float:
        return max(_defined(abs(side[name])) for side in sides)

    def change(name: str) -> float:
        values = [_defined(side[name]) for side in sides]
        return round(max(values) - min(values), 6)

    large = [name for name in names if size(name) >= LEAST]
    return sorted(large, key=lambda name: (change(name), size(name)), reverse=True)


def with_rest(shares: Shares, names: Iterable[str]) -> tuple[Shares, list[str]]:
    """The shares and those of the lines that are shown; the small ones as one, which comes last."""
    every = list(names)
    shown = seen(shares, every)
    small = [name for name in every if name not in shown]
    rest = {whose: sum(_defined(side[name]) for name in small) for whose, side in shares.items()}
    if all(abs(value) < VISIBLE for value in rest.values()):
        return shares, shown
    return {whose: {**side, REST: rest[whose]} for whose, side in shares.items()}, [*shown, REST]


def bars(
    shares: Shares,
    labels: Mapping[str, str],
    words: Words,
    size: int,
    *,
    lost: str,
    moved: bool = True,
) -> dict[str, Any]:
    """Shares in per cent, as an ECharts option; always from 0 to 100, so that pictures compare.

    Args:
        shares: See above; an undefined one has no bar, and a dash for its figure.
        labels: Words beside the bars, by line; the first line stands apart.
        words: Of the page.
        size: Of small print, pixels.
        lost: Words between the first line and the others.
        moved: Whether both sides are drawn, or only how it usually is.
    """
    first, *others = labels
    lines: list[str | None] = [first, None, *others]
    drawn = (USUAL, YOURS) if moved else (USUAL,)
    low = min((_defined(shares[whose][name]) for whose in drawn for name in labels), default=0.0)
    bold = {"fontWeight": 700, "fontSize": size}
    names = [
        {"value": labels[first], "textStyle": bold},
        {"value": lost, "textStyle": {"color": palette.FAINT, "fontSize": size}},
        *("\n".join(textwrap.wrap(labels[name], LETTERS)) for name in others),
    ]
    return {
        **base(),
        "grid": {"left": (LABEL + 0.7) * size, "right": 3.2 * size, "top": 4, "bottom": 4},
        "xAxis": {
            "type": "value",
            "min": min(0, math.floor(100 * low)),
            "max": 100,
            "axisLabel": {"show": False},
            "splitLine": {"show": False},
        },
        "yAxis": {
            "type": "category",
            "inverse": True,
            "data": names,
            "axisLabel": {
                "fontSize": size,
                "color": palette.INK,
                "lineHeight": size,
                "interval": 0,
            },
            "axisTick": {"show": False},
            "axisLine": {"show": False, "onZero": False},
        },
        "series": [
            {
                "type": "bar",
                "name": whose,
                "silent": True,
                "barGap": "10%",
                "barCategoryGap": "8%",
                "barMaxWidth": 1.2 * size,
                "data": [
                    "-" if name is None else _bar(shares[whose][name], whose, name, words, size)
                    for name in lines
                ],
            }
            for whose in drawn
        ],
    }


def _bar(share: float, whose: str, name: str, words: Words, size: int) -> dict[str, Any]:
    """A bar and its figure."""
    filled = palette.WELFARE if name == "welfare" else palette.FAINT
    outline = {"color": CLEAR, "borderColor": palette.INK, "borderWidth": 1}
    return {
        "value": round(100 * _defined(share), 2),
        "itemStyle": outline if whose == USUAL else {"color": filled},
        "label": {
            "show": True,
            "position": "right",
            "fontSize": size,
            "color": palette.INK,
            "fontWeight": 400 if whose == USUAL else 700,
            "formatter": words.number(100 * share, 1),
        },
    }


def _defined(share: float) -> float:
    return 0.0 if math.isnan(share) else share
