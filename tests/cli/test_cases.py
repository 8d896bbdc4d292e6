"""Commands take a case at its word: its institution, and what it is held against."""

from typing import Any

import pytest

import kernegotiate as kn


def test_cases_are_listed_by_country(say: Any) -> None:
    said = say("list cases")
    assert all(name in said.out for name in kn.case_names())
    assert said.out.index("Indonesia") < said.out.index("Japan") < said.out.index("Viet Nam")


def test_a_case_runs_under_its_institution_unless_another_is_named(say: Any) -> None:
    own = say("run chungcheong_voluntary --years 3 --json").json
    other = say("run chungcheong_voluntary --years 3 --coordinator none --json").json
    plain = say("run chungcheong --years 3 --json").json
    names = [found["institution"] for found in (own, other, plain)]
    assert names == ["lga_voluntary", "none", "advisory_council"]


@pytest.mark.parametrize("command", ["compare", "explain"])
def test_a_case_is_held_against_nobody_and_the_board(say: Any, command: str) -> None:
    found = say(f"{command} northeast_meetings --runs 3 --set years=4 --json").json
    rows = found["levels" if command == "compare" else "ledger"]
    names = list(dict.fromkeys(row["coordinator"] for row in rows))
    assert names == ["rare_meetings", "none", "empowered_board"]
    found = say(f"{command} bandung_autonomy --runs 3 --set years=4 --json").json
    assert {row["baseline"] for row in found["differences"]} == {"none"}


@pytest.mark.parametrize("command", ["compare", "explain"])
def test_what_is_no_case_needs_names(say: Any, command: str) -> None:
    said = say(f"{command} mekong_delta")
    assert said.code == 2
    assert "mekong_delta has no institution of its own, name those to compare" in said.err
    assert len(said.err.strip().splitlines()) == 1


def test_a_card_of_a_case(say: Any) -> None:
    found = say("describe tokyo_statute --json").json
    assert (found["kind"], found["institution"]) == ("case", "statute_planning")
