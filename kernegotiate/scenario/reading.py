"""Read TOML and CSV files; whatever is wrong with one ends as a `ScenarioError`."""

import csv
import tomllib
from pathlib import Path
from typing import Any

from kernegotiate.scenario.errors import ScenarioError, did_you_mean


def read_text(path: Path) -> str:
    """Read a UTF-8 text file that is not empty.

    Args:
        path: The file.

    Returns:
        Its text, without a byte order mark.

    Raises:
        ScenarioError: There is no such file, or it is a folder, empty or not UTF-8.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise ScenarioError(f"{path}: there is no such file") from None
    except IsADirectoryError:
        raise ScenarioError(f"{path}: found a folder, allowed is a file") from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise ScenarioError(
            f"{path}: line {line} is not UTF-8 text, save the file as UTF-8"
        ) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ScenarioError(f"{path}: cannot be read ({reason})") from None
    if not text.strip():
        raise ScenarioError(f"{path}: the file is empty")
    return text


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file.

    Args:
        path: The file.

    Returns:
        Its tables.

    Raises:
        ScenarioError: The file cannot be read, is no TOML or says nothing.
    """
    try:
        data = tomllib.loads(read_text(path))
    except tomllib.TOMLDecodeError as error:
        raise ScenarioError(f"{path}: not valid TOML: {error}") from None
    except RecursionError:
        raise ScenarioError(f"{path}: not valid TOML: nested too deeply") from None
    if not data:
        raise ScenarioError(f"{path}: the file is empty")
    return data


def read_csv(path: Path, needed: set[str], known: set[str]) -> list[tuple[int, dict[str, str]]]:
    """Read a CSV file with a header row and commas between the columns.

    Args:
        path: The file.
        needed: Columns that it must have.
        known: All columns that it may have.

    Returns:
        Row number (the header is row 1) and cells by column, without blank cells and rows.

    Raises:
        ScenarioError: The file cannot be read, or a column or a row does not fit.
    """
    try:
        rows = list(csv.reader(read_text(path).splitlines(keepends=True), strict=True))
    except csv.Error as error:
        raise ScenarioError(f"{path}: not valid CSV: {error}") from None
    header = [name.strip() for name in rows[0]]
    _check_header(path, header, needed, known)
    table = []
    for number, cells in enumerate(rows[1:], start=2):
        values = [cell.strip() for cell in cells]
        if not any(values):
            continue
        if len(values) != len(header):
            raise ScenarioError(
                f"{path}, row {number}: found {len(values)} cells, allowed are {len(header)} as in the header"
            )
        row = {name: value for name, value in zip(header, values, strict=True) if value}
        table.append((number, row))
    if not table:
        raise ScenarioError(f"{path}: there is no row below the header")
    return table


def _check_header(path: Path, header: list[str], needed: set[str], known: set[str]) -> None:
    """Check the column names."""
    missing = sorted(needed - set(header))
    if missing:
        raise ScenarioError(
            f"{path}: the column '{missing[0]}' is missing, found the columns {', '.join(header)}"
        )
    for name in header:
        if name not in known:
            raise ScenarioError(f"{path}: unknown column '{name}', {did_you_mean(name, known)}")
        if header.count(name) > 1:
            raise ScenarioError(f"{path}: the column '{name}' is given twice")
