"""The rail: the stories of a workshop as dots, one of them told; a press for its answer."""
# ruff: noqa: N802

from collections.abc import Callable

import solara

from viz.session import Session
from viz.state import State
from viz.stories import answer, stories
from viz.words import Words


@solara.component_vue("rail.vue")
def Dots(
    count: int,
    at: int,
    question: str,
    answer: str,
    notes: str,
    words: dict[str, str],
    event_picked: Callable[[int], None],
) -> None:
    """See `Rail`."""


@solara.component
def Rail(session: Session, state: State, words: Words) -> None:
    """The story that a state is in: its question, its answer on request, notes on a key."""
    told = stories()[state.story - 1].told[words.code]
    names = ("answer", "notes", "next_story", "close", "stories")
    Dots(
        count=len(stories()),
        at=state.story,
        question=told.question,
        answer=answer(state, words),
        notes=told.notes,
        words={name: getattr(words, name) for name in names},
        event_picked=session.tell,
    )
