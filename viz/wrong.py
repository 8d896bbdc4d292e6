"""What went wrong with a link, a file or a setting: one sentence, in any language of the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from textwrap import shorten

from kernegotiate.scenario import ScenarioError
from viz.words import Words, speak

MOST, CLOSE = 20, 5  # names that one sentence can hold; and of more, how many are told
COUNTS = ("letters", "kilobytes", "parts")  # kinds of which so many are allowed
RANGES = ("number", "whole number", "years")  # kinds that lie in a range
TOLD = 3  # errors that one sentence can hold
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
        allowed = kind.format(allowed=self._numbers(words))
        return words.not_allowed.format(key=self.key, found=self.found, allowed=allowed)

    def _numbers(self, words: Words) -> str:
        """What is allowed; a range or a number as the language writes it."""
        if self.kind in COUNTS:
            return words.number(int(self.allowed))
        return words.interval(self.allowed) if self.kind in RANGES else self.allowed


class NotFittingError(NotAllowedError):
    """A setting that is allowed by itself does not fit the scenario or other settings.

    Args:
        key: Its name.
        found: As it was written.
        why: What the package says, in English alone.
    """

    def __init__(self, key: str, found: str, why: ScenarioError) -> None:
        self.why = why
        super().__init__(key, found, "", "fitting")

    def told(self, words: Words) -> str:
        """The sentence, without its full stop."""
        return str(self.why) if words.code == "en" else super().told(words)


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
        more: What else is wrong.
    """

    sentence: str
    error: Exception
    more: tuple[Exception, ...] = ()

    def told(self, words: Words) -> str:
        """The sentence."""
        template: str = getattr(words, self.sentence)
        found = getattr(self.error, "found", "")
        every = (self.error, *self.more)
        told = [_told(error, words) for error in every[:TOLD]]
        if len(every) > TOLD:
            told.append(words.and_more.format(n=words.number(len(every) - TOLD)))
        return template.format(error="; ".join(told), text=found)


def _told(error: Exception, words: Words) -> str:
    """An error without its full stop, on one line."""
    if isinstance(error, NotAllowedError):
        return error.told(words)
    if isinstance(error, ScenarioError):
        return str(error)
    told = f"{type(error).__name__}: {error}".strip().rstrip(".:")
    return shorten(told, LONGEST, placeholder="…")
