"""Small parts put together: one file for a group of chunks, once all of them are there.

At every moment each row is in exactly one place that other programs look into, or none, and what
is in none lies whole in another place, so that nothing is lost whatever is killed:

1. the group is written to `tmp/`, whole and on disk;
2. the parts of its chunks are removed, so that no row is ever seen twice in `parts/`;
3. the group takes its place in `parts/` by a rename.

Whoever comes next goes on where a killed process stopped. Processes that do so side by side write
the same bytes under the same names, so each step may be done by any of them, and twice.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from kernegotiate.batch import disk
from kernegotiate.batch.listing import Part, part, waiting

Sound = Callable[[Part], bool]


def merge(folder: Path, group: range, sound: Sound, make: Callable[[], bytes]) -> None:
    """Put a group together of which all chunks are there, in whatever state it is.

    Args:
        folder: Of the dataset.
        group: Its chunks.
        sound: Whether a part is there as it was written.
        make: The file of the group, from the parts of its chunks.

    Raises:
        OSError: It cannot be written.
    """
    whole, half = part(group), waiting(group)
    if sound(whole):
        # What a process left that was killed, or did a chunk again without knowing of the group.
        _remove(folder, [half, *_alone(group)])
        return
    if not sound(half):
        disk.put(folder / half.file, make())
    _remove(folder, _alone(group))
    disk.settle((folder / whole.file).parent)  # no part comes back after a loss of power
    with suppress(FileNotFoundError):  # another process did
        (folder / half.file).replace(folder / whole.file)
    disk.settle((folder / whole.file).parent)


def _alone(group: range) -> Iterable[Part]:
    """The parts of single chunks."""
    return (part(range(chunk, chunk + 1)) for chunk in group)


def _remove(folder: Path, parts: Iterable[Part]) -> None:
    for one in parts:
        with suppress(FileNotFoundError):
            os.unlink(folder / one.file)  # noqa: PTH108 (a kill is tried at each such call)
