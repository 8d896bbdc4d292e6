"""Who trusts whom: a heat map in the colours of the map."""

import math
from typing import Any

import numpy as np

from viz import palette
from viz.chart import base
from viz.view import View
from viz.words import Words

FEW = 20  # governments whose names all have room


def picture(view: View, words: Words, size: int) -> dict[str, Any]:
    """The trust of each government (row) in each other (column) as an ECharts option."""
    names = [words.place(view.region.governments[number]) for number in view.standing]
    numbers = [str(number + 1) for number in view.standing]
    rows = [f"{name}  {number}" for name, number in zip(names, numbers, strict=True)]
    axis = {
        "type": "category",
        "axisLine": {"show": False},
        "axisTick": {"show": False},
    }
    few = len(names) <= FEW
    # As many names are written as have room; of many cells a frame would be all there is.
    label = {"fontSize": size - 2, "color": palette.INK, "interval": "auto", "margin": 4}
    return {
        **base(),
        "tooltip": {"renderMode": "richText", "textStyle": {"fontSize": size}},
        "grid": {"left": 4, "right": 2 * size, "top": 6, "bottom": 0, "containLabel": True},
        "xAxis": {**axis, "data": numbers, "position": "top", "axisLabel": label},
        "yAxis": {**axis, "data": rows, "inverse": True, "axisLabel": label},
        "visualMap": {
            "show": False,
            "min": 0,
            "max": 1,
            "inRange": {"color": list(palette.TRUST)},
        },
        "series": [
            {
                "type": "heatmap",
                "itemStyle": {"borderColor": palette.PAPER, "borderWidth": 1 if few else 0},
                "data": [
                    {
                        "value": [j, i, round(trust, 4)],
                        "tooltip": {
                            "formatter": words.trust_of.format(
                                who=names[i], whom=names[j], trust=words.decimal(trust)
                            )
                        },
                    }
                    for i, row in enumerate(
                        view.trust[np.ix_(view.standing, view.standing)].tolist()
                    )
                    for j, trust in enumerate(row)
                    if not math.isnan(trust)
                ],
            }
        ],
    }
