"""One try: files in an empty folder, and a command line or a call that uses them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pprint import pformat


@dataclass(frozen=True)
class Case:
    """What is tried; a value, so that a script can hold it.

    Attributes:
        kind: Of the input, as in `kinds.KINDS`.
        files: Contents by path, in the folder where the try is made.
        words: Of a command line.
        call: Instead of words, the name of a function as `actions.NAMES` knows it.
        arguments: Of the call, each as Python source.
        environment: Variables that are set.
    """

    kind: str
    files: dict[str, bytes] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    call: str = ""
    arguments: dict[str, str] = field(default_factory=dict)
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How much there is to read."""
        return (
            sum(len(data) + len(name) for name, data in self.files.items())
            + sum(map(len, self.words))
            + sum(len(key) + len(value) for key, value in self.arguments.items())
            + sum(len(key) + len(value) for key, value in self.environment.items())
        )


@dataclass(frozen=True)
class Verdict:
    """How a try ended.

    Attributes:
        end: `answered`, `refused` or `fault`.
        told: Of a refusal its sentence, of a fault what is wrong with it.
        place: Of a fault, where; faults of one place are counted as one.
        seconds: Of processor time.
        peak: Most memory that the process held, bytes.
    """

    end: str
    told: str = ""
    place: str = ""
    seconds: float = 0.0
    peak: int = 0


def script(case: Case, verdict: Verdict, found: str) -> str:
    """A program that makes the try once more.

    Args:
        case: What fails.
        verdict: How it ended.
        found: Where it comes from, such as a seed and a number.
    """
    about = ascii(f"{verdict.told} ({verdict.place}); found by {found}")
    values = pformat(case, width=96, sort_dicts=False)
    return (
        f"{about}\n\nfrom tests.fuzz.again import again\nfrom tests.fuzz.case import Case\n\n"
        f"again(\n{values}\n)\n"
    )
