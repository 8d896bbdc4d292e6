"""Read TOML and CSV files; whatever is wrong with one ends as a `ScenarioError`."""

import csv
import io
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from kernegotiate.scenario.errors import ScenarioError, did_you_mean


class Rows(list[dict[str, Any]]):
    """Rows of a CSV file that remember where they stood, for messages about them.

    Attributes:
        file: The file, as shown to the user.
        numbers: Row number in the file of each row; the header is row 1.
    """

    def __init__(self, rows: Iterable[dict[str, Any]], file: str, numbers: list[int]) -> None:
        super().__init__(rows)
        self.file = file
        self.numbers = numbers


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
        raise ScenarioError(f"{path}: line {line}: found text that is not UTF-8") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ScenarioError(f"{path}: the file cannot be read ({reason})") from None
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
        raise ScenarioError(f"{path}: the file is empty but for comments")
    return data


def read_csv(path: Path, needed: set[str], known: set[str]) -> Rows:
    """Read a CSV file with a header row and commas between the columns.

    Args:
        path: The file.
        needed: Columns that it must have.
        known: All columns that it may have.

    Returns:
        Text cells by column; blank cells and blank rows are left out.

    Raises:
        ScenarioError: The file cannot be read, or a column or a row does not fit.
    """
    try:
        lines = list(csv.reader(io.StringIO(read_text(path), newline=""), strict=True))
    except csv.Error as error:
        raise ScenarioError(f"{path}: not valid CSV: {error}") from None
    header = [name.strip() for name in lines[0]]
    _check_header(path, header, needed, known)
    rows, numbers = [], []
    for number, line in enumerate(lines[1:], start=2):
        cells = [cell.strip() for cell in line]
        if not any(cells):
            continue
        if len(cells) != len(header):
            raise ScenarioError(
                f"{path}, row {number}: found {len(cells)} cells, "
                f"allowed are {len(header)} as in the header"
            )
        rows.append({name: cell for name, cell in zip(header, cells, strict=True) if cell})
        numbers.append(number)
    if not rows:
        raise ScenarioError(f"{path}: there is no row below the header")
    return Rows(rows, str(path), numbers)


def _check_header(path: Path, header: list[str], needed: set[str], known: set[str]) -> None:
    """Check the column names."""
    missing = sorted(needed - set(header))
    for name in header:
        if name not in known:
            hint = did_you_mean(name, missing or known)
            raise ScenarioError(f"{path}: unknown column '{name}', {hint}")
        if header.count(name) > 1:
            raise ScenarioError(f"{path}: the column '{name}' is given twice")
    if missing:
        found = ", ".join(header)
        raise ScenarioError(
            f"{path}: the column '{missing[0]}' is missing, found the columns {found}"
        )
