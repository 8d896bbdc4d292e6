"""Designs: every kind, from tables and files, and every way to get one wrong."""

import sys

import numpy as np
import pandas as pd
import pytest

import kernegotiate as kn
from kernegotiate.batch.design import Design
from kernegotiate.batch.sampling import Sampling

QUOTA = {"name": "quota", "low": 0.5, "high": 1.0}
TERM = {"name": "term", "low": 3, "high": 6}
CALENDAR = {"name": "calendar"}
BACKSTOP = {"name": "backstop"}


def made(kind, *factors, **others):
    return Sampling.checked({"kind": kind, "factors": list(factors), **others}, "design").design()


def test_factorial():
    table = made("factorial", QUOTA, BACKSTOP, {"name": "term", "values": [4, 5, 6]}).table
    assert len(table) == len(table.drop_duplicates()) == 12
    assert list(table.columns) == ["quota", "backstop", "term"]
    assert set(table["quota"]) == {0.5, 1.0}
    assert [str(kind) for kind in table.dtypes] == ["float64", "bool", "int64"]


def test_list():
    values = [{"name": "quota", "values": [0.5, 1]}, {"name": "calendar", "values": ["random"] * 2}]
    assert made("list", *values).table.to_numpy().tolist() == [[0.5, "random"], [1.0, "random"]]


def test_latin_hypercube():
    table = made("lhs", QUOTA, TERM, CALENDAR, samples=12, seed=4).table
    cells = np.sort(np.floor((table["quota"] - 0.5) / 0.5 * 12))
    assert cells.tolist() == list(range(12))
    assert table["term"].value_counts().to_dict() == dict.fromkeys((3, 4, 5, 6), 3)
    assert table["calendar"].value_counts().to_list() == [4, 4, 4]


@pytest.mark.parametrize(("kind", "size"), [("sobol", 8 * (2 * 3 + 2)), ("morris", 8 * (3 + 1))])
def test_samples_of_salib(kind, size):
    design = made(kind, QUOTA, TERM, BACKSTOP, samples=8, seed=4)
    assert len(design.table) == size
    assert design.table["quota"].between(0.5, 1.0).all()
    assert set(design.table["term"]) == {3, 4, 5, 6}
    again = made(kind, QUOTA, TERM, BACKSTOP, samples=8, seed=4)
    pd.testing.assert_frame_equal(design.table, again.table)
    assert design.contents == again.contents
    assert design.contents != made(kind, QUOTA, TERM, BACKSTOP, samples=8, seed=5).contents


def test_from_a_file_and_a_table(tmp_path):
    (tmp_path / "points.csv").write_text(
        "quota,term,backstop,calendar\n0.5,4,true,random\n1,5,FALSE,staggered\n"
    )
    design = Design.read(tmp_path / "points.csv")
    assert design.settings(1) == {
        "quota": 1.0,
        "term": 5,
        "backstop": False,
        "calendar": "staggered",
    }
    other = Design.of(design.table)
    assert other.contents["hash"] == design.contents["hash"]
    assert all(type(value).__module__ == "builtins" for value in design.settings(0).values())


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("quoat\n1\n", "unknown column 'quoat', did you mean 'quota'?"),
        ("quota,term\n1,x\n", "row 2: term: found the text 'x', allowed is a whole number in"),
        ("quota,term\n1,2.5\n", "row 2: term: found 2.5, allowed is a whole number in"),
        ("quota,term\n1,inf\n", "row 2: term: found the text 'inf', allowed"),
        ("quota\n1\n2\n", "row 3: quota: found 2, allowed is a finite number in"),
        ("quota,term\n1,\n,4\n", "row 3: quota: the value is missing"),
        ("backstop\nyes\n", "row 2: backstop: found the text 'yes', allowed is true or false"),
        (
            "calendar\nlunar\n",
            "row 2: calendar: found the text 'lunar', allowed is one of synchronised, ",
        ),
        ("quota\n", "there is no row below the header"),
    ],
)
def test_wrong_files_are_told(tmp_path, text, sentence):
    (tmp_path / "points.csv").write_text(text)
    with pytest.raises(kn.ScenarioError) as error:
        Design.read(tmp_path / "points.csv")
    assert str(error.value).startswith(str(tmp_path / "points.csv"))
    assert sentence in str(error.value)


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ({"quota": []}, "found no row"),
        ({"quota": [np.nan]}, "quota: found nan, allowed is a finite number in"),
        ({"quota": [True]}, "quota: found true, allowed"),
        ({"nonsense": [1]}, "nonsense: unknown keyword"),
        ({"kinds": [1]}, "kinds: is a list"),
    ],
)
def test_wrong_tables_are_told(table, sentence):
    with pytest.raises(kn.ScenarioError, match=sentence):
        Design.of(pd.DataFrame(table))


@pytest.mark.parametrize(
    ("design", "sentence"),
    [
        ({"kind": "lhs", "factors": [QUOTA]}, "the kind lhs needs samples"),
        ({"kind": "factorial", "samples": 4, "factors": [QUOTA]}, "takes no samples"),
        ({"kind": "sobol", "samples": 12, "factors": [QUOTA]}, "allowed is a power of 2"),
        ({"kind": "sobl", "factors": [QUOTA]}, "kind: found"),
        ({"kind": "lhs", "samples": 4}, "the kind lhs needs factors"),
        (
            {"kind": "sobol", "samples": 2**40, "factors": [QUOTA, TERM]},
            "found 6,597,069,766,656 rows of 2 factors, allowed are 2,500,000 of so many",
        ),
        ({"factors": [QUOTA]}, "needs a file, or a kind and factors"),
        ({"kind": "factorial", "factors": [QUOTA, QUOTA]}, "quota: found twice"),
        ({"kind": "list", "factors": [QUOTA]}, "equally many values"),
        ({"kind": "factorial", "factors": [{"name": "quota"}]}, "quota: needs low and high, or"),
        ({"kind": "factorial", "factors": [{**QUOTA, "high": 2}]}, "quota: found 2.0, allowed is"),
        ({"kind": "factorial", "factors": [{**QUOTA, "high": 0.5}]}, "allowed is less than high"),
        ({"kind": "factorial", "factors": [{**QUOTA, "values": [1]}]}, "either values or low and"),
        ({"kind": "factorial", "factors": [{"name": "quota", "values": []}]}, "found no value"),
        ({"kind": "factorial", "factors": [{**QUOTA, "name": "qota"}]}, "did you mean 'quota'?"),
        ({"kind": "factorial", "factors": [{**TERM, "low": 3.5}]}, "a whole number in"),
    ],
)
def test_wrong_designs_are_told(design, sentence):
    with pytest.raises(kn.ScenarioError) as error:
        Sampling.checked(design, "design")
    assert sentence in str(error.value)


def test_a_missing_library_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "SALib", None)
    with pytest.raises(kn.ScenarioError, match=r"install kernegotiate\[sensitivity\]"):
        made("sobol", QUOTA, samples=4)


@pytest.mark.parametrize(("low", "high"), [(0.3, 0.9), (0.1, 0.7), (0.02, 0.1), (0.0, 1.0)])
def test_both_ends_are_hit_exactly(low, high):
    design = made("factorial", {"name": "trust", "low": low, "high": high})
    assert design.table["trust"].tolist() == [low, high]
    assert design.find({"trust": high}) == 1


def test_the_values_there_are_are_named():
    design = made("factorial", {"name": "term", "values": [3, 4, 5, 6, 7, 8, 9, 10]}, BACKSTOP)
    with pytest.raises(kn.ScenarioError, match=r"; term is 3, 4, 5, 6, 7, 8 and 2 more$"):
        design.find({"term": 2, "backstop": True})
    with pytest.raises(kn.ScenarioError, match=r"2 of 16 rows .* allowed is what one row has$"):
        design.find({"term": 3})


def test_a_text_may_be_written_in_several_ways_and_stays_as_it_was():
    factor = {"name": "changes", "values": ["12 lga", "", "20 quota=0.6"]}
    design = made("factorial", factor, QUOTA)
    assert design.table["changes"].unique().tolist() == factor["values"]
    assert design.find({"changes": "020  quota=.6;", "quota": 1.0}) == 5
    with pytest.raises(kn.ScenarioError, match="changes: found a list, allowed"):
        made("factorial", {"name": "changes", "values": [[{"year": 12, "institution": "lga"}]]})


def test_a_design_is_another_when_a_file_that_it_names_has_changed(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    found = []
    for quota in (0.6, 0.7):
        (tmp_path / "law.toml").write_text(f"[levers]\nquota = {quota}\n")
        design = made("factorial", {"name": "changes", "values": ["12 ./law.toml"]})
        found.append(design.contents["hash"])
    assert found[0] != found[1]
