"""Read files into text; whatever is wrong with one ends as a `ScenarioError`.

A file is looked at before it is read: pipes and devices never end, and what is larger than any
study needs is refused by its size.
"""

import codecs
import errno
import os
import re
import stat
import tomllib
from pathlib import Path
from typing import Any

from kernegotiate.scenario.errors import ScenarioError
from kernegotiate.scenario.text import composed

MB = 1_000_000
_MOST_TOML = 1 * MB  # the longest experiment that comes along has 4 kB
_MOST_LINE = 20_000  # letters
_DEEP = re.compile(  # a dotted key of 50 parts; reading it takes their square, or cube
    r"""(?<![\w-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){50}"""
)
_SPECIAL = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)
_MARKS = (  # those of UTF-32 begin with those of UTF-16
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
ZIP = b"PK\x03\x04"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FORMATS = (
    (ZIP, "a zip archive, such as an Excel workbook"),
    (OLD_OFFICE, "an old Office file, such as an .xls workbook"),
    (b"%PDF-", "a PDF"),
    (b"\x1f\x8b", "a file packed with gzip"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3", "a database, such as a GeoPackage"),
    (b"\x00\x00\x27\x0a", "a shapefile"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
)
_PAGES = ("<!doctype", "<html", "<table", "<?xml", "<kml")


def read_bytes(path: Path, most: int) -> bytes:
    """Read a file of bounded size.

    Args:
        path: The file.
        most: Bytes that it may have.

    Returns:
        Its content.

    Raises:
        ScenarioError: There is no such file, it is no ordinary one, too large or unreadable.
    """
    path = existing(path)
    size = size_of(path)
    if size <= most:
        flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
        try:  # not to wait should a pipe have taken the file's place
            with os.fdopen(os.open(path, flags), "rb") as file:
                data = file.read(most + 1)
                if data is None:  # a source that would have to be waited for
                    raise BlockingIOError(errno.EAGAIN, "it has nothing to read")
        except (OSError, ValueError) as error:
            raise _unreadable(path, error) from None
        if len(data) <= most:  # as of files that tell no size, or grow
            return data
    raise ScenarioError(
        f"{path}: found {f'{size:,}' if size > most else 'more'} bytes, allowed are {most:,}"
    )


def size_of(path: Path) -> int:
    """Bytes of an ordinary file, as far as its folder tells.

    Raises:
        ScenarioError: There is no such file, or it is a folder, a pipe, a device, ...
    """
    try:
        found = path.stat()
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from None
    for is_it, what in _SPECIAL:
        if is_it(found.st_mode):
            raise ScenarioError(f"{path}: found {what}, allowed is a file")
    return found.st_size


def _unreadable(path: Path, error: Exception) -> ScenarioError:
    if isinstance(error, FileNotFoundError):
        return ScenarioError(f"{path}: there is no such file")
    reason = getattr(error, "strerror", None) or error
    return ScenarioError(f"{path}: the file cannot be read ({reason})")


def existing(path: Path) -> Path:
    """The path, or that of the file whose name is the same but for how accents are stored.

    Some systems part letters and accents in the names of files, and archives carry them on.
    """
    try:
        if path.exists() or path.name.isascii():
            return path
        alike = [one for one in path.parent.iterdir() if composed(one.name) == composed(path.name)]
    except (OSError, ValueError):
        return path
    return alike[0] if len(alike) == 1 else path


def text_of(data: bytes, path: Path) -> str:
    """Decode the content of a text file that is not empty.

    Args:
        data: Bytes in UTF-8, or in UTF-16 or UTF-32 if they begin with a byte order mark.
        path: For the message.

    Returns:
        Its text, without a byte order mark.

    Raises:
        ScenarioError: It is empty, or no such text.
    """
    if what := format_of(data):
        raise ScenarioError(f"{path}: found {what}, allowed is a text file")
    mark, code = next((one for one in _MARKS if data.startswith(one[0])), (b"", "utf-8"))
    try:
        text = data[len(mark) :].decode(code)
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise ScenarioError(
            f"{path}: line {line}: found text that is not UTF-8; save the file with the encoding "
            "UTF-8 (in Excel: 'CSV UTF-8')"
        ) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise ScenarioError(f"{path}: line {line}: found a NUL character, allowed is text in UTF-8")
    if not text.strip():
        raise ScenarioError(f"{path}: the file is empty")
    return text


def format_of(data: bytes) -> str:
    """What a file is that is no text, by how it begins; "" if nothing tells."""
    for start, what in _FORMATS:
        if data.startswith(start):
            return what
    head = data[:100].lstrip(codecs.BOM_UTF8 + b" \t\r\n").lower()
    return "a web page or XML" if head.startswith(tuple(map(str.encode, _PAGES))) else ""


def read_text(path: Path, most: int) -> str:
    """Read a text file that is not empty; see `read_bytes` and `text_of`."""
    return text_of(read_bytes(path, most), path)


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file.

    Args:
        path: The file.

    Returns:
        Its tables.

    Raises:
        ScenarioError: The file cannot be read, is no TOML or says nothing.
    """
    text = read_text(path, _MOST_TOML)
    if "\n" not in text:
        text = text.replace("\r", "\n")
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > _MOST_LINE:
            raise ScenarioError(
                f"{path}: line {number}: found {len(line):,} letters, allowed are {_MOST_LINE:,}"
            )
    deep = ScenarioError(f"{path}: not valid TOML: nested too deeply")
    if _DEEP.search(text):
        raise deep
    try:
        data = tomllib.loads(text)
    except RecursionError:
        raise deep from None
    except ValueError as error:  # also of a whole number of some thousand digits
        raise ScenarioError(f"{path}: not valid TOML: {error}") from None
    if not data:
        raise ScenarioError(f"{path}: the file is empty but for comments")
    return data
