"""`experiment run`, `status` and `show`."""

from pathlib import Path
from typing import Any

import pytest

from kernegotiate.batch.seal import opened_json, sealed_json
from kernegotiate.cli import main

TEXT = """\
title = "Small"
question = "What?"
scenario = "mekong_delta"
institutions = ["lga"]
runs = 3
set = { years = 2 }
outcomes = ["welfare"]
[design]
kind = "sobol"
samples = 4
[[design.factors]]
name = "quota"
low = 0.5
high = 1.0
[[design.factors]]
name = "social_discount"
low = 0.02
high = 0.1
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "small.toml").write_text(TEXT, encoding="utf-8")
    return tmp_path


def test_run_resume_status_show(say: Any, place: Path) -> None:
    first = say(f"experiment run {place}/small.toml --out {place}/out --shard 1/2 --workers 1")
    assert (first.code, first.err) == (0, "")
    assert "12 of 24 chunks are there. Go on: kernegotiate experiment run" in " ".join(
        first.out.split()
    )
    again = say(f"experiment run {place}/small.toml --out {place}/out")
    assert again.code == 2
    assert "go on with it by resume (--resume)" in again.err
    status = say(f"experiment status {place}/out --json").json
    assert (status["finished"], status["chunks_done"], status["failed_points"]) == (False, 12, {})
    early = say(f"experiment show {place}/out")
    assert early.code == 2
    assert "12 of 24 chunks are missing; resume first" in early.err
    last = say(f"experiment run {place}/small.toml --out {place}/out --resume")
    assert "Finished: " in last.out
    shown = say(f"experiment show {place}/out")
    assert shown.code == 0
    assert "what it depends on" in shown.out
    assert "social_discount" in shown.out
    assert "20 points of 24 shown; --json has all." in shown.out
    document = say(f"experiment show {place}/out --json --outcome welfare").json
    assert len(document["points"]) == 24
    assert set(document["sensitivity"]) == {"welfare"}


def test_failed_points_are_told(say: Any, place: Path) -> None:
    (place / "points.csv").write_text("parties_min,parties_max\n2,4\n9,3\n")
    text = TEXT[: TEXT.index("[design]")] + '[design]\nfile = "points.csv"\n'
    (place / "small.toml").write_text(text)
    said = say(f"experiment run {place}/small.toml --out {place}/out")
    assert said.code == 0
    assert "1 point could not be run, such as point 1: " in " ".join(said.out.split())
    rows = say(f"experiment show {place}/out").out.splitlines()
    assert {row.split()[-1] for row in rows if row.startswith("1  ")} == {"-"}


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("run nothing --out {}/out", "there is no built-in 'nothing'"),
        ("run {}/small.toml --out {}/out --shard 3/2", "allowed is I/N with I from 1 to N"),
        ("run {}/small.toml --out {}/out --shard 1/2 --scheduler local", "leave one out"),
        ("run {}/small.toml --out {}", "and no dataset, allowed is an empty"),
        ("status {}", "there is no dataset"),
        ("status {}/old", "found format 2, allowed is 4"),
        ("show {}/old", "found format 2, allowed is 4"),
        ("show {}/nowhere", "there is no dataset"),
        ("verify {}/nowhere", "there is no dataset"),
        ("run {}/small.toml --out s3://bucket/x", "found an address (s3), allowed is a place"),
        ("run {}/small.toml --out=~nobody-of-that-name/x", "there is no such user's home"),
    ],
)
def test_what_is_wrong_is_told(say: Any, place: Path, line: str, sentence: str) -> None:
    (place / "old").mkdir()
    (place / "old" / "manifest.json").write_text('{"format": 2}')
    said = say("experiment " + line.replace("{}", str(place)))
    assert said.code == 2
    assert sentence in said.err
    assert said.err.count("\n") == 1


def test_interrupted(say: Any, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("kernegotiate.batch.runner.Store.write", stop)
    said = say(f"experiment run {place}/small.toml --out {place}/out")
    assert said.code == 130
    assert "--resume" in said.err


@pytest.mark.parametrize("line", ["experiment", "experiment run", "experiment run x"])
def test_words_are_missing(say: Any, line: str) -> None:
    assert say(line).code == 2


@pytest.mark.parametrize("action", ["run", "status", "verify", "show"])
def test_each_action_has_help(say: Any, action: str) -> None:
    said = say(f"experiment {action} --help")
    assert said.code == 0
    assert "--json" in said.out


def test_how_precise_it_is_is_told(say: Any, place: Path) -> None:
    text = TEXT[: TEXT.index("[design]")].replace("welfare", "completion_rate")
    (place / "small.toml").write_text(text)
    line = f"experiment run {place}/small.toml --out {place}/out --runs 1 --precision 0.05"
    said = " ".join(say(line).out.split())
    assert "runs of each: half of the widest interval of levels in 'Completed" in said
    assert " is 0, " not in said
    never = text.replace("years = 2", "years = 1, rate = 0")
    (place / "small.toml").write_text(never)
    said = say(line.replace("/out ", "/never "))
    assert said.code == 0
    assert "100 runs of each: no interval of levels in 'Completed" in " ".join(said.out.split())


def test_compare_tells_how_precise_it_is(say: Any) -> None:
    line = "compare mekong_delta none lga --runs 20 --set years=4 --precision 0.05"
    found = say(f"{line} --json").json["precision"]
    assert (found["of"], found["undefined"]) == ("differences", 0)
    assert 0 < found["reached"] <= 0.05
    assert found["runs"] >= 100
    assert "half of the widest interval of differences in" in " ".join(say(line).out.split())


def test_claims_that_do_not_fit_leave_the_rest(say: Any, place: Path) -> None:
    text = (
        TEXT[: TEXT.index("[design]")]
        + """\
[design]
kind = "factorial"
[[design.factors]]
name = "trust"
values = [0.3, 0.6]
[[claims]]
says = "Trust helps."
[[claims.parts]]
label = "more"
terms = [{ arm = "lga", at = { trust = 0.6 }, outcome = "welfare" }]
above = 0.0
"""
    )
    (place / "small.toml").write_text(text)
    assert say(f"experiment run {place}/small.toml --out {place}/out").code == 0
    assert "Trust helps." in say(f"experiment show {place}/out").out
    manifest = place / "out" / "manifest.json"  # as of a version that did not check it
    document = opened_json(manifest.read_bytes())
    document["experiment"]["claims"][0]["parts"][0]["terms"][0]["at"]["trust"] = 0.9
    manifest.write_bytes(sealed_json(document))
    said = say(f"experiment show {place}/out")
    assert said.code == 0
    assert "What each point achieves" in said.out
    assert "Difference from" in said.out
    assert "claims: at: found trust = 0.9, which 0 of 2 rows" in " ".join(said.out.split())
    found = say(f"experiment show {place}/out --json").json
    assert (len(found["points"]), len(found["effects"]), found["claims"]) == (2, 1, [])
    assert "trust = 0.9" in found["claims_error"]


def test_the_hint_how_to_go_on_works(say: Any, place: Path) -> None:
    text = TEXT[: TEXT.index("[design]")].replace("welfare", "completion_rate")
    (place / "small.toml").write_text(text)
    begun = f"experiment run {place}/small.toml --out {place}/out --runs 5 --seed 4"
    assert say(f"{begun} --precision 0.1").code == 0
    finished = say(f"experiment status {place}/out --json").json
    assert finished["precision"]["asked"] == 0.1
    assert 0 < finished["precision"]["reached"] <= 0.1
    (place / "out" / "parts" / "part-0000002.parquet").unlink()
    status = say(f"experiment status {place}/out --json").json
    assert (status["finished"], status["precision"]["asked"]) == (False, 0.1)
    assert status["precision"]["reached"] is None
    said = " ".join(say(f"experiment status {place}/out").out.split())
    assert "Half of each interval is to be at most 0.1." in said
    hint = said[said.index("kernegotiate experiment") :].split("--resume")[0] + "--resume"
    assert say(hint.removeprefix("kernegotiate ").replace("NAME", f"{place}/small.toml")).code == 0
    assert say(f"experiment status {place}/out --json").json == finished


FACTORIAL = (
    TEXT[: TEXT.index("[design]")]
    + """\
[design]
kind = "factorial"
[[design.factors]]
name = "trust"
values = [0.3, 0.6]
"""
)


def test_what_differences_are_taken_from(say: Any, place: Path) -> None:
    (place / "other.toml").write_text('based_on = "mekong_delta"\nyears = 2\n')
    two = FACTORIAL.replace(
        'scenario = "mekong_delta"', 'scenarios = ["mekong_delta", "other.toml"]'
    )
    for text, words in (
        (FACTORIAL, "the first row of the design; points"),
        (two, "the first row of the design in the same scenario; points"),
        (FACTORIAL.replace('["lga"]', '["lga", "none"]'), "lga at the same settings; points"),
    ):
        (place / "small.toml").write_text(text)
        out = place / str(len(list(place.iterdir())))
        assert say(f"experiment run {place}/small.toml --out {out}").code == 0
        assert f"Difference from {words}" in " ".join(say(f"experiment show {out}").out.split())


def test_differences_of_a_sampled_design_are_shown(say: Any, place: Path) -> None:
    text = TEXT.replace('["lga"]', '["lga", "none"]').replace('"sobol"', '"lhs"')
    (place / "small.toml").write_text(text.replace("samples = 4", "samples = 21"))
    assert say(f"experiment run {place}/small.toml --out {place}/out").code == 0
    said = say(f"experiment show {place}/out").out
    levels, differences = said.split("Difference from lga at the same settings")
    assert "20 points of 42 shown; --json has all." in levels
    assert "20 points of 21 shown; --json has all." in differences
    assert differences.count(" none ") == 20


def test_an_outcome_named_twice_is_shown_once(say: Any, place: Path) -> None:
    (place / "small.toml").write_text(FACTORIAL)
    assert say(f"experiment run {place}/small.toml --out {place}/out").code == 0
    once = say(f"experiment show {place}/out --json --outcome welfare")
    assert say(f"experiment show {place}/out --json --outcome welfare welfare").out == once.out


def test_what_rots_is_named_and_mended(say: Any, place: Path) -> None:
    (place / "small.toml").write_text(FACTORIAL)
    out, line = place / "out", f"experiment run {place}/small.toml --out {place}/out"
    assert say(line).code == 0
    said = say(f"experiment verify {out}")
    assert said.code == 0
    assert said.out.startswith("Nothing is wrong: 6 of 6 parts there")
    before = say(f"experiment show {out}").out
    (out / "parts" / "part-0000001.parquet").write_bytes(b"")
    (out / "parts" / "copy.parquet").touch()
    (out / "parts" / "part-0000099.parquet").touch()
    said = say(f"experiment verify {out}")
    assert said.code == 1
    assert [text for text in said.out.splitlines() if text][:3] == [
        "parts/copy.parquet is no part of this dataset.",
        "parts/part-0000099.parquet is a part too many: they are numbered from 0 to 5.",
        "parts/part-0000001.parquet is empty.",
    ]
    found = say(f"experiment verify {out} --json").json
    assert (found["sound"], found["chunks_sound"], len(found["problems"])) == (False, 5, 3)
    status = say(f"experiment status {out} --json").json
    assert (status["finished"], status["chunks_done"], len(status["problems"])) == (False, 5, 3)
    assert "parts/copy.parquet is no part of this dataset, and 2 more problems" in " ".join(
        say(f"experiment status {out}").out.split()
    )
    said = say(f"experiment show {out}")
    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)
    assert "copy.parquet is no part of this dataset; nothing is shown" in said.err
    said = say(f"{line} --resume")
    assert said.code == 0
    assert "parts/part-0000001.parquet is empty; it was moved to damaged/part-" in said.err
    assert said.err.count("\n") == 3
    assert say(f"experiment verify {out}").code == 0
    assert say(f"experiment show {out}").out == before


@pytest.mark.parametrize(
    "name", ["exp:2", "./exp:3", "a b'", "s3:y", "Cần Thơ", "-x", "no\udcffutf"]
)
def test_any_name_is_a_name(place: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (place / "small.toml").write_text(FACTORIAL)
    monkeypatch.chdir(place)
    assert main(["experiment", "run", "small.toml", f"--out={name}"]) == 0
    assert (place / name / "manifest.json").exists()
    other = f"./{name}" if name.startswith("-") else name
    for action in ("status", "verify", "show"):
        assert main(["experiment", action, other]) == 0


def test_a_home_and_a_file_address(say: Any, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (place / "small.toml").write_text(FACTORIAL)
    monkeypatch.setenv("HOME", str(place / "home"))
    assert say(f"experiment run {place}/small.toml --out=~/out").code == 0
    assert say(f"experiment verify {place}/home/out").code == 0
    assert say(f"experiment run {place}/small.toml --out file://{place}/a%20b").code == 0
    assert (place / "a b" / "manifest.json").exists()


CONSTANT = """\
title = "T"
question = "Q?"
scenario = "mekong_delta"
institutions = ["none", "conditional_funding"]
outcomes = ["outside_money", "signed_gap", "efficiency"]
runs = 8
set = { years = 6 }
[design]
kind = "sobol"
samples = 4
factors = [{ name = "trust", low = 0.1, high = 0.9 }, { name = "rate", low = 0.1, high = 0.3 }]
"""


def test_a_constant_outcome_hides_no_other(say: Any, place: Path) -> None:
    (place / "small.toml").write_text(CONSTANT)
    say(f"experiment run {place}/small.toml --out {place}/out")
    shown = say(f"experiment show {place}/out")
    assert shown.code == 0
    text = " ".join(shown.out.split())
    assert "outside_money is 0 at all points of mekong_delta under none, so that nothing" in text
    assert "Welfare, % of the best: what it depends on" in text
    rows = say(f"experiment show {place}/out --json").json["sensitivity"]
    known = {(name, row["institution"]) for name in rows for row in rows[name] if not row["why"]}
    assert {("efficiency", "none"), ("efficiency", "conditional_funding")} <= known
    assert ("outside_money", "conditional_funding") in known
    assert ("outside_money", "none") not in known


def test_a_failed_point_says_why_where_it_is_shown(say: Any, place: Path) -> None:
    (place / "points.csv").write_text("parties_min,parties_max\n2,4\n9,3\n9,4\n9,4\n")
    text = TEXT[: TEXT.index("[design]")] + '[design]\nfile = "points.csv"\n'
    (place / "small.toml").write_text(text)
    say(f"experiment run {place}/small.toml --out {place}/out")
    shown = say(f"experiment show {place}/out")
    said = " ".join(shown.out.split())
    assert "Point 1 could not be run: override: parties_min: found 9" in said
    assert "Points 2, 3 could not be run: override: parties_min: found 9" in said
    assert set(say(f"experiment show {place}/out --json").json["failed_points"]) == {"1", "2", "3"}
