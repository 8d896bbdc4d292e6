"""The errors that the package raises on purpose.

Everything that a user can get wrong in a file, a keyword or a name ends as one
`ScenarioError` whose message is one sentence: where, which key, what was found
and what is allowed.
"""

from collections.abc import Iterable
from difflib import get_close_matches


class KernegotiateError(Exception):
    """Base of all errors that the package raises on purpose."""


class ScenarioError(KernegotiateError, ValueError):
    """A study (file, table, keyword or name) cannot be used as it stands."""


def did_you_mean(word: str, options: Iterable[str]) -> str:
    """Suggest what a mistyped word stood for.

    Args:
        word: What was found.
        options: What is allowed.

    Returns:
        ``"did you mean 'quota'?"`` when an option is close, else the list of options.
    """
    known = sorted(options)
    close = get_close_matches(word, known, n=1)
    return f"did you mean '{close[0]}'?" if close else f"known are {', '.join(known)}"
