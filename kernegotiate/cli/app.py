"""From words on the command line to an exit code."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module

from kernegotiate.cli.parser import build_parser
from kernegotiate.cli.progress import INTERRUPTED

USAGE_ERROR = 2
READER_LEFT = 141  # as a shell counts a command whose reader went away


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        argv: Words after the program's name; those of the process by default.

    Returns:
        Exit code: 0 if the question was answered, whatever the answer (1 if `experiment verify`
        found something wrong); 2 if it cannot be answered as asked, after one sentence on stderr.
    """
    arguments = build_parser().parse_args(argv)
    try:
        from kernegotiate.cli.answer import give
        from kernegotiate.scenario import KernegotiateError

        try:
            command = import_module(f"kernegotiate.cli.{arguments.module}")
            found = command.answer(arguments)
            if found is not None:  # the window has nothing to say when it closes
                give(found, as_json=arguments.json)
            sys.stdout.flush()
        except KernegotiateError as error:
            return _refuse(str(error))
        except MemoryError:
            return _refuse("There is not enough memory for this; ask for fewer runs.")
    except KeyboardInterrupt:
        sys.stderr.write("Interrupted.\n")
        return INTERRUPTED
    except BrokenPipeError:
        # Whatever is still buffered must not fail again when Python shuts down.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return READER_LEFT
    return found.code if found else 0


def _refuse(sentence: str) -> int:
    """Say what is wrong."""
    sys.stderr.write(f"kernegotiate: {sentence}\n")
    return USAGE_ERROR
