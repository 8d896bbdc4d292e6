"""Each command answers, to a reader and to a program."""

import math
from pathlib import Path
from typing import Any

import pytest

import kernegotiate as kn
from kernegotiate.analysis import Experiment
from kernegotiate.cli import output, parser
from kernegotiate.cli.commands import list as catalogue
from kernegotiate.engine.outcomes import OUTCOMES
from tools.baseline import INSTITUTIONS

COMPARE = "compare mekong_delta none empowered_board --runs 20 --seed 3 --set years=6 trust=0.4"


def lines(text: str, start: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip().startswith(start)]


def test_list(say: Any) -> None:
    said = say("list")
    assert said.code == 0
    for name in [*kn.scenario_names(), *kn.institution_names(), "coordinators"]:
        assert lines(said.out, name)
    assert set(say("list --json").json) == {"scenarios", "institutions", "experiments"}


def test_scenarios_are_listed_by_country(say: Any) -> None:
    texts = [line.strip() for line in say("list scenarios").out.splitlines()]
    heads = ["China", "Indonesia", "Japan", "Korea", "United States", "Viet Nam", "Other"]
    places = [texts.index(head) for head in heads]
    assert places == sorted(places)
    country = ""
    for line in texts[1:]:
        country = line if line in heads else country
        name = line.partition(" ")[0]
        if name in kn.scenario_names():
            assert (kn.load_scenario(name).country or "Other") == country


@pytest.mark.parametrize("what", parser.KINDS)
def test_list_one_kind(say: Any, what: str) -> None:
    names = say(f"list {what} --json").json[what]
    assert names
    said = say(f"list {what}")
    assert all(lines(said.out, name) for name in names)
    assert len(max(said.out.splitlines(), key=len)) <= output.WIDEST


@pytest.mark.parametrize("what", parser.KINDS)
def test_everything_that_is_listed_can_be_described(say: Any, what: str) -> None:
    for name in catalogue.LISTS[what]():
        found = say(f"describe {name} --json").json
        assert found["name"] == name
        assert found["kind"] == what.removesuffix("s")
        said = say(f"describe {name}")
        assert said.out.startswith(f"{name} (")
        assert len(max(said.out.splitlines(), key=len)) <= output.WIDEST


def test_describe_a_lever(say: Any) -> None:
    said = say("describe sanction")
    assert lines(said.out, "unit") == ["unit                   multiple of dues left"]
    assert lines(said.out, "range") == ["range                  [0, 100]"]
    assert lines(said.out, "without a coordinator")
    assert lines(said.out, "empowered_board")[0].split()[1:5] == ["1.2", "0.3", "to", "2"]


def test_describe_files(say: Any, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text('based_on = "lga"\n[levers]\nquota = 0.5\n')
    (tmp_path / "cousin.toml").write_text('based_on = "lga"\ntitle = "Cousin"\n')
    (tmp_path / "delta.toml").write_text('based_on = "mekong_delta"\nyears = 3\n')
    kinds = {
        name: say(f"describe {tmp_path}/{name}.toml --json").json["kind"]
        for name in ("own", "cousin", "delta")
    }
    assert kinds == {"own": "institution", "cousin": "institution", "delta": "scenario"}
    changed = say(f"describe {tmp_path}/delta.toml --json").json["other than the defaults"]
    assert changed[-1] == {"parameter": "years", "value": 3, "default": 40, "unit": "years"}


def test_compare(say: Any) -> None:
    found = say(f"{COMPARE} --json").json
    expected = kn.compare(
        "mekong_delta", ["none", "empowered_board"], runs=20, seed=3, years=6, trust=0.4
    )
    levels = expected.levels["value"].astype(object)  # JSON has no NaN
    assert [row["value"] for row in found["levels"]] == levels.where(levels.notna(), None).tolist()
    assert found["differences"][0]["baseline"] == "none"
    assert len(found["differences"]) == len(OUTCOMES)
    assert found["settings"] == {"years": 6, "trust": 0.4}
    said = say(COMPARE)
    assert said.code == 0
    assert said.err == ""
    assert "20 runs of 6 years each" in said.out
    assert len(lines(said.out, "Signed, % of projects")) == 2
    assert len(lines(said.out, "The best possible, money")) == 1  # is the same for both
    assert len(max(said.out.splitlines(), key=len)) <= output.WIDEST
    level = expected.levels.set_index(["coordinator", "outcome"]).loc["none", "agreement_rate"]
    half = 50 * (level["high"] - level["low"])
    assert f"{100 * level['value']:.1f} ±{half:.1f}" in lines(said.out, "Signed, % of")[0]


def test_compare_tells_what_is_undefined(say: Any) -> None:
    line = "compare mekong_delta none --runs 3 --set years=1 rate=0"
    assert "agreement_rate of none (3)" in say(line).out
    assert say(f"{line} --json").json["levels"][0]["value"] is None


def test_threads_change_nothing(say: Any) -> None:
    assert say(f"{COMPARE} --threads 1 --json").out == say(f"{COMPARE} --threads 2 --json").out


def test_many_columns_make_several_tables(say: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kernegotiate.cli.tables.width", lambda: 80)
    monkeypatch.setattr(output, "WIDEST", 80)
    said = say(f"compare mekong_delta {' '.join(INSTITUTIONS)} --runs 2 --set years=2")
    assert len(lines(said.out, "Signed, % of projects")) == 4
    assert len(max(said.out.splitlines(), key=len)) <= 80
    assert said.out.count("Conditional") == 2


def test_demo(say: Any) -> None:
    found = say("demo --runs 3 --json").json
    experiment = Experiment.load("coordinators")
    assert [claim["says"] for claim in found["claims"]] == [one.says for one in experiment.claims]
    assert (found["runs"], found["seed"]) == (3, 1)
    said = say("demo --runs 3 --seed 2")
    assert said.code == 0
    assert said.out.startswith(experiment.title)
    assert len(max(said.out.splitlines(), key=len)) <= output.WIDEST
    text = " ".join(said.out.split())
    for claim in experiment.claims:
        assert claim.says in text


def test_a_claim_that_fails_is_shown_and_no_failure(
    say: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "own.toml").write_text("""\
title = "Own"
question = "What?"
scenario = "mekong_delta"
institutions = ["none"]
set = { years = 3 }
[[claims]]
says = "Nothing is ever signed."
[[claims.parts]]
label = "trust"
terms = [{ arm = "none", outcome = "mean_trust" }]
below = -1.0
""")
    monkeypatch.setattr("kernegotiate.cli.commands.demo.SHIPPED", tmp_path / "own.toml")
    said = say("demo --runs 2")
    assert said.code == 0
    assert lines(said.out, "1. Does not hold: Nothing is ever signed.")
    assert say("demo --runs 2 --json").json["claims"][0]["verdict"] == "does not hold"


def test_json_knows_no_nan() -> None:
    assert output.plain({"a": math.nan, 1: (math.inf, 2.0)}) == {"a": None, "1": [None, 2.0]}
