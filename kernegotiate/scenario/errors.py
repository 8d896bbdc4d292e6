"""The errors that the package raises on purpose.

Everything that a user can get wrong in a file, a keyword or a name ends as one
`ScenarioError` whose message is one sentence: where, which key, what was found
and what is allowed.
"""

from collections.abc import Iterable
from difflib import get_close_matches

from pydantic_core import PydanticCustomError

from kernegotiate.scenario.text import composed, sentence

_LISTED = 20  # more names than this help nobody in one sentence
_LONGEST = 80  # letters of a word that is compared with others


class KernegotiateError(Exception):
    """Base of all errors that the package raises on purpose."""


class ScenarioError(KernegotiateError, ValueError):
    """A study (file, table, keyword or name) cannot be used as it stands."""

    def __init__(self, message: str) -> None:
        """Keep the message short, visible and on one line, whatever a file holds."""
        super().__init__(sentence(message))


def did_you_mean(word: str, options: Iterable[str]) -> str:
    """Suggest what a mistyped word stood for.

    Args:
        word: What was found.
        options: What is allowed.

    Returns:
        ``"did you mean 'quota'?"`` when an option is close, else the list of options if short.
    """
    known = sorted(options)
    alike = {_squeezed(option): option for option in reversed(known)}
    close = get_close_matches(_squeezed(word[:_LONGEST]), alike, n=1)
    if close:
        return f"did you mean '{alike[close[0]]}'?"
    return f"known are {', '.join(known)}" if len(known) <= _LISTED else "nothing like it is known"


def problem(sentence: str, *place: int | str) -> PydanticCustomError:
    """Make an error for a validator to raise, with the place of what is wrong.

    Args:
        sentence: What was found and what is allowed.
        *place: Keys and list positions from the validated value down to the wrong one.

    Returns:
        The error; `explain` puts file and path before the sentence.
    """
    told = {
        "sentence": _encodable(sentence),
        "place": tuple(_encodable(step) if isinstance(step, str) else step for step in place),
    }
    return PydanticCustomError("problem", "{sentence}", told)


def _encodable(text: str) -> str:
    """A text without halves of characters, which pydantic cannot carry."""
    return text.encode("utf-8", "backslashreplace").decode()


def _squeezed(word: str) -> str:
    """A word without what people often write otherwise: capitals, blanks, leading zeros."""
    letters = "".join(letter for letter in composed(word).casefold() if letter not in " -_")
    return letters.lstrip("0") or letters
