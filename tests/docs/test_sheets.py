"""Generated pages are there, up to date, and built without a warning (warnings are errors here)."""

import re
import sys

import pytest

from kernegotiate.scenario import Levers
from tools.docs_pages import figures, pages, repository
from tools.docs_pages.pages import levers, notes
from tools.docs_pages.proofs import acts_through, bites, closed_forms
from tools.docs_pages.shape import shape
from tools.docs_pages.sheet import shapes
from tools.docs_pages.sweep import OUTCOMES, points, read_sweeps

ROOT = repository()
PAGES = pages(ROOT)
_, TABLE = read_sweeps(ROOT)


def test_every_lever_has_a_sheet():
    sheets = {path.stem for path in (ROOT / "docs/levers").glob("*.md")} - {"README"}
    assert sheets == set(Levers.model_fields)
    assert {path.stem for path in (ROOT / "docs/levers").glob("*.svg")} == sheets


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_the_text_is_up_to_date(path):
    assert path.read_text(encoding="utf-8") == PAGES[path], "stale: make docs"


@pytest.mark.parametrize("lever", levers(), ids=lambda lever: lever.name)
def test_the_sweep_covers_the_lever(lever):
    rows = TABLE[TABLE["lever"] == lever.name]
    assert list(rows["setting"].drop_duplicates()) == [str(value) for value in points(lever)]
    assert set(rows["outcome"]) == set(OUTCOMES)
    at_null = rows[rows["setting"] == str(lever.default)]
    assert (at_null["difference"] == 0).all()


@pytest.mark.parametrize("lever", levers(), ids=lambda lever: lever.name)
def test_what_is_flat_or_turns_is_explained(lever):
    words = {one.word for one in shapes(lever, TABLE[TABLE["lever"] == lever.name]).values()}
    if words & {"flat", "turns"}:
        assert lever.name in notes(ROOT)


def test_notes_are_on_levers():
    assert notes(ROOT).keys() <= Levers.model_fields.keys()


def test_proofs_are_found():
    assert bites(ROOT).keys() == Levers.model_fields.keys()
    assert all(acts_through(name) for name in Levers.model_fields)
    assert [proof.name for proof in closed_forms(ROOT, "linkage")] == ["A5"]
    assert [proof.name for proof in closed_forms(ROOT, "side_payments")] == ["A2"]
    assert {"A3", "A4"} <= {proof.name for proof in closed_forms(ROOT, "quota")}
    assert "U3" in {proof.name for proof in closed_forms(ROOT, "sanction")}


def test_named_tests_exist():
    for path, text in PAGES.items():
        for file, name in re.findall(r"`(tests/[\w/]+\.py)::(\w+)", text):
            assert f"def {name}(" in (ROOT / file).read_text(encoding="utf-8"), (path, name)


@pytest.mark.slow
def test_figures_build_and_one_of_each_kind_the_same_twice(tmp_path, monkeypatch):
    (tmp_path / "again").mkdir()
    assert len(figures(ROOT, tmp_path)) == len(levers())
    kinds = {lever.type: lever for lever in levers()}
    module = sys.modules["tools.docs_pages.pages"]  # a function has its name in the package
    monkeypatch.setattr(module, "levers", lambda: list(kinds.values()))
    again = figures(ROOT, tmp_path / "again")
    assert len(again) == len(kinds) > 2
    for path in again:
        assert path.read_bytes() == (tmp_path / path.name).read_bytes()
        assert b"dc:date" not in path.read_bytes()


@pytest.mark.parametrize(
    ("level", "word"),
    [
        ([0.2, 0.205, 0.2], "flat"),
        ([0.2, 0.3, 0.4], "rises"),
        ([0.4, 0.3, 0.2], "falls"),
        ([0.2, 0.4, 0.3], "turns"),
        ([0.4, 0.2, 0.3], "turns"),
    ],
)
def test_shapes(level, word):
    import pandas as pd

    rows = pd.DataFrame({"level": level, "setting": ["0.0", "0.5", "1.0"]})
    assert shape(rows).word == word
    words = shape(rows, ordered=False).word
    assert words == ("flat" if word == "flat" else "differs")
