"""The stories of the rail: each can be shown, in each language, with figures of its own runs."""

import re
from pathlib import Path

import pytest

from viz import deals
from viz.film import film
from viz.session import Session
from viz.state import LAST_STORY, State
from viz.stories import answer, stories
from viz.words import LANGUAGES, speak

NUMBERS = range(1, len(stories()) + 1)
GUIDE = (Path(__file__).parents[2] / "docs/workshop.md").read_text(encoding="utf-8")


def test_a_link_may_ask_for_every_story_and_no_other() -> None:
    assert len(stories()) == LAST_STORY


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("code", LANGUAGES)
def test_a_story_is_told_with_what_its_runs_say(number: int, code: str) -> None:
    story, session = stories()[number - 1], Session(State(language=code, view="room"))
    session.tell(number)
    state = session.state.value
    assert (state.story, state.language, state.view) == (number, code, "room")
    told = story.told[code]
    assert told.question.count("?") == 1 or code == "vi"
    raw = re.sub(r"\{\w+\}", "", told.answer)
    assert re.findall(r"\d+", raw) in ([], ["100"], ["100", "100"])  # no figure of its own
    said = answer(state, speak(code))
    assert "{" not in said
    assert "\N{EN DASH}" not in said
    if "{told}" in told.answer:
        view = film(state.run).at(state.year)
        assert state.work in deals.of_year(view)
        assert len(said) > len(raw) + 20


@pytest.mark.parametrize("number", NUMBERS)
def test_a_story_is_one_of_the_guide_s(number: int) -> None:
    state = State.read(stories()[number - 1].link)
    links = [State.read(link) for link in re.findall(r"`/\?([^`…]*)`", GUIDE)] + [State()]
    ask = state.page == "ask"
    assert state.page in {one.page for one in links}
    assert ask or state.run in {one.run for one in links}


def test_the_figures_are_those_of_the_second_comparison() -> None:
    state = State(story=9)
    story = State.read(stories()[8].link)
    first, second = (
        film(run).at(story.year).history.iloc[-1] for run in (story.run, story.other_run)
    )
    said = [int(one) for one in re.findall(r"\d+", answer(state, speak("en")))]
    shares = [round(100 * one.welfare / one.first_best) for one in (first, second)]
    assert said == [first.completed, second.completed, shares[0], 100, shares[1]]


def test_a_story_that_is_closed_leaves_what_is_shown() -> None:
    session = Session()
    session.tell(3)
    shown = session.state.value
    session.tell(0)
    assert session.state.value == State.read(shown.query().replace("&story=3", ""))
