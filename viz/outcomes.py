"""How the two verdicts grow, year by year: success (agreed, built), worth (what it is good for)."""

from typing import Any

from viz import palette
from viz.view import View

Curve = tuple[str, str, bool]  # column of the history, colour, whether dashed


def success(view: View, size: int) -> dict[str, Any]:
    """Works proposed, signed, finished and died, in all, as an ECharts option."""
    return _curves(
        view,
        size,
        ("arrived", palette.PROPOSED, True),
        ("signed", palette.UNDER_WAY, False),
        ("completed", palette.OPEN, False),
        ("died", palette.DIED, False),
    )


def worth(view: View, size: int) -> dict[str, Any]:
    """Welfare so far and what was possible so far, as an ECharts option."""
    return _curves(
        view,
        size,
        ("first_best", palette.POSSIBLE, True),
        ("welfare", palette.WELFARE, False),
    )


def _curves(view: View, size: int, *curves: Curve) -> dict[str, Any]:
    years = view.history["year"].astype(int).tolist()
    small = {"fontSize": size, "color": palette.FAINT}
    return {
        "animation": False,
        "textStyle": {"fontFamily": palette.FONT},
        "grid": {"left": 4, "right": size, "top": size, "bottom": 2, "containLabel": True},
        "xAxis": {
            "type": "value",
            "min": 0,
            "max": max(view.years, view.year),
            "axisLabel": {**small, "showMaxLabel": view.year <= view.years},
            "splitLine": {"show": False},
            "axisTick": {"show": False},
            "axisLine": {"lineStyle": {"color": palette.FAINT}},
        },
        "yAxis": {
            "type": "value",
            "minInterval": 1,
            "axisLabel": small,
            "splitNumber": 3,
            "splitLine": {"lineStyle": {"color": palette.RULE}},
        },
        "series": [
            {
                "type": "line",
                "name": column,
                "showSymbol": False,
                "silent": True,
                "color": color,
                "lineStyle": {"width": 3, "type": "dashed" if dashed else "solid"},
                "data": list(zip(years, view.history[column].round(1).tolist(), strict=True)),
            }
            for column, color, dashed in curves
        ],
    }
