"""The page that asks what if: sliders, and what an ensemble of runs makes of them."""
# ruff: noqa: N802

import threading
from collections.abc import Callable
from typing import Any

import numpy as np
import solara

from kernegotiate.analysis.explanation import LEDGER_LINES
from kernegotiate.engine.diagnosis import CAUSES
from kernegotiate.scenario import ScenarioError
from viz import palette, settings
from viz.asking import OUTCOMES, USUAL, YOURS, Answer, ask
from viz.chart import Chart, corner
from viz.panels import Panel
from viz.session import Session
from viz.state import RUNS, State
from viz.words import Words
from viz.wrong import Wrong

BINS = 25


@solara.component_vue("levers.vue")
def Levers(
    groups: list[dict[str, Any]], language: str, event_changed: Callable[[dict[str, Any]], None]
) -> None:
    """All that can be moved."""


@solara.component
def Ask(session: Session, words: Words, size: int) -> None:
    """Move something, and see how 1,000 runs come out; `size` is that of small print, pixels."""
    state = session.state.value
    answered: solara.Reactive[tuple[State, Answer] | None] = solara.use_reactive(None)

    def compute(stop: threading.Event) -> None:
        try:
            answer = ask(state.run, state.preset)
        except ScenarioError as error:
            session.wrong.value = Wrong("not_possible", error)
            return
        if not stop.is_set():  # else something has been moved since
            answered.value = state, answer

    solara.use_thread(compute, [state.run], intrusive_cancel=False)
    known = answered.value
    behind = known is None or known[0].run != state.run
    with solara.Div(classes=["panels", "asking"]):
        with Panel("settings", words.ask, words.ask_hint.format(runs=words.number(RUNS))):
            Levers(
                groups=settings.shown(state, words),
                language=words.code,
                event_changed=lambda what: session.change(what["name"], what["value"]),
            )
        if known is not None:
            Pictures(*known, words, size)
        note = words.computing if behind else ""
        solara.v.Html(tag="p", class_="computing", children=[note])


@solara.component
def Pictures(state: State, answer: Answer, words: Words, size: int) -> None:
    """How it comes out, where the possible went, and why."""
    years = state.run.resolved()[0].years
    made = words.runs.format(runs=words.number(RUNS), years=years, seed=state.seed)
    with solara.Div(classes=["contents"]):
        with Panel("spread", words.distribution, f"{made}. {words.distribution_hint}"):
            with solara.Div(classes=["figures"]):
                for outcome, label in zip(
                    OUTCOMES, (words.completed_share, words.welfare_share), strict=True
                ):
                    Verdict(outcome, label, answer, words)
            Chart("spread", words.distribution, histograms(answer, words, size))
        with Panel("ledger", words.ledger, words.ledger_hint):
            lines = {
                line: words.ledger_lines[line] for line in LEDGER_LINES if line != "first_best"
            }
            Chart("ledger", words.ledger, bars(answer.ledger, lines, words, words.ledger, size))
        with Panel("causes", words.causes, words.causes_hint):
            causes = {cause: words.cause_words[cause] for cause in CAUSES}
            some = {
                cause: text
                for cause, text in causes.items()
                if max(shares[cause] for shares in answer.causes.values()) >= 0.005
            }
            Chart("causes", words.causes, bars(answer.causes, some, words, words.causes, size))


@solara.component
def Verdict(outcome: str, label: str, answer: Answer, words: Words) -> None:
    """One figure, large, and how far it is from the usual."""
    change, half = answer.differences[outcome]
    text = words.no_difference
    if half > 0 and abs(change) > half:
        sign = "+" if change > 0 else ""
        text = words.against_preset.format(
            difference=f"{sign}{words.number(100 * change, 1)}", half=words.number(100 * half, 1)
        )
    with solara.Div(classes=["figure"]):
        level = words.percent(answer.levels[outcome])
        solara.v.Html(tag="b", attributes={"data-test": outcome}, children=[level])
        solara.v.Html(tag="span", children=[f"{label}; {text}"])


def histograms(answer: Answer, words: Words, size: int) -> dict[str, Any]:
    """Runs by completed share and by welfare share, as an ECharts option."""
    label = {"fontSize": size, "color": palette.FAINT}
    names = (words.completed_share, words.welfare_share)
    colors = (palette.OPEN, palette.WELFARE)
    halves = ({"left": 4, "right": "52%"}, {"left": "52%", "right": size})
    place = {"top": 2 * size, "bottom": 2 * size, "containLabel": True}
    grids, x_axes, y_axes, series = [], [], [], []
    for i, (outcome, name, color) in enumerate(zip(OUTCOMES, names, colors, strict=True)):
        spread = answer.spread[outcome]
        low = min(0.0, *(float(values.min(initial=0.0)) for values in spread.values()))
        edges = np.linspace(low, 1.0, BINS + 1)
        middles = np.round(100 * (edges[1:] + edges[:-1]) / 2, 1)
        grids.append({**halves[i], **place})
        x_axes.append(
            {
                "gridIndex": i,
                "type": "value",
                "min": round(100 * low),
                "max": 100,
                "name": f"{name}, %",
                "nameLocation": "middle",
                "nameGap": 2 * size,
                "nameTextStyle": label,
                "axisLabel": label,
                "splitLine": {"show": False},
            }
        )
        y_axes.append(
            {
                "gridIndex": i,
                "type": "value",
                "axisLabel": label,
                "splitNumber": 3,
                "splitLine": {"lineStyle": {"color": palette.RULE}},
            }
        )
        for whose, shade in ((USUAL, palette.POSSIBLE), (YOURS, color)):
            counts = np.histogram(np.clip(spread[whose], low, 1.0), edges)[0]
            series.append(
                {
                    "type": "line",
                    "step": "middle",
                    "name": f"{outcome} {whose}",
                    "xAxisIndex": i,
                    "yAxisIndex": i,
                    "showSymbol": False,
                    "silent": True,
                    "color": shade,
                    "lineStyle": {"width": 1 if whose == USUAL else 2},
                    "areaStyle": {"opacity": 0.35 if whose == USUAL else 0.45},
                    "data": np.column_stack([middles, counts]).tolist(),
                }
            )
    return {
        "animationDuration": 0,
        "animationDurationUpdate": 200,  # milliseconds
        "textStyle": {"fontFamily": palette.FONT},
        "toolbox": corner(words.distribution, size),
        "grid": grids,
        "xAxis": x_axes,
        "yAxis": y_axes,
        "series": series,
    }


def bars(
    shares: dict[str, dict[str, float]],
    labels: dict[str, str],
    words: Words,
    title: str,
    size: int,
) -> dict[str, Any]:
    """Shares of both, line by line, as an ECharts option."""
    label = {"fontSize": size, "color": palette.INK}
    series = []
    for whose, color in ((YOURS, palette.WELFARE), (USUAL, palette.POSSIBLE)):
        values = [100 * shares[whose][name] for name in labels]
        figures = {"show": whose == YOURS, "position": "right", **label}
        series.append(
            {
                "type": "bar",
                "name": whose,
                "silent": True,
                "color": color,
                "barGap": "10%",
                "barCategoryGap": "25%",
                "data": [
                    {
                        "value": round(value, 2),
                        "label": {**figures, "formatter": words.number(value, 1)},
                    }
                    for value in values
                ],
            }
        )
    return {
        "animationDuration": 0,
        "animationDurationUpdate": 200,  # milliseconds
        "textStyle": {"fontFamily": palette.FONT},
        "toolbox": corner(title, size),
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
        "series": series,
    }
