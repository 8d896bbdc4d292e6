"""The key that lets a room in: in the link, then in a cookie that only the browser can read."""

import hashlib
import hmac
import os
import secrets
import stat
import time
from contextlib import suppress
from pathlib import Path

from platformdirs import user_state_path

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another when read aloud
GROUPS, EACH = 3, 4  # 59 bits
KEPT = 12 * 3600  # seconds for which a window that is started again keeps its key


def new_key() -> str:
    """A key that nobody can guess, short enough to be typed: "k7mq-3xtd-9fwe"."""
    letters = ["".join(secrets.choice(LETTERS) for _ in range(EACH)) for _ in range(GROUPS)]
    return "-".join(letters)


def same(given: str, key: str) -> bool:
    """Whether what somebody typed is the key; how long it takes tells nothing."""
    return hmac.compare_digest(_bare(given), _bare(key))


def cookie_of(key: str) -> str:
    """What a browser keeps in place of the key."""
    return hmac.new(key.encode(), b"window of kernegotiate", hashlib.sha256).hexdigest()


def kept_key(port: int, folder: Path | None = None) -> str:
    """The key of the window at a port: the one it had today, so that pages come back to it.

    It is kept where only its owner can read it; where that cannot be, each start has its own.

    Args:
        port: Of the window.
        folder: Where to keep it; usually the user's folder for such things.
    """
    place = (folder or user_state_path("kernegotiate")) / f"key-{port}"
    with suppress(OSError, ValueError):
        return _read(place)
    key = new_key()
    with suppress(OSError):
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        place.unlink(missing_ok=True)
        with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(key)
    return key


def _read(place: Path) -> str:
    """A key of ours that is not too old.

    Raises:
        OSError: There is none, or it cannot be read.
        ValueError: It is old, somebody else's, or no key.
    """
    with os.fdopen(os.open(place, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))) as file:
        about = os.fstat(file.fileno())
        ours = os.name == "nt" or (
            about.st_uid == os.getuid() and not stat.S_IMODE(about.st_mode) & 0o077
        )
        key = file.read(64)
    parts = key.split("-")
    formed = len(parts) == GROUPS and all(
        len(part) == EACH and set(part) <= set(LETTERS) for part in parts
    )
    if not (ours and formed and 0 <= time.time() - about.st_mtime < KEPT):
        raise ValueError(place)
    return key


def _bare(key: str) -> bytes:
    return "".join(key.lower().split()).replace("-", "").encode("utf-8", "replace")
