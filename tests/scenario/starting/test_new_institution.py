"""A new institution file: it loads at once, with the values it began with and all that is known."""

import tomllib
from pathlib import Path

import pytest

from kernegotiate.scenario import (
    Levers,
    ScenarioError,
    institution_names,
    load_institution,
    spec_of,
)
from kernegotiate.scenario.starting.new_institution import new_institution


@pytest.mark.parametrize("start", institution_names())
def test_a_start_has_the_values_and_the_sources_of_another(tmp_path, start):
    made = new_institution(tmp_path / "own.toml", start)
    base = load_institution(start)
    assert made.name == "own"
    assert made.levers == base.levers
    known = {note.lever: note for note in base.notes}
    for note in made.notes:
        assert note.range == (known[note.lever].range if note.lever in known else None)
        assert note.source == (known[note.lever].source if note.lever in known else "assumption")


def test_every_lever_stands_there_below_its_meaning_and_range(tmp_path):
    new_institution(tmp_path / "own.toml", "lga")
    text = (tmp_path / "own.toml").read_text(encoding="utf-8")
    assert list(tomllib.loads(text)["levers"]) == list(Levers.model_fields)
    words = " ".join(text.replace("\n#", " ").split())
    for name, field in Levers.model_fields.items():
        above, _, _ = words.partition(f" {name} = {{")
        told = spec_of(field)
        assert told.meaning in above
        assert told.interval in above[above.rindex(told.meaning) :]


def test_a_start_may_be_a_file_of_one_s_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    new_institution(Path("one.toml"), "lga")
    text = Path("one.toml").read_text(encoding="utf-8").replace("value = 2.0", "value = 3.0")
    Path("one.toml").write_text(text, encoding="utf-8")
    assert new_institution(Path("new/two.toml"), "./one.toml").levers.meeting_capacity == 3.0


def test_nothing_is_written_over(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    new_institution(Path("own.toml"), "lga")
    with pytest.raises(
        ScenarioError, match=r"own\.toml: the file is there already; --force writes"
    ):
        new_institution(Path("own.toml"), "none")
    assert new_institution(Path("own.toml"), "none", force=True).levers == Levers()
    Path("folder.toml").mkdir()
    with pytest.raises(ScenarioError, match=r"folder\.toml: found a folder, allowed is a file"):
        new_institution(Path("folder.toml"), "none", force=True)
    with pytest.raises(
        ScenarioError, match=r"own: found a name without \.toml, allowed is such as"
    ):
        new_institution(Path("own"), "none")
    with pytest.raises(ScenarioError, match="there is no built-in 'lgga', did you mean 'lga'"):
        new_institution(Path("third.toml"), "lgga")
    assert not Path("third.toml").exists()
