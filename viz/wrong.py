"""What went wrong with a link, a file or a setting: one sentence, in any language of the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kernegotiate.scenario import ScenarioError
from viz.words import Words, speak


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
        self.allowed = allowed if isinstance(allowed, str) else ", ".join(allowed)
        self.kind = kind
        super().__init__(self.told(speak("en")))

    def told(self, words: Words) -> str:
        """The sentence, without its full stop."""
        kind = words.allowed[self.kind] if self.kind else "{allowed}"
        allowed = kind.format(allowed=self.allowed)
        return words.not_allowed.format(key=self.key, found=self.found, allowed=allowed)


@dataclass(frozen=True)
class Wrong:
    """What was asked for and could not be done.

    Attributes:
        sentence: Field of `Words` that tells it: `bad_link`, `bad_file`, `bad_seed`...
        error: What is wrong; in English alone where the package found it.
    """

    sentence: str
    error: ScenarioError

    def told(self, words: Words) -> str:
        """The sentence."""
        error = self.error
        told = error.told(words) if isinstance(error, NotAllowedError) else str(error)
        template: str = getattr(words, self.sentence)
        return template.format(error=told, text=getattr(error, "found", ""))
