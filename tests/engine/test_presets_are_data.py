"""No rule asks which institution is running: only lever values count."""

import re
from pathlib import Path

import pytest

import kernegotiate
from engine_helpers import differences, in_bulk
from kernegotiate.scenario import Institution, institution_names, load_institution

CODE = Path(kernegotiate.__file__).parent
ROOMS = ("engine", "agents", "batch")
# Allowed where a name is only a default argument or an example in a docstring.
DEFAULTS = {"advisory_council"}


@pytest.mark.parametrize("name", [n for n in institution_names() if n not in {"none"} | DEFAULTS])
def test_no_rule_mentions_a_preset(name):
    files = [file for room in ROOMS for file in (CODE / room).rglob("*.py")]
    assert files
    assert [file.name for file in files if mentions(file, name)] == []


def mentions(file, name):
    return re.search(rf"(?<![a-z]){name}(?![a-z])", file.read_text(encoding="utf-8")) is not None


def test_engine_mentions_no_preset_at_all():
    for file in (CODE / "engine").rglob("*.py"):
        assert not any(mentions(file, name) for name in institution_names() if name != "none")
        assert '"none"' not in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", institution_names())
def test_another_name_with_the_same_levers(name):
    preset = load_institution(name)
    renamed = Institution(name="our_own", title="Our own", levers=preset.levers)
    one, outcomes, years = in_bulk("mekong_delta", preset, 4)
    other, other_outcomes, other_years = in_bulk("mekong_delta", renamed, 4)
    assert differences(one, other) == []
    assert outcomes.tobytes() == other_outcomes.tobytes()
    assert years.tobytes() == other_years.tobytes()
