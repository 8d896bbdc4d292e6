"""Pages of the cases are what `make cases` makes of the tables beside them, and these of runs."""

import re

import numpy as np
import pandas as pd
import pytest

import kernegotiate as kn
from tools.cases import draw, pages, read_results, rows_of
from tools.cases.judging import AGREES, DIFFERS, OPEN, judged
from tools.cases.levels import KNOWN, read_levels, row_of
from tools.cases.notes import Expectation, read_notes
from tools.docs_pages import repository

ROOT = repository()
PAGES = pages(ROOT)
NOTES = read_notes(ROOT)
_, RESULTS = read_results(ROOT)


def test_every_case_has_notes_a_page_and_a_picture():
    names = {*kn.case_names()}
    assert NOTES.keys() == names
    for ending in ("md", "svg"):
        found = {path.stem for path in (ROOT / "docs/cases").glob(f"*.{ending}")} - {"README"}
        assert found == names
    assert {*RESULTS["case"]} == names


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_the_text_is_up_to_date(path):
    assert path.read_text(encoding="utf-8") == PAGES[path], "stale: make cases ARGS=--kept"


@pytest.mark.parametrize("case", ["jing_jin_ji_orders", "mekong_council", "bandung_autonomy"])
def test_the_numbers_are_those_of_the_runs(case):
    kept = RESULTS[RESULTS["case"] == case].reset_index(drop=True)
    made = rows_of(case)
    assert list(made.columns) == list(kept.columns)
    names = ["case", "coordinator", "outcome"]
    assert made[names].equals(kept[names])
    for column in set(made.columns) - set(names):
        np.testing.assert_allclose(made[column], kept[column], rtol=1e-5, atol=1e-9)


def test_a_level_is_that_of_the_runs():
    kept = read_levels(ROOT).set_index("level")
    made = row_of("chungcheong_competition", "signed_in_four_years")
    told = kept.loc["signed_in_four_years"]
    assert (made["share"], made["median"]) == (told["share"], told["median"])
    assert {name for notes in NOTES.values() for name in notes.levels} == KNOWN.keys()


def test_a_picture_comes_out_the_same(tmp_path):
    case = "tokyo_statute"
    draw(RESULTS[RESULTS["case"] == case], tmp_path / f"{case}.svg")
    drawn = (tmp_path / f"{case}.svg").read_bytes()
    assert drawn == (ROOT / f"docs/cases/{case}.svg").read_bytes()


def test_ids_are_in_the_list_of_evidence():
    listed = (ROOT / "docs/evidence.md").read_text(encoding="utf-8")
    cited = {one for text in PAGES.values() for one in re.findall(r"\bE\d{2,3}\b", text)}
    assert {one for one in cited if f"| {one} |" not in listed} == set()


def test_the_notes_hold_no_result():
    """Numbers of the model come from its runs; those in the notes are the sources'."""
    for notes in NOTES.values():
        for sentence in (*notes.unknown, *(one.says for one in notes.expect)):
            assert not re.search(r"\d\s*%|\.\d", sentence), sentence


@pytest.mark.parametrize(
    ("sign", "low", "high", "answer"),
    [
        ("more", 0.1, 0.2, AGREES),
        ("more", -0.2, -0.1, DIFFERS),
        ("more", -0.1, 0.2, OPEN),
        ("less", -0.2, -0.1, AGREES),
        ("less", 0.1, 0.2, DIFFERS),
        ("same", -0.04, 0.04, AGREES),
        ("same", -0.04, 0.06, OPEN),
        ("same", 0.06, 0.08, DIFFERS),
        ("same", -0.08, -0.06, DIFFERS),
        ("more", float("nan"), float("nan"), OPEN),
    ],
)
def test_agreement_follows_from_the_interval(sign, low, high, answer):
    one = Expectation("", "efficiency", sign, "none")
    table = pd.DataFrame([{"coordinator": "none", "outcome": "efficiency"}]).assign(
        difference_low=low, difference_high=high
    )
    assert judged(one, table) == answer


@pytest.mark.parametrize(("low", "answer"), [(0.1, AGREES), (0.45, OPEN), (0.6, DIFFERS)])
def test_a_level_is_below_what_is_given(low, answer):
    one = Expectation("", "membership_rate", below=0.5)
    table = pd.DataFrame([{"coordinator": "lga", "outcome": "membership_rate"}])
    assert judged(one, table.assign(low=low, high=low + 0.1)) == answer
