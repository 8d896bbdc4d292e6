"""Read tables as people have them: what parts the cells, which row is the header, what to skip.

Spreadsheet programs and statistics packages write semicolons or tabs, a line `sep=;`, blank rows
above the header, empty columns behind the last and a first column that only counts. None of that
changes what a table says. What could be read in two ways is refused.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from kernegotiate.scenario.errors import ScenarioError, close_to, did_you_mean, is_slip_of
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
        unused: Names of further columns, such as notes, whose cells are not among the rows.
    """

    def __init__(
        self,
        rows: Iterable[dict[str, Any]],
        file: str,
        numbers: Sequence[int],
        columns: Sequence[str],
        unused: Sequence[str] = (),
    ) -> None:
        super().__init__(rows)
        self.file = file
        self.numbers = numbers
        self.columns = columns
        self.unused = unused


def read_rows(path: Path, needed: set[str], known: set[str], *, others: bool = False) -> Rows:
    """Read a table with a header row: a CSV file, or a sheet of an Excel workbook (.xlsx).

    Args:
        path: The file.
        needed: Columns that it must have.
        known: All columns that are read.
        others: Whether it may have other columns, such as notes and sources; one whose name is a
            slip of a known one is refused all the same.

    Returns:
        Cells by column, texts without outer blanks; blank cells and blank rows are left out.

    Raises:
        ScenarioError: The file cannot be read, or a column or a row does not fit.
    """

    def settle(header: list[str]) -> Sequence[str]:
        return _unused(path, header, needed, known, others=others)

    lines = read_lines(path, known.__contains__)
    return body(lines, first_used(lines, path), path, settle)


def read_lines(path: Path, is_known: Callable[[str], bool], depth: int = 1) -> list[list[Cell]]:
    """Read all rows of a table as they stand, blank ones without cells.

    Args:
        path: A CSV file or an Excel workbook.
        is_known: Whether a text is the name of a column; tells separators and sheets apart.
        depth: Among so many rows from the top may be the header.

    Raises:
        ScenarioError: The file cannot be read, is no table or too large.
    """
    data = read_bytes(path, MOST_BYTES)
    if data.startswith(OLD_OFFICE):
        raise ScenarioError(f"{path}: found an old .xls workbook, or a locked one; {_HINT}")
    if data.startswith(ZIP):
        lines = read_workbook(data, path, is_known, depth)
    else:
        lines = _parted(text_of(data, path), is_known, depth)
    return _bounded(lines, path)


def _parted(text: str, is_known: Callable[[str], bool], depth: int) -> Iterator[list[Cell]]:
    """The rows of a text, parted by what its header is parted by."""
    if told := _SEP.match(text):
        yield from [[]] * (told[0].count("\n") or 1)  # keeps the numbers of rows
        separator = told["mark"] or "\t"
        text = text[told.end() :]
    else:
        separator = _separator(text, is_known, depth)
    yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)


def _separator(text: str, is_known: Callable[[str], bool], depth: int) -> str:
    """What parts the header into the most columns that are known, or else into the most."""

    def fit(separator: str) -> tuple[int, int]:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        used = (line for line in reader if any(cell.strip() for cell in line))
        try:
            tops = [[name_of(cell) for cell in line] for line in islice(used, depth)]
        except csv.Error:  # told when the rows are read
            return 0, 0
        return max(((sum(map(is_known, names)), len(names)) for names in tops), default=(0, 0))

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


def first_used(lines: list[list[Cell]], path: Path) -> int:
    """Place of the first row that is not blank, which is the header.

    Raises:
        ScenarioError: There is none.
    """
    top = next((place for place, cells in enumerate(lines) if cells), None)
    if top is None:
        raise ScenarioError(f"{path}: the table is empty")
    return top


def body(
    lines: list[list[Cell]], top: int, path: Path, settle: Callable[[list[str]], Sequence[str]]
) -> Rows:
    """Take the rows below a header by column, with the places where they stood.

    Args:
        lines: All rows of the table.
        top: Place of the header among them.
        path: The file, for messages.
        settle: Is given the names of all columns, "" where there is none, and returns those whose
            cells are left out; raises if the names do not fit.

    Raises:
        ScenarioError: A row does not fit, or there is none.
    """
    header = [name_of(cell) for cell in lines[top]]
    below = [(number, cells) for number, cells in enumerate(lines[top + 1 :], top + 2) if cells]
    if _counts(header, below):
        header[0] = ""
        below = [(number, ["", *cells[1:]]) for number, cells in below if any(cells[1:])]
    unused = settle(header)
    rows, numbers = [], []
    for number, cells in below:
        _check_row(f"{path}, row {number}", header, cells)
        pairs = zip(header, cells, strict=False)
        rows.append(
            {name: cell for name, cell in pairs if name and name not in unused and cell != ""}
        )
        numbers.append(number)
    if not rows:
        raise ScenarioError(f"{path}: there is no row below the header")
    columns = [name for name in header if name and name not in unused]
    return Rows(rows, str(path), numbers, columns, unused)


def name_of(cell: Cell) -> str:
    """The name of a column, as a cell of the header gives it."""
    return composed(" ".join(str(cell).split()))


def _counts(header: Sequence[str], below: Sequence[tuple[int, Sequence[Cell]]]) -> bool:
    """Whether the first column has no name and counts the rows from 0 or 1, as pandas and R do."""
    if header[0] not in ("", "Unnamed: 0") or not below:
        return False
    found = [str(cells[0]) for _, cells in below]
    return any(
        found == [str(number) for number in range(start, start + len(found))] for start in (0, 1)
    )


def _unused(
    path: Path, header: list[str], needed: set[str], known: set[str], *, others: bool
) -> list[str]:
    """Check the column names; return those that nobody reads.

    Another name is taken for a slip if it is all but the same as a column that is not there, or
    if a column is missing that it resembles.
    """
    missing = sorted(needed - set(header))
    absent = known - set(header)
    unknown = [name for name in dict.fromkeys(header) if name and name not in known]
    wrong = [
        name
        for name in unknown
        if not others or is_slip_of(name, absent) or (missing and close_to(name, missing))
    ]
    if len(wrong) == 1:
        hint = did_you_mean(wrong[0], missing or (absent if others else known))
        raise ScenarioError(f"{path}: unknown column '{short(wrong[0])}', {hint}")
    if wrong:
        told = (
            f"'{short(name)}' (did you mean '{close}'?)"
            if (close := close_to(name, missing) or close_to(name, absent))
            else f"'{short(name)}'"
            for name in wrong
        )
        raise ScenarioError(f"{path}: unknown columns {', '.join(told)}")
    if twice := next((name for name in header if name in known and header.count(name) > 1), ""):
        raise ScenarioError(f"{path}: the column '{twice}' is given twice")
    if missing:
        found = ", ".join(filter(None, header))
        lack = (
            f"the column '{missing[0]}' is missing"
            if len(missing) == 1
            else f"the columns {', '.join(f"'{name}'" for name in missing)} are missing"
        )
        raise ScenarioError(f"{path}: {lack}, found the columns {found}")
    return unknown


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
