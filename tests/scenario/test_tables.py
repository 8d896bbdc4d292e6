"""CSV tables: columns, rows, cells, and what they must fit."""

from pathlib import Path

import pytest

from kernegotiate.scenario import ScenarioError, load_scenario


def refusal(path: Path) -> str:
    with pytest.raises(ScenarioError) as caught:
        load_scenario(path)
    assert "\n" not in str(caught.value)
    return str(caught.value).replace(f"{path.parent}/", "")


@pytest.fixture
def cities(study):
    return study.with_name("cities.csv")


@pytest.fixture
def projects(study, edit):
    edit(study, "years = 10", 'years = 10\ntable = "projects.csv"')
    return study.with_name("projects.csv")


def test_order_never_matters(study, cities):
    first = load_scenario(study)
    header, *rows = cities.read_text(encoding="utf-8").splitlines()
    cities.write_text("\n".join([header, *rows[::-1]]), encoding="utf-8")
    assert load_scenario(study) == first


def test_blank_cells_take_the_region_s_values(study, cities):
    cities.write_text(
        "code,name,name_vi,population,grdp,budget,lon,lat,land_dependence,ceiling\n"
        "a,Alpha,An,1,1000,,0,0,0.9,\n\n"
        "b,Beta,,1,1000,7,0,0,,1000\n",
        encoding="utf-8",
    )
    a, b = load_scenario(study).region.governments
    assert (a.name_vi, a.budget, a.land_dependence, a.ceiling) == ("An", 60.0, 0.9, 0.4)
    assert (b.name_vi, b.budget, b.land_dependence, b.ceiling) == ("Beta", 7.0, 0.3, 1000.0)


def test_missing_column(study, cities, edit):
    edit(cities, "grdp", "ceiling")
    assert refusal(study) == (
        "cities.csv: the column 'grdp' is missing, "
        "found the columns code, name, population, ceiling, lon, lat"
    )


def test_unknown_column(study, cities, edit):
    edit(cities, "population", "populaton")
    assert refusal(study) == "cities.csv: unknown column 'populaton', did you mean 'population'?"


def test_columns_for_readers_are_left_alone(study, cities, edit):
    before = load_scenario(study)
    text = cities.read_text(encoding="utf-8").splitlines()
    cells = ["note,confidence", "kept,found", '"1,5",recalled', ","]
    rows = [f"{line},{cell}" for line, cell in zip(text, cells, strict=True)]
    cities.write_text("\n".join(rows), encoding="utf-8")
    assert load_scenario(study) == before
    edit(cities, "note,confidence", "note,confidenc")
    assert "unknown column 'confidenc'" in refusal(study)


def test_column_given_twice(study, cities, edit):
    edit(cities, "lon,lat", "lon,lon")
    assert refusal(study) == "cities.csv: the column 'lon' is given twice"


@pytest.mark.parametrize(
    ("old", "new", "found"), [("105.0,10.0", "105.0", 5), ("10.0", "10.0,1", 7)]
)
def test_ragged_row(study, cities, edit, old, new, found):
    edit(cities, old, new)
    assert refusal(study) == (
        f"cities.csv, row 3: found {found} cells, allowed are 6 as in the header"
    )


@pytest.mark.parametrize(
    ("bad", "meant"),
    [
        *((bad, "") for bad in ("1e", "nan", "inf", "1e999", "1e-999", "ten", "0x10", "1.2.3")),
        ("1_000", "; did you mean 1000?"),
        ("\u0661", "; did you mean 1?"),
        ("\uff11\uff12", "; did you mean 12?"),
        ("\u22125", "; did you mean -5?"),
        ("50%", "; did you mean 0.5?"),
    ],
)
def test_bad_number(study, cities, edit, bad, meant):
    edit(cities, "100000", bad)
    assert refusal(study) == (
        f"cities.csv, row 3: population: found the text '{bad}', "
        f"allowed is a finite number in [1e-06, 1e+12]{meant}"
    )


def test_number_out_of_range(study, cities, edit):
    edit(cities, "100000", "-5")
    assert refusal(study) == (
        "cities.csv, row 3: population: found -5, allowed is a finite number in [1e-06, 1e+12]"
    )


def test_blank_cell_that_is_needed(study, cities, edit):
    edit(cities, "100000", " ")
    assert refusal(study) == "cities.csv, row 3: population: the value is missing"


def test_duplicate_codes(study, cities, edit):
    edit(cities, "c,Gamma", "a,Gamma")
    assert refusal(study) == (
        "cities.csv, row 4: code: found 'a' of Gamma a second time, it is the code of Alpha"
    )


def test_one_government_is_no_region(study, cities):
    lines = cities.read_text(encoding="utf-8").splitlines()
    cities.write_text("\n".join(lines[:2]), encoding="utf-8")
    assert refusal(study) == (
        "study.toml: region.governments: found 1 governments, allowed are 2 to 300"
    )


def test_no_rows_and_no_csv(study, cities):
    cities.write_text("code,name,population,grdp,lon,lat\n\n", encoding="utf-8")
    assert refusal(study) == "cities.csv: there is no row below the header"
    cities.write_text('code,name\n"a,b', encoding="utf-8")
    assert refusal(study).startswith("cities.csv: not valid CSV")
    cities.write_text("", encoding="utf-8")
    assert refusal(study) == "cities.csv: the file is empty"
    cities.unlink()
    assert refusal(study) == "cities.csv: there is no such file"


def test_codes_keep_leading_zeros(study, cities, edit):
    edit(cities, "\na,", "\n01,")
    assert load_scenario(study).region.codes == ("01", "b", "c")


@pytest.mark.usefixtures("projects")
def test_projects_one_by_one(study):
    table = load_scenario(study).table
    assert [(row.year, row.host) for row in table] == [(1, "a"), (4, "b")]
    assert table[1].parties == ("b", "c", "a")
    assert table[1].own == (5.0, -0.5, 3.0)
    assert (table[0].duplicable, table[0].touches_land, table[0].kind) == (True, True, "ring road")


def test_projects_of_a_year_come_in_the_order_of_their_hosts(study, projects, edit):
    """In the file B's stands first."""
    edit(projects, "4,b,", "1,b,")
    assert [(row.year, row.host) for row in load_scenario(study).table] == [(1, "a"), (1, "b")]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("b;c;a", "b;x;a", "row 2: parties: no government has the code 'x', known are a, b, c"),
        ("4,b,b;c;a", "4,x,x;c;a", "row 2: parties: no government has the code 'x', known are"),
        ("4,b,b;c;a", "4,b,c;b;a", "row 2: parties: found 'c' first, allowed is the host 'b'"),
        ("b;c;a", "b;b;a", "row 2: parties: found a code twice in b, b, a"),
        ("b;c;a", "b", "row 2: parties: found 1 codes, allowed are 2 to 12"),
        ("5;-0.5;3", "5;3", "row 2: own: found 2 benefits, allowed is one for each of 3 parties"),
        ("5;-0.5;3", "5;x;3", "row 2: own: found the text 'x', allowed is a finite number"),
        ("5;-0.5;3", "5;1e999;3", "row 2: own: found the text '1e999', allowed is a finite"),
        ("4,b,", "11,b,", "row 2: year: found 11, allowed is at most years, 10"),
        ("4,b,", "0,b,", "row 2: year: found 0, allowed is a whole number in [1, inf)"),
        (",60,2,", ",0,2,", "row 2: cost: found 0, allowed is a finite number in "),
        (",60,2,", ",60,2.5,", "row 2: build: found 2.5, allowed is a whole number in [1, "),
        (
            "3,0,false",
            "3,-1,false",
            "row 2: spillover: found -1, allowed is a finite number in [0",
        ),
        ("false,false", "no,false", "row 2: duplicable: found the text 'no', allowed is true or"),
        ("spillover,", "spilover,", "unknown column 'spilover', did you mean 'spillover'?"),
    ],
)
def test_projects_that_do_not_fit(study, projects, edit, old, new, message):
    edit(projects, old, new)
    assert refusal(study).removeprefix("projects.csv").lstrip(",: ").startswith(message)


@pytest.mark.usefixtures("projects")
def test_years_and_table_are_checked_together(study):
    with pytest.raises(ScenarioError, match=r"override: table\[#2\].year: found 4, .+ years, 3"):
        load_scenario(study).with_overrides(years=3)
