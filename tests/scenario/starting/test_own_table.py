"""From a table as people have it to the house's form: units, gaps, slips, what is no government."""

import csv
import re
import unicodedata
from pathlib import Path

import openpyxl
import pytest

from kernegotiate.scenario import ScenarioError, load_scenario
from kernegotiate.scenario.starting.new_region import new_region
from starting_helpers import CITIES, HEADER, text_of

BARE = ["Mã", "Tên", "Dân số", "GRDP", "Kinh độ", "Vĩ độ"]


def governments(made):
    return made.scenario.region.governments


def test_units_names_and_decimals_of_an_office(make):
    made = make()
    assert [one.code for one in governments(made)] == ["89", "92", "96"]
    tho = governments(made)[1]
    assert (tho.name, tho.name_vi) == ("Can Tho", "Cần Thơ")
    assert (tho.population, tho.grdp, tho.lon, tho.lat) == (1_252_350, 108_942.5, 105.5, 10.1)
    assert made.scenario.region.currency == "billion VND"
    assert "population is 'Dân số (nghìn người)' times 1,000, in persons, as its header says." in (
        made.said
    )


def test_a_start_holds_nothing_but_defaults(make):
    scenario = make().scenario
    assert scenario.name == scenario.title == "mine"
    assert scenario.changed("test", region=scenario.region) == scenario
    fields = type(scenario).model_fields
    for part in ("years", "leaders", "projects", "behaviour"):
        assert getattr(scenario, part) == fields[part].default


def test_every_default_of_a_start_may_be_taken_as_it_stands(make):
    made = make()
    text = made.path.read_text(encoding="utf-8").replace("# geometry", "#")
    text, count = re.subn(r"^# (?=\w+ = )", "", text, flags=re.MULTILINE)
    assert count > 60
    made.path.write_text(text, encoding="utf-8")
    again = load_scenario(made.path)
    assert (again.leaders, again.projects, again.behaviour, again.region) == (
        made.scenario.leaders, made.scenario.projects, made.scenario.behaviour, made.scenario.region
    )  # fmt: skip


@pytest.mark.parametrize(
    ("header", "asked", "told"),
    [
        (
            BARE,
            {},
            (
                "own.csv: nothing says the unit of 'Dân số' and 'GRDP'; give --population-unit "
                "(persons, thousand, million), --money-unit (one, thousand, million, billion, "
                "trillion) and --currency, such as VND"
            ),
        ),
        (
            BARE,
            {"money": "billion", "currency": "VND"},
            (
                "own.csv: nothing says the unit of 'Dân số'; give --population-unit (persons, "
                "thousand, million)"
            ),
        ),
        (
            [*HEADER[:3], "GRDP (tỷ)", *HEADER[4:]],
            {},
            "own.csv: nothing says the currency of 'GRDP (tỷ)'; give --currency, such as VND",
        ),
        (
            HEADER,
            {"people": "million"},
            (
                "--population-unit: found million, but the header of population in own.csv says "
                "another unit; leave the option out, or mend the header"
            ),
        ),
        (
            HEADER,
            {"money": "million"},
            (
                "--money-unit: found million, but the header of grdp in own.csv says another unit; "
                "leave the option out, or mend the header"
            ),
        ),
        (
            HEADER,
            {"currency": "USD"},
            "own.csv: found amounts in USD and VND, allowed is one currency",
        ),
    ],
)
def test_a_unit_is_asked_for_and_never_guessed(refused, header, asked, told):
    assert refused(header, *CITIES, **asked) == told


def test_units_may_be_said_beside_the_table(make):
    made = make(BARE, *CITIES, people="thousand", money="billion", currency="VND")
    assert {one.population for one in governments(made)} == {1_252_350, 1_905_520, 1_207_630}
    assert made.scenario.region.currency == "billion VND"
    assert any(told.endswith("as --money-unit says.") for told in made.said)


def test_amounts_in_two_units_become_one(make):
    header = [*HEADER[:3], "GRDP (nghìn tỷ đồng)", "Chi đầu tư (tỷ đồng)", *HEADER[4:]]
    rows = [[*row[:3], "108,94", "6537", *row[4:]] for row in CITIES]
    made = make(header, *rows)
    assert made.scenario.region.currency == "billion VND"
    assert {(one.grdp, one.budget) for one in governments(made)} == {(108_940, 6537)}


def test_shares_in_percent(make):
    made = make([*HEADER, "Phụ thuộc đất (%)"], *([*row, "35"] for row in CITIES))
    assert {one.land_dependence for one in governments(made)} == {0.35}


def test_columns_that_nobody_reads_are_kept(make):
    made = make([*HEADER, "Ghi chú", "STT"], *([*row, "ước", "1"] for row in CITIES))
    assert made.unused == ("Ghi chú", "STT")
    with Path("mine/governments.csv").open(encoding="utf-8", newline="") as file:
        assert [(row["Ghi chú"], row["STT"]) for row in csv.DictReader(file)] == [("ước", "1")] * 3


def test_a_column_of_another_name_can_be_said(make, refused):
    header = [*HEADER[:2], "Số dân cư trú (nghìn người)", *HEADER[3:]]
    told = refused(header, *CITIES)
    assert told.startswith(
        "own.csv: no column is population (found 'Số dân cư trú (nghìn n...'); a row needs such as "
        "code=92, name=Can Tho, population (persons)=1252350, grdp (billion VND)=108942,"
    )
    assert told.endswith('or --rename "Số dân cư trú (nghìn người)=population"')
    made = make(header, *CITIES, renamed={"so dan cu tru nghin nguoi": "population"})
    assert governments(made)[0].population == 1_905_520


@pytest.mark.parametrize(
    ("renamed", "told"),
    [
        ({"Dân": "population"}, "--rename: own.csv has no column 'Dân', known are"),
        ({"Kinh độ": "populaton"}, "--rename: found 'populaton', did you mean 'population'?"),
        (
            {"Kinh độ": "grdp", "Vĩ độ": "grdp"},
            "--rename: two columns are to be 'grdp', allowed is one",
        ),
    ],
)
def test_what_cannot_be_renamed(refused, renamed, told):
    assert refused(renamed=renamed).startswith(told)


def test_all_that_is_missing_is_told_at_once(refused):
    told = refused(["Mã", "Tên"], ["1", "A"], ["2", "B"])
    assert told.startswith("own.csv: no column is population, grdp, lon, lat; a row needs such as ")
    assert "add what is missing or --map" in told


def test_all_slips_are_told_at_once(refused):
    header = ["Mã", "Tên", "Dân sôs (nghìn người)", "GRDP (tỷ đồng)", "Kinh đo", "Vi dô", "budgett"]
    assert refused(header, *([*row, "1"] for row in CITIES)) == (
        "own.csv: unknown columns 'Dân sôs (nghìn người)' (did you mean population?), "
        "'budgett' (did you mean budget?); mend the header or say "
        '--rename "Dân sôs (nghìn người)=population"'
    )


def test_two_columns_that_can_be_one(make, refused):
    header = [*HEADER, "GRDP 2021 (tỷ đồng)"]
    rows = [[*row, "1"] for row in CITIES]
    assert refused(header, *rows) == (
        "own.csv: 'GRDP (tỷ đồng)', 'GRDP 2021 (tỷ đồng)' can each be grdp; say which, such as "
        '--rename "GRDP 2021 (tỷ đồng)=grdp"'
    )
    made = make(header, *rows, renamed={"GRDP (tỷ đồng)": "grdp"})
    assert governments(made)[1].grdp == 108_942.5
    assert made.unused == ("GRDP 2021 (tỷ đồng)",)


def test_every_blank_cell_is_told(make, table):
    rows = [["92", "Cần Thơ", "", *CITIES[0][3:]], [*CITIES[1][:3], "", *CITIES[1][4:]], CITIES[2]]
    with pytest.raises(ScenarioError) as caught:
        make(HEADER, *rows)
    assert caught.value.problems == (
        "own.csv, row 2: 'Dân số (nghìn người)' of Can Tho is blank; write its population",
        "own.csv, row 3: 'GRDP (tỷ đồng)' of An Giang is blank; write its grdp",
    )


def test_titles_totals_and_lines_below_are_no_governments(make):
    title = ["Bảng 1. Dân số, GRDP, các tỉnh", "", "", "", "", ""]
    total = ["", "Tổng số", "4365,5", "282622,5", "", ""]
    line = ["Nguồn: Cục Thống kê", "", "", "", "", ""]
    made = make(title, [""] * 6, HEADER, total, *CITIES, line)
    assert made.scenario.region.codes == ("89", "92", "96")
    assert "Row 4, 'Tổng số', is a total and was left out." in made.said
    assert "Row 8, 'Nguồn: Cục Thống kê', is a line of its own and was left out." in made.said


def test_units_may_stand_in_a_row_of_their_own(make):
    units = ["", "", "(nghìn người)", "Tỷ đồng", "", ""]
    made = make(BARE, units, *CITIES)
    assert governments(made)[1].population == 1_252_350
    assert made.scenario.region.currency == "billion VND"


def test_codes_are_made_of_names_where_there_are_none(make):
    made = make(HEADER[1:], *(row[1:] for row in CITIES))
    assert made.scenario.region.codes == ("an-giang", "ca-mau", "can-tho")
    assert "No column is a code: codes are made from the names." in made.said


def test_names_that_differ_in_accents_alone_stay_apart(make):
    rows = [
        [name, *CITIES[0][2:4], str(105 + n), "10"] for n, name in enumerate(["Hòa", "Hoa", "Hỏa"])
    ]
    regions = governments(make(HEADER[1:], *rows))
    assert [(one.code, one.name) for one in regions] == [
        ("hoa", "Hòa"),
        ("hoa-2", "Hoa"),
        ("hoa-3", "Hỏa"),
    ]


def test_what_a_start_refuses_of_rows_names_their_place(refused):
    rows = [CITIES[0], [*CITIES[1][:3], "-5", *CITIES[1][4:]], CITIES[2]]
    assert refused(HEADER, *rows).startswith("own.csv, row 3: grdp: found -5, allowed is a finite")
    twice = [CITIES[0], ["92", *CITIES[1][1:]], CITIES[2]]
    assert "row 3: code: found '92' of An Giang a second time" in refused(HEADER, *twice)
    assert "found 1 governments, allowed are 2 to 300" in refused(HEADER, CITIES[0])


def test_a_workbook_with_a_title_above(table, make):
    book = openpyxl.Workbook()
    book.active.append(["Niên giám 2022"])
    book.active.append([])
    book.active.append(HEADER)
    for code, name, *rest in CITIES:
        book.active.append([int(code), name, *(float(cell.replace(",", ".")) for cell in rest)])
    book.create_sheet("Ghi chú").append(["Nguồn: Cục Thống kê"])
    book.save(table)
    assert governments(make())[1].population == 1_252_350


def test_letters_in_two_parts_are_one_name(table, make):
    text = unicodedata.normalize("NFD", text_of(HEADER, *CITIES))
    table.write_text(text, encoding="utf-8-sig")
    assert governments(make())[1].name_vi == "Cần Thơ"


# The folder


def test_nothing_is_written_over(make):
    make()
    Path("mine/notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(
        ScenarioError, match=r"mine: found 'SOURCES\.md' in it, allowed is a new or"
    ):
        make()
    make(force=True)
    assert Path("mine/notes.txt").read_text(encoding="utf-8") == "mine"


def test_the_table_itself_is_never_written_over(make, table):
    Path("mine").mkdir()
    Path("mine/governments.csv").write_bytes(table.read_bytes())
    with pytest.raises(ScenarioError, match=r"governments\.csv: would be written over; begin"):
        new_region(Path("mine"), Path("mine/governments.csv"), force=True)


def test_a_file_is_no_folder(table, make):
    Path("mine").write_text("x", encoding="utf-8")
    with pytest.raises(ScenarioError, match="mine: found a file, allowed is a new or empty folder"):
        make()


def test_sources_name_every_column_and_ask_for_the_rest(make):
    make()
    text = Path("mine/SOURCES.md").read_text(encoding="utf-8")
    for header in HEADER:
        assert f"column '{header}' of own.csv" in text
    assert text.count("to be written") == len(HEADER) + 1  # a name is in two columns
    assert "assumptions" in text
