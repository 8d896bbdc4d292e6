"""What there is to choose from: own files beside the built-in ones, and without what is wrong."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import kernegotiate as kn
from kernegotiate.scenario import ScenarioError, load
from viz.bar import by_kind
from viz.offered import GIVEN, KINDS, kind_of, offered
from viz.session import Session
from viz.state import State, start
from viz.words import Words, speak

BUILT_IN = [*kn.scenario_names(), *kn.case_names()]

COUNCIL = 'title = "Our council"\nbased_on = "advisory_council"\n[levers]\nmonitoring = 0.9\n'
REGION = 'title = "Our region"\nbased_on = "mekong_delta"\nyears = 5\n'


@pytest.fixture
def give(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., list[str]]]:
    """Give the window files: `give(council=TEXT)` returns their paths."""

    def write(**texts: str) -> list[str]:
        paths = []
        for name, text in texts.items():
            (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
            paths.append(str(tmp_path / f"{name}.toml"))
        monkeypatch.setenv(GIVEN, os.pathsep.join(paths))
        forget()
        return paths

    yield write
    forget()


def forget() -> None:
    offered.cache_clear()
    start.cache_clear()


def test_without_files_there_is_what_is_built_in() -> None:
    assert list(offered().scenarios) == BUILT_IN
    assert list(offered().institutions) == kn.institution_names()
    assert offered().wrong == ()


def test_own_files_stand_beside_them(give: Callable[..., list[str]]) -> None:
    council, region = give(council=COUNCIL, region=REGION)
    known = offered()
    assert list(known.scenarios) == [*BUILT_IN, region]
    assert list(known.institutions) == [*kn.institution_names(), council]
    assert known.institutions[council].levers.monitoring == 0.9
    state = State(scenario=region, coordinator=council)
    assert State.read(state.query()) == state
    scenario, institution = state.run.resolved()
    assert (scenario.years, institution.title) == (5, "Our council")
    assert region in state.run.command("run")
    assert council in state.run.command("run")


def test_a_file_with_a_mistake_is_left_out_and_told(give: Callable[..., list[str]]) -> None:
    give(council=COUNCIL.replace("monitoring", "monitorign"), region=REGION)
    known = offered()
    assert list(known.institutions) == kn.institution_names()
    assert len(known.scenarios) == len(BUILT_IN) + 1
    (error,) = known.wrong
    assert "monitorign" in str(error)


@pytest.mark.parametrize("text", [COUNCIL, 'based_on = "lga"\n', REGION])
def test_the_keys_tell_what_a_file_holds(text: str, tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf-8")
    assert isinstance(load(path), kn.Scenario if text is REGION else kn.Institution)


def test_no_file_and_no_sense_get_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match=r"nothing\.toml"):
        load(tmp_path / "nothing.toml")
    (tmp_path / "odd.toml").write_text("colour = 3\n", encoding="utf-8")
    with pytest.raises(ScenarioError, match="colour"):
        load(tmp_path / "odd.toml")


def test_the_start_is_what_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("viz.offered.institution_names", lambda: ["lga", "none"])
    monkeypatch.setattr("viz.offered.load_scenario", lambda name: kn.load_scenario("mekong_delta"))
    monkeypatch.setattr("viz.offered.scenario_names", lambda: ["delta"])
    monkeypatch.setattr("viz.offered.case_names", list)
    forget()
    assert (start().scenario, start().coordinator, start().other) == ("delta", "lga", "none")
    assert State.read("") == start()
    assert start().query() == ""
    forget()


def test_a_case_brings_its_coordinator_and_another_scenario_leaves_it() -> None:
    session = Session()
    session.choose_scenario("jing_jin_ji_orders")
    state = session.state.value
    assert (state.scenario, state.coordinator) == ("jing_jin_ji_orders", "orders_with_incentives")
    assert State.read(state.query()) == state
    session.choose_scenario("bandung")
    assert session.state.value.coordinator == "orders_with_incentives"


@pytest.mark.parametrize("words", [speak("en"), speak("vi")], ids=["en", "vi"])
def test_institutions_stand_in_groups_of_what_they_do(words: Words) -> None:
    known = offered().institutions
    groups = by_kind(known, words)
    assert groups.keys() == known.keys()
    heads = [words.kinds_of_institutions[kind] for kind in KINDS]
    assert list(dict.fromkeys(groups.values())) == heads
    kinds = {name: kind_of(one) for name, one in known.items()}
    assert (kinds["none"], kinds["rare_meetings"]) == ("nobody", "talks")
    assert (kinds["project_competition"], kinds["lga_voluntary"]) == ("pays", "talks")
    assert (kinds["orders_with_incentives"], kinds["functional_zoning"]) == ("decides", "nobody")
