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
    """A study (file, table, keyword or name) cannot be used as it stands.

    Attributes:
        problems: All that is known to be wrong, a sentence each; the message is the first.
    """

    def __init__(self, message: str, *others: str) -> None:
        """Keep the message short, visible and on one line, whatever a file holds.

        Args:
            message: What is wrong.
            *others: What else is; the message says how many.
        """
        count = len(others)
        more = f" (and {count} more problem{'s' if count > 1 else ''})" if others else ""
        super().__init__(sentence(f"{message}{more}"))
        self.problems = tuple(map(sentence, (message, *others)))


def did_you_mean(word: str, options: Iterable[str]) -> str:
    """Suggest what a mistyped word stood for.

    Args:
        word: What was found.
        options: What is allowed.

    Returns:
        ``"did you mean 'quota'?"`` when an option is close, else the list of options if short.
    """
    known = sorted(options)
    if close := close_to(word, known):
        return f"did you mean '{close}'?"
    return f"known are {', '.join(known)}" if len(known) <= _LISTED else "nothing like it is known"


def close_to(word: str, options: Iterable[str]) -> str:
    """The option that resembles a word most; "" if none does."""
    alike = {_squeezed(option): option for option in sorted(options, reverse=True)}
    close = get_close_matches(_squeezed(word[:_LONGEST]), alike, n=1)
    return alike[close[0]] if close else ""


def is_slip_of(word: str, options: Iterable[str]) -> bool:
    """Whether a word is an option but for capitals, blanks and one letter.

    One letter too many, too few, another, or two that have changed places.
    """
    short = _squeezed(word[:_LONGEST])
    return any(_one_edit(short, _squeezed(option)) for option in options)


def _one_edit(one: str, other: str) -> bool:
    """Whether two words are the same, or one edit apart."""
    short, long = sorted((one, other), key=len)
    start = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), None)
    if start is None:
        return len(long) - len(short) <= 1
    a, b = short[start:], long[start:]
    if len(a) != len(b):
        return a == b[1:]
    return a[1:] == b[1:] or (a[1::-1] == b[:2] and a[2:] == b[2:])


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
