"""One government: its votes, its leader, trust and money."""
# ruff: noqa: N802

from collections.abc import Callable

import numpy as np
import solara

from viz.ballot import Ballot, votes
from viz.joining import picture, question, status
from viz.rows import Bars, Heading, Sums
from viz.view import View
from viz.weighing import Weighing
from viz.words import Words


@solara.component
def GovernmentPanel(
    view: View, code: str, words: Words, size: int, close: Callable[[], None], under: str = ""
) -> None:
    """All about one government at the end of a year, `under` which coordinator if it matters."""
    number = view.into[view.numbers[code]]
    code = view.region.codes[number]
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
        whole = f"{name} {under}".strip()
        scrolled = {"tabindex": "0", "role": "group", "aria-label": whole}  # by keys, too
        with solara.v.Html(tag="div", class_="body scrolls", attributes=scrolled):
            if where := status(view, code, words):
                solara.v.Html(tag="p", attributes={"data-test": "status"}, children=[where])
            with solara.Div(classes=["head"]):
                Heading(words.vote)
                if cast:
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
            if cast:
                Ballot(view, cast[at], words, size)
            else:
                outside = code in view.outside[view.year]
                solara.Text(words.no_vote_outside if outside else words.no_vote)
            if view.is_voluntary and view.answers[number]:
                Membership(view, number, words, size)
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
                    *([(words.owed, words.number(purse.debt))] if shows_debt(view, number) else []),
                ]
            )


@solara.component
def Membership(view: View, number: int, words: Words, size: int) -> None:
    """Why a government is in a voluntary body, or outside it: its last answer, weighed."""
    answer = view.answers[number]
    if answer is None:
        return
    Heading(words.membership)
    if is_of_another(view, number):
        solara.Text(words.answered_before)
    why = words.stay_why.format(currency=words.currency(view.region.currency))
    weighed = picture(answer.terms, words, size)
    Weighing([question(answer.terms, words)], why, weighed, "stay")


def is_of_another(view: View, number: int) -> bool:
    """Whether the leader before today's has given the last answer on membership."""
    answer, code = view.answers[number], view.region.codes[number]
    return answer is not None and any(
        event.event == "took_office" and event.government == code and event.year > answer.year
        for event in view.log
    )


def shows_debt(view: View, number: int) -> bool:
    """Whether its debt is told: there is some, or may be."""
    return view.may_owe or view.purses[number].debt > 0.0


def told(trust: np.ndarray, words: Words) -> tuple[float, str]:
    """Mean of what is defined, and how it is written."""
    known = trust[~np.isnan(trust)]
    mean = float(known.mean()) if known.size else float("nan")
    return (0.0, words.undefined) if np.isnan(mean) else (mean, words.decimal(mean))
