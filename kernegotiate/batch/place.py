"""Where results go: what a user gives as a name, as a path of this machine."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import unquote_to_bytes

from kernegotiate.scenario import ScenarioError

ADDRESS = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")  # two letters or more: C:// is a drive
SINGLE = re.compile(r"(s3a?|gs|gcs|az|adl|abfss?|hdfs|https?|s?ftp|ssh|file):/", re.IGNORECASE)
"""Addresses that a `Path` has robbed of a slash."""
MOST = 120  # characters of a name in a sentence


def local(place: str | os.PathLike[str]) -> Path:
    """Read what a user gives as the name of a folder or a file that will be written.

    Any name that the system can bear is a name, ``exp:2`` too. A leading ``~`` is somebody's home,
    as in a shell; ``file://`` is honoured. Other addresses are refused: a bucket has no rename, no
    link and no lock that hold everywhere, so a dataset there could not keep its promises.

    Raises:
        ScenarioError: It is empty, the address of something else, or nobody's home.
    """
    text = os.fspath(place)
    if not text or "\0" in text:
        raise ScenarioError(f"found the name {text!r}, allowed is a folder or file to write")
    if found := ADDRESS.match(text) or SINGLE.match(text):
        if found[1].lower() != "file":
            raise ScenarioError(
                f"{named(text)}: found an address ({found[1]}), allowed is a place in this "
                "machine's file system; write there and copy it, or mount the store first"
            )
        return _of_address(text, text[found.end() :], bare=not ADDRESS.match(text))
    if isinstance(place, str) and text.startswith("~"):
        try:
            return Path(text).expanduser()
        except RuntimeError:
            raise ScenarioError(f"{named(text)}: there is no such user's home") from None
    return Path(text)


def named(place: str | os.PathLike[str]) -> str:
    """A name as it is put into a sentence: on one line, and not endless."""
    text = "".join(one if one.isprintable() else repr(one)[1:-1] for one in os.fspath(place))
    return text if len(text) <= MOST else f"{text[: MOST // 2]}...{text[-MOST // 2 :]}"


def _of_address(text: str, rest: str, *, bare: bool) -> Path:
    """The path of an address such as ``file:///home/me/a%20b``."""
    host, slash, path = ("", "/", rest) if bare else rest.partition("/")
    if host.lower() not in {"", "localhost"} or not slash or not path.strip("/"):
        raise ScenarioError(f"{named(text)}: allowed is file:///, followed by a path from the root")
    return Path(os.fsdecode(unquote_to_bytes(f"/{path.lstrip('/')}")))
