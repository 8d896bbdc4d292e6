"""`check`: everything that is wrong with a file, and what is odd, before a run."""

import re
from pathlib import Path
from typing import Any

import pytest

from kernegotiate.analysis.experiment.files import experiment_names
from kernegotiate.scenario import institution_names, scenario_names, shipped
from starting_helpers import collection, feature

TABLE = """\
code,name,population,grdp,budget,lon,lat,note
a,Alpha,100000,1000,60,105.0,10.0,counted
b,Beta,200000,2000,120,105.5,10.2,
c,Gamma,900000,9000,540,106.0,10.4,estimated
"""
PLACES = {"a": (105.0, 10.0), "b": (105.5, 10.2), "c": (106.0, 10.4)}
SCENARIO = '[region]\ncurrency = "million USD"\ngovernments = "own.csv"\ngeometry = "own.geojson"\n'


@pytest.fixture
def look(say: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Write files, and look one over."""
    monkeypatch.chdir(tmp_path)
    Path("own.csv").write_text(TABLE, encoding="utf-8")
    Path("own.toml").write_text(SCENARIO, encoding="utf-8")
    areas = [feature(code, *place) for code, place in PLACES.items()]
    Path("own.geojson").write_text(collection(*areas), encoding="utf-8")

    def look_over(name: str = "own.toml", **files: str) -> dict[str, Any]:
        for file, text in files.items():
            Path(file.replace("_", ".")).write_text(text, encoding="utf-8")
        said = say(f"check {name} --json")
        assert said.code == (0 if said.json["works"] else 1)
        assert said.json["works"] is (not said.json["problems"])
        return said.json

    return look_over


def test_a_scenario_that_works(look: Any) -> None:
    found = look()
    assert (found["kind"], found["works"], found["look_again"]) == ("scenario", True, [])
    assert found["unused_columns"] == ["note"]


@pytest.mark.parametrize(
    "path",
    [
        *(shipped("scenarios") / f"{name}.toml" for name in scenario_names()),
        *(shipped("scenarios") / "institutions" / f"{name}.toml" for name in institution_names()),
        *(shipped("experiments") / f"{name}.toml" for name in experiment_names()[:2]),
    ],
    ids=lambda path: path.stem,
)
def test_what_comes_along_works(say: Any, path: Path) -> None:
    assert say(f"check {path}").code == 0


def test_problems_of_all_files_are_told_at_once(look: Any) -> None:
    found = look(
        own_toml=f"{SCENARIO}[behaviour]\ntrust = 3\nnoise = -1\n",
        own_geojson=collection(feature("a", 105, 10), feature("b", 107.5, 10.2)),
    )
    assert found["problems"] == [
        "own.toml: behaviour.trust: found 3, allowed is a finite number in [0, 1]",
        "own.toml: behaviour.noise: found -1, allowed is a finite number in [0, 10]",
        "own.geojson: there is no area with the id 'c' for Gamma, known are a, b",
    ]


def test_cells_that_do_not_fit_are_all_told(look: Any) -> None:
    found = look(own_csv=TABLE.replace("100000", "many").replace("9000,", "much,"))
    assert len(found["problems"]) == 2
    assert "own.csv, row 2: population: found the text 'many'" in found["problems"][0]
    assert "own.csv, row 4: grdp: found the text 'much'" in found["problems"][1]


def test_a_code_without_its_zero_is_suggested(look: Any) -> None:
    areas = [feature(code, *place) for code, place in {**PLACES, "1": PLACES["a"]}.items()]
    found = look(own_csv=TABLE.replace("a,Alpha", "01,Alpha"), own_geojson=collection(*areas))
    assert found["problems"] == [
        "own.geojson: there is no area with the id '01' for Alpha, did you mean '1'?"
    ]


def test_implausible_units_are_remarked_and_work(look: Any) -> None:
    found = look(own_csv=TABLE.replace("00000,", "00,"))
    assert found["works"]
    assert found["look_again"][0].startswith("No population reaches 5,000")


def test_an_institution_whose_levers_do_nothing(look: Any) -> None:
    found = look("one.toml", one_toml='based_on = "none"\n[levers]\nmonitoring = 0.5\n')
    assert (found["kind"], found["works"]) == ("institution", True)
    assert found["look_again"] == ["monitoring 0.5 has no effect while sanction is 0."]
    found = look("one.toml", one_toml='based_on = "none"\n[levers]\nquota = 7\nbar = -1\n')
    assert len(found["problems"]) == 2


def test_an_experiment_that_names_what_is_not_there(look: Any) -> None:
    path = shipped("experiments") / f"{experiment_names()[0]}.toml"
    text = re.sub(r'institutions = \["', '\\g<0>nobody", "', path.read_text(encoding="utf-8"))
    found = look("one.toml", one_toml=text)
    assert (found["kind"], found["works"]) == ("experiment", False)
    assert any("there is no built-in 'nobody'" in told for told in found["problems"])


def test_tables_by_themselves(look: Any) -> None:
    found = look("own.csv")
    assert (found["kind"], found["works"]) == ("table of governments", True)
    assert found["unused_columns"] == ["note"]
    projects = "year,host,parties,cost,build,life,own,spillover,duplicable,touches_land,by\n"
    found = look("one.csv", one_csv=f"{projects}1,a,a;b,120,3,25,9.5;7,4,true,true,me\n")
    assert (found["kind"], found["works"]) == ("table of projects", True)
    assert found["unused_columns"] == ["by"]
    found = look("one.csv", one_csv="Mã;Tên;Dân số\n1;A;2\n")
    assert not found["works"]
    assert found["look_again"] == [
        (
            "If its columns have other names or units, this reads them: "
            "kernegotiate new region DIR --governments one.csv"
        )
    ]


def test_other_files(look: Any) -> None:
    assert "a map is looked at with its scenario" in look("own.geojson")["problems"][0]
    assert look("no.toml")["problems"] == ["no.toml: there is no such file"]
    assert look("no.csv")["problems"] == ["no.csv: there is no such file"]


def test_a_reader_is_told_how_many_problems_there_are(say: Any, look: Any) -> None:
    look(own_toml=f"{SCENARIO}[behaviour]\ntrust = 3\nnoise = -1\n")
    said = say("check own.toml")
    assert said.out.startswith("own.toml (scenario) will not work: 2 problems.\n\n- own.toml: beh")
