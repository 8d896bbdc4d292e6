"""Shares of an ensemble line by line, such as causes: a bar each, the usual below it in grey."""

import math
from collections.abc import Iterable, Mapping
from typing import Any

from viz import palette
from viz.asking import USUAL, YOURS
from viz.chart import base
from viz.words import Words

LEAST = 0.005
"""A line that is smaller on both sides is left out of the picture."""

Shares = Mapping[str, Mapping[str, float]]
"""Shares by whose they are and by line; NaN where undefined."""


def seen(shares: Shares, names: Iterable[str]) -> list[str]:
    """Those of the lines that have a bar to see on either side."""
    return [name for name in names if any(side[name] >= LEAST for side in shares.values())]


def bars(
    shares: Shares, labels: Mapping[str, str], words: Words, title: str, size: int
) -> dict[str, Any]:
    """Shares of both sides in per cent, as an ECharts option.

    Args:
        shares: See above; an undefined one has no bar, and a dash for its figure.
        labels: Words beside the bars, by line.
        words: Of the page.
        title: Of the picture.
        size: Of small print, pixels.
    """
    label = {"fontSize": size, "color": palette.INK}
    return {
        **base(title, size),
        "grid": {"left": 4, "right": 3 * size, "top": size, "bottom": 4, "containLabel": True},
        "xAxis": {"type": "value", "axisLabel": {"show": False}, "splitLine": {"show": False}},
        "yAxis": {
            "type": "category",
            "inverse": True,
            "data": list(labels.values()),
            "axisLabel": label,
            "axisTick": {"show": False},
            "axisLine": {"show": False, "onZero": False},
        },
        "series": [
            {
                "type": "bar",
                "name": whose,
                "silent": True,
                "color": color,
                "barGap": "10%",
                "barCategoryGap": "25%",
                "data": [
                    {
                        "value": 0.0 if math.isnan(share) else round(100 * share, 2),
                        "label": {
                            "show": whose == YOURS,
                            "position": "right",
                            **label,
                            "formatter": words.number(100 * share, 1),
                        },
                    }
                    for share in (shares[whose][name] for name in labels)
                ],
            }
            for whose, color in ((YOURS, palette.WELFARE), (USUAL, palette.POSSIBLE))
        ],
    }
