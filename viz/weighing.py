"""A decision as its leader weighed it: the question it asked itself, and bars for and against."""
# ruff: noqa: N802

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

import solara

from viz import palette
from viz.chart import Chart, base
from viz.rows import Sums
from viz.words import Words

ROW = 3.2  # height of a bar with its label of three lines, in letters
LETTERS = 28  # of a line of such a label
DECIMALS = 9  # at most, of two figures that hardly differ


@dataclass(frozen=True)
class Question:
    """What a leader asks itself: two figures to compare, and the answer."""

    text: str
    answer: str
    figures: tuple[tuple[str, str], tuple[str, str]]  # label and number: for it, and against


@solara.component
def Weighing(questions: Sequence[Question], told: str, drawn: dict[str, Any], name: str) -> None:
    """Questions with their answers, then what was weighed.

    Args:
        questions: In the order in which they are asked.
        told: What the bars show.
        drawn: The bars, see `bars`.
        name: Of the chart.
    """
    for question in questions:
        with solara.Div(classes=["question"]):
            verdict = solara.v.Html(tag="b", children=[question.answer])
            solara.v.Html(tag="p", class_="hint", children=[question.text, " ", verdict])
            Sums(list(question.figures))
    solara.v.Html(tag="p", class_="hint", children=[told])
    height = ROW * len(drawn["yAxis"]["data"]) + 1.5
    with solara.Div(classes=["why"], style={"height": f"{height:.1f}em"}):
        Chart(name, told, drawn)


def told_apart(one: float, other: float, words: Words) -> tuple[str, str]:
    """Two numbers with as many decimals as it takes to see which is larger; at least none."""
    enough = (d for d in range(DECIMALS) if one == other or round(one, d) != round(other, d))
    decimals = next(enough, DECIMALS)
    return words.number(one, decimals), words.number(other, decimals)


def label_of(text: str, value: float, words: Words) -> str:
    """What a bar stands for, in lines that break between words, and its number on the last."""
    return "\n".join([*wrap(f"{text}:", LETTERS), words.number(value)])


def bars(labelled: Sequence[tuple[str, float]], words: Words, size: int) -> dict[str, Any]:
    """What was weighed as an ECharts option: what speaks for a yes to the right.

    Args:
        labelled: What each bar stands for, and its value.
        words: Of the language.
        size: Of small print, pixels.
    """
    label, wide = {"fontSize": size, "color": palette.INK}, 14 * size
    return {
        **base(),
        "grid": {"left": wide + 10, "right": 4, "top": size + 6, "bottom": 4},
        "xAxis": {
            "type": "value",
            "axisLabel": {"show": False},
            "splitLine": {"show": False},
        },
        "yAxis": {
            "type": "category",
            "inverse": True,
            "data": [label_of(text, value, words) for text, value in labelled],
            "axisLabel": {
                **label,
                "interval": 0,
                "width": wide,
                "overflow": "break",
                "lineHeight": size + 2,
            },
            "axisTick": {"show": False},
            "axisLine": {"show": False, "onZero": False},
        },
        "series": [
            {
                "type": "bar",
                "name": "terms",
                "barMaxWidth": 2 * size,
                "data": [
                    {
                        "value": round(value, 2),
                        "itemStyle": {"color": palette.WELFARE if value > 0 else palette.AGAINST},
                    }
                    for _, value in labelled
                ],
            }
        ],
    }
