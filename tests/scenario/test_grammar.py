"""One grammar at every door: a cell, a design, `--set`, a link; sliders and keywords for values."""

import math
from urllib.parse import urlencode

import numpy as np
import pandas as pd
import pytest

from kernegotiate.batch.design import Design
from kernegotiate.cli.settings import read_settings
from kernegotiate.scenario import ScenarioError, load_scenario, parameters, resolve
from viz.state import State

KNOWN = {one.name: one for one in parameters()}


def cell(name, text, tmp_path):
    """A value as a design of two columns reads it, the other of which tells nothing."""
    file = tmp_path / "points.csv"
    file.write_text(f"{name};quota\n{text};1\n", encoding="utf-8")
    return Design.read(file).settings(0)[name]


def option(name, text, tmp_path):
    value = read_settings([f"{name}={text}"])[name]
    scenario, institution = resolve("mekong_delta", "none", **{name: value})
    held = (institution.levers, scenario.leaders, scenario.behaviour)
    return next(getattr(part, name) for part in held if hasattr(part, name))


def link(name, text, tmp_path):
    return State.read(urlencode({f"set.{name}": text})).run.settings[name]


def keyword(name, text, tmp_path):
    return KNOWN[name].validate(KNOWN[name].parse(text))


DOORS = (cell, option, link, keyword)


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("trust", "0.25", 0.25),
        ("trust", ".25", 0.25),
        ("trust", "+.25", 0.25),
        ("trust", "25e-2", 0.25),
        ("trust", " 0.25 ", 0.25),
        ("trust", "\u00a00.25\u00a0", 0.25),
        ("trust", "1.", 1.0),
        ("trust", "0", 0.0),
        ("term", "6", 6),
        ("term", "6.0", 6),
        ("term", "1e1", 10),
        ("backstop", "true", True),
        ("backstop", "TRUE", True),
        ("calendar", "random", "random"),
    ],
)
def test_every_door_takes(door, name, text, value, tmp_path):
    found = door(name, text, tmp_path)
    assert found == value
    assert type(found) is type(value)


BAD = {
    "trust": [
        *(
            "",
            "x",
            "1_0",
            "0x1",
            "inf",
            "nan",
            "-inf",
            "1e400",
            "1e-400",
            "1e",
            "--1",
            "1 0",
            "TRUE",
        ),
        *(
            "\u0660.\u0665",
            "\uff10.\uff15",
            "\u22120.5",
            "50%",
            "1/2",
            "0.5.",
            "1..0",
            "$1",
            "(1)",
            "'0.5'",
        ),
        *('"0.5"', "[0.5]", "2", "-0.1", "0.5\n1", "0.5 # half", "²"),
    ],
    "term": ["1_0", "\u0665", "0x5", "5.5", "0b1", "0", "1e99", "five"],
    "backstop": ["1", "0", "yes", "on", "t", "", "truee", "VRAI"],
    "calendar": ["Random", "lunar", "", "random;", "'random'"],
}


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(("name", "text"), [(n, text) for n, bad in BAD.items() for text in bad])
def test_every_door_refuses(door, name, text, tmp_path):
    if door is cell and text == '"0.5"':
        return  # quotes of CSV, which are no part of the cell
    with pytest.raises(ScenarioError, match=f"{name}|row 2|CSV"):
        door(name, text, tmp_path)


@pytest.mark.parametrize("door", [option, link, keyword])
@pytest.mark.parametrize("text", ["0,25", "0.5,0", "1 000"])
def test_only_tables_and_links_take_a_decimal_comma(door, text, tmp_path):
    for table_or_link in (cell, link):
        assert table_or_link("trust", "0,25", tmp_path) == 0.25
    if (door, text) != (link, "0,25"):
        with pytest.raises(ScenarioError, match="trust: found"):
            door("trust", text, tmp_path)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1_0", "10"),
        ("\u0660.\u0665", "0.5"),
        ("\u22120.5", "-0.5"),
        ("12.5 %", "0.125"),
        ("0,5", "0.5"),
        ("1,000", "1.000 or 1000"),
        ("1.234,5", "1234.5"),
        ("1 000", "1000"),
    ],
)
def test_a_number_written_otherwise_is_asked_for(text, meant):
    with pytest.raises(ScenarioError, match=rf"; did you mean {meant}\?$"):
        KNOWN["trust"].parse(text)


VALUES = {
    "trust": [2, -1, math.nan, math.inf, "0.5", True, None, [0.5], 10**400, np.nan],
    "term": [2.5, "5", True, 0, 10**400, math.inf],
    "backstop": [1, 0.0, "true", None],
    "calendar": ["lunar", 1, None],
}


def slider(name, value):
    return State().changed(name, value)


def table(name, value):
    return Design.of(pd.DataFrame({name: pd.Series([value], dtype=object)}))


def call(name, value):
    return resolve("mekong_delta", "none", **{name: value})


def check(name, value):
    return KNOWN[name].validate(value)


@pytest.mark.parametrize("door", [slider, table, call, check])
@pytest.mark.parametrize(
    ("name", "value"), [(n, value) for n, bad in VALUES.items() for value in bad]
)
def test_every_door_checks_values_alike(door, name, value):
    with pytest.raises(ScenarioError, match=f"{name}: found"):
        door(name, value)


@pytest.mark.parametrize("one", parameters(), ids=lambda one: one.name)
def test_a_keyword_is_checked_as_its_record_is(one):
    """Defaults pass, both ends of a range and what lies beyond them as their interval tells."""
    assert one.validate(one.default) == one.default
    for end, is_open, beyond in (
        (one.low, one.interval.startswith("("), -1),
        (one.high, one.interval.endswith(")"), 1),
    ):
        if end is None:
            continue
        assert is_open == _is_refused(one, end)
        assert _is_refused(one, end + beyond)


def _is_refused(one, value):
    try:
        one.validate(value)
    except ScenarioError:
        return True
    return False


def test_a_list_is_written_as_in_toml():
    text = '[{name = "port", name_vi = "cảng", touches_land = true}]'
    kinds = read_settings([f"kinds={text}"])["kinds"]
    scenario, _ = resolve("mekong_delta", "none", kinds=kinds)
    assert [kind.name for kind in scenario.projects.kinds] == ["port"]
    with pytest.raises(
        ScenarioError, match=r"override: kinds: found the text 'port', allowed is a l"
    ):
        read_settings(["kinds=port"])


def test_a_design_is_a_table_like_any_other(tmp_path):
    file = tmp_path / "points.csv"
    file.write_text("sep=;\nTrust;term\n0,5;4\n", encoding="utf-16")
    with pytest.raises(ScenarioError, match=r"unknown column 'Trust', did you mean 'trust'\?"):
        Design.read(file)
    file.write_text("sep=;\ntrust;term\n\n0,5;4\n0,25;5\n", encoding="utf-16")
    assert Design.read(file).table.to_dict("list") == {"trust": [0.5, 0.25], "term": [4, 5]}


def test_scenarios_are_found_by_links_in_any_form():
    assert load_scenario("mekong_delta").name == State.read("scenario=mekong_delta").scenario
