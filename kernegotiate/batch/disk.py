"""Files that are there whole or not at all, whatever kills whoever writes them."""

from __future__ import annotations

import errno
import os
import re
import shutil
import stat
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from kernegotiate.batch.place import named
from kernegotiate.scenario import ScenarioError

if os.name == "posix":
    import fcntl

HALF = re.compile(r"\.[0-9a-f]{32}\.half")
"""Name of a file that is being written."""
DAY = 86_400.0  # s, after which a half-written file is nobody's where locks are not known
TRIES = 5
EXHAUSTED = {errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.ENOBUFS, errno.EAGAIN}
"""What says something of the machine and nothing of a file."""


class UnfitError(Exception):
    """A file cannot be what it should be; says why in half a sentence, such as `is empty`."""


class MissingError(UnfitError):
    """A file is not there."""


@contextmanager
def saying(folder: Path, what: str) -> Iterator[None]:
    """Turn what the system refuses (no space, no right, no folder) into a sentence.

    Args:
        folder: Which the sentence is about.
        what: Such as `cannot be written`.

    Raises:
        ScenarioError: The system refused.
    """
    try:
        yield
    except OSError as error:
        raise ScenarioError(f"{named(folder)}: {what} ({error.strerror or error})") from None


def put(target: Path, data: bytes, scratch: Path | None = None) -> None:
    """Write a file: afterwards it is there whole and on disk, or as it was before.

    Args:
        target: The file; a link is followed.
        data: Its contents.
        scratch: Folder for what is half-written, in the same file system; that of the target by
            default.

    Raises:
        OSError: It cannot be written.
    """
    target = Path(os.path.realpath(target))
    for left in reversed(range(TRIES)):
        with _half(scratch or target.parent, data) as half:
            try:
                half.replace(target)
                break
            except FileNotFoundError:  # swept by a process that saw no lock on it
                if not left or half.exists() or not half.parent.exists():
                    raise
    settle(target.parent)


def put_folder(target: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder: afterwards it holds them all, or none of them.

    All are written and on disk before the first takes its place, so that no lack of space can come
    between them; a process killed in those few moments may leave some of the new files.

    Args:
        target: The folder, made if need be; other files in it stay.
        files: Contents by name.

    Raises:
        OSError: They cannot be written.
    """
    target.mkdir(parents=True, exist_ok=True)
    scratch = target / f".{uuid.uuid4().hex}.half"
    try:
        scratch.mkdir()
        for name, data in files.items():
            put(scratch / name, data)
        for name in files:
            (scratch / name).replace(target / name)
        settle(target)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def create(target: Path, data: bytes, scratch: Path) -> bool:
    """Write a file unless it is there; whether this call has written it.

    Raises:
        OSError: It cannot be written.
    """
    with _half(scratch, data) as half:
        try:
            os.link(half, target)  # unlike a rename, never over another one
        except FileExistsError:
            return False
        except OSError:  # a file system without links, or swept
            if target.exists():
                return False
            put(target, data, scratch)
    settle(target.parent)
    return True


def probe(folder: Path) -> None:
    """See whether a file can be written in a folder.

    Raises:
        OSError: It cannot.
    """
    with _half(folder, b"0"):
        pass


def sweep(scratch: Path) -> None:
    """Remove what killed processes left half-written; never what somebody is writing.

    Whoever writes holds a lock on the file, which goes with the process. Where locks do not reach
    (another machine, some file systems) a file may be taken from its writer, who notices (`put`).
    """
    with suppress(OSError):
        for path in scratch.iterdir():
            if HALF.fullmatch(path.name) and _abandoned(path):
                with suppress(OSError):
                    path.unlink()


def read(path: Path, most: int) -> bytes:
    """Read an ordinary file.

    Args:
        path: The file; links are not followed.
        most: Bytes that it can have at most; no more are ever read.

    Raises:
        UnfitError: It is missing, no file, too long, or withheld by the system.
        OSError: The system cannot read at all, as when handles are exhausted.
    """
    try:
        state = path.lstat()
        if wrong := _kind(state.st_mode):
            raise UnfitError(wrong)
        if state.st_size > most:
            raise UnfitError(f"has {state.st_size:,} bytes, more than it can have")
        with path.open("rb") as file:
            return file.read(state.st_size)
    except (FileNotFoundError, NotADirectoryError):
        raise MissingError("is missing") from None
    except OSError as error:
        if error.errno in EXHAUSTED:
            raise
        raise UnfitError(f"cannot be read ({error.strerror})") from None


def settle(folder: Path) -> None:
    """Force the names in a folder to disk, where the system can."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def _half(folder: Path, data: bytes) -> Iterator[Path]:
    """Write and force to disk under a name that nobody else uses; held until it is moved."""
    path = folder / f".{uuid.uuid4().hex}.half"
    try:
        with path.open("xb") as file:
            _hold(file)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            if os.name != "posix":  # where an open file cannot be moved
                file.close()
            yield path
    finally:
        with suppress(OSError):
            path.unlink()


def _hold(file: BinaryIO) -> None:
    """Lock a file that is being written, where locks are known."""
    if os.name == "posix":
        with suppress(OSError):
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


def _abandoned(path: Path) -> bool:
    """Whether nobody is writing a file any more."""
    try:
        if os.name == "posix":
            with path.open("r+b") as file:
                fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
    except (BlockingIOError, PermissionError, FileNotFoundError):
        return False
    except OSError:  # no locks here
        pass
    with suppress(OSError):
        return time.time() - path.stat().st_mtime > DAY
    return False


def _kind(mode: int) -> str:
    """What is wrong with something that should be an ordinary file; "" if it is one."""
    if stat.S_ISLNK(mode):
        return "is a link, allowed is a file"
    if stat.S_ISDIR(mode):
        return "is a folder, allowed is a file"
    return "" if stat.S_ISREG(mode) else "is no ordinary file"
