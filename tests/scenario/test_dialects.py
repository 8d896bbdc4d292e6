"""Tables as spreadsheets and statistics packages write them: all of them say the same, or ask."""

import csv
import datetime as dt
import io
import tempfile
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernegotiate.scenario import Government, ScenarioError, load_scenario
from kernegotiate.scenario.csv_tables import read_table
from kernegotiate.scenario.library import FILLED

HEADER = ["code", "name", "population", "grdp", "lon", "lat"]
CITIES = [
    ["a", "Alpha", "100000", "1000", "105.0", "10.0"],
    ["b", "Beta", "200000", "2000", "105.5", "10.2"],
    ["c", "Gamma", "1300000", "3000.5", "106.0", "10.4"],
]


def lines(*rows, separator=",", end="\n"):
    return end.join(separator.join(row) for row in rows) + end


def comma(rows):
    return [[cell.replace(".", ",") for cell in row] for row in rows]


def parted(rows, mark):
    """Thousands of the populations apart."""
    return [[*r[:2], f"{int(r[2]):,}".replace(",", mark), *r[3:]] for r in rows]


PLAIN = lines(HEADER, *CITIES)
DIALECTS = {
    "semicolons": lines(HEADER, *CITIES, separator=";"),
    "tabs": lines(HEADER, *CITIES, separator="\t"),
    "bars": lines(HEADER, *CITIES, separator="|"),
    "decimal commas": lines(HEADER, *comma(CITIES), separator=";"),
    "decimal commas and points between thousands": lines(
        HEADER, *parted(comma(CITIES), "."), separator=";"
    ),
    "decimal commas in tabs": lines(HEADER, *comma(CITIES), separator="\t"),
    "commas between thousands": lines(HEADER, *parted(CITIES, ","), separator=";"),
    **{
        f"{ord(mark):x} between thousands": lines(HEADER, *parted(CITIES, mark))
        for mark in " '\u00a0\u202f\u2009\u2019"
    },
    "points between thousands, told by the column": lines(HEADER, *parted(CITIES, ".")),
    "a line that tells the separator": "sep=;\n" + lines(HEADER, *CITIES, separator=";"),
    "the same in quotes": '"sep=,"\r\n' + PLAIN,
    "an unusual separator": "sep=#\n" + lines(HEADER, *CITIES, separator="#"),
    "a tab after sep": "sep=\t\n" + lines(HEADER, *CITIES, separator="\t"),
    "a byte order mark": "\ufeff" + PLAIN,
    "old line ends": lines(HEADER, *CITIES, end="\r"),
    "line ends of Windows": lines(HEADER, *CITIES, end="\r\n"),
    "blank lines above": "\n\n,,,\n" + PLAIN,
    "blank rows between": lines(HEADER, CITIES[0], [""] * 6, *CITIES[1:], [""] * 9),
    "empty columns behind": lines([*HEADER, "", ""], *([*row, "", ""] for row in CITIES)),
    "empty columns behind the header alone": lines([*HEADER, "", ""], *CITIES),
    "empty columns behind the rows alone": lines(HEADER, *([*row, "", ""] for row in CITIES)),
    "an index from 0": lines(["", *HEADER], *([str(n), *r] for n, r in enumerate(CITIES))),
    "an index from 1": lines(["", *HEADER], *([str(n), *r] for n, r in enumerate(CITIES, 1))),
    "an index saved twice": lines(
        ["Unnamed: 0", *HEADER], *([str(n), *r] for n, r in enumerate(CITIES))
    ),
    "columns of notes": lines(
        ["note", *HEADER, "source", "note"],
        *(["x", *row, "", "1,5"] for row in CITIES),
        separator=";",
    ),
    "no-break spaces around": PLAIN.replace("Alpha", "\u00a0Alpha\u00a0"),
    "a line end in a name": PLAIN.replace("Alpha", '" Alpha\n"'),
    "quotes": lines(*([f'"{cell}"' for cell in row] for row in [HEADER, *CITIES])),
}


@pytest.fixture
def cities(study):
    return study.with_name("cities.csv")


@pytest.fixture
def plain(study, cities):
    cities.write_text(PLAIN, encoding="utf-8", newline="")
    return load_scenario(study).region


def refusal(path: Path) -> str:
    with pytest.raises(ScenarioError) as caught:
        load_scenario(path)
    told = str(caught.value)
    assert "\n" not in told
    return told.replace(f"{path.parent}/", "")


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_dialect_says_the_same(study, cities, plain, dialect):
    cities.write_text(DIALECTS[dialect], encoding="utf-8", newline="")
    assert load_scenario(study).region == plain


@pytest.mark.parametrize("code", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_byte_order_mark_tells_the_encoding(study, cities, plain, code):
    mark = "" if code in ("utf-16", "utf-32") else "\ufeff"
    cities.write_bytes((mark + PLAIN).encode(code))
    assert load_scenario(study).region == plain


@pytest.mark.parametrize(
    ("columns", "question"),
    [
        # Nothing in the table tells.
        (
            {"population": ["100", "200", "300"], "grdp": ["1.234", "2.345", "3.456"]},
            "row 2: grdp: found '1.234', which may be 1234 or 1.234; write 1234 or 1.2340",
        ),
        ({"grdp": ["900", "1,500", "400"]}, "row 3: grdp: found '1,500', which may be 1500 or 1.5"),
        ({"grdp": ["1.234", "2,345", "1"]}, "row 2: grdp: found '1.234', which may be 1234 or"),
        # The table has decimal points, but there are no parts of a person ...
        (
            {"population": ["500.000", "800.000", "300.000"], "lon": ["105.1", "105.2", "105.3"]},
            "row 2: population: found '500.000', which may be 500000 or 500; write 500000 or",
        ),
        (
            {"population": ["512.345", "800.125", "9"], "lon": ["105.1", "2", "3"]},
            "row 2: population: found '512.345', which may be 512345 or 512.345",
        ),
        (
            {"population": ["512,345", "9", "9"], "lon": ["105,1", "2", "3"]},
            "row 2: population: found '512,345', which may be 512345 or 512.345",
        ),
        # ... and nobody writes three zeros behind all values.
        (
            {"grdp": ["900.000", "1", "2"], "lon": ["105.1", "2", "3"]},
            "row 2: grdp: found '900.000', which may be 900000 or 900; write 900000 or 900.0000",
        ),
        (
            {"lon": ["105.1", "105.2", "105.3"], "lat": ["10,1", "10,2", "10,3"]},
            "found decimals after a point in 'lon' and after a comma in 'lat', allowed is one",
        ),
    ],
)
def test_what_can_be_read_in_two_ways_is_asked(study, cities, columns, question):
    rows = [dict(zip(HEADER, row, strict=True)) for row in CITIES]
    for row in rows:
        row.update(lon="105", lat="10", grdp="1000")
    for name, cells in columns.items():
        for row, cell in zip(rows, cells, strict=True):
            row[name] = cell
    table = [HEADER, *([row[name] for name in HEADER] for row in rows)]
    cities.write_text(lines(*table, separator=";"), encoding="utf-8")
    assert refusal(study).startswith(f"cities.csv{', ' if 'row' in question else ': '}{question}")


@pytest.mark.parametrize(
    ("columns", "read"),
    [
        ({"grdp": ["1.234", "2.5", "3.456"]}, [1.234, 2.5, 3.456]),  # told by the column
        ({"grdp": ["1.234", "1.234.567", "3.456"]}, [1234, 1234567, 3456]),
        ({"grdp": ["1.234", "0.125", "3.456"]}, [1.234, 0.125, 3.456]),
        ({"grdp": ["1.234", "1234.567", "3.456"]}, [1.234, 1234.567, 3.456]),
        ({"grdp": ["1.234e3", "2.345", "3.456"]}, [1234, 2.345, 3.456]),
        ({"grdp": ["1.234,5", "2.345", "3.456"]}, [1234.5, 2345, 3456]),
        ({"grdp": ["1.234"] * 3, "lon": ["105.1"] * 3}, [1.234] * 3),  # by the table
        ({"grdp": ["1.234"] * 3, "lon": ["105,1"] * 3}, [1234] * 3),
        ({"grdp": ["1,234"] * 3, "lon": ["105.1"] * 3}, [1234] * 3),
        ({"grdp": ["1.234"] * 3, "lon": ["105.123"] * 3}, [1.234] * 3),  # by a range
        ({"grdp": ["1,234"] * 3, "lon": ["105,123"] * 3}, [1.234] * 3),
    ],
)
def test_the_column_its_range_or_the_table_tells(study, cities, columns, read):
    rows = [dict(zip(HEADER, row, strict=True)) for row in CITIES]
    for place, row in enumerate(rows):
        row.update(
            {"lon": "105", "lat": "10"} | {name: cells[place] for name, cells in columns.items()}
        )
    table = [HEADER, *([row[name] for name in HEADER] for row in rows)]
    cities.write_text(lines(*table, separator=";"), encoding="utf-8")
    assert [one.grdp for one in load_scenario(study).region.governments] == read


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (PLAIN.replace(",lat", ",x"), "the column 'lat' is missing, found the columns code, name,"),
        (lines(["", *HEADER], *(["7", *row] for row in CITIES)), "row 2: found the text '7' in a"),
        (lines([*HEADER, ""], *([*row, "9"] for row in CITIES)), "row 2: found the text '9' in a"),
        (lines(HEADER, *([*row, "9"] for row in CITIES)), "row 2: found 7 cells, allowed are 6"),
        (PLAIN.replace("lon", "LON"), "unknown column 'LON', did you mean 'lon'?"),
        (PLAIN.replace("population", " Population"), "unknown column 'Population', did you mean"),
        (PLAIN.replace(",lat", ",lon"), "the column 'lon' is given twice"),
        (PLAIN.replace("Alpha", "Al\0pha"), "line 2: found a NUL character"),
        (PLAIN.replace("Alpha", "Al\u200bpha"), "row 2: name: found the text 'Al\\u200bpha' with"),
        (PLAIN.replace("a,Al", "\ufeffa,Al"), "row 2: code: found the text '\\ufeffa' with the"),
        ("<!DOCTYPE html><table>", "found a web page or XML, allowed is a text file"),
    ],
)
def test_what_no_dialect_has_is_refused(study, cities, text, sentence):
    cities.write_text(text, encoding="utf-8", newline="")
    assert refusal(study).startswith(("cities.csv: ", "cities.csv, "))
    assert sentence in refusal(study)


@pytest.mark.parametrize("code", ["cp1252", "cp1258", "latin-1"])
def test_other_encodings_are_told_how_to_save(study, cities, code):
    cities.write_bytes(PLAIN.replace("Beta", "Bêta").encode(code))
    assert refusal(study) == (
        "cities.csv: line 3: found text that is not UTF-8; "
        "save the file with the encoding UTF-8 (in Excel: 'CSV UTF-8')"
    )


def test_cells_that_stay_blank_below_an_odd_separator_of_lists(study, cities, edit):
    edit(study, "years = 10", 'years = 10\ntable = "projects.csv"')
    table = study.with_name("projects.csv")
    first = load_scenario(study).table
    rows = list(csv.reader(io.StringIO(table.read_text(encoding="utf-8"))))
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([cell.replace(".", ",") for cell in r] for r in rows)
    table.write_text(text.getvalue(), encoding="utf-8", newline="")
    assert load_scenario(study).table == first


# Workbooks


def typed(text):
    """A cell as Excel keeps it."""
    try:
        return float(text)
    except ValueError:
        return text


def workbook(path, **sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return book


TYPED = [HEADER, *([typed(cell) for cell in row] for row in CITIES)]


@pytest.mark.parametrize("name", ["cities.xlsx", "cities.csv"])
@pytest.mark.parametrize(
    "sheets",
    [
        {"Data": TYPED},
        {"Data": [HEADER, *CITIES]},  # numbers as texts
        {"Read me": [["Figures of 2019"]], "Data": TYPED, "Empty": []},
        {"Data": [[], [None, None], *TYPED[:2], [], *TYPED[2:]]},
        {"Data": [[None, *HEADER], *([n, *row] for n, row in enumerate(TYPED[1:]))]},
    ],
)
def test_a_workbook_says_the_same(study, edit, plain, name, sheets):
    workbook(study.with_name(name), **sheets)
    edit(study, "cities.csv", name)
    assert load_scenario(study).region == plain


def test_codes_of_a_workbook_may_be_numbers(study, cities):
    workbook(cities, Data=[HEADER, *([92.0 + n, *row[1:]] for n, row in enumerate(TYPED[1:]))])
    assert load_scenario(study).region.codes == ("92", "93", "94")


@pytest.mark.parametrize(
    ("sheets", "sentence"),
    [
        ({"A": TYPED, "B": TYPED}, "found a table on 2 sheets, 'A', 'B', allowed is one"),
        ({"A": []}, "the workbook is empty"),
        (
            {"A": [HEADER, ["a", "Alpha", "=1+1", 1, 1, 1], *CITIES[1:]]},
            "row 2, column 3: found a formula without its value; open the workbook in a",
        ),
        ({"A": [HEADER, ["a", "Alpha", "#N/A", 1, 1, 1]]}, "column 3: found the error #N/A"),
        ({"A": [HEADER, ["a", "Alpha", True, 1, 1, 1], *CITIES]}, "population: found true,"),
    ],
)
def test_workbooks_that_do_not_fit(study, cities, sheets, sentence):
    workbook(cities, **sheets)
    assert refusal(study).startswith("cities.csv")
    assert sentence in refusal(study)


def test_dates_are_no_codes(study, cities):
    book = workbook(cities, Data=TYPED)
    book["Data"]["A2"].value = dt.date(2024, 5, 1)
    book.save(cities)
    assert "row 2, column 1: found the date 2024-05-01" in refusal(study)


def archive(**members):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in members.items():
            packed.writestr(name.replace("_", "/"), text)
    return held.getvalue()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"PK\x03\x04" + bytes(range(200)), "found a damaged Excel workbook or other zip archive"),
        (archive(some="x"), "found a zip archive; save it as .xlsx or as CSV UTF-8"),
        (archive(**{"content.xml": "x"}), "found an OpenDocument file"),
        (archive(**{"xl_workbook.xml": "x"}), "the workbook cannot be read ("),
        (archive(**{"xl_workbook.xml": "x", "b": b"0" * 200_000_000}), "found 200 MB once it is"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500),
            "found an old .xls workbook, or a locked",
        ),
        (b"%PDF-1.7", "found a PDF, allowed is a text file"),
        (b"\x1f\x8b\x08\x00", "found a file packed with gzip, allowed is a text file"),
    ],
)
def test_other_files_are_told_by_name(study, cities, data, sentence):
    cities.write_bytes(data)
    assert refusal(study).startswith(f"cities.csv: {sentence}")


# Any table, in any dialect

NAMES = st.text(st.characters(categories=["Lu", "Ll", "Nd"]), min_size=1, max_size=8)


@st.composite
def tables(draw):
    """Rows of plain texts, as many numbers as a table may have."""
    count = draw(st.integers(2, 5))
    names = draw(st.lists(NAMES.map(str.casefold), min_size=count, max_size=count, unique=True))
    number = st.floats(0.001, 1e9).map(lambda x: f"{x:.4f}")  # four: never taken for thousands
    return [
        [
            f"{place:02d}",
            name,
            str(draw(st.integers(1, 10**9))),
            draw(number.filter(lambda text: float(text) > 0)),
            f"{draw(st.floats(-180, 180)):.4f}",
            f"{draw(st.floats(-90, 90)):.4f}",
        ]
        for place, name in enumerate(names)
    ]


@st.composite
def written(draw, rows):
    """A table in one of the dialects."""
    decimal = draw(st.sampled_from(".,"))
    mark = draw(st.sampled_from(["", " ", "'", "\u202f", ",."[decimal == ","]]))
    parted = [
        [*row[:2], f"{int(row[2]):,}".replace(",", mark)]
        + [f"{float(cell):,.4f}".translate({44: mark, 46: decimal}) for cell in row[3:]]
        for row in rows
    ]
    table = [HEADER, *parted]
    if draw(st.booleans()):
        table = [["", *table[0]], *([str(n), *row] for n, row in enumerate(table[1:]))]
    behind = draw(st.integers(0, 2))
    table = [[*row, *[""] * behind] for row in table]
    for _ in range(draw(st.integers(0, 2))):
        table.insert(draw(st.integers(0, len(table))), [""] * len(table[0]))
    if draw(st.booleans()):
        book = openpyxl.Workbook()
        for row in table:
            book.active.append(row)
        held = io.BytesIO()
        book.save(held)
        return held.getvalue()
    separator = draw(st.sampled_from(",;\t|"))
    text = io.StringIO()
    end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    quoting = draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    csv.writer(text, delimiter=separator, lineterminator=end, quoting=quoting).writerows(table)
    told = draw(st.sampled_from(["", f"sep={separator}{end}"]))
    return (told + text.getvalue()).encode(draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16"])))


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_any_table_in_any_dialect_is_the_same(data):
    rows = data.draw(tables())
    found = data.draw(written(rows))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table"
        path.write_bytes(found)
        read = read_table(path, Government, FILLED)
    numbers = [{key: row[key] for key in HEADER[2:]} for row in read]
    assert numbers == [dict(zip(HEADER[2:], map(float, row[2:]), strict=True)) for row in rows]
    assert [row["name"] for row in read] == [row[1] for row in rows]
