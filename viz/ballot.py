"""A vote of a government: on what, how, and why.

What it weighs is drawn as bars; the sums are put as the questions that a voter asks itself, so that
the answer follows from what is seen.
"""
# ruff: noqa: N802

from typing import Any

import solara

from kernegotiate.agents import Event
from kernegotiate.scenario.mergers import seated
from viz.teller import Tale
from viz.view import View, Work
from viz.weighing import Question, Weighing, bars, told_apart
from viz.words import Words, sentence

FOR = ("benefit", "credit")
AGAINST = ("dues", "transaction", "autonomy")
"""Terms of signing and keeping; see `engine/decisions/vote.py`."""


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
        for told in [*seating(view, event, words), *afterwards(view, event, words)]:
            solara.v.Html(tag="div", children=[told])
    why = words.why.format(currency=words.currency(view.region.currency))
    Weighing(questions(terms, words), why, reasons(terms, words, size), "why")


def seating(view: View, vote: Event, words: Words) -> list[str]:
    """Which parties of the work had no seat, or that the body had no part in it."""
    tale = Tale(view, view.works[str(vote.project)], [vote], words)
    return [told for told in (tale.without_the_body(), tale.outsiders()) if told]


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
    labelled = [(words.terms[name], value) for name, value in signed if value]
    return bars(labelled, words, size)
