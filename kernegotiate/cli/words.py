"""Numbers of things, lists and units of money, in words."""

from collections.abc import Iterable

_LARGER = {"million": "billion", "billion": "trillion"}
_SMALLER = {"thousand": "", "million": "thousand ", "billion": "million ", "trillion": "billion "}


def larger(currency: str) -> str:
    """A thousand units of a currency: ``trillion VND`` for ``billion VND``."""
    word, _, rest = currency.partition(" ")
    return f"{_LARGER[word]} {rest}" if word in _LARGER else f"thousand {currency}"


def smaller(currency: str) -> str:
    """A thousandth of a unit of a currency: ``million VND`` of ``billion VND``; "" if unnamed."""
    word, _, rest = currency.partition(" ")
    return f"{_SMALLER[word]}{rest}" if word in _SMALLER and rest else ""


def counted(number: int, thing: str) -> str:
    """Such as ``1 run`` and ``1,000 runs``."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def listed(names: Iterable[str]) -> str:
    """Such as ``A, B and C``; "" if there is none."""
    *first, last = [*names] or [""]
    return f"{', '.join(first)} and {last}" if first else last


def either(ways: Iterable[str]) -> str:
    """Such as ``A, B or C``."""
    *first, last = ways
    return f"{', '.join(first)} or {last}" if first else last
