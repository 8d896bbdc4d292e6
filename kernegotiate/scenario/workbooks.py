"""Read the one table of an Excel workbook (.xlsx), with openpyxl.

A workbook is a zip archive, of which a few bytes can hold gigabytes: how large it is unpacked is
looked at first.
"""

import datetime as dt
import io
import warnings
import zipfile
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from kernegotiate.scenario.errors import ScenarioError
from kernegotiate.scenario.reading import MB
from kernegotiate.scenario.text import short

Cell = str | int | float | bool
"""What stands in a cell: a text as it is written, or a value that needs no reading."""

MOST_ROWS = 200_000
"""Rows of a table, also blank ones between others that lie far apart."""
MOST_CELLS = 4_000_000
"""Cells of a table."""
_UNPACKED = 100 * MB
_MOST_SHEETS = 50
_OTHERS = {
    "xl/workbook.bin": "an .xlsb workbook",
    "content.xml": "an OpenDocument file, such as an .ods workbook",
    "word/document.xml": "a Word document",
    "Index/Document.iwa": "a Numbers workbook",
}


def read_workbook(
    data: bytes, path: Path, is_known: Callable[[str], bool], depth: int = 1
) -> Iterator[list[Cell]]:
    """Read the rows of the only sheet that holds a table.

    Args:
        data: Content of the file.
        path: The file, for messages.
        is_known: Whether a text is the name of a column; of several sheets the one with some of
            them counts.
        depth: Among so many rows from the top may be the header.

    Returns:
        Cells of row after row from the first on, all rows of one length.

    Raises:
        ScenarioError: It is no workbook or too large, no sheet or several hold a table, or a cell
            has no value.
    """
    _check_archive(data, path)
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():  # of styles and forms that it leaves out
            warnings.simplefilter("ignore")
            values, formulas = (
                load_workbook(io.BytesIO(data), read_only=True, data_only=only, keep_links=False)
                for only in (True, False)
            )
            found = {
                sheet.title: rows
                for sheet in values.worksheets[:_MOST_SHEETS]
                if sheet.sheet_state == "visible" and (rows := _cells(sheet, path))
            }
            tops = {title: _known(rows, is_known, depth) for title, rows in found.items()}
            name = _chosen(tops, path)
            rows = found[name]
            behind = _cells(formulas[name], path)
    except ScenarioError:
        raise
    except Exception as error:  # noqa: BLE001  # whatever openpyxl stumbles over
        told = short(f"{type(error).__name__}: {error}")
        raise ScenarioError(f"{path}: the workbook cannot be read ({told})") from None
    return iter(_read(rows, behind, path))


def _check_archive(data: bytes, path: Path) -> None:
    """Refuse other archives, and what is too large once it is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise ScenarioError(
            f"{path}: found a damaged Excel workbook or other zip archive; "
            "save it again as .xlsx or as CSV UTF-8"
        ) from None
    names = {part.filename for part in parts}
    if "xl/workbook.xml" not in names:
        what = next((what for name, what in _OTHERS.items() if name in names), "a zip archive")
        raise ScenarioError(f"{path}: found {what}; save it as .xlsx or as CSV UTF-8")
    size = sum(part.file_size for part in parts)
    if size > _UNPACKED:
        raise ScenarioError(
            f"{path}: found {size / MB:,.0f} MB once it is unpacked, "
            f"allowed are {_UNPACKED / MB:,.0f} MB"
        )


def _cells(sheet: Any, path: Path) -> list[Sequence[Any]]:
    """Values of a sheet from its first row to the last that has one; no row if all are blank."""
    sheet.reset_dimensions()  # what a file says of its size may be wrong
    rows: list[Sequence[Any]] = []
    last = count = 0
    for row in sheet.iter_rows(values_only=True):
        count += len(row) + 1
        if count > MOST_CELLS or len(rows) >= MOST_ROWS:
            raise ScenarioError(
                f"{path}: sheet '{short(sheet.title)}': found more than {len(rows):,} rows with "
                f"{count:,} cells, allowed are {MOST_ROWS:,} rows and {MOST_CELLS:,} cells"
            )
        rows.append(row)
        if any(value not in (None, "") for value in row):
            last = len(rows)
    return rows[:last]


def _known(rows: Sequence[Sequence[Any]], is_known: Callable[[str], bool], depth: int) -> int:
    """How many columns are known in the row that knows most, among the first that are used."""
    used = (row for row in rows if any(value not in (None, "") for value in row))
    return max(
        sum(is_known(str(value).strip()) for value in row if value is not None)
        for row in islice(used, depth)
    )


def _chosen(tops: dict[str, int], path: Path) -> str:
    """The only sheet with anything on it, or the only one with columns that are known."""
    if not tops:
        raise ScenarioError(f"{path}: the workbook is empty")
    fitting = [title for title, count in tops.items() if count] or list(tops)
    if len(fitting) > 1:
        told = ", ".join(f"'{short(title)}'" for title in fitting)
        raise ScenarioError(
            f"{path}: found a table on {len(fitting)} sheets, {told}, allowed is one"
        )
    return fitting[0]


def _read(
    rows: Sequence[Sequence[Any]], behind: Sequence[Sequence[Any]], path: Path
) -> Iterator[list[Cell]]:
    """Cells of each row, none without a value that should have one."""
    width = max(len(row) for row in rows)
    for number, row in enumerate(rows, start=1):
        cells: list[Cell] = []
        for place, value in enumerate(row):
            where = f"{path}, row {number}, column {place + 1}"
            if isinstance(value, dt.date | dt.time | dt.timedelta):
                raise ScenarioError(
                    f"{where}: found the date {value}, allowed is a number or a text; "
                    "format the cell as a number or a text and type it anew"
                )
            if value is None and _at(behind, number - 1, place) is not None:
                raise ScenarioError(
                    f"{where}: found a formula without its value; "
                    "open the workbook in a spreadsheet program and save it once"
                )
            if isinstance(value, str) and value.startswith("#") and value.rstrip("!?").isupper():
                raise ScenarioError(f"{where}: found the error {short(value)} instead of a value")
            is_plain = isinstance(value, str | int | float)
            cells.append(value if is_plain else "" if value is None else str(value))
        yield cells + [""] * (width - len(cells)) if any(cells) else []


def _at(rows: Sequence[Sequence[Any]], row: int, place: int) -> Any:
    return rows[row][place] if row < len(rows) and place < len(rows[row]) else None
