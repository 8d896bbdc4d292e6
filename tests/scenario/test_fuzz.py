"""Whatever stands in a file, the answer is a study or a `ScenarioError`."""

import copy
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kernegotiate.scenario import Institution, Scenario, ScenarioError
from kernegotiate.scenario.csv_tables import read_table
from kernegotiate.scenario.projects import ProjectRow
from kernegotiate.scenario.reading import read_toml

GOVERNMENT = {"name": "X", "population": 5, "grdp": 10.0, "lon": 0, "lat": 0}
DOCUMENT = {
    "name": "x",
    "title": "X",
    "years": 5,
    "region": {
        "budget_share": 0.1,
        "ceiling": 1.0,
        "governments": [{**GOVERNMENT, "code": code, "name": code.upper()} for code in "abc"],
    },
    "leaders": {"term": 5},
    "projects": {"kinds": [{"name": "road", "name_vi": "đường", "touches_land": True}]},
    "table": [
        {
            "year": 1,
            "host": "a",
            "parties": ["a", "b"],
            "cost": 1.0,
            "build": 1,
            "life": 1,
            "own": [1, 2.0],
            "spillover": 0,
        }
    ],
    "behaviour": {"trust": 0.5},
}
BODY = {
    "name": "x",
    "evidence": ["E1"],
    "notes": [],
    "levers": {"quota": {"value": 1, "range": [0.5, 1]}},
}
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just(10**400)
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=5
)
ACCEPTED = "accepted"


def places(data, above=()):
    """All places in a document, as tuples of keys and positions."""
    pairs = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in pairs:
        yield (*above, key)
        if isinstance(value, dict | list):
            yield from places(value, (*above, key))


def with_value(data, place, value):
    """A copy of a document with another value at a place."""
    data = copy.deepcopy(data)
    inside = data
    for key in place[:-1]:
        inside = inside[key]
    inside[place[-1]] = value
    return data


def refusal(action):
    """The message with which something is refused; a stand-in if it is accepted."""
    try:
        action()
    except ScenarioError as error:
        return str(error)
    return ACCEPTED


def refused_in_one_sentence(model, data):
    message = refusal(lambda: model.checked(data, "fuzz"))
    assert message.startswith(("fuzz", ACCEPTED))
    assert "\n" not in message


def test_the_documents_are_valid():
    assert Scenario.checked(DOCUMENT, "fuzz").table is not None
    assert Institution.checked(BODY, "fuzz").notes


@given(place=st.sampled_from(list(places(DOCUMENT))), value=VALUES)
def test_any_value_anywhere_in_a_scenario(place, value):
    refused_in_one_sentence(Scenario, with_value(DOCUMENT, place, value))


@given(place=st.sampled_from(list(places(BODY))), value=VALUES)
def test_any_value_anywhere_in_an_institution(place, value):
    refused_in_one_sentence(Institution, with_value(BODY, place, value))


@given(VALUES)
def test_any_document(value):
    refused_in_one_sentence(Scenario, value)
    refused_in_one_sentence(Institution, value)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.binary() | st.text(alphabet="[]{}=\"',;.\n0a#\r").map(str.encode))
def test_any_bytes(tmp_path: Path, text):
    path = tmp_path / "file"
    path.write_bytes(text)
    for read in (read_toml, lambda file: read_table(file, ProjectRow)):
        assert refusal(lambda read=read: read(path)).startswith((str(path), ACCEPTED))
