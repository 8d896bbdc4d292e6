"""What lies in the folder of parts, as far as names and kinds of files say."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from kernegotiate.batch.place import named
from kernegotiate.scenario import ScenarioError

PARTS = "parts"
PART = re.compile(r"part-(\d{7})\.parquet")
NOBODYS = re.compile(r"\..*|Thumbs\.db|desktop\.ini")
"""What systems leave in folders; no program takes it for rows."""


@dataclass(frozen=True)
class Problem:
    """Something that is wrong in a dataset.

    Attributes:
        file: Which file, from the folder of the dataset.
        wrong: What is wrong with it; together they are a sentence.
        chunk: Of which chunk it should be the part, if of any.
    """

    file: str
    wrong: str
    chunk: int | None = None

    def __str__(self) -> str:
        return f"{named(self.file)} {self.wrong}"


class DamagedError(ScenarioError):
    """Something of a dataset is not as it was written.

    Attributes:
        problem: What.
    """

    def __init__(self, folder: Path, problem: Problem, advice: str) -> None:
        super().__init__(f"{named(folder)}: {problem}; {advice}")
        self.problem = problem


def part(chunk: int) -> str:
    """Name of the part of a chunk, from the folder of the dataset."""
    return f"{PARTS}/part-{chunk:07d}.parquet"


def listed(folder: Path, chunks: int) -> tuple[dict[int, Path], list[Problem]]:
    """Look through the folder of parts.

    Args:
        folder: Of the dataset.
        chunks: How many parts there can be.

    Returns:
        Parts by chunk, and what lies among them but is none.

    Raises:
        ScenarioError: The folder cannot be read.
    """
    found: dict[int, Path] = {}
    problems: list[Problem] = []
    try:
        with os.scandir(folder / PARTS) as entries:
            ordered = sorted(entries, key=lambda entry: entry.name)
    except FileNotFoundError:
        return found, problems
    except OSError as error:
        raise ScenarioError(f"{named(folder)}: {PARTS} cannot be read ({error.strerror})") from None
    for entry in ordered:
        name, place = PART.fullmatch(entry.name), f"{PARTS}/{entry.name}"
        chunk = int(name[1]) if name else -1
        if chunk >= chunks:
            wrong = f"is a part too many: they are numbered from 0 to {chunks - 1}"
            problems.append(Problem(place, wrong))
        elif name and (entry.is_symlink() or entry.is_dir()):
            what = "link" if entry.is_symlink() else "folder"
            problems.append(Problem(place, f"is a {what}, allowed is a file", chunk))
        elif name:
            found[chunk] = Path(entry.path)
        elif not NOBODYS.fullmatch(entry.name):
            problems.append(Problem(place, "is no part of this dataset"))
    return found, problems
