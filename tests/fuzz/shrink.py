"""Make a try that fails as small as it can be while it fails at the same place."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace

from tests.fuzz.case import Case, Verdict
from tests.fuzz.pool import tried

TRIES = 120
SECONDS = 40.0


def shrunk(case: Case, verdict: Verdict, judge: Callable[[Case], Verdict] = tried) -> Case:
    """The smallest try found that ends as the given one.

    Args:
        case: What fails.
        verdict: How.
        judge: Makes a try.
    """
    end = time.monotonic() + SECONDS
    tries, smaller = 0, True
    while smaller:
        smaller = False
        for one in _smaller(case):
            if tries >= TRIES or time.monotonic() > end:
                return case
            if one.size >= case.size and len(one.files) >= len(case.files):
                continue
            tries += 1
            if judge(one).place == verdict.place:
                case, smaller = one, True
                break
    return case


def _smaller(case: Case) -> Iterator[Case]:
    """Tries with something less, the boldest first."""
    for name in case.files:
        yield replace(case, files={k: v for k, v in case.files.items() if k != name})
    for name in case.arguments:
        yield replace(case, arguments={k: v for k, v in case.arguments.items() if k != name})
    for number in range(len(case.words) - 1, 0, -1):
        yield replace(case, words=(*case.words[:number], *case.words[number + 1 :]))
    for name, data in sorted(case.files.items(), key=lambda item: -len(item[1])):
        for less in _parts(data):
            yield replace(case, files={**case.files, name: less})
    for number, word in enumerate(case.words):
        if len(word) > 20:
            yield replace(
                case,
                words=(*case.words[:number], word[: len(word) // 2], *case.words[number + 1 :]),
            )


def _parts(data: bytes) -> Iterator[bytes]:
    """A text without some of its lines, or bytes without a stretch of them."""
    lines = data.splitlines(keepends=True)
    for size in (len(lines) // 2, len(lines) // 4, 1):
        if 0 < size < len(lines):
            for start in range(0, len(lines), size):
                yield b"".join(lines[:start] + lines[start + size :])
    size = len(data) // 2
    while size >= 16:
        for start in range(0, len(data), size):
            yield data[:start] + data[start + size :]
        size //= 4
