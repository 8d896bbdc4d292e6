"""Standard input, output and errors, whatever state they come in."""

from __future__ import annotations

import io
import os
import sys
from typing import Any


def open_missing() -> set[int]:
    """Put the null device where a standard stream is closed.

    Otherwise the next file that is opened takes its number, and whatever is written to the stream
    goes into that file.

    Returns:
        The numbers of those that were closed.
    """
    closed = set()
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            closed.add(number)
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free, which is this
        if getattr(sys, name) is None:
            mode = "r" if number == 0 else "w"
            setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115
    return closed


def forgive() -> None:
    """Let letters that an encoding lacks become "?", and errors that nobody can read be lost."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    if isinstance(sys.stderr, io.TextIOWrapper):
        sys.stderr = _Forgiving(sys.stderr)


class OutputError(Exception):
    """Standard output does not take the answer."""


def write(text: str = "") -> None:
    """Write to standard output, and send what has been written before.

    Raises:
        BrokenPipeError: Whoever read it has left.
        OutputError: There is no room for it.
    """
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        silence_stdout()
        reason = error.strerror or str(error)
        raise OutputError(f"The answer cannot be written: {reason}.") from None


def silence_stdout() -> None:
    """Send what is still to be written nowhere, so that it does not fail again at the very end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)


class _Forgiving:
    """Standard errors that may have no reader, or no room."""

    def __init__(self, stream: io.TextIOWrapper) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write what can be written."""
        try:
            return self._stream.write(text)
        except (OSError, ValueError):
            return len(text)

    def flush(self) -> None:
        """Send it, if it goes."""
        try:
            self._stream.flush()
        except (OSError, ValueError):
            return

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)
