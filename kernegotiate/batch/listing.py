"""What lies in the folder of parts, as far as names and kinds of files say.

A part holds a chunk, or a whole group of small ones (`merging.py`). Chunks may lie in both at once,
for a moment or after a kill; then the group counts.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from kernegotiate.batch.chunks import Cut
from kernegotiate.batch.place import named
from kernegotiate.scenario import ScenarioError

PARTS, TMP = "parts", "tmp"
PART = re.compile(r"part-(\d{7})(?:-(\d{7}))?\.parquet")
NOBODYS = re.compile(r"\..*|Thumbs\.db|desktop\.ini")
"""What systems leave in folders; no program takes it for rows."""


@dataclass(frozen=True)
class Problem:
    """Something that is wrong in a dataset.

    Attributes:
        file: Which file, from the folder of the dataset.
        wrong: What is wrong with it; together they are a sentence.
        chunks: Of which chunks it should be the part, if of any.
    """

    file: str
    wrong: str
    chunks: range = range(0)

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


@dataclass(frozen=True)
class Part:
    """A file that holds some chunks, if it is what its name says.

    Attributes:
        file: Which file, from the folder of the dataset.
        chunks: One, or a group.
    """

    file: str
    chunks: range

    @property
    def says(self) -> int | list[int]:
        """What it says that it is: its number, or the first and the last of a group."""
        return self.chunks[0] if len(self.chunks) == 1 else [self.chunks[0], self.chunks[-1]]


def part(chunks: range) -> Part:
    """The part of a chunk or a group."""
    last = f"-{chunks[-1]:07d}" * (len(chunks) > 1)
    return Part(f"{PARTS}/part-{chunks[0]:07d}{last}.parquet", chunks)


def waiting(group: range) -> Part:
    """The part of a group while the parts of its chunks are removed."""
    return Part(part(group).file.replace(PARTS, TMP, 1), group)


def places(cut: Cut, chunk: int) -> tuple[Part, ...]:
    """Where a chunk can be; who looks there in this order misses it at no moment of a merger."""
    group, alone = cut.group(chunk), part(range(chunk, chunk + 1))
    whole = part(group)
    return (alone,) if len(group) == 1 else (whole, alone, waiting(group), whole)


def listed(folder: Path, cut: Cut) -> tuple[dict[int, Part], list[Problem]]:
    """Look through the folder of parts.

    Args:
        folder: Of the dataset.
        cut: Which parts there can be.

    Returns:
        By chunk the part that holds it, and what lies among the parts but is none.

    Raises:
        ScenarioError: The folder cannot be read.
    """
    alone: dict[int, Part] = {}
    whole: dict[int, Part] = {}
    problems: list[Problem] = []
    for entry in _entries(folder):
        name, place = PART.fullmatch(entry.name), f"{PARTS}/{entry.name}"
        first, last = (int(name[1]), int(name[2] or name[1])) if name else (0, 0)
        chunks = range(first, last + 1) if name else range(0)
        if last >= cut.chunks:
            wrong = f"is a part too many: they are numbered from 0 to {cut.chunks - 1}"
            problems.append(Problem(place, wrong))
        elif not _is_part(cut, chunks, place):
            if not NOBODYS.fullmatch(entry.name):
                problems.append(Problem(place, "is no part of this dataset"))
        elif entry.is_symlink() or entry.is_dir():
            what = "link" if entry.is_symlink() else "folder"
            problems.append(Problem(place, f"is a {what}, allowed is a file", chunks))
        else:
            (whole if len(chunks) > 1 else alone).update(dict.fromkeys(chunks, part(chunks)))
    found = alone | whole
    for group in cut.groups():
        if not found.keys() >= set(group) and os.path.lexists(folder / waiting(group).file):
            found = dict.fromkeys(group, waiting(group)) | found
    return dict(sorted(found.items())), problems


def _is_part(cut: Cut, chunks: range, place: str) -> bool:
    """Whether a dataset cut like this can have such a part, under this name."""
    if not chunks or part(chunks).file != place:
        return False
    return len(chunks) == 1 or cut.group(chunks[0]) == chunks


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    """What lies in the folder of parts, in order of names."""
    try:
        with os.scandir(folder / PARTS) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except FileNotFoundError:
        return []
    except OSError as error:
        raise ScenarioError(f"{named(folder)}: {PARTS} cannot be read ({error.strerror})") from None
