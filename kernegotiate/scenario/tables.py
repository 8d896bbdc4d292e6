"""Read tables as people have them: what parts the cells, which row is the header, what to skip.

Spreadsheet programs and statistics packages write semicolons or tabs, a line `sep=;`, blank rows
above the header, empty columns behind the last and a first column that only counts. None of that
changes what a table says. What could be read in two ways is refused.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from kernegotiate.scenario.errors import ScenarioError, did_you_mean
from kernegotiate.scenario.reading import MB, OLD_OFFICE, ZIP, read_bytes, text_of
from kernegotiate.scenario.text import composed, short, shown
from kernegotiate.scenario.workbooks import MOST_CELLS, MOST_ROWS, Cell, read_workbook

MOST_BYTES = 32 * MB
MOST_COLUMNS = 300
_WIDEST = 20_000  # cells of a row that may be blank; those of spreadsheet programs have 16,384
_SEPARATORS = ",;\t|"
_SEP = re.compile(r'[\r\n]*"?sep=(?P<mark>[^\r\n"])?[;,\t ]*"?(\r\n|\r|\n)', re.IGNORECASE)
_HINT = "save it as .xlsx or as CSV UTF-8"


class Rows(list[dict[str, Any]]):
    """Rows of a table that remember where they stood, for messages about them.

    Attributes:
        file: The file, as shown to the user.
        numbers: Row number in the file of each row; the first row of the file is row 1.
        columns: Names of all columns, also of those whose cells are blank.
    """

    def __init__(
        self,
        rows: Iterable[dict[str, Any]],
        file: str,
        numbers: Sequence[int],
        columns: Sequence[str],
    ) -> None:
        super().__init__(rows)
        self.file = file
        self.numbers = numbers
        self.columns = columns


def read_rows(path: Path, needed: set[str], known: set[str]) -> Rows:
    """Read a table with a header row: a CSV file, or a sheet of an Excel workbook (.xlsx).

    Args:
        path: The file.
        needed: Columns that it must have.
        known: All columns that it may have.

    Returns:
        Cells by column, texts without outer blanks; blank cells and blank rows are left out.

    Raises:
        ScenarioError: The file cannot be read, or a column or a row does not fit.
    """
    data = read_bytes(path, MOST_BYTES)
    if data.startswith(OLD_OFFICE):
        raise ScenarioError(f"{path}: found an old .xls workbook, or a locked one; {_HINT}")
    if data.startswith(ZIP):
        lines = read_workbook(data, path, known)
    else:
        lines = _parted(text_of(data, path), known)
    return _rows(_bounded(lines, path), path, needed, known)


def _parted(text: str, known: set[str]) -> Iterator[list[Cell]]:
    """The rows of a text, parted by what its header is parted by."""
    if told := _SEP.match(text):
        yield from [[]] * (told[0].count("\n") or 1)  # keeps the numbers of rows
        separator = told["mark"] or "\t"
        text = text[told.end() :]
    else:
        separator = _separator(text, known)
    yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)


def _separator(text: str, known: set[str]) -> str:
    """What parts the header into the most columns that are known, or else into the most."""

    def fit(separator: str) -> tuple[int, int]:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        try:
            header = next((line for line in reader if any(cell.strip() for cell in line)), [])
        except csv.Error:  # told when the rows are read
            return 0, 0
        names = [_name(cell) for cell in header]
        return sum(name in known for name in names), len(names)

    return max(_SEPARATORS, key=fit)


def _bounded(lines: Iterator[list[Cell]], path: Path) -> list[list[Cell]]:
    """All rows, blank ones without cells; refused as soon as they are too many or too wide."""
    found: list[list[Cell]] = []
    count = 0
    try:
        for line in lines:
            used = len(line) if len(line) <= _WIDEST else 0
            cells = [cell.strip() if isinstance(cell, str) else cell for cell in line[:used]]
            while used and cells[used - 1] == "":
                used -= 1
            if used > MOST_COLUMNS or len(line) > _WIDEST:
                raise ScenarioError(
                    f"{path}, row {len(found) + 1}: found {used or len(line):,} cells, "
                    f"allowed are {MOST_COLUMNS}"
                )
            found.append(cells[:MOST_COLUMNS] if used else [])
            count += used
            if len(found) > MOST_ROWS or count > MOST_CELLS:
                raise ScenarioError(
                    f"{path}: found more than {len(found) - 1:,} rows with {count:,} cells, "
                    f"allowed are {MOST_ROWS:,} rows and {MOST_CELLS:,} cells"
                )
    except csv.Error as error:
        raise ScenarioError(f"{path}: not valid CSV: {error}") from None
    return found


def _rows(lines: list[list[Cell]], path: Path, needed: set[str], known: set[str]) -> Rows:
    """Rows by column, with the places where they stood."""
    top = next((place for place, cells in enumerate(lines) if cells), None)
    if top is None:
        raise ScenarioError(f"{path}: the table is empty")
    header = [_name(cell) for cell in lines[top]]
    below = [(number, cells) for number, cells in enumerate(lines[top + 1 :], top + 2) if cells]
    if _counts(header, below):
        header[0] = ""
        below = [(number, ["", *cells[1:]]) for number, cells in below if any(cells[1:])]
    _check_header(path, header, needed, known)
    rows, numbers = [], []
    for number, cells in below:
        _check_row(f"{path}, row {number}", header, cells)
        pairs = zip(header, cells, strict=False)
        rows.append({name: cell for name, cell in pairs if name and cell != ""})
        numbers.append(number)
    if not rows:
        raise ScenarioError(f"{path}: there is no row below the header")
    return Rows(rows, str(path), numbers, list(filter(None, header)))


def _name(cell: Cell) -> str:
    return composed(" ".join(str(cell).split()))


def _counts(header: Sequence[str], below: Sequence[tuple[int, Sequence[Cell]]]) -> bool:
    """Whether the first column has no name and counts the rows from 0 or 1, as pandas and R do."""
    if header[0] not in ("", "Unnamed: 0") or not below:
        return False
    found = [str(cells[0]) for _, cells in below]
    return any(
        found == [str(number) for number in range(start, start + len(found))] for start in (0, 1)
    )


def _check_header(path: Path, header: list[str], needed: set[str], known: set[str]) -> None:
    """Check the column names."""
    missing = sorted(needed - set(header))
    for name in filter(None, header):
        if name not in known:
            hint = did_you_mean(name, missing or known)
            raise ScenarioError(f"{path}: unknown column '{short(name)}', {hint}")
        if header.count(name) > 1:
            raise ScenarioError(f"{path}: the column '{name}' is given twice")
    if missing:
        found = ", ".join(filter(None, header))
        raise ScenarioError(
            f"{path}: the column '{missing[0]}' is missing, found the columns {found}"
        )


def _check_row(where: str, header: list[str], cells: list[Cell]) -> None:
    """Check that each cell of a row has a column, and each column its cell.

    Cells of columns without a name may be there or not, as long as they are blank.
    """
    columns = max((place for place, name in enumerate(header, 1) if name), default=0)
    used = max(place for place, cell in enumerate(cells, 1) if cell != "")
    if len(cells) < columns or used > len(header):
        raise ScenarioError(
            f"{where}: found {len(cells)} cells, allowed are {columns} as in the header"
        )
    for name, cell in zip(header, cells, strict=False):
        if not name and cell != "":
            raise ScenarioError(f"{where}: found {shown(cell)} in a column without a name")
