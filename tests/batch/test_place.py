"""Names of folders: what is a name, what is an address."""

from pathlib import Path

import pytest

import kernegotiate as kn
from kernegotiate.batch.place import MOST, local, named


@pytest.mark.parametrize(
    ("place", "path"),
    [
        ("exp:2", "exp:2"),
        ("./exp:3", "exp:3"),
        ("s3:y", "s3:y"),
        ("C:/x", "C:/x"),
        ("results/a b ", "results/a b "),
        ("./~", "~"),
        (Path("~"), "~"),
        ("file:///a/b%20c", "/a/b c"),
        ("FILE://localhost/a", "/a"),
        ("file:/a", "/a"),
        ("no\udcffutf", "no\udcffutf"),
        ("exp:/3", "exp:/3"),
    ],
)
def test_names(place, path):
    assert local(place) == Path(path)


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        ("s3://bucket/x", r"^s3://bucket/x: found an address \(s3\), allowed is a place in this"),
        (Path("s3://bucket/x"), r"found an address \(s3\)"),
        ("gs://b", r"found an address \(gs\)"),
        ("https://x/y", r"found an address \(https\)"),
        ("memory://x", r"found an address \(memory\)"),
        ("file://server/x", "allowed is file:///"),
        ("file:///", "allowed is file:///"),
        ("~no-such-user/x", "there is no such user's home"),
        ("", "found the name ''"),
        ("a\0b", "found the name"),
    ],
)
def test_what_is_no_place_is_refused(place, sentence):
    with pytest.raises(kn.ScenarioError, match=sentence):
        local(place)


def test_a_home(monkeypatch):
    monkeypatch.setenv("HOME", "/home/me")
    assert local("~/x") == Path("/home/me/x")


def test_names_in_sentences_are_short_and_on_one_line():
    assert len(named("x" * 10_000)) <= MOST + 3
    assert named("a\nb") == r"a\nb"
