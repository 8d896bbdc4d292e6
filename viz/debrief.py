"""Two pages to take home: what was seen of a region, what was asked and bet, what it cannot tell.

They are shown as they are printed, each on a sheet of A4.
"""
# ruff: noqa: N802

import threading
from collections import Counter
from collections.abc import Sequence

import solara

from kernegotiate import __version__
from viz import map  # noqa: A004
from viz.ask import attempt
from viz.asking import OUTCOMES, Answer
from viz.bar import tell_change
from viz.bets import Truths, apart, bets_of, known_of, points, reckon_card, told
from viz.cards import cards
from viz.figures import share_of
from viz.film import film
from viz.forms import BUILT
from viz.headline import counted
from viz.panels import KeyForm, Region
from viz.session import Session
from viz.sheet import sheet
from viz.state import LAST_YEAR, RUNS, Run, State
from viz.view import View
from viz.words import Words, sentence
from viz.wrong import Wrong

PRINT = 15  # pixels of small print, a ninth of an inch on paper
CAUSES = 5  # that are listed

Row = Sequence[str]


@solara.component_vue("debrief.vue")
def Again(label: str, query: str, command: str, words: dict[str, str]) -> None:
    """A button that prints, and where the same is to be had again."""


@solara.component
def Debrief(session: Session, state: State, words: Words) -> None:
    """Both sheets; what takes a thousand runs comes in when it is there."""
    pair = state.run, state.other_run
    levels: solara.Reactive[dict[tuple[Run, Run], tuple[Answer, Answer]]] = solara.use_reactive({})
    found: solara.Reactive[dict[Run, tuple[float, float]]] = solara.use_reactive({})

    def compute(stop: threading.Event) -> None:
        mine = attempt(state.run, state.preset, session, stop.is_set)
        other = attempt(state.other_run, state.run, session, stop.is_set)
        for one in (mine, other):
            if isinstance(one, Wrong):
                session.wrong.value = one
        if isinstance(mine, Answer) and isinstance(other, Answer):
            levels.value = {**levels.peek(), pair: (mine, other)}
        for card, bet in enumerate(bets_of(state.bets)):
            if bet is not None:
                reckon_card(session, card, state, stop, found)

    solara.use_thread(compute, [pair, state.bets], intrusive_cancel=False)
    with solara.Div(classes=["debrief"]):
        with solara.Div(classes=["sheet"]):
            Seen(state, words)
        with solara.Div(classes=["sheet"]):
            Asked(state, levels.value.get(pair), known_of(state, found.value), words)


@solara.component
def Seen(state: State, words: Words) -> None:
    """The first sheet: one region at its end, under two coordinators."""
    views = [film(run).at(LAST_YEAR) for run in (state.run, state.other_run)]
    titles, paper = titles_of(state, words), words.paper
    Tagged("h2", paper["title"])
    Tagged("p", paper["place"], "blank")
    scenario = words.title_of(state.run.resolved()[0])
    year = max(view.year for view in views)
    Tagged("h3", paper["one"].format(scenario=scenario, seed=state.seed, year=year))
    Table(["", *titles], fates(views, words), "fates")
    with solara.Div(classes=["maps"]):
        for name, title, view in zip(("first", "second"), titles, views, strict=True):
            Land(state, view, words, name, title)
    with solara.Div(classes=["legend"]):
        for form in BUILT:
            KeyForm(form=form.name, told=words.forms[form.name])
    Tagged("h3", paper["causes"])
    Table(["", *titles], reasons(views, words), "reasons")


@solara.component
def Asked(state: State, levels: tuple[Answer, Answer] | None, truths: Truths, words: Words) -> None:
    """The second sheet: many runs, the bets, and what to ask at home."""
    titles, paper = titles_of(state, words), words.paper
    Tagged("h2", paper["asked"])
    Tagged("h3", paper["many"].format(runs=words.number(RUNS)))
    if state.changes:
        changes = "; ".join(tell_change(state, *one, words) for one in state.changes)
        Tagged("p", paper["changed"].format(coordinator=titles[0], changes=changes))
    if levels is None:
        Tagged("p", words.computing, "computing")
    else:
        heads = ["", paper["completed"], paper["welfare"]]
        Table(heads, verdicts(*levels, titles, words), "verdicts")
    Tagged("h3", paper["bets"].format(coordinator=titles[0]))
    rows = betted(state, truths, words)
    if rows:
        heads = [paper["card"], words.betting["bet"], words.betting["truth"], paper["off"]]
        Table(heads, rows, "bets")
    else:
        Tagged("p", paper["no_bets"])
    Tagged("h3", paper["questions"])
    Listed("ol", [paper[f"question_{n}"] for n in (1, 2, 3)])
    Tagged("h3", paper["limits"])
    Listed("ul", [paper[f"limit_{n}"] for n in (1, 2, 3, 4)])
    Tagged("p", paper["home"], "blank two")
    Tagged("h3", paper["again"])
    Again(
        label=paper["link"].format(version=__version__),
        query=state.query(),
        command=state.run.command("what-if"),
        words={"print": paper["print"]},
    )


def titles_of(state: State, words: Words) -> list[str]:
    """What the two coordinators are called."""
    return [words.title_of(run.resolved()[1]) for run in (state.run, state.other_run)]


def fates(views: Sequence[View], words: Words) -> list[Row]:
    """What became of all works in each run, and what that was worth."""
    counts = [counted(view.works.values()) for view in views]
    rows = [
        [sentence(words.counts[name]), *(words.number(count[name]) for count in counts)]
        for name in counts[0]
    ]
    died = [sum(work.status == "dead" for work in view.works.values()) for view in views]
    worths = [share_of(view.history.iloc[-1], words) for view in views]
    return [
        *rows,
        [words.paper["died"], *(words.number(count) for count in died)],
        [words.paper["worth"], *worths],
    ]


def reasons(views: Sequence[View], words: Words) -> list[Row]:
    """How many good works each first cause kept from being built, in each run."""
    found = [
        Counter(told for work in view.works.values() if (told := map.cause(work, words)))
        for view in views
    ]
    most = sorted(set().union(*found), key=lambda one: (-sum(count[one] for count in found), one))
    return [
        [sentence(one), *(words.number(count[one]) for count in found)] for one in most[:CAUSES]
    ]


def verdicts(mine: Answer, other: Answer, titles: Sequence[str], words: Words) -> list[Row]:
    """Both verdicts over many runs under both coordinators, and how far the second is ahead."""
    return [
        [titles[0], *(words.percent(mine.levels[outcome]) for outcome in OUTCOMES)],
        [titles[1], *(words.percent(other.levels[outcome]) for outcome in OUTCOMES)],
        [words.paper["difference"], *(told(apart(other, one), words) for one in OUTCOMES)],
    ]


def betted(state: State, truths: Truths, words: Words) -> list[Row]:
    """Each bet beside what came out; a dash where that is not known yet."""
    rows: list[Row] = []
    for i, (card, bet) in enumerate(zip(cards(), bets_of(state.bets), strict=True)):
        if bet is None:
            continue
        came, off = words.undefined, words.undefined
        if i in truths:
            came, off = told(truths[i], words), words.number(abs(bet - truths[i][0]), 1)
        rows.append([f"{card.letter} {card.told[words.code]}", points(bet, words), came, off])
    return rows


@solara.component
def Land(state: State, view: View, words: Words, name: str, title: str) -> None:
    """The region at the end, with what was built."""
    plane = solara.use_memo(lambda: sheet(state.scenario, view.region), [state.scenario])
    with solara.Div(classes=["land"]):
        Tagged("p", title, "title")
        Region(
            name=name,
            told=title,
            sheet=plane.land,
            picture=map.picture(view, plane, words),
            size=PRINT,
            singled="",
            event_picked=lambda _: None,
            event_worked=lambda _: None,
        )


@solara.component
def Tagged(tag: str, text: str, kind: str = "") -> None:
    """A piece of text."""
    solara.v.Html(tag=tag, class_=kind, children=[text])


@solara.component
def Listed(tag: str, texts: Sequence[str]) -> None:
    """A list."""
    items = [solara.v.Html(tag="li", children=[text]) for text in texts]
    solara.v.Html(tag=tag, children=items)


@solara.component
def Table(heads: Row, rows: Sequence[Row], name: str) -> None:
    """A table whose first column says what a row is."""
    top = solara.v.Html(tag="tr", children=_cells("th", heads, "col"))
    body = [
        solara.v.Html(tag="tr", children=[*_cells("th", row[:1], "row"), *_cells("td", row[1:])])
        for row in rows
    ]
    solara.v.Html(
        tag="table",
        attributes={"data-test": name},
        children=[
            solara.v.Html(tag="thead", children=[top]),
            solara.v.Html(tag="tbody", children=body),
        ],
    )


def _cells(tag: str, texts: Row, scope: str = "") -> list[solara.Element]:
    attributes = {"scope": scope} if scope else {}
    return [
        solara.v.Html(
            tag=tag if text or not scope else "td",
            attributes=attributes if text else {},
            children=[text],
        )
        for text in texts
    ]
