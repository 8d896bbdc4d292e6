"""The workshop page: its links open, and what it quotes from the feed is said there."""

import re
from pathlib import Path

import pytest

from kernegotiate import load_scenario
from viz.feed import chapters
from viz.film import Film
from viz.state import LAST_YEAR, State
from viz.words import speak

PAGE = (Path(__file__).parents[2] / "docs/workshop.md").read_text(encoding="utf-8")
LINKS = sorted(set(re.findall(r"`/\?([^`…]*)`", PAGE)))
STORIES = PAGE[PAGE.index("## 2.") : PAGE.index("## 4.")]


def quotes() -> set[str]:
    """Sentences of the feed that the stories quote."""
    text = " ".join(STORIES.replace("\n> ", "\n").split())
    places = [government.name for government in load_scenario("mekong_delta").region.governments]
    told = set(re.findall(r'"([^"]+)"', text))
    told |= {line[2:] for line in STORIES.splitlines() if line.startswith("> ") and line[2:]}
    return {quote for quote in told if any(place in quote for place in places)}


@pytest.mark.parametrize("link", LINKS)
def test_links_open(link: str) -> None:
    assert State.read(link)


@pytest.mark.slow
def test_quotes_are_said() -> None:
    runs = {state.run for state in map(State.read, LINKS) if state.page != "ask"}
    runs |= {state.other_run for state in map(State.read, LINKS) if state.page == "compare"}
    said = ""
    for run in runs | {State().run}:
        for chapter in chapters(Film(run).at(LAST_YEAR), speak("en")):
            said += " ".join(line["text"] for line in chapter["lines"]) + "\n"
    said = said.replace("\N{NO-BREAK SPACE}", " ")
    assert len(quotes()) >= 8
    assert {quote for quote in quotes() if quote.rstrip(".") not in said} == set()
