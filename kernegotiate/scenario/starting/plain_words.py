"""A header as plain words: without case, accents, punctuation and the marks between its words."""

import re
import unicodedata
from functools import lru_cache

_THOUSAND = re.compile(r"(?<!\d)1[.,\s]?000(?!\d)|['\u2019]000(?!\d)")
_MARKS = {"%": " percent ", "€": " eur ", "₫": " vnd ", "₩": " won "}  # $ and ¥ are of several
_STROKES = str.maketrans("đĐłŁøØıßæÆœŒ", "dDlLoOisaAoO")


def without_accents(text: str) -> str:
    """A text in plain letters: ``Cần Thơ`` becomes ``Can Tho``; other scripts stay as they are."""
    apart = unicodedata.normalize("NFD", text.translate(_STROKES))
    bare = "".join(letter for letter in apart if unicodedata.category(letter) != "Mn")
    return unicodedata.normalize("NFC", bare)


@lru_cache(maxsize=100_000)
def plain_words(header: str) -> tuple[str, ...]:
    """The words of a header: ``GRDP (tỷ đồng)`` gives ``grdp``, ``ty``, ``dong``.

    A word in CamelCase counts as several. `1000` and `'000` are the word ``thousand``.
    """
    text = _THOUSAND.sub(" thousand ", header)
    for mark, word in _MARKS.items():
        text = text.replace(mark, word)
    text = re.sub(r"([a-z])([A-Z])", r"\1 \2", without_accents(text)).casefold()
    return tuple(re.findall(r"[^\W_]+", text))
