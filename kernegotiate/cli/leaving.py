"""How a command ends when it is told to: one sentence, the exit code of a shell, at once.

A dataset is whole at every moment and nothing else is kept, so the process may simply end wherever
it is, in the middle of an import or of compiling too. Only what has begun other processes or serves
a page takes its leave in order (`in_order`); a second signal ends that as well.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

SIGNALS = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)
INTERRUPTED = 128 + signal.SIGINT  # as a shell counts a command ended by Ctrl-C


class Leaving(KeyboardInterrupt):
    """The process was told to end.

    Attributes:
        code: The exit code of the process.
        sentence: The last one.
    """

    def __init__(self, number: int, sentence: str) -> None:
        super().__init__(sentence)
        self.code = 128 + number
        self.sentence = sentence


_orderly = 0  # how many of those that take their leave in order are at work
_sentence = PLAIN = "Interrupted."


def listen() -> None:
    """Let signals end the process in our way; those that are ignored stay so (nohup, `&`)."""
    for number in SIGNALS:
        if signal.getsignal(number) not in (signal.SIG_IGN, None):
            signal.signal(number, _end)


@contextmanager
def in_order() -> Iterator[None]:
    """Let a first signal raise `Leaving` instead of ending the process."""
    global _orderly  # noqa: PLW0603 (there is one process to end)
    _orderly += 1
    try:
        yield
    finally:
        _orderly -= 1


@contextmanager
def saying(sentence: str) -> Iterator[None]:
    """Have another last sentence than "Interrupted."."""
    global _sentence  # noqa: PLW0603 (there is one process to end)
    usual, _sentence = _sentence, sentence
    try:
        yield
    except Leaving:
        raise
    except KeyboardInterrupt:  # where nobody listens, Python's own
        raise Leaving(signal.SIGINT, sentence) from None
    finally:
        _sentence = usual


def say_so(sentence: str = PLAIN) -> None:
    """Write the last sentence, if anybody is there to read it."""
    with suppress(OSError, ValueError, AttributeError):
        # A bar on a terminal hides the cursor and leaves its line.
        told = ("\r\033[2K\033[?25h" if sys.stderr.isatty() else "") + f"{sentence}\n"
        try:
            sys.stderr.write(told)
            sys.stderr.flush()
        except RuntimeError:  # the signal came in the middle of writing
            os.write(2, told.encode())


def _end(number: int, frame: FrameType | None) -> None:
    global _orderly  # noqa: PLW0603
    if _orderly > 0:
        _orderly = -1000  # the next signal does not wait
        raise Leaving(number, _sentence)
    say_so(_sentence)
    os._exit(128 + number)
