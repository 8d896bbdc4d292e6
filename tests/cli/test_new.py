"""`new`: from a table of one's own to a region that is described, checked, compared and drawn."""

import json
import shlex
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import kernegotiate as kn
from kernegotiate.cli import main
from starting_helpers import CITIES, HEADER, SQUARES, collection, feature, text_of
from viz import map as drawing
from viz.sheet import sheet
from viz.state import Run
from viz.words import speak
from viz_helpers import views_of

NAMES = {code: name for code, name, *_ in CITIES}


@pytest.fixture
def do(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], tuple[int, str, str]]:
    """Run a command line as a shell would, in a folder with a table and a map of an office."""
    monkeypatch.chdir(tmp_path)
    table = unicodedata.normalize("NFD", text_of(HEADER[:4], *(row[:4] for row in CITIES)))
    Path("tỉnh.csv").write_text(table, encoding="utf-8-sig")
    areas = [feature(None, *SQUARES[code], ten=NAMES[code]) for code in SQUARES]
    Path("tinh.geojson").write_text(collection(*areas), encoding="utf-8")

    def run(line: str) -> tuple[int, str, str]:
        try:
            code = main(shlex.split(line)[1:])
        except SystemExit as leaving:
            code = int(leaving.code or 0)
        return code, *capsys.readouterr()

    return run


NEW = "kernegotiate new region mine --governments tỉnh.csv --map tinh.geojson"


def test_from_an_office_s_table_to_a_compared_and_mapped_region(
    do: Callable[[str], tuple[int, str, str]],
) -> None:
    """Semicolons, decimal commas, decomposed letters, names for ids, no coordinates."""
    code, out, _ = do(f"{NEW} --json")
    assert code == 0
    made = json.loads(out)
    assert (made["governments"], made["currency"], made["look_again"]) == (3, "billion VND", [])
    describe, check, run, compare, app = made["next"]

    code, out, _ = do(f"{describe} --json")
    tho = json.loads(out)["governments"][1]
    assert (code, tho["name"], tho["population"]) == (0, "Can Tho", 1_252_350)
    assert tho["GRDP per head, million VND"] == pytest.approx(86.99, abs=0.01)
    assert tho["km to the nearest"] == pytest.approx(55.4, abs=0.5)

    code, out, _ = do(check)
    assert (code, out) == (0, "mine/scenario.toml (scenario) will work.\n")

    code, out, _ = do(run)
    assert code == 0
    assert "Can Tho" in out

    code, out, _ = do(f"{compare} --runs 20 --set years=5 --json")
    assert code == 0
    assert json.loads(out)["scenario"] == "mine"
    assert app == "kernegotiate app mine/scenario.toml"

    code, out, _ = do("kernegotiate explain mine/scenario.toml --coordinator lga --runs 20 --json")
    assert code == 0

    region = kn.load_scenario("mine/scenario.toml").region
    plane = sheet("mine", region)
    view = views_of(Run("mine/scenario.toml", "lga", 1, (("years", 3),)))[0]
    picture = drawing.picture(view, plane, speak("vi"))
    assert [one["code"] for one in picture["areas"]] == ["89", "92", "96"]
    assert len(plane.areas) == 3
    assert "Cần Thơ" in [one["name"] for one in picture["places"]]


def test_a_reader_is_told_what_was_read_and_what_comes_next(do: Any) -> None:
    code, out, _ = do(f"{NEW} --title 'Ba tỉnh'")
    assert code == 0
    assert out.startswith("mine/scenario.toml is a scenario of 3 governments, beside governments.")
    assert (
        "population is 'Dân số (nghìn người)' times 1,000, in persons, as its header says." in out
    )
    assert "  kernegotiate check mine/scenario.toml\n" in out
    assert kn.load_scenario("mine/scenario.toml").title == "Ba tỉnh"


def test_a_unit_that_is_odd_is_remarked_at_once(do: Any) -> None:
    text = Path("tỉnh.csv").read_text(encoding="utf-8-sig")
    plain = unicodedata.normalize("NFC", text).replace("nghìn người", "người")
    Path("tỉnh.csv").write_text(plain, encoding="utf-8")
    _, out, _ = do(NEW)
    assert "No population reaches 5,000" in " ".join(out.split())
    _, out, _ = do("kernegotiate describe mine/scenario.toml")
    assert "No population reaches 5,000" in " ".join(out.split())


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("--rename x", "--rename: found 'x', allowed is such as 'Pop 2022=population'"),
        ("--rename Kinh=population", "--rename: tỉnh.csv has no column 'Kinh', known are"),
        ("--governments no.csv", "no.csv: there is no such file"),
        ("--map no.geojson", "no.geojson: there is no such file"),
        ("--population-unit dozens", "argument --population-unit: invalid choice: 'dozens'"),
    ],
)
def test_what_is_wrong_is_one_sentence(do: Any, line: str, sentence: str) -> None:
    code, out, err = do(f"{NEW} {line}")
    assert (code, out) == (2, "")
    assert sentence in err
    assert len(err.splitlines()) == 1
    assert not Path("mine").exists()


def test_a_folder_that_holds_files_is_left_alone(do: Any) -> None:
    do(NEW)
    before = {path: path.read_bytes() for path in Path("mine").iterdir()}
    code, _, err = do(NEW)
    assert code == 2
    assert "mine: found 'SOURCES.md' in it, allowed is a new or empty folder" in err
    assert {path: path.read_bytes() for path in Path("mine").iterdir()} == before
    code, _, _ = do(f"{NEW} --force")
    assert code == 0


def test_a_new_institution_is_compared_with_where_it_came_from(do: Any) -> None:
    code, out, _ = do("kernegotiate new institution own.toml --from lga --json")
    assert code == 0
    describe, check, compare = json.loads(out)["next"]
    assert do(describe)[0] == 0
    assert do(check)[0] == 0
    code, out, _ = do(f"{compare} --runs 10 --set years=3 --json")
    assert code == 0
    moved = [row for row in json.loads(out)["differences"] if row["value"]]
    assert moved == []
    code, _, err = do("kernegotiate new institution own.toml")
    assert code == 2
    assert "own.toml: the file is there already; --force writes over it" in err
