"""The command line: reads words, asks the package, shows the answer."""

from kernegotiate.cli.entry import main

__all__ = ["main"]
