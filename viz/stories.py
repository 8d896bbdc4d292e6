"""The stories of a workshop: what to look at, what to ask, what to answer at the second press.

They stand in `stories.toml`. An answer holds no figure of its own: what is in braces is
what the shown runs say, so that it is right whatever version of the model tells it.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from viz import feed
from viz.film import film
from viz.headline import counted
from viz.state import State
from viz.view import View
from viz.words import LANGUAGES, Words

FILE = Path(__file__).with_name("stories.toml")


@dataclass(frozen=True)
class Told:
    """A story in one language."""

    question: str
    answer: str
    notes: str  # for whoever leads


@dataclass(frozen=True)
class Story:
    """What is shown, and what is told of it in each language.

    Attributes:
        link: What to show, as a link has it; see `State.read`.
        told: By code of the language.
    """

    link: str
    told: dict[str, Told]


@cache
def stories() -> tuple[Story, ...]:
    """All of them, in order.

    Raises:
        TypeError: The file lacks a part of a story, or has one too many.
    """
    table = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return tuple(
        Story(one.pop("link"), {code: Told(**one.pop(code)) for code in LANGUAGES}, **one)
        for one in table["story"]
    )


def answer(state: State, words: Words) -> str:
    """The answer of the story that a state shows, with what its runs say at the story's year."""
    story = stories()[state.story - 1]
    shown = State.read(story.link)
    if shown.page == "ask":
        return story.told[words.code].answer
    views = [film(shown.run).at(shown.year)]
    if shown.page == "compare":
        views.append(film(shown.other_run).at(shown.year))
    told = " ".join(feed.of_a_deal(views[0], shown.deal, shown.work, words)[-1:])
    figures = _figures(views[0], words)
    others = {f"other_{name}": value for name, value in _figures(views[-1], words).items()}
    return story.told[words.code].answer.format(told=told, **figures, **others)


def _figures(view: View, words: Words) -> dict[str, str]:
    """Works by what became of them, and their worth in per cent of what was possible."""
    latest = view.history.iloc[-1]
    counts = {name: words.number(n) for name, n in counted(view.works.values()).items()}
    best = float(latest.first_best)
    share = words.number(100 * float(latest.welfare) / best) if best > 0.0 else words.undefined
    return counts | {"share": share}
