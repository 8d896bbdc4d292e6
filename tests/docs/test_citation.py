"""CITATION.cff holds what schema 1.2.0 requires, and the version of the package."""

import re
import tomllib
from pathlib import Path

import yaml

import kernegotiate as kn

ROOT = Path(__file__).parents[2]
CITATION = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
# Of the schema's definitions of a person, an entity and the file itself.
ENTITY = {"address", "alias", "city", "country", "date-end", "date-start", "email", "fax",
          "location", "name", "orcid", "post-code", "region", "tel", "website"}  # fmt: skip
KEYS = {"abstract", "authors", "cff-version", "commit", "contact", "date-released", "doi",
        "identifiers", "keywords", "license", "license-url", "message", "preferred-citation",
        "references", "repository", "repository-artifact", "repository-code", "title", "type",
        "url", "version"}  # fmt: skip


def test_required_keys():
    assert {"authors", "cff-version", "message", "title"} <= CITATION.keys() <= KEYS
    assert CITATION["cff-version"] == "1.2.0"
    assert CITATION["type"] in {"software", "dataset"}
    assert all(isinstance(CITATION[key], str) and CITATION[key] for key in ("message", "title"))


def test_authors_are_the_project():
    assert CITATION["authors"] == [{"name": "The kernegotiate developers"}]
    assert CITATION["authors"][0].keys() <= ENTITY


def test_version_and_licence_are_those_of_the_package():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert str(CITATION["version"]) == kn.__version__ == project["version"]
    assert CITATION["license"] == project["license"] == "MIT"


def test_references():
    for reference in CITATION["references"]:
        assert {"authors", "title", "type"} <= reference.keys()
        assert re.fullmatch(r"10\.\d{4,9}/\S+", reference["doi"])
    assert len(set(CITATION["keywords"])) == len(CITATION["keywords"])
