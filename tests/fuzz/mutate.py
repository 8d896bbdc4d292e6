"""Damage to bytes and to words."""

import re
from random import Random

from tests.fuzz import odd

TOKENS = tuple(
    token if isinstance(token, bytes) else token.encode("utf-8", "surrogatepass")
    for token in (
        "\0", "\r", "\r\n", "\n\n", "\ufeff", "\u202e", "\u200b", "\u0301", "\x1b[31m", '"',
        "'", '"""',
        "[", "]", "[[", "{", "}", "=", ",", ";", "\t", ".", "-", "#", "\\", "\\u0000", "\\ud800",
        "e999",
        "nan", "inf", "_", "null", "[" * 2000, "{" * 2000, "a" * 70_000, "9" * 5000, "\ud800",
        b"\xff", b"\xfe\xff", b"\xff\xfe", b"\x80", b"\xc0\x80", b"PK\x03\x04", b"PAR1",
        b"\x1f\x8b",
    )
)  # fmt: skip
NUMERAL = re.compile(rb"-?\d+(?:\.\d+)?")
QUOTED = re.compile(rb'"[^"\n]*"')
LARGEST = 300_000  # bytes; larger files are a matter of `kinds.large`


def damaged(rng: Random, data: bytes) -> bytes:
    """Change one to four places of some bytes."""
    for _ in range(rng.choice((1, 1, 1, 2, 4))):
        data = rng.choice(WAYS)(rng, data)[:LARGEST]
    return data


def words_damaged(rng: Random, words: list[str]) -> list[str]:
    """Change some words of a command line."""
    words = list(words)
    for _ in range(rng.choice((1, 1, 2, 3))):
        place = rng.randrange(len(words) + 1)
        here = min(place, len(words) - 1)
        roll = rng.randrange(7)
        if roll == 0 or not words:
            words.insert(
                place, rng.choice((odd.text(rng), odd.numeral(rng), rng.choice(odd.PATHS)))
            )
        elif roll == 1:
            del words[here]
        elif roll == 2:
            words.insert(place, rng.choice(words))
        elif roll == 3:
            other = rng.randrange(len(words))
            words[here], words[other] = words[other], words[here]
        elif roll == 4:
            words[here] = rng.choice((odd.text(rng), odd.numeral(rng)))
        elif roll == 5 and "=" in words[here]:
            words[here] = words[here].partition("=")[0] + "=" + odd.numeral(rng)
        else:
            inside = damaged(rng, words[here].encode("utf-8", "surrogatepass"))[:70_000]
            words[here] = inside.decode("utf-8", "surrogateescape")
    return words


def _span(rng: Random, data: bytes, most: int = 64) -> tuple[int, int]:
    start = rng.randrange(len(data) + 1)
    return start, min(len(data), start + rng.randint(1, most))


def _flip(rng: Random, data: bytes) -> bytes:
    if not data:
        return data
    place = rng.randrange(len(data))
    return data[:place] + bytes([data[place] ^ (1 << rng.randrange(8))]) + data[place + 1 :]


def _set(rng: Random, data: bytes) -> bytes:
    place = rng.randrange(len(data) + 1)
    return data[:place] + bytes([rng.randrange(256)]) + data[place + 1 :]


def _insert(rng: Random, data: bytes) -> bytes:
    place = rng.randrange(len(data) + 1)
    new = rng.randbytes(rng.randint(1, 8)) if rng.random() < 0.3 else rng.choice(TOKENS)
    return data[:place] + new + data[place:]


def _cut(rng: Random, data: bytes) -> bytes:
    start, end = _span(rng, data)
    return data[:start] + data[end:]


def _shorten(rng: Random, data: bytes) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def _repeat(rng: Random, data: bytes) -> bytes:
    start, end = _span(rng, data, 200)
    times = rng.choice((1, 1, 2, 50))
    return data[:start] + data[start:end] * times + data[start:]


def _swap(rng: Random, data: bytes) -> bytes:
    (a, b), (c, d) = sorted((_span(rng, data), _span(rng, data)))
    if b > c:
        return data
    return data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def _swap_lines(rng: Random, data: bytes) -> bytes:
    lines = data.split(b"\n")
    one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


def _drop_line(rng: Random, data: bytes) -> bytes:
    lines = data.split(b"\n")
    del lines[rng.randrange(len(lines))]
    return b"\n".join(lines)


def _other_number(rng: Random, data: bytes) -> bytes:
    return _replaced(rng, data, NUMERAL, odd.numeral(rng).encode())


def _other_text(rng: Random, data: bytes) -> bytes:
    new = odd.text(rng).encode("utf-8", "surrogatepass")
    return _replaced(rng, data, QUOTED, b'"' + new + b'"')


def _replaced(rng: Random, data: bytes, what: re.Pattern[bytes], new: bytes) -> bytes:
    found = [match.span() for match in what.finditer(data)]
    if not found:
        return _flip(rng, data)
    start, end = rng.choice(found)
    return data[:start] + new + data[end:]


WAYS = (
    _flip, _set, _insert, _insert, _cut, _shorten, _repeat, _swap, _swap_lines, _drop_line,
    _other_number, _other_number, _other_text,
)  # fmt: skip
