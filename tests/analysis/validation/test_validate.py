"""Facts held against the model: the box, the arms, the runs, and what is told of them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from fact_helpers import MONEY
from kernegotiate import ScenarioError, parameters, simulate
from kernegotiate.analysis.estimators import Estimate, estimate, ratio
from kernegotiate.analysis.validation.arms import Arms, asked_by
from kernegotiate.analysis.validation.box import Box, factors
from kernegotiate.analysis.validation.files import in_order, load_fact, load_facts
from kernegotiate.analysis.validation.rankings import Ranking, stand, switched
from kernegotiate.analysis.validation.report import read_before, write_report
from kernegotiate.analysis.validation.summary import Tables, facts_table, parts_table, when
from kernegotiate.analysis.validation.trees import grow
from kernegotiate.analysis.validation.validation import validate
from kernegotiate.cli import main

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(name: str = "F1.toml", *, old: str = "", new: str = "") -> Path:
        path = tmp_path / name
        assert old in MONEY
        path.write_text(MONEY.replace(old, new))
        return path

    return written


def test_the_box_is_every_plausible_range_that_is_no_lever_and_the_calendar() -> None:
    plausible = {one.name for one in parameters() if one.plausible and one.part != "levers"}
    assert {one.name for one in factors()} == plausible | {"calendar"}
    box = Box.sample(40, seed=3)
    values = box.settings({})
    known = {one.name: one for one in parameters()}
    for name in plausible:
        low, high = known[name].plausible or (0, 0)
        assert values[name].between(low, high).all()
        # a Latin hypercube: one point in each fortieth of the range
        assert sorted((box.shares[name] * 40).astype(int)) == list(range(40))
    assert set(values["calendar"]) == set(known["calendar"].choices)


def test_a_further_parameter_leaves_the_points_as_they_are_in_all_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before, every = Box.sample(30, seed=3).shares, factors()
    monkeypatch.setattr("kernegotiate.analysis.validation.box.factors", lambda: every[5:])
    after = Box.sample(30, seed=3).shares
    pd.testing.assert_frame_equal(after, before[list(after)])
    assert abs(np.corrcoef(before.to_numpy().T) - np.eye(len(every))).max() < 0.7


def test_a_fact_narrows_a_range_and_each_point_keeps_its_place_in_it() -> None:
    box = Box.sample(20, seed=3)
    wide, narrow = box.settings({}), box.settings({"noise": [0.1, 0.2], "term": 5})
    assert narrow["noise"].between(0.1, 0.2).all()
    assert (narrow["noise"].rank() == wide["noise"].rank()).all()
    assert set(narrow["term"]) == {5}
    other = [name for name in wide if name not in ("noise", "term")]
    pd.testing.assert_frame_equal(narrow[other], wide[other])


def test_equal_arms_of_different_facts_are_simulated_once(write: Write) -> None:
    one, two = (
        load_fact(write("F1.toml")),
        load_fact(
            write(
                "F2.toml",
                old="match_rate = 0.0 }\n[arms.with]",
                new="match_rate = 0.1 }\n[arms.with]",
            )
        ),
    )
    arms = Arms.of(asked_by([one, two], {}))
    assert len(arms) == 3
    assert arms.places["F1"]["with"] == arms.places["F2"]["with"]
    assert arms.places["F1"]["without"] != arms.places["F2"]["without"]
    off = Arms.of(asked_by([one, two], {}, off=True))
    assert len(off) == 1


def test_a_row_of_the_design_is_a_point_under_an_arm(write: Write) -> None:
    from kernegotiate import load_institution, load_scenario

    fact, box = load_fact(write()), Box.sample(4, seed=1)
    arms = Arms.of(asked_by([fact], {}))
    table = arms.design(box, load_scenario("mekong_delta")).table
    assert len(table) == 4 * len(arms)
    levers = load_institution("conditional_funding").levers.model_dump()
    settings = box.settings(fact.box)
    for point in range(4):
        row = table.iloc[point * len(arms) + arms.places["F1"]["without"]]
        expected = {**settings.iloc[point], **levers, "match_rate": 0.0}
        assert {name: row[name] for name in expected} == expected


def test_answers_are_those_of_the_same_runs_made_elsewhere(write: Write) -> None:
    """Against `simulate`, point by point, from the files' own words."""
    found = validate([write()], points=3, runs=40, seed=5)
    settings = found.box.settings(found.facts[0].box)
    for point in range(3):
        values = {name: _plain(value) for name, value in settings.iloc[point].items()}
        levels = [
            estimate(
                simulate(
                    "mekong_delta", "conditional_funding", runs=40, seed=5, **values, **more
                ).outcomes,
                "completion_rate",
            )
            for more in ({}, {"match_rate": 0.0})
        ]
        here = found.answers[(found.answers["point"] == point) & (found.answers["part"] == 0)]
        [row] = here.to_dict("records")
        if row["answer"] != "floor":
            assert row["value"] == (levels[0] - levels[1]).value


def _plain(value: object) -> object:
    return value.item() if isinstance(value, np.generic) else value


def test_the_same_seed_gives_the_same_page_and_files_to_the_last_byte(
    write: Write, tmp_path: Path
) -> None:
    path = write()
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder, threads in zip(folders, (1, 2), strict=True):
        found = validate([path], points=24, runs=20, threads=threads)
        write_report(found, Tables.of(found), folder, command="kernegotiate validate")
    one, two = (
        {
            file.relative_to(folder): file.read_bytes()
            for file in folder.rglob("*")
            if file.is_file()
        }
        for folder in folders
    )
    assert one == two
    assert {str(name) for name in one} >= {
        "validation.md",
        "validation/F1.svg",
        "validation/facts.csv",
    }


@pytest.mark.slow
def test_a_killed_validation_goes_on_to_the_same_digits(
    write: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "runs"
    words = ["validate", "--facts", str(write()), "--points", "20", "--runs", "40", "--json"]
    command = [sys.executable, "-m", "kernegotiate", *words, "--out", str(out)]
    killed = subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 120
    while not list(out.glob("parts/*")) and time.monotonic() < deadline:
        time.sleep(0.02)
    os.kill(killed.pid, signal.SIGKILL)
    killed.wait()
    told = []
    for more in (["--out", str(out), "--resume"], []):
        assert main([*words, *more]) == 0
        told.append(capsys.readouterr().out)
    assert told[0] == told[1]


def test_a_mechanism_that_is_off_leaves_nothing_to_reproduce(write: Write) -> None:
    found = validate([write()], points=24, runs=20, off=True)
    assert set(facts_table(found)["verdict"]) <= {"no effect", "not testable"}


def test_a_new_fact_needs_no_code_and_may_measure_sums(write: Write) -> None:
    found = validate([write()], points=24, runs=20)
    parts = parts_table(found)
    assert list(parts["measure"]) == ["completion_rate", "completed / arrived"]
    assert parts["right"].iloc[0] == pytest.approx(parts["right"].iloc[1], abs=0.1)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"strong"', '"certain"', "support"),
        ('measure = "completion_rate"', 'measure = "completion"', "completion_rate"),
        ('["with", "without"]', '["with", "whithout"]', "without"),
        ('claim = "greater"', 'claim = "threshold"', "3 or more"),
        ("noise = [0.1, 0.2]", "noise = [0.2, 0.1]", "noise"),
        ("noise = [0.1, 0.2]", "noize = 0.1", "noise"),
        ("noise = [0.1, 0.2]", "quota = 0.5", "lever"),
        ("noise = [0.1, 0.2]", "noise = [0.1, 0.2, 0.3]", "two"),
        ("off = { match_rate = 0.0 }", "", "neutral"),
        ("off = { match_rate = 0.0 }", "off = { match_rate = 7 }", "match_rate"),
        ('built_in = "low"', 'built_in = "high"', "why_built_in"),
        ('evidence = ["E125"]', "", "source"),
        ('"conditional_funding"\n[[', '"conditional"\n[[', "conditional_funding"),
        ("{ completed = 1 }", "{ signed_gap = 1 }", "ratio itself"),
        ("share = true }", 'share = true, name = "signed" }', "sum and per"),
        ('claim = "greater"', 'claim = "greater"\nat = [0, 1]', "at"),
        ('claim = "greater"', 'claim = "greater"\nby = -0.1', "by"),
    ],
)
def test_what_is_wrong_with_a_fact_is_told_in_one_sentence(
    write: Write, old: str, new: str, told: str
) -> None:
    if "\n[[" in old:
        old, new = old.replace("\n[[", "\n\n[[parts]]"), new.replace("\n[[", "\n\n[[parts]]")
    with pytest.raises(ScenarioError) as error:
        load_fact(write(old=old, new=new))
    text = str(error.value)
    assert "F1.toml" in text
    assert told in text
    assert "\n" not in text


def test_facts_come_in_the_order_of_their_numbers_from_folders_too(
    write: Write, tmp_path: Path
) -> None:
    for name in ("SF10.toml", "SF2.toml"):
        write(name)
    assert [fact.name for fact in load_facts([str(tmp_path) + "/"])] == ["SF2", "SF10"]
    assert in_order("X5") > in_order("SF99")
    with pytest.raises(ScenarioError, match="twice"):
        load_facts([tmp_path / "SF2.toml", tmp_path / "SF2.toml"])
    with pytest.raises(ScenarioError, match="did you mean"):
        load_facts(["SF0l"])


def test_a_tree_finds_the_condition_that_decides() -> None:
    rng = np.random.default_rng(2)
    table = pd.DataFrame({f"p{number}": rng.random(200) for number in range(40)})
    table["calendar"] = rng.choice(["staggered", "random"], 200)
    answers = np.where(table["p7"] > 0.6, "right", "opposite")
    first, second = grow(table, answers.tolist())
    assert first.conditions[0].startswith("p7 <= 0.6")
    assert first.answers == {"opposite": first.points}
    assert second.answers == {"right": second.points}
    words = grow(table, table["calendar"].eq("random").map({True: "yes", False: "no"}).tolist())
    assert {one.conditions for one in words} == {
        ("calendar is not random",),
        ("calendar is random",),
    }


def test_a_ranking_names_the_best_and_what_a_switch_leaves_of_it() -> None:
    ranking = Ranking.load()
    first, second, *others = ranking.institutions
    one = ranking.switches[0]

    def level(value: float) -> Estimate:
        return ratio(value + 0.01 * np.tile([1.0, -1.0], 50), np.ones(100))

    levels = {first: level(0.4), second: level(0.3), **{name: level(0.1) for name in others}}
    levels |= {switched(switch): level(0.05) for switch in ranking.switches}
    levels[switched(one)] = level(0.41)
    standing = stand(ranking, levels)
    assert (standing.best, standing.ahead) == (first, True)
    assert standing.still[switched(one)]
    assert sum(standing.still.values()) == 1
    levels[second] = levels[first]
    assert not stand(ranking, levels).ahead


def test_an_earlier_table_stands_beside_the_new_one(write: Write, tmp_path: Path) -> None:
    found = validate([write()], points=24, runs=20)
    write_report(found, Tables.of(found), tmp_path / "before", command="kernegotiate validate")
    before = read_before(tmp_path / "before" / "validation" / "facts.csv")
    before["verdict"] = "opposite"
    page = write_report(
        found, Tables.of(found), tmp_path / "after", command="kernegotiate validate", before=before
    )
    [row] = [line for line in page.read_text().splitlines() if line.startswith("| F1 | opposite")]
    assert "better" in row
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")
    with pytest.raises(ScenarioError, match="no column 'fact'"):
        read_before(tmp_path / "other.csv")


def test_a_mixed_fact_gets_a_tree_over_the_points_that_count(write: Write) -> None:
    found = validate([write()], points=40, runs=20)
    leaves = when(found, found.facts[0])
    answers = found.answers[found.answers["part"] == 0]["answer"]
    assert sum(leaf.points for leaf in leaves) <= (answers != "floor").sum()


def test_a_changed_model_is_held_against_the_same_facts_at_the_same_points(write: Write) -> None:
    usual = validate([write()], points=24, runs=20)
    nothing = validate([write()], points=24, runs=20, settings={"match_rate": 0.0})
    again = validate([write()], points=24, runs=20, settings={"grant_budget": 0.3})
    pd.testing.assert_frame_equal(nothing.box.shares, usual.box.shares)
    assert (nothing.answers["answer"] != "right").all()
    pd.testing.assert_frame_equal(again.answers, usual.answers)  # as it is anyway
    with pytest.raises(ScenarioError, match="match_rate"):
        validate([write()], points=24, runs=20, settings={"match_rate": 3})


def test_the_page_names_the_part_that_keeps_a_fact_from_being_right(write: Write) -> None:
    """A second part that asks for ten times as much decides wherever the first is right."""
    path = write(
        old='label = "the same as a ratio of sums"', new='label = "ten times as much"\nby = 0.9'
    )
    found = validate([path], points=24, runs=20)
    [row] = facts_table(found).to_dict("records")
    assert row["judged"] == 2
    assert row["decides"].startswith("ten times as much (at ")
    counted = found.answers.groupby("point")["answer"].agg(list)
    assert row["opposite_of_all"] == sum("opposite" in one for one in counted) / 24
