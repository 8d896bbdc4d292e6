"""Letters that look alike are alike, and what cannot be seen makes no second name."""

import unicodedata

import pytest

from kernegotiate.agents import RegionModel
from kernegotiate.scenario import Institution, ScenarioError, load_scenario
from kernegotiate.scenario.text import composed, unseen

FORMS = ("NFC", "NFD")
NAME = "Cần Thơ"


def form(text, which):
    return unicodedata.normalize(which, text)


@pytest.fixture
def named(study, edit):
    """The study with a name in Vietnamese letters, stored in one form or the other."""

    def write(which, code="a"):
        edit(study.with_name("cities.csv"), "a,Alpha", f"{form(code, which)},{form(NAME, which)}")
        return study

    return write


@pytest.mark.parametrize("written", FORMS)
@pytest.mark.parametrize("asked", FORMS)
def test_a_government_is_found_and_taken_over_by_its_name_in_any_form(named, written, asked):
    model = RegionModel(named(written, code="Đà"), rng=1)
    government = model.government(form(NAME, asked))
    assert government is model.government(form("Đà", asked))
    assert government.name == composed(NAME)
    model.take_over(form(NAME, asked), honour=lambda *_: True)
    assert government.is_taken("honour")


@pytest.mark.parametrize("first", FORMS)
@pytest.mark.parametrize("second", FORMS)
@pytest.mark.parametrize("column", ["code", "name"])
def test_two_governments_of_one_name_are_refused(named, edit, first, second, column):
    path = named(first, code="Cần")
    new = {"code": f"{form('Cần', second)},Beta", "name": f"b,{form(NAME, second)}"}[column]
    edit(path.with_name("cities.csv"), "b,Beta", new)
    with pytest.raises(ScenarioError, match="a second time"):
        load_scenario(path)


@pytest.mark.parametrize("which", FORMS)
def test_parties_titles_and_names_have_one_form(named, edit, which):
    path = named("NFC", code="Cần")
    projects = path.with_name("projects.csv")
    text = (
        projects.read_text(encoding="utf-8").replace("c;a", "c;Cần").replace("1,a,a", "1,Cần,Cần")
    )
    projects.write_text(form(text, which), encoding="utf-8")
    edit(path, "years = 10", form('years = 10\ntable = "projects.csv"\nname = "Miền"', which))
    edit(path, "Three cities", form("Ba thành phố", which))
    scenario = load_scenario(path)
    assert scenario.table[0].host == "Cần"
    assert (scenario.name, scenario.title) == ("Miền", "Ba thành phố")
    assert Institution(name=form("hội đồng", which)).name == "hội đồng"


@pytest.mark.parametrize("stored", FORMS)
@pytest.mark.parametrize("asked", FORMS)
def test_files_are_found_by_their_name_in_any_form(study, edit, stored, asked):
    cities = study.with_name("cities.csv")
    cities.rename(study.with_name(form("tỉnh.csv", stored)))
    edit(study, "cities.csv", form("tỉnh.csv", asked))
    assert len(load_scenario(study).region.governments) == 3
    scenario = study.rename(study.with_name(form("miền.toml", stored)))
    found = load_scenario(scenario.with_name(form("miền.toml", asked)))
    assert found.name == "miền"


@pytest.mark.parametrize(
    "mark", ["\u200b", "\ufeff", "\u00ad", "\u202e", "\u2066", "\u2060", "\x07"]
)
@pytest.mark.parametrize("place", ["{}Alpha", "Al{}pha", "Alpha{}"])
def test_names_with_what_nobody_sees_are_refused(study, edit, mark, place):
    edit(study.with_name("cities.csv"), "Alpha", place.format(mark))
    with pytest.raises(ScenarioError, match=rf"row 3: name: .* character U\+{ord(mark):04X}, all"):
        load_scenario(study)


@pytest.mark.parametrize("blank", ["\u00a0", "\u202f", "\u3000", "  ", "\t", "\n"])
def test_every_blank_in_a_name_is_one_blank(blank):
    assert Institution(name=f"Can{blank}Tho").name == "Can Tho"


def test_letters_of_all_scripts_are_seen():
    for text in (
        "Cần Thơ",
        form("Cần Thơ", "NFD"),
        "Αθήνα",
        "北京",
        "\u0645\u06cc\u200c\u062e",
        "ক্\u200dষ",
    ):
        assert unseen(text) == ""
    assert unseen("a\u200cb") == "U+200C"
    assert unseen("two\nlines\tand \u200fright", lines=True) == ""
    assert unseen("\u202e", lines=True) == "U+202E"
