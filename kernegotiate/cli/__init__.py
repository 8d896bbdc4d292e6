"""The command line: reads words, asks the package, shows the answer."""

from kernegotiate.cli.app import main

__all__ = ["main"]
