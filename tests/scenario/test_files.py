"""What is wrong with a file is said in one sentence: where, which key, what, what instead."""

import os
from pathlib import Path

import pytest

from kernegotiate.scenario import ScenarioError, load_institution, load_scenario


def refusal(path: Path | str) -> str:
    """The message with which a scenario file is refused, without its folder."""
    with pytest.raises(ScenarioError) as caught:
        load_scenario(path)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
    message = str(caught.value)
    assert "\n" not in message
    return message.replace(f"{Path(path).parent}/", "")


def test_a_valid_study_loads(study):
    scenario = load_scenario(study)
    assert scenario.name == "study"
    assert scenario.title_vi == scenario.title == "Three cities"
    assert scenario.region.codes == ("a", "b", "c")
    assert [g.budget for g in scenario.region.governments] == [60.0, 120.0, 180.0]
    assert load_scenario(str(study)) == scenario


def test_missing_file(tmp_path):
    assert refusal(tmp_path / "no.toml") == "no.toml: there is no such file"


def test_folder_instead_of_file(tmp_path):
    (tmp_path / "some.toml").mkdir()
    assert refusal(tmp_path / "some.toml") == "some.toml: found a folder, allowed is a file"


@pytest.mark.parametrize("text", ["", "\n \n", "\ufeff"])
def test_empty_file(study, text):
    study.write_text(text, encoding="utf-8")
    assert refusal(study) == "study.toml: the file is empty"


def test_only_comments(study):
    study.write_text("# nothing\n", encoding="utf-8")
    assert refusal(study) == "study.toml: the file is empty but for comments"


def test_broken_toml_names_the_line(study, edit):
    edit(study, "years = 10", "years = = 10")
    assert refusal(study).startswith("study.toml: not valid TOML: ")
    assert "line 2" in refusal(study)


def test_deep_nesting_is_refused(study):
    study.write_text("a = " + "[\n" * 100_000, encoding="utf-8")
    assert refusal(study) == "study.toml: not valid TOML: nested too deeply"


def test_not_utf8_names_the_line(study):
    study.write_bytes("years = 5\ntitle = 'Can Tho'\n".encode("utf-16-le"))
    assert refusal(study).startswith("study.toml: line 1: found a NUL character")
    study.write_bytes(b"years = 5\ntitle = '\xe9'\n")
    assert refusal(study) == (
        "study.toml: line 2: found text that is not UTF-8; "
        "save the file with the encoding UTF-8 (in Excel: 'CSV UTF-8')"
    )


def test_byte_order_mark_is_no_problem(study):
    study.write_bytes(b"\xef\xbb\xbf" + study.read_bytes())
    assert load_scenario(study).years == 10


def test_wrong_key(study, edit):
    edit(study, "years = 10", "yaers = 10")
    assert refusal(study) == "study.toml: yaers: unknown key, did you mean 'years'?"


def test_wrong_key_deeper(study, edit):
    edit(study, "[region]", "[behaviour]\nnoize = 0.3\n[region]")
    assert refusal(study) == "study.toml: behaviour.noize: unknown key, did you mean 'noise'?"


def test_wrong_types(study, edit):
    edit(study, "years = 10", 'years = "10"')
    assert refusal(study) == (
        "study.toml: years: found the text '10', allowed is a whole number in [1, 400]"
    )
    edit(study, 'years = "10"', "leaders = 3")
    assert refusal(study) == "study.toml: leaders: found 3, allowed is a table"


def test_not_a_number(study, edit):
    edit(study, "[region]", "[region]\nceiling = nan")
    assert refusal(study) == (
        "study.toml: region.ceiling: found nan, allowed is a finite number in [0, inf)"
    )
    edit(study, "ceiling = nan", "ceiling = inf")
    assert "found inf" in refusal(study)


def test_missing_region(study):
    study.write_text("years = 3\n", encoding="utf-8")
    assert refusal(study) == "study.toml: region: the value is missing"


def test_wrong_range_between_keys(study, edit):
    edit(study, "[region]", "[projects]\nparties_min = 4\nparties_max = 3\n[region]")
    assert refusal(study) == (
        "study.toml: projects.parties_min: found 4, allowed is at most parties_max, which is 3"
    )


def test_more_parties_than_governments(study, edit):
    edit(study, "[region]", "[projects]\nparties_min = 4\n[region]")
    assert refusal(study) == (
        "study.toml: projects.parties_min: found 4, allowed is at most the number of governments, 3"
    )


def test_missing_geometry(study, edit):
    edit(study, "[region]", '[region]\ngeometry = "no.geojson"')
    assert refusal(study).startswith(
        "study.toml: region.geometry: no.geojson: there is no such file"
    )


def test_governments_written_in_the_scenario(study):
    study.write_text(
        """
        [[region.governments]]
        code = "x"
        name = "X"
        population = 1
        grdp = 10
        lon = 0
        lat = 0
        [[region.governments]]
        code = "y"
        name = "Y"
        population = "many"
        grdp = 10
        lon = 0
        lat = 0
        """,
        encoding="utf-8",
    )
    assert refusal(study) == (
        "study.toml: region.governments[#2].population: found the text 'many', "
        "allowed is a finite number in [1e-06, 1e+12]"
    )


def test_a_study_based_on_another(study):
    child = study.with_name("child.toml")
    child.write_text(
        'based_on = "study.toml"\nyears = 5\n[region]\nceiling = 2\n', encoding="utf-8"
    )
    base, scenario = load_scenario(study), load_scenario(child)
    assert (scenario.name, scenario.title, scenario.years) == ("child", "child", 5)
    assert {g.ceiling for g in scenario.region.governments} == {2.0}
    assert scenario.region == base.with_overrides(ceiling=2).region


def test_what_is_wrong_with_a_base_is_said_of_the_base(study, edit):
    child = study.with_name("child.toml")
    child.write_text('based_on = "study.toml"\nyears = 5\n', encoding="utf-8")
    edit(study, "years = 10", "years = 1000")
    assert refusal(child).startswith("study.toml: years: found 1000")


def test_the_country_of_a_base_is_kept_unless_another_is_told(tmp_path):
    def loaded(text):
        path = tmp_path / "child.toml"
        path.write_text(f'based_on = "mekong_delta"\n{text}', encoding="utf-8")
        child = load_scenario(path)
        return child.country, child.country_vi

    assert loaded("years = 5\n") == ("Viet Nam", "Việt Nam")
    assert loaded('country = "Laos"\n') == ("Laos", "Laos")
    assert loaded('country = "Laos"\ncountry_vi = "Lào"\n') == ("Laos", "Lào")


def test_a_study_based_on_itself(study):
    other = study.with_name("other.toml")
    other.write_text('based_on = "./study.toml"\n', encoding="utf-8")
    study.write_text('based_on = "./other.toml"\n', encoding="utf-8")
    assert refusal(study) == "study.toml: based_on: the file is based on itself"


def test_unknown_names_list_what_exists():
    with pytest.raises(
        ScenarioError, match=r"mean 'mekong_delta'\?.*'kernegotiate list scenarios'"
    ):
        load_scenario("mekong delt")
    with pytest.raises(ScenarioError, match=r"no built-in 'boar', .*empowered_board"):
        load_institution("boar")
    with pytest.raises(ScenarioError, match=r"scenario: found 3, allowed is a name or a path"):
        load_scenario(3)


def test_paths_with_impossible_letters():
    with pytest.raises(ScenarioError, match=r"cannot be read"):
        load_scenario("a\0.toml")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="has no pipes by name")
def test_what_has_nothing_to_read_is_not_waited_for(tmp_path, monkeypatch):
    path = tmp_path / "pipe.toml"
    os.mkfifo(path)
    writer = os.open(path, os.O_RDWR)
    monkeypatch.setattr("kernegotiate.scenario.reading.size_of", lambda path: 0)
    try:
        with pytest.raises(ScenarioError, match=r"cannot be read \(it has nothing to read\)"):
            load_scenario(path)
    finally:
        os.close(writer)
