"""A vote of a government: on what, how, and why.

What it weighs is drawn as bars; the sums are put as the questions that a voter asks itself, so that
the answer follows from what is seen.
"""
# ruff: noqa: N802

from dataclasses import dataclass
from textwrap import wrap
from typing import Any

import solara

from kernegotiate.agents import Event
from kernegotiate.scenario.mergers import seated
from viz import palette
from viz.chart import Chart, base
from viz.rows import Sums
from viz.teller import Tale
from viz.view import View, Work
from viz.words import Words, sentence

FOR = ("benefit", "credit")
AGAINST = ("dues", "transaction", "autonomy")
"""Terms of signing and keeping; see `engine/decisions/vote.py`."""
ROW = 3.2  # height of a bar with its label of three lines, in letters
LETTERS = 28  # of a line of such a label
DECIMALS = 9  # at most, of two figures that hardly differ


@dataclass(frozen=True)
class Question:
    """What a voter asks itself: two figures to compare, and the answer."""

    text: str
    answer: str
    figures: tuple[tuple[str, str], tuple[str, str]]  # label and number: signing, saying no


def votes(view: View, code: str) -> list[Event]:
    """The votes of a government on the last draft of each motion, in order."""
    last: dict[tuple[int, str | None], Event] = {}
    for event in view.log:
        if event.event == "voted" and event.government == code:
            last[event.year, event.project] = event
    return list(last.values())


@solara.component
def Ballot(view: View, event: Event, words: Words, size: int) -> None:
    """One vote: on what, how, and the terms of the appraisal."""
    terms, yes = event.terms, event.amount > 0.0
    on_paper = yes and not is_honest(terms)
    answer = words.yes_on_paper if on_paper else words.voted_yes if yes else words.voted_no
    year = words.year_heading.format(year=event.year)
    with solara.Div(classes=["ballot", "yes" if yes else "no"]):
        solara.Text(f"{year}: {subject(view, event, words)}")
        solara.v.Html(tag="b", attributes={"data-test": "ballot"}, children=[sentence(answer)])
        for told in afterwards(view, event, words):
            solara.Text(told)
    for question in questions(terms, words):
        with solara.Div(classes=["question"]):
            verdict = solara.v.Html(tag="b", children=[question.answer])
            solara.v.Html(tag="p", class_="hint", children=[question.text, " ", verdict])
            Sums(list(question.figures))
    currency = words.currency(view.region.currency)
    solara.v.Html(tag="p", class_="hint", children=[words.why.format(currency=currency)])
    drawn = reasons(terms, words, size)
    height = ROW * len(drawn["yAxis"]["data"]) + 1.5
    with solara.Div(classes=["why"], style={"height": f"{height:.1f}em"}):
        Chart("why", words.why.format(currency=currency), drawn)


def afterwards(view: View, vote: Event, words: Words) -> list[str]:
    """Whose vote it was if not of today's leader, and what became of a promise."""
    told = []
    later = [
        event
        for event in view.log
        if event.government in seated([str(vote.government)], view.mergers, event.year)
    ]
    if any(event.event == "took_office" and event.year > vote.year for event in later):
        told.append(words.predecessor)
    about = [event for event in later if event.project == vote.project and event.year >= vote.year]
    broken = next((event.year for event in about if event.event == "reneged"), None)
    if broken is not None:
        told.append(words.broke.format(year=broken))
    elif any(event.event == "paid" for event in about):
        told.append(words.kept)
    return told


def subject(view: View, vote: Event, words: Words) -> str:
    """What a vote was on: a work, or the works of one motion."""
    works = motion(view, vote)
    names = words.names([Tale(view, work, [vote], words).name for work in works])
    return words.package.format(works=names) if len(works) > 1 else names


def motion(view: View, vote: Event) -> list[Work]:
    """The works of a motion: they come on the table together, and then it is voted on.

    Args:
        view: Its log holds the vote.
        vote: On the motion; it carries the code of the first work.
    """
    tabled: list[str] = []
    before = ""
    for event in view.log:
        if event.event == "tabled":
            tabled = [*(tabled if before == "tabled" else []), str(event.project)]
        elif event.event == "voted" and event[:3] == vote[:3]:
            break
        before = event.event
    return [view.works[code] for code in tabled]


def is_honest(terms: Any) -> bool:
    """Whether signing pays even if the promise is kept, and the dues can be borne."""
    return bool(terms.earnest)


def questions(terms: Any, words: Words) -> list[Question]:
    """What a government asks itself at a vote, in its own order, until one answer is yes.

    First whether signing and keeping the promise is worth at least a no with what it would do
    alone. Only then whether an empty signature is worth more than an empty no: going alone counts
    in neither. A no may cost transfers.
    """

    def refusing(answer: str) -> str:
        return words.less_transfers.format(answer=answer) if terms.withheld else answer

    saying_no = terms.fall_back - terms.withheld
    if terms.foresees:
        return [_foreseeing(terms, saying_no, refusing(words.refusing), words)]
    keeps, refuses = told_apart(terms.honest, saying_no, words)
    enough = words.enough if terms.dues_fit else words.no_room
    first = Question(
        words.keep_question,
        enough if terms.honest >= saying_no else words.too_little,
        ((words.keeping, keeps), (refusing(words.refusing), refuses)),
    )
    if is_honest(terms):
        return [first]
    signs, refuses = told_apart(terms.paper, -terms.withheld, words)
    second = Question(
        words.paper_question,
        words.more if terms.paper > -terms.withheld else words.not_more,
        ((words.terms["paper"], signs), (refusing(words.refusing_only), refuses)),
    )
    return [first, second]


def _foreseeing(terms: Any, saying_no: float, refusing: str, words: Words) -> Question:
    """The one question of who knows what it will do when the first payment is due."""
    signs, refuses = told_apart(terms.signing, saying_no, words)
    enough = words.enough if terms.dues_fit else words.no_room
    return Question(
        words.signing_question,
        enough if terms.signing >= saying_no else words.too_little,
        ((words.keeping if terms.keeps else words.terms["paper"], signs), (refusing, refuses)),
    )


def told_apart(one: float, other: float, words: Words) -> tuple[str, str]:
    """Two numbers with as many decimals as it takes to see which is larger; at least none."""
    enough = (d for d in range(DECIMALS) if one == other or round(one, d) != round(other, d))
    decimals = next(enough, DECIMALS)
    return words.number(one, decimals), words.number(other, decimals)


def label_of(words: Words, name: str, value: float) -> str:
    """What a bar stands for, in lines that break between words, and its number on the last."""
    return "\n".join([*wrap(f"{words.terms[name]}:", LETTERS), words.number(value)])


def reasons(terms: Any, words: Words, size: int) -> dict[str, Any]:
    """The terms of a vote as an ECharts option: what speaks for a yes to the right."""
    known = terms._asdict()
    signed = [(name, known[name]) for name in FOR] + [(name, -known[name]) for name in AGAINST]
    if terms.foresees and terms.keeps:
        signed.append(("signature", terms.signing - terms.honest))
    elif terms.foresees:
        costs = [(name, -known[name]) for name in ("transaction", "autonomy")]
        rest = terms.signing - terms.fall_back - sum(value for _, value in costs)
        signed = [("paper", rest), ("alone", terms.fall_back), *costs]
    signed = [(name, value) for name, value in signed if value]
    label, wide = {"fontSize": size, "color": palette.INK}, 14 * size
    return {
        **base(words.vote, size),
        "grid": {"left": wide + 10, "right": 4, "top": size + 6, "bottom": 4},
        "xAxis": {
            "type": "value",
            "axisLabel": {"show": False},
            "splitLine": {"show": False},
        },
        "yAxis": {
            "type": "category",
            "inverse": True,
            "data": [label_of(words, name, value) for name, value in signed],
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
                    for _, value in signed
                ],
            }
        ],
    }
