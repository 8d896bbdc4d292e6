"""Property: a table says the same in any language, unit and dialect in which it can be written."""

import csv
import io
import tempfile
import unicodedata
from pathlib import Path

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from kernegotiate.scenario.starting.columns import Asked
from kernegotiate.scenario.starting.own_table import read_own

CASES = (str, str.upper, str.lower, str.title)
COLUMNS = {
    "code": ["Mã tỉnh", "code", "Mã số", "ma_tinh"],
    "name_vi": ["Tên", "Tỉnh/Thành phố", "Địa phương", "tên tỉnh"],
    "population": ["Dân số", "population", "Dân số trung bình năm 2022", "dan_so"],
    "grdp": ["GRDP", "Tổng sản phẩm trên địa bàn", "gross regional domestic product"],
    "budget": ["Ngân sách đầu tư", "development budget", "Chi đầu tư phát triển"],
    "lon": ["Kinh độ", "lon", "Longitude", "kinh_do"],
    "lat": ["Vĩ độ", "lat", "Latitude", "vi_do"],
}
PEOPLE = {1: ["người", "persons"], 1000: ["nghìn người", "1.000 người", "'000", "thousand"]}
MONEY = {
    10**6: ["triệu đồng", "million VND"],
    10**9: ["tỷ đồng", "tỉ VNĐ", "billion VND", "bn_VND"],
    10**12: ["nghìn tỷ đồng", "ngàn tỷ đồng", "trillion VND"],
}
NAMES = st.text(st.sampled_from("abdeghiklmnoprstuvyàảãạăâđêểôơưứĐ "), min_size=2, max_size=10).map(
    lambda text: " ".join(text.split())
)


@st.composite
def regions(draw):
    """Rows in the house's form: whole persons, money in millions of VND."""
    names = draw(
        st.lists(
            NAMES.filter(lambda name: len(name) > 1),
            min_size=2,
            max_size=5,
            unique_by=lambda name: unicodedata.normalize("NFD", name).casefold(),
        )
    )
    return [
        {
            "code": f"{place + 1:02d}",
            "name_vi": name,
            "population": draw(st.integers(1, 10**6)) * 10 + 1,  # has decimals in thousands
            "grdp": draw(st.integers(1, 10**9)) * 10 + 1,
            "budget": draw(st.integers(1, 10**7)) * 10 + 1,
            "lon": draw(st.integers(-1_799_999, 1_799_999)) / 10_000,
            "lat": draw(st.integers(-899_999, 899_999)) / 10_000,
        }
        for place, name in enumerate(names)
    ]


def written(value, decimals, decimal, mark):
    """A number as somebody writes it, with all its decimals."""
    text = f"{value:,.{decimals}f}"
    return text.translate({ord(","): mark, ord("."): decimal})


@st.composite
def tables(draw, rows):
    """The rows as a file: headers, units, marks, separators and encodings of somebody."""
    people, money = draw(st.sampled_from(list(PEOPLE))), draw(st.sampled_from(list(MONEY)))
    units = {"population": (people, PEOPLE[people]), "grdp": (money, MONEY[money])}
    units["budget"] = units["grdp"]
    bracket = draw(st.sampled_from([" ({})", ", {}", "_{}", " [{}]", " - {}"]))
    header = {}
    for column, ways in COLUMNS.items():
        text = draw(st.sampled_from(CASES))(draw(st.sampled_from(ways)))
        if column in units:
            text += bracket.format(draw(st.sampled_from(units[column][1])))
        header[column] = text
    decimal = draw(st.sampled_from(".,"))
    mark = draw(st.sampled_from(["", " ", "\u202f", ",."[decimal == ","]]))
    places = {1: 0, 1000: 3, 10**6: 0, 10**9: 3, 10**12: 6}
    cells = []
    for row in rows:
        made = [row["code"], row["name_vi"]]
        made.append(written(row["population"] / people, places[people], decimal, mark))
        scale = money // 10**6
        made += [
            written(row[one] / scale, places[money], decimal, mark) for one in ("grdp", "budget")
        ]
        made += [written(row[one], 4, decimal, "") for one in ("lon", "lat")]
        cells.append(made)
    table = [list(header.values()), *cells]
    order = draw(st.permutations(range(len(header))))
    table = [[row[place] for place in order] for row in table]
    if draw(st.booleans()):
        table.insert(0, ["Bảng 1. Niên giám"] + [""] * (len(header) - 1))
    form = draw(st.sampled_from(["NFC", "NFD"]))
    table = [[unicodedata.normalize(form, cell) for cell in row] for row in table]
    if draw(st.booleans()):
        book = openpyxl.Workbook()
        for row in table:
            book.active.append(row)
        held = io.BytesIO()
        book.save(held)
        return held.getvalue()
    text = io.StringIO()
    separator = draw(st.sampled_from(",;\t|"))
    csv.writer(text, delimiter=separator, lineterminator="\r\n").writerows(table)
    return text.getvalue().encode(draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16"])))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_table_in_any_writing_gives_the_same_region(data):
    rows = data.draw(regions())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "own"
        path.write_bytes(data.draw(tables(rows)))
        read = read_own(path, Asked(), has_map=False)
    factor = {"million VND": 1, "billion VND": 1e3, "trillion VND": 1e6}[read.columns.currency]
    for row, found in zip(rows, read.rows, strict=True):
        assert (found["code"], found["name_vi"]) == (row["code"], row["name_vi"])
        assert found["population"] == row["population"]
        assert (
            found["grdp"] * factor == row["grdp"]
            or abs(found["grdp"] * factor / row["grdp"] - 1) < 1e-12
        )
        assert abs(found["budget"] * factor / row["budget"] - 1) < 1e-12
        assert (found["lon"], found["lat"]) == (row["lon"], row["lat"])
