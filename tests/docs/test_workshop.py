"""The workshop page: its links open, and what it tells of runs is what they show."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from kernegotiate import load_scenario
from viz.asking import TOGETHER, USUAL, YOURS, ask
from viz.feed import chapters
from viz.film import film
from viz.state import LAST_YEAR, Run, State
from viz.words import speak

PAGE = (Path(__file__).parents[2] / "docs/workshop.md").read_text(encoding="utf-8")
LINK = r"`/\?([^`…]*)`"
LINKS = sorted(set(re.findall(LINK, PAGE)))
MINUS = "\N{MINUS SIGN}"
PARTS = {
    start[3]: PAGE[PAGE.index(start) : PAGE.index(end)]
    for start, end in pairwise(f"## {number}. " for number in range(1, 6))
}
STORIES = [story for part in "23" for story in re.split(r"\n(?=\*\*)", PARTS[part])]


def quotes(story: str) -> set[str]:
    """Sentences of the feed that a story quotes."""
    text = " ".join(story.replace("\n> ", "\n").split())
    places = [government.name for government in load_scenario("mekong_delta").region.governments]
    told = set(re.findall(r'"([^"]+)"', text))
    told |= {line[2:] for line in story.splitlines() if line.startswith("> ") and line[2:]}
    return {quote for quote in told if any(place in quote for place in places)}


def runs(story: str) -> set[Run]:
    """Runs that a story links to; without a link the one that opens by itself."""
    states = [State.read(link) for link in re.findall(LINK, story)] or [State()]
    return {state.run for state in states} | {
        state.other_run for state in states if state.page == "compare"
    }


def figures(text: str) -> list[float]:
    """Numbers as the page writes them."""
    return [float(one.replace(MINUS, "-")) for one in re.findall(rf"{MINUS}?\d+(?:\.\d+)?", text)]


def end(run: Run) -> tuple[int, ...]:
    """Year, works proposed, signed, open and died, and percent of the possible at a run's end."""
    view = film(run).at(LAST_YEAR)
    last = view.history.iloc[-1]
    counts = [int(last[name]) for name in ("arrived", "signed", "completed", "died")]
    return view.year, *counts, round(100 * last["welfare"] / last["first_best"])


@pytest.mark.parametrize("link", LINKS)
def test_links_open(link: str) -> None:
    assert State.read(link)


@pytest.mark.slow
@pytest.mark.parametrize("story", STORIES, ids=lambda story: story[:24])
def test_quotes_are_said(story: str) -> None:
    said = ""
    for run in runs(story):
        for chapter in chapters(film(run).at(LAST_YEAR), speak("en")):
            said += " ".join(line["text"] for line in chapter["lines"]) + "\n"
    said = said.replace("\N{NO-BREAK SPACE}", " ")
    assert {quote for quote in quotes(story) if quote.rstrip(".") not in said} == set()


def test_stories_quote() -> None:
    assert sum(len(quotes(story)) for story in STORIES) >= 8


@pytest.mark.slow
def test_ends_are_those_of_the_runs() -> None:
    text = " ".join(PAGE.split())

    def told(pattern: str) -> list[float]:
        match = re.search(pattern, text)
        assert match, pattern
        return figures(" ".join(match.groups()))

    council, board = State().run, State.read("page=compare").other_run
    year, proposed, signed, opened, died, share = end(council)
    assert told(
        r"It ends in year (\d+): (\d+) proposed, \*\*(\d+) signed, (\d+) built\*\*, "
        r"(\d+) died; (\d+) %"
    ) == [year, proposed, signed, opened, died, share]
    assert told(r"đề xuất (\d+), ký (\d+), hoàn thành (\d+), phải dừng (\d+)") == [
        *(proposed, signed, opened, died)
    ]
    assert told(
        r"The advisory council opened (\d+) works, the empowered board (\d+), of (\d+)"
    ) == [*(opened, end(board)[3], proposed)]
    assert told(r"Worth: (\d+) % and (\d+) %") == [share, end(board)[5]]
    both = end(State.read("page=compare&coordinator=consensus_or_no_money").run)
    assert told(
        r"It opens (\d+) works, the board (\d+). Its welfare is (\d+) %.*?board's (\d+) %"
    ) == [*(both[3], end(board)[3], both[5], end(board)[5])]
    seeds = [end(Run("mekong_delta", "advisory_council", seed))[5] for seed in (29, 1, 40)]
    assert told(
        rf"own share is ({MINUS}?\d+) % with seed 29, (\d+) % with seed 1, (\d+) % with seed 40"
    ) == [*seeds]


@pytest.mark.slow
@pytest.mark.parametrize("card", "ABCDEFGH")
def test_cards_are_those_of_the_ensemble(card: str) -> None:
    """Differences, and half the width of their intervals, as the page *What if* tells them."""
    [row] = [
        line for line in PARTS["4"].splitlines() if line.startswith(f"| {card} |") and "`/?" in line
    ]
    state = State.read(re.findall(LINK, row)[0])
    answer = ask(state.run, state.preset)
    for cell, outcome in zip(row.split("|")[-3:-1], answer.differences, strict=True):
        told = figures(cell.replace("*", ""))
        measured = [100 * one for one in answer.differences[outcome]]
        assert told == [round(one, 1) for one in measured][: len(told)]
        assert len(told) == 2 or measured == [0.0, 0.0]


D = "set.monitoring=1&set.sanction=1&set.contract_completeness=1"
LOST = [  # what the page tells, what of it is looked up in the ledger or the causes, and where
    (D, r"not kept\* falls from (\d+) to (\d+) % of the best", ["-defection", "defection"]),
    (
        D,
        (
            r"horizons\* rise from (\d+) to (\d+) %, "
            r"\*not built at all\* from (\d+) to (\d+) %, "
            r"\*copies instead\* from (\d+) to (\d+) %; all causes together lose (\d+) %"
        ),
        ["-horizon", "horizon", "-blocked", "blocked", "-crowded_out", "crowded_out", TOGETHER],
    ),
    (
        "set.decider=1",
        r"of the (\d+) % of the best possible that good works not built still lose, (\d+) points",
        [TOGETHER, "defection"],
    ),
    (
        f"set.decider=1&{D}",
        r"both closed, good works not built lose (\d+) % of the best possible, (\d+) of them",
        [TOGETHER, "judgement"],
    ),
    (
        "set.match_rate=0.5&set.grant_budget=0.3",
        (
            r"Good works not built lose (\d+) % in place of (\d+)\..*?loses more, (\d+) % "
            r"in place of "
            r"(\d+):"
        ),
        [TOGETHER, f"-{TOGETHER}", "defection", "-defection"],
    ),
    (
        "set.foresight=0",
        r"not kept loses (\d+) % of the best possible in place of (\d+)\.",
        ["defection", "-defection"],
    ),
    (
        f"set.foresight=0&{D}",
        (
            r"usual are left, \*signed, not kept\* falls from \d+ to (\d+) % "
            r"and \*short horizons\* "
            r"rise from \d+ to (\d+) %"
        ),
        ["defection", "horizon"],
    ),
    (
        "set.foresight=0",
        (
            r"usual are left, \*signed, not kept\* falls from (\d+) to \d+ % "
            r"and \*short horizons\* "
            r"rise from (\d+) to \d+ %"
        ),
        ["defection", "horizon"],
    ),
]


@pytest.mark.slow
@pytest.mark.parametrize(("link", "pattern", "names"), LOST)
def test_what_was_lost_is_that_of_the_ensemble(link: str, pattern: str, names: list[str]) -> None:
    """In % of the best possible; with a minus before its name, as it usually is."""
    told = re.search(pattern, " ".join(PAGE.split()))
    assert told, pattern
    state = State.read(f"page=ask&{link}")
    answer = ask(state.run, state.preset)
    sides = {whose: answer.ledger[whose] | answer.causes[whose] for whose in (YOURS, USUAL)}
    known = [sides[USUAL if name[0] == "-" else YOURS][name.lstrip("-")] for name in names]
    assert [int(one) for one in told.groups()] == [round(100 * one) for one in known]


@pytest.mark.slow
def test_with_grants_one_cause_loses_more() -> None:
    assert "*Signed, not kept* is the one cause that loses more" in " ".join(PAGE.split())
    state = State.read("page=ask&set.match_rate=0.5&set.grant_budget=0.3")
    causes = ask(state.run, state.preset).causes
    assert [one for one in causes[YOURS] if causes[YOURS][one] > causes[USUAL][one]] == [
        "defection"
    ]
