"""How an ensemble comes out, run by run: one histogram a verdict, the usual in outline."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from viz import palette
from viz.asking import OUTCOMES, USUAL, YOURS, Answer
from viz.chart import base
from viz.words import Words

BINS = 25
COLORS = (palette.OPEN, palette.WELFARE)


def histograms(answer: Answer, words: Words, size: int) -> dict[str, Any]:
    """Runs by completed share and by welfare share, as an ECharts option."""
    label = {"fontSize": size, "color": palette.FAINT}
    halves = ({"left": 4, "right": "52%"}, {"left": "52%", "right": size})
    height = {"top": 2 * size, "bottom": 2 * size, "containLabel": True}
    names = (words.completed_share, words.welfare_share)
    lowest = [_lowest(answer, outcome) for outcome in OUTCOMES]
    return {
        **base(),
        "grid": [half | height for half in halves],
        "xAxis": [
            {
                "gridIndex": place,
                "type": "value",
                "min": math.floor(100 * low),  # whatever is drawn must stand on the axis
                "max": 100,
                "name": f"{name}, %",
                "nameLocation": "middle",
                "nameGap": 2 * size,
                "nameTextStyle": label,
                "axisLabel": label,
                "splitLine": {"show": False},
            }
            for place, (name, low) in enumerate(zip(names, lowest, strict=True))
        ],
        "yAxis": [
            {
                "gridIndex": place,
                "type": "value",
                "axisLabel": {**label, "hideOverlap": True},
                "splitNumber": 1,
                "splitLine": {"lineStyle": {"color": palette.RULE}},
            }
            for place in range(len(OUTCOMES))
        ],
        "series": [
            _steps(answer.spread[outcome][whose], outcome, whose, low)
            for outcome, low in zip(OUTCOMES, lowest, strict=True)
            for whose in ((YOURS, USUAL) if answer.moved else (USUAL,))
        ],
    }


def _lowest(answer: Answer, outcome: str) -> float:
    """Left end of an axis, a share: 0, or less where welfare was lost."""
    values = answer.spread[outcome].values()
    return min(float(some.min(initial=0.0)) for some in values)


def _steps(values: NDArray[np.float64], outcome: str, whose: str, low: float) -> dict[str, Any]:
    """One histogram as a line of steps; values of shape (runs,) are shares."""
    place, usual = OUTCOMES.index(outcome), whose == USUAL
    edges = np.linspace(low, 1.0, BINS + 1)
    middles = np.round(100 * (edges[1:] + edges[:-1]) / 2, 1)
    counts = np.histogram(np.clip(values, low, 1.0), edges)[0]
    return {
        "type": "line",
        "step": "middle",
        "name": f"{outcome} {whose}",
        "xAxisIndex": place,
        "yAxisIndex": place,
        "showSymbol": False,
        "silent": True,
        "color": palette.INK if usual else COLORS[place],
        "lineStyle": {"width": 1.5 if usual else 0},
        "areaStyle": None if usual else {"opacity": 0.6},
        "data": np.column_stack([middles, counts]).tolist(),
    }
