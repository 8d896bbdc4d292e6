"""Text as people write it: one form of each letter, nothing unseen, and short where it is told.

An accented letter can be one character or a letter and its marks, and looks the same. Here every
text has the composed form (Unicode NFC) from the border on, so that names can simply be compared.
"""

import unicodedata
from typing import Any

LONGEST = 300
"""Letters of an error sentence, at most."""
_TOLD = 60  # letters of a value that are told
_JOINERS = "\u200c\u200d"  # Persian, Bengali and others spell with them
_BLANK = "\u034f\u115f\u1160\u2800\u3164\uffa0"  # letters by their class that nobody sees
_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}  # controls, marks of format and direction, halves
_TURNING = {"RLE", "LRE", "RLO", "LRO", "PDF", "RLI", "LRI", "FSI", "PDI"}


def composed(text: str) -> str:
    """The text with each letter and its marks as one character where there is one."""
    return unicodedata.normalize("NFC", text)


def unseen(text: str, *, lines: bool = False) -> str:
    """Find the first character that cannot be seen and would make two names of one.

    Args:
        text: What to look through.
        lines: Whether it is a running text: ends of lines, tabs and marks that do not turn the
            direction of what follows are then allowed.

    Returns:
        The character as Unicode numbers it, such as ``U+200B``; "" if there is none.
    """
    if text.isascii() and text.isprintable():
        return ""
    for place, letter in enumerate(text):
        kind = unicodedata.category(letter)
        if kind not in _UNSEEN and letter not in _BLANK:
            continue
        if letter in _JOINERS and not text[:place][-1:].isascii() and text[place + 1 :]:
            continue
        harmless = kind == "Cf" and unicodedata.bidirectional(letter) not in _TURNING
        if lines and (letter in "\n\r\t" or harmless):
            continue
        return f"U+{ord(letter):04X}"
    return ""


def shown(value: Any) -> str:
    """Show a value of any kind much as TOML would write it, in at most some 75 letters."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if hasattr(value, "model_fields") or isinstance(value, dict):
        return "a table"
    if isinstance(value, list | tuple):
        return "a list"
    if isinstance(value, str):
        return f"the text {short(repr(value[: 2 * _TOLD]))}"
    try:
        return short(repr(value))
    except ValueError:  # Python does not write whole numbers of many thousand digits
        return "a number of thousands of digits"


def short(text: str, most: int = _TOLD) -> str:
    """The beginning of a text that is longer than `most` letters."""
    return text if len(text) <= most else f"{text[: most - 3]}..."


def sentence(message: str) -> str:
    """A message as it can be told: on one line, short, its control characters made visible.

    The middle of a long one is left out, since it begins with the place and ends with what is
    allowed. A terminal would obey escape sequences; here they are letters.
    """
    if len(message) > 10 * LONGEST:
        message = f"{message[: 5 * LONGEST]} {message[-5 * LONGEST :]}"
    line = " ".join(message.splitlines())
    if not line.isprintable():
        line = "".join(letter if letter.isprintable() else _escaped(letter) for letter in line)
    if len(line) <= LONGEST:
        return line
    head = 2 * LONGEST // 3
    return f"{line[:head]} ... {line[head + 5 - LONGEST :]}"


def _escaped(letter: str) -> str:
    return repr(letter)[1:-1]
