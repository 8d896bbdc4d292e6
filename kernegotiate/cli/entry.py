"""From words on the command line to an exit code."""

import sys
from collections.abc import Sequence
from importlib import import_module

from kernegotiate.cli import leaving, streams
from kernegotiate.cli.loading import nothing_collected

USAGE_ERROR = 2
READER_LEFT = 141  # as a shell counts a command whose reader went away
NO_MEMORY = ("failed to map segment", "Cannot allocate memory", "can't start new thread")
"""What Python says of libraries and threads that found no room."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        argv: Words after the program's name. Without them this is the program: it listens to
            signals and looks after standard streams.

    Returns:
        Exit code: 0 if the question was answered, whatever the answer (1 if `experiment verify`
        found something wrong); 2 if it cannot be answered as asked, after one sentence on stderr;
        128 and the number of the signal that ended it.
    """
    try:
        if argv is None:
            leaving.listen()
            if 1 in streams.open_missing():
                return _refuse("Standard output is closed; send the answer to a file, say.")
            streams.forgive()
        return _answer(argv)
    except streams.OutputError as error:
        return _refuse(str(error))
    except leaving.Leaving as told:
        leaving.say_so(told.sentence)
        return told.code
    except KeyboardInterrupt:
        leaving.say_so()
        return leaving.INTERRUPTED
    except BrokenPipeError:
        streams.silence_stdout()
        return READER_LEFT


def _answer(argv: Sequence[str] | None) -> int:
    """Read the words, find the answer and give it."""
    try:
        from kernegotiate.cli.parser import build_parser

        try:
            arguments = build_parser().parse_args(argv)
        except SystemExit:
            streams.write()
            raise
        from kernegotiate.cli.output import give
        from kernegotiate.scenario import KernegotiateError

        try:
            with nothing_collected():
                command = import_module(f"kernegotiate.cli.commands.{arguments.module}")
            found = command.answer(arguments)
            if found is not None:  # the window has nothing to say when it closes
                give(found, as_json=arguments.json)
            streams.write()
        except KernegotiateError as error:
            return _refuse(str(error))
    except MemoryError:
        return _no_memory()
    except (ImportError, RuntimeError, OSError) as error:
        if _is_of_memory(error):
            return _no_memory()
        raise
    return found.code if found else 0


def _is_of_memory(error: BaseException | None) -> bool:
    """Whether an error, or the one that it arose from, says that there was no room."""
    while error is not None:
        if isinstance(error, MemoryError) or any(sign in str(error) for sign in NO_MEMORY):
            return True
        error = error.__cause__ or error.__context__
    return False


def _no_memory() -> int:
    return _refuse("There is not enough memory for this; ask for fewer runs.")


def _refuse(sentence: str) -> int:
    """Say what is wrong."""
    sys.stderr.write(f"kernegotiate: {sentence}\n")
    return USAGE_ERROR
