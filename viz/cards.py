"""The cards of a workshop: what changes, and how a room says it before it bets on what that does.

They stand in `cards.toml`.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kernegotiate.batch.factor import Value
from viz.state import Run, State
from viz.words import LANGUAGES

FILE = Path(__file__).with_name("cards.toml")


@dataclass(frozen=True)
class Card:
    """One change.

    Attributes:
        letter: By which a room calls it.
        set: Settings by name, whatever they are before.
        told: What it says, by code of the language.
    """

    letter: str
    set: dict[str, Value]
    told: dict[str, str]


@cache
def cards() -> tuple[Card, ...]:
    """All of them, in order."""
    table = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return tuple(
        Card(chr(ord("A") + i), one["set"], {code: one[code] for code in LANGUAGES})
        for i, one in enumerate(table["card"])
    )


def played(card: Card, state: State) -> Run:
    """The run of a page with a card in place, and no other change.

    Raises:
        ScenarioError: The card does not fit the scenario or the institution.
    """
    state = state.undone()
    for name, value in card.set.items():
        state = state.changed(name, value)
    return state.run
