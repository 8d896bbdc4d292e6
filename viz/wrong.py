"""What went wrong with a link, a file or a setting: one sentence, in any language of the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from textwrap import shorten

from kernegotiate.scenario import ScenarioError
from viz.words import Words, speak

MOST, CLOSE = 20, 5  # names that one sentence can hold; and of more, how many are told
LONGEST = 200  # characters of an error that nobody foresaw


class NotAllowedError(ScenarioError):
    """Something that a link or the page gave is not allowed.

    Args:
        key: Of what.
        found: As it was written.
        allowed: Names, or the ends of a range.
        kind: Of what is allowed, as `Words.allowed` has it; "" for names.
    """

    def __init__(self, key: str, found: str, allowed: str | Iterable[str], kind: str = "") -> None:
        self.key = key
        self.found = found if len(found) <= 40 else f"{found[:40]}…"
        self.allowed = allowed if isinstance(allowed, str) else _listed(self.found, allowed)
        self.kind = kind
        super().__init__(self.told(speak("en")))

    def told(self, words: Words) -> str:
        """The sentence, without its full stop."""
        kind = words.allowed[self.kind] if self.kind else "{allowed}"
        allowed = kind.format(allowed=self.allowed)
        return words.not_allowed.format(key=self.key, found=self.found, allowed=allowed)


def _listed(found: str, names: Iterable[str]) -> str:
    """All names; of many those that are most like what was found."""
    every = list(names)
    if len(every) <= MOST:
        return ", ".join(every)
    return ", ".join([*get_close_matches(found, every, n=CLOSE, cutoff=0.0), "…"])


@dataclass(frozen=True)
class Wrong:
    """What was asked for and could not be done.

    Attributes:
        sentence: Field of `Words` that tells it: `bad_link`, `bad_file`, `bad_seed`...
        error: What is wrong; in English alone where the package found it. One that nobody foresaw
            is told with the name of its kind.
    """

    sentence: str
    error: Exception

    def told(self, words: Words) -> str:
        """The sentence."""
        template: str = getattr(words, self.sentence)
        found = getattr(self.error, "found", "")
        return template.format(error=_told(self.error, words), text=found)


def _told(error: Exception, words: Words) -> str:
    """An error without its full stop, on one line."""
    if isinstance(error, NotAllowedError):
        return error.told(words)
    if isinstance(error, ScenarioError):
        return str(error)
    told = f"{type(error).__name__}: {error}".strip().rstrip(".:")
    return shorten(told, LONGEST, placeholder="…")
