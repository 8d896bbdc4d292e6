"""One government: its leader, trust, money, and what it voted and why."""
# ruff: noqa: N802

from collections.abc import Callable
from typing import Any

import numpy as np
import solara

from kernegotiate.agents import Event
from viz import palette
from viz.chart import Chart
from viz.teller import Tale
from viz.view import View
from viz.words import Words, sentence

FOR = ("benefit", "credit")
AGAINST = ("dues", "transaction", "autonomy")
"""Terms of signing and keeping; see `engine/decisions/vote.py`."""


@solara.component
def GovernmentPanel(
    view: View, code: str, words: Words, size: int, close: Callable[[], None], under: str = ""
) -> None:
    """All about one government at the end of a year, `under` which coordinator if it matters."""
    number = view.numbers[code]
    leader, purse = view.leaders[number], view.purses[number]
    cast = votes(view, code)
    back, look_back = solara.use_state(0)  # votes before the last one
    at = max(0, len(cast) - 1 - back)
    money = words.money_unit.format(currency=words.currency(view.region.currency))
    with solara.Div(classes=["panel", "government"]):
        with solara.Div(classes=["head"]):
            name = words.place(view.region.governments[number])
            beside = solara.v.Html(tag="span", class_="hint", children=[under])
            solara.v.Html(tag="h2", children=[name, beside])
            solara.Button(words.close, on_click=close, text=True, classes=["close"])
        with solara.Div(classes=["body", "scrolls"]):
            Heading(words.vote)
            if not cast:
                solara.Text(words.no_vote)
            else:
                Ballot(view, cast[at], words, size)
                with solara.Div(classes=["pages"]):
                    solara.Button(
                        words.earlier,
                        disabled=at == 0,
                        on_click=lambda: look_back(len(cast) - at),
                        text=True,
                    )
                    solara.Button(
                        words.later,
                        disabled=at == len(cast) - 1,
                        on_click=lambda: look_back(len(cast) - 2 - at),
                        text=True,
                    )
            Heading(words.leader)
            served = words.leader_terms.format(served=leader.terms_served, left=leader.years_left)
            solara.Text(served)
            Bars(
                words.weights,
                [
                    (words.home, leader.parochial, words.decimal(leader.parochial)),
                    (words.legacy, leader.legacy, words.decimal(leader.legacy)),
                    (words.credit, min(1.0, leader.credit), words.decimal(leader.credit)),
                ],
            )
            Heading(words.trust)
            Bars(
                "",
                [
                    (words.trusts, *told(view.trust[number], words)),
                    (words.is_trusted, *told(view.trust[:, number], words)),
                ],
            )
            Heading(words.money, money)
            Sums(
                [
                    (words.spent_on_works, words.number(purse.works)),
                    (words.spent_on_copies, words.number(purse.copies)),
                    (words.levies_and_fines, words.number(purse.levies_and_fines)),
                    (words.transfers, words.number(purse.transfers)),
                    (words.benefits_now, words.number(purse.benefits)),
                ]
            )


def votes(view: View, code: str) -> list[Event]:
    """The votes of a government on the last draft of each motion, in order."""
    last: dict[tuple[int, str | None], Event] = {}
    for event in view.log:
        if event.event == "voted" and event.government == code:
            last[event.year, event.project] = event
    return list(last.values())


def told(trust: np.ndarray, words: Words) -> tuple[float, str]:
    """Mean of what is defined, and how it is written."""
    known = trust[~np.isnan(trust)]
    mean = float(known.mean()) if known.size else float("nan")
    return (0.0, words.undefined) if np.isnan(mean) else (mean, words.decimal(mean))


@solara.component
def Ballot(view: View, event: Event, words: Words, size: int) -> None:
    """One vote: on what, how, and the terms of the appraisal."""
    tale = Tale(view, view.works[str(event.project)], [event], words)
    terms, yes = event.terms, event.amount > 0.0
    pays = terms.honest >= terms.fall_back - terms.withheld
    on_paper = yes and not (pays and terms.dues_fit)
    answer = words.yes_on_paper if on_paper else words.voted_yes if yes else words.voted_no
    year = words.year_heading.format(year=event.year)
    with solara.Div(classes=["ballot", "yes" if yes else "no"]):
        solara.Text(f"{year}: {tale.name}")
        solara.v.Html(tag="b", attributes={"data-test": "ballot"}, children=[sentence(answer)])
        if pays and not terms.dues_fit:
            solara.Text(words.no_room)
    currency = words.currency(view.region.currency)
    solara.v.Html(tag="p", class_="hint", children=[words.why.format(currency=currency)])
    with solara.Div(classes=["why"]):
        Chart("why", words.why.format(currency=currency), reasons(terms, words, size))
    solara.v.Html(tag="p", class_="hint", children=[words.sums])
    Sums([(label, words.number(value)) for label, value in sums(terms, words)])


def sums(terms: Any, words: Words) -> list[tuple[str, float]]:
    """What each answer comes to: keeping the promise, signing without paying, saying no."""
    return [
        (words.keeping, terms.honest),
        (words.terms["paper"], terms.paper),
        (words.refusing, terms.fall_back - terms.withheld),
    ]


def reasons(terms: Any, words: Words, size: int) -> dict[str, Any]:
    """The terms of a vote as an ECharts option: what speaks for a yes to the right."""
    known = terms._asdict()
    signed = [(name, known[name]) for name in FOR] + [(name, -known[name]) for name in AGAINST]
    signed = [(name, value) for name, value in signed if value]
    label, wide = {"fontSize": size, "color": palette.INK}, 12 * size
    return {
        "animationDuration": 0,
        "textStyle": {"fontFamily": palette.FONT},
        "grid": {"left": wide + 10, "right": 4, "top": 4, "bottom": 4},
        "xAxis": {
            "type": "value",
            "axisLabel": {"show": False},
            "splitLine": {"show": False},
        },
        "yAxis": {
            "type": "category",
            "inverse": True,
            "data": [f"{words.terms[name]}: {words.number(value)}" for name, value in signed],
            "axisLabel": {**label, "width": wide, "overflow": "break", "lineHeight": size + 3},
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
                    for _, value in signed
                ],
            }
        ],
    }


@solara.component
def Heading(text: str, hint: str = "") -> None:
    """A heading in the panel."""
    solara.v.Html(tag="h3", children=[text])
    if hint:
        solara.v.Html(tag="p", class_="hint", children=[hint])


@solara.component
def Bars(title: str, bars: list[tuple[str, float, str]]) -> None:
    """Shares as bars: label, share of the length, figure."""
    if title:
        solara.v.Html(tag="p", class_="hint", children=[title])
    for label, share, figure in bars:
        with solara.Div(classes=["share"]):
            solara.v.Html(tag="span", children=[label])
            with solara.Div(classes=["track"]):
                solara.Div(style=f"width: {100 * share:.0f}%", classes=["filled"])
            solara.v.Html(tag="b", children=[figure])


@solara.component
def Sums(sums: list[tuple[str, str]]) -> None:
    """Labels and figures."""
    for label, figure in sums:
        with solara.Div(classes=["sum"]):
            solara.v.Html(tag="span", children=[label])
            solara.v.Html(tag="b", children=[figure])
