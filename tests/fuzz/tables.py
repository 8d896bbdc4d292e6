"""Damage to tables, and the many ways in which people save one."""

import csv
import io
import zipfile
from collections.abc import Callable
from random import Random
from xml.sax.saxutils import escape

from tests.fuzz import odd

Rows = list[list[str]]


def bent(rng: Random, rows: Rows) -> Rows:
    """A copy with one to three things changed."""
    rows = [list(row) for row in rows]
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        if rows and all(rows):
            rng.choice(WAYS)(rng, rows)
    return rows


def saved(rng: Random, rows: Rows) -> bytes:
    """A table as some program would save it."""
    out = io.StringIO()
    comma = rng.choice(",,,,;\t|")
    quoting = rng.choice((csv.QUOTE_MINIMAL, csv.QUOTE_MINIMAL, csv.QUOTE_ALL))
    ending = rng.choice(("\n", "\r\n", "\r"))
    if rng.random() < 0.1:
        out.write(rng.choice((f"sep={comma}{ending}", ending, "# a remark" + ending, " " + ending)))
    csv.writer(out, delimiter=comma, quoting=quoting, lineterminator=ending).writerows(rows)
    text = out.getvalue()
    if rng.random() < 0.1:
        text = text.rstrip("\r\n")
    encoding = rng.choice(
        ("utf-8",) * 5 + ("utf-8-sig", "utf-16", "utf-16-le", "latin-1", "utf-32")
    )
    errors = "surrogatepass" if encoding.startswith("utf") else "replace"
    return text.encode(encoding, errors)


def sheet(rng: Random, rows: Rows) -> bytes:
    """A table as a small workbook (XLSX), whose parts may be odd."""
    lines = "".join(f"<row>{''.join(_cell(rng, cell) for cell in row)}</row>" for row in rows)
    space = "http://schemas.openxmlformats.org"
    main, office = f"{space}/spreadsheetml/2006/main", f"{space}/officeDocument/2006/relationships"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{space}/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{space}/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>",
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        '<sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{space}/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{lines}</sheetData>'
        "</worksheet>",
    }
    roll = rng.random()
    if roll < 0.1:
        del parts[rng.choice(list(parts))]
    elif roll < 0.2:
        name = rng.choice(list(parts))
        parts[name] = parts[name].replace(*rng.choice((("1", "9"), ("<", ""), ("x", "\x01"))))
    elif roll < 0.25:
        parts["xl/worksheets/sheet1.xml"] = BILLION
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in parts.items():
            # one moment for all, so that the same seed gives the same bytes
            book.writestr(zipfile.ZipInfo(name), text.encode("utf-8", "replace"))
    return out.getvalue()


BILLION = (
    '<!DOCTYPE x [<!ENTITY a0 "aaaaaaaaaa">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    + "]><worksheet><sheetData><row><c><v>&a9;</v></c></row></sheetData></worksheet>"
)


def _cell(rng: Random, text: str) -> str:
    try:
        float(text)
    except ValueError:
        return f'<c t="inlineStr"><is><t>{escape(text)}</t></is></c>'
    if rng.random() < 0.02:
        return '<c t="e"><v>#DIV/0!</v></c>'
    return f"<c><v>{escape(text)}</v></c>"


def _odd(rng: Random) -> str:
    return rng.choice((odd.text, odd.numeral))(rng)


def _cell_odd(rng: Random, rows: Rows) -> None:
    row = rng.choice(rows)
    row[rng.randrange(len(row))] = _odd(rng)


def _head_odd(rng: Random, rows: Rows) -> None:
    rows[0][rng.randrange(len(rows[0]))] = _odd(rng)


def _column_odd(rng: Random, rows: Rows) -> None:
    place, new = rng.randrange(len(rows[0])), _odd(rng)
    for row in rows[1:]:
        if place < len(row):
            row[place] = new


def _column_gone(rng: Random, rows: Rows) -> None:
    place = rng.randrange(len(rows[0]))
    for row in rows:
        del row[place : place + 1]


def _column_twice(rng: Random, rows: Rows) -> None:
    place = rng.randrange(len(rows[0]))
    for row in rows:
        row.append(row[place] if place < len(row) else "")


def _column_empty(rng: Random, rows: Rows) -> None:
    place = rng.choice((0, len(rows[0])))
    for number, row in enumerate(rows):
        row.insert(place, rng.choice(("", str(number))) if place == 0 else "")


def _row_gone(rng: Random, rows: Rows) -> None:
    del rows[rng.randrange(len(rows))]


def _row_twice(rng: Random, rows: Rows) -> None:
    place = rng.randrange(len(rows))
    rows[place:place] = [list(rows[place])] * rng.choice((1, 1, 1, 310))


def _row_empty(rng: Random, rows: Rows) -> None:
    rows.insert(
        rng.randrange(len(rows) + 1), rng.choice(([""], [""] * len(rows[0]), ["", "", "x"]))
    )


def _row_short(rng: Random, rows: Rows) -> None:
    rng.choice(rows).pop()


def _row_long(rng: Random, rows: Rows) -> None:
    rng.choice(rows).extend([_odd(rng)] * rng.choice((1, 1, 500)))


def _many(rng: Random, rows: Rows) -> None:
    """Ever more rows of other codes."""
    last = rows[-1]
    for number in range(rng.choice((2, 20, 290))):
        rows.append([f"{last[0]}{number}", f"N{number}", *last[2:]])


def _turned(rng: Random, rows: Rows) -> None:
    rows[:] = [list(column) for column in zip(*rows, strict=False)]


WAYS: tuple[Callable[[Random, Rows], None], ...] = (
    _cell_odd, _cell_odd, _cell_odd, _head_odd, _column_odd, _column_gone, _column_twice,
    _column_empty,
    _row_gone, _row_twice, _row_empty, _row_short, _row_long, _many, _turned,
)  # fmt: skip
