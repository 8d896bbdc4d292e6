"""Units that a header states: ``nghìn người``, ``tỷ đồng``, ``billion VND``, ``%``.

Vietnamese counts in products (``nghìn tỷ``, a thousand billions), and so does this.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

SCALES = {"one": 1, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
"""Words for multiples, as options and currencies name them."""
_SCALE_WORDS = {
    **dict.fromkeys(("thousand", "thousands", "nghin", "ngan", "k"), 10**3),
    **dict.fromkeys(("million", "millions", "trieu", "mn", "mil", "mio", "juta"), 10**6),
    **dict.fromkeys(("billion", "billions", "ty", "ti", "bn", "bil", "milyar", "miliar"), 10**9),
    **dict.fromkeys(("trillion", "trillions", "tn", "trn", "triliun"), 10**12),
}
_PEOPLE = {"nguoi", "person", "persons", "people", "inhabitants", "residents", "khau", "jiwa"}
_CURRENCY_WORDS = {
    **dict.fromkeys(("dong", "vnd", "vn", "d"), "VND"),
    **dict.fromkeys(("usd", "us", "my"), "USD"),
    **dict.fromkeys(("eur", "euro", "euros"), "EUR"),
    **dict.fromkeys(("idr", "rupiah", "rp"), "IDR"),
    **dict.fromkeys(("cny", "rmb", "yuan", "renminbi"), "CNY"),
    **dict.fromkeys(("jpy", "yen"), "JPY"),
    **dict.fromkeys(("krw", "won"), "KRW"),
    **dict.fromkeys(("thb", "baht"), "THB"),
    **dict.fromkeys(("myr", "ringgit"), "MYR"),
    **{
        code.lower(): code
        for code in [
            "AUD",
            "BDT",
            "BRL",
            "CAD",
            "CHF",
            "GBP",
            "HKD",
            "INR",
            "KHR",
            "LAK",
            "MMK",
            "MOP",
            "MXN",
            "NPR",
            "NZD",
            "PHP",
            "PKR",
            "PLN",
            "SEK",
            "SGD",
            "TWD",
            "ZAR",
        ]
    },
}
_SHARES = {"percent": 0.01, "pct": 0.01, "share": 1.0, "ratio": 1.0}
FILLERS = frozenset(
    [
        "nam",
        "year",
        "years",
        "annual",
        "per",
        "a",
        "in",
        "of",
        "the",
        "at",
        "and",
        "va",
        "moi",
        "trung",
        "binh",
        "tb",
        "average",
        "avg",
        "mean",
        "mid",
        "total",
        "so",
        "bo",
        "uoc",
        "thuc",
        "hien",
        "estimate",
        "estimated",
        "preliminary",
        "gia",
        "hien",
        "hanh",
        "so",
        "sanh",
        "current",
        "constant",
        "prices",
        "price",
        "tinh",
        "theo",
        "don",
        "vi",
        "dvt",
        "unit",
        "units",
        "do",
        "degree",
        "degrees",
        "deg",
        "east",
        "north",
        "bac",
        "e",
        "n",
        "wgs",
        "wgs84",
        "decimal",
        "dollar",
        "dollars",
        "la",
    ]
)
"""Words of a header of figures that change neither what a column says nor its unit."""
_EAST = ("degrees", "dong")


@dataclass(frozen=True)
class Unit:
    """What a header says of the unit of its figures.

    Attributes:
        scale: Persons, or units of the currency, in one of the figures; None if it does not say.
        currency: Code of the currency; "" if it does not say.
        rest: Words that are no unit: with any, the column is about something else.
    """

    scale: float | None
    currency: str
    rest: tuple[str, ...]


def read_unit(words: Iterable[str], what: str) -> Unit:
    """Read the words of a header that follow its name.

    Args:
        words: Plain words.
        what: "people", "money", "share", "degrees" or "text".
    """
    told: list[float] = []
    currency, rest = "", []
    for word in words:
        if what in ("people", "money") and word in _SCALE_WORDS:
            told.append(_SCALE_WORDS[word])
        elif what == "people" and word in _PEOPLE:
            told.append(1)
        elif what == "money" and word in _CURRENCY_WORDS:
            currency = _CURRENCY_WORDS[word]
            told.append(1)
        elif what == "share" and word in _SHARES:
            told.append(_SHARES[word])
        elif what == "text" or not (word in FILLERS or _is_year(word) or (what, word) == _EAST):
            rest.append(word)
    return Unit(math.prod(told) if told else None, currency, tuple(rest))


def is_unit(word: str) -> bool:
    """Whether a word is a unit, a year or a filler whatever stands before it."""
    known = (_SCALE_WORDS, _PEOPLE, _CURRENCY_WORDS, _SHARES, FILLERS)
    return _is_year(word) or any(word in words for words in known)


def amount(scale: float, currency: str) -> str:
    """A unit of money in words: ``billion VND``; ``VND`` for one."""
    word = next(word for word, value in SCALES.items() if value == scale)
    return currency if word == "one" else f"{word} {currency}"


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdigit() and word[:2] in ("19", "20")
