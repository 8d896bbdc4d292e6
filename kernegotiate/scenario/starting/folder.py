"""Write the files of a start, never over anybody's own."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from kernegotiate.scenario.errors import ScenarioError


def check_free(folder: Path, *, force: bool = False) -> None:
    """Refuse a folder in which something would be lost.

    Args:
        folder: To be written into.
        force: Whether it may hold files.

    Raises:
        ScenarioError: It is a file, or holds files.
    """
    try:
        if folder.exists() and not folder.is_dir():
            raise ScenarioError(f"{folder}: found a file, allowed is a new or empty folder")
        held = sorted(one.name for one in folder.iterdir()) if folder.exists() else []
    except OSError as error:
        raise ScenarioError(f"{folder}: cannot be read ({error.strerror or error})") from None
    if held and not force:
        raise ScenarioError(
            f"{folder}: found '{held[0]}' in it, allowed is a new or empty folder; "
            "--force writes over the files of a former start"
        )


def check_spared(source: Path, folder: Path, names: Iterable[str]) -> None:
    """Refuse to write over what is read.

    Args:
        source: A file that is read.
        folder: To be written into.
        names: Of the files that are written.

    Raises:
        ScenarioError: It would be one of them.
    """
    try:
        lost = source.exists() and any(
            source.samefile(folder / name) for name in names if (folder / name).exists()
        )
    except OSError as error:
        raise ScenarioError(f"{source}: cannot be read ({error.strerror or error})") from None
    if lost:
        raise ScenarioError(f"{source}: would be written over; begin in another folder")


def check_new(path: Path, *, force: bool = False) -> None:
    """Refuse a file that is there already, or that is none.

    Raises:
        ScenarioError: It is there, or is a folder.
    """
    if path.is_dir():
        raise ScenarioError(f"{path}: found a folder, allowed is a file")
    if path.exists() and not force:
        raise ScenarioError(f"{path}: the file is there already; --force writes over it")


def write_all(folder: Path, texts: Mapping[str, str]) -> tuple[Path, ...]:
    """Write texts into a folder, which is made if need be.

    Args:
        folder: The folder.
        texts: By name of the file.

    Returns:
        The files.

    Raises:
        ScenarioError: A file cannot be written.
    """
    files = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            path = folder / name
            path.write_text(text, encoding="utf-8", newline="\n")
            files.append(path)
    except OSError as error:
        raise ScenarioError(f"{folder}: cannot be written ({error.strerror or error})") from None
    return tuple(files)
