"""Where compiled code is kept between runs: in a folder that nobody else can write to.

Compiled code is read back as a pickle, which can do anything; so it is read only where nobody else
could have put it. The folder carries a hash of every source file that can end up in compiled code,
since a change in a function that another one calls from another file must not go unseen. Another
source, another folder; the last few are kept. Where there is no such folder, the engine is compiled
anew by every process, and works all the same.
"""

import hashlib
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

import platformdirs
from numba.core import config

ENGINE = Path(__file__).parent
KEPT = 3  # folders, of this version of the engine and the last ones before it
PRIVATE = 0o700
OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH
IN_USE = "in_use"  # a file of each folder; whoever uses the folder holds a shared lock on it


@cache
def source_hash(folder: Path = ENGINE) -> str:
    """Hash of all Python files below `folder`: names and contents, twelve hex digits."""
    digest = hashlib.blake2b(digest_size=6)
    for file in sorted(folder.rglob("*.py")):
        digest.update(file.relative_to(folder).as_posix().encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


@cache
def cache_folder() -> Path | None:
    """The folder for this version of the engine, made if need be; None if there can be none."""
    reasons = []
    for above in _places():
        try:
            folder = _ours(above, f"engine-{source_hash()}")
        except OSError as error:
            reasons.append(f"{above}: {error.strerror or error}")
            continue
        if reasons:
            tell(f"Compiled code is kept in {folder.parent} ({'; '.join(reasons)}).")
        _hold(folder)
        _prune(folder)
        return folder
    why = "; ".join(reasons) or "there is no folder for it"
    tell(f"Compiled code cannot be kept ({why}), so starting takes half a minute longer.")
    return None


def is_warm(entry: str = "ensemble.ensemble") -> bool:
    """Whether a function has been compiled before, so that nobody needs to be told to wait.

    Args:
        entry: Module and function.
    """
    folder = cache_folder()
    return folder is not None and any(folder.glob(f"{entry}-*.nbc"))


@cache
def tell(sentence: str) -> None:
    """Say something about the cache on stderr, once."""
    if sys.stderr is not None:
        sys.stderr.write(f"kernegotiate: {sentence}\n")
        sys.stderr.flush()


def is_safe(found: os.stat_result) -> bool:
    """Whether only this user (or the administrator, who can do anything) may have written this."""
    if sys.platform == "win32":  # a user's own folders are closed to others there
        return True
    return _is_trusted(found) and not found.st_mode & OTHERS_WRITE


def _places() -> Iterator[Path]:
    """Folders to keep ours in, the best first."""
    if config.CACHE_DIR:
        yield Path(config.CACHE_DIR).absolute() / "kernegotiate"
    else:
        with suppress(RuntimeError):  # there is no home
            usual = Path(platformdirs.user_cache_dir("kernegotiate"))
            if usual.is_absolute():
                yield usual
    user = "user" if sys.platform == "win32" else os.getuid()
    try:
        yield Path(tempfile.gettempdir()).absolute() / f"kernegotiate-{user}"
    except OSError:
        return


def _ours(above: Path, name: str) -> Path:
    """The folder `name` in `above`, with all that leads to it made and looked at.

    Raises:
        OSError: It cannot be made, or others could have written to it.
    """
    for folder in reversed((above / name, *(above / name).parents)):
        if not folder.exists():
            folder.mkdir(PRIVATE, exist_ok=True)
    real = Path(os.path.realpath(above)) / name
    found = real.lstat()
    if not stat.S_ISDIR(found.st_mode):
        raise NotADirectoryError(None, f"{real} is not a folder of its own")
    if sys.platform == "win32":
        return real
    links = (folder for folder in (above, *above.parents) if folder.is_symlink())
    for place in (*links, *real.parents):
        if not _is_fixed(place.lstat()):
            raise PermissionError(None, f"others may write to {place}")
    if not is_safe(found):
        raise PermissionError(None, f"others may write to {real}")
    if found.st_uid == os.getuid() and stat.S_IMODE(found.st_mode) != PRIVATE:
        real.chmod(PRIVATE)
    return real


def _is_trusted(found: os.stat_result) -> bool:
    """Whether this belongs to the user or the administrator."""
    return sys.platform != "win32" and found.st_uid in (os.getuid(), 0)


def _is_fixed(found: os.stat_result) -> bool:
    """Whether nobody else can put another folder in the place of one that this folder holds."""
    if not _is_trusted(found):
        return False
    if stat.S_ISLNK(found.st_mode) or found.st_mode & stat.S_ISVTX:
        return True  # a link cannot be changed; in /tmp only its owner may rename a folder
    if found.st_mode & stat.S_IWOTH:
        return False
    return not found.st_mode & stat.S_IWGRP or _is_private_group(found.st_gid)


def _is_private_group(number: int) -> bool:
    """Whether a group is that of this user alone, as many systems give each user one."""
    if sys.platform == "win32":
        return False
    import grp
    import pwd

    try:
        user, group = pwd.getpwuid(os.getuid()), grp.getgrgid(number)
    except KeyError:
        return False
    alone = user.pw_gid == number and group.gr_name == user.pw_name
    return alone and set(group.gr_mem) <= {user.pw_name}


@cache
def _hold(folder: Path) -> None:
    """Keep others from pruning the folder, until this process ends."""
    try:
        file = os.open(folder / IN_USE, os.O_RDWR | os.O_CREAT, 0o600)
        os.utime(folder)
        _lock(file, alone=False)
    except OSError:
        return  # it cannot be written, so it will not be pruned


def _lock(file: int, *, alone: bool) -> None:
    """Lock a file without waiting. On Windows that it is open is lock enough.

    Raises:
        OSError: Somebody else holds it.
    """
    if sys.platform == "win32":
        return
    import fcntl

    fcntl.flock(file, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)


def _prune(current: Path) -> None:
    """Remove the folders of older versions that nobody uses, but the latest."""
    try:
        found = [
            (entry.stat().st_mtime, Path(entry.path))
            for entry in os.scandir(current.parent)
            if entry.name.startswith("engine-") and entry.is_dir(follow_symlinks=False)
        ]
    except OSError:
        return
    older = [folder for _, folder in sorted(found, reverse=True) if folder != current]
    for folder in older[KEPT - 1 :]:
        try:
            file = os.open(folder / IN_USE, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError:
            continue
        try:
            _lock(file, alone=True)
        except OSError:
            continue
        finally:
            os.close(file)
        shutil.rmtree(folder, ignore_errors=True)
