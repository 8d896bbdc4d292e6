"""The key: hard to guess, easy to type, kept for a day where only its owner reads it."""

import os
from pathlib import Path

import pytest

from viz.guard.key import KEPT, LETTERS, cookie_of, kept_key, new_key, same


def test_keys_differ_and_can_be_read_aloud() -> None:
    keys = {new_key() for _ in range(1000)}
    assert len(keys) == 1000
    assert {len(key) for key in keys} == {14}
    assert set("".join(keys)) == {*LETTERS, "-"}
    assert not set("01oil") & set(LETTERS)


def test_a_key_is_taken_however_it_is_typed() -> None:
    assert same(" ABCD efgh-JKMN ", "abcd-efgh-jkmn")
    for other in ("", "abcd", "abcd-efgh-jkmm", "\ud800", "ábcd-efgh-jkmn"):
        assert not same(other, "abcd-efgh-jkmn")
    assert len({cookie_of("a"), cookie_of("b")}) == 2


def test_a_window_that_is_started_again_has_its_key(tmp_path: Path) -> None:
    key = kept_key(8765, tmp_path / "new")
    assert kept_key(8765, tmp_path / "new") == key
    assert kept_key(8766, tmp_path / "new") != key
    assert (tmp_path / "new" / "key-8765").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(os.name == "nt", reason="modes and links are those of POSIX")
@pytest.mark.parametrize(
    "trouble", ["old", "of tomorrow", "open", "a link", "cut", "odd", "folder"]
)
def test_a_key_that_others_may_know_or_that_is_none_is_made_anew(
    tmp_path: Path, trouble: str
) -> None:
    key, place = kept_key(1, tmp_path), tmp_path / "key-1"
    if trouble in {"old", "of tomorrow"}:
        then = place.stat().st_mtime + {"old": -KEPT - 1, "of tomorrow": 3600}[trouble]
        os.utime(place, (then, then))
    elif trouble == "open":
        place.chmod(0o644)
    elif trouble == "a link":
        place.rename(tmp_path / "other")
        place.symlink_to(tmp_path / "other")
    elif trouble == "folder":
        place.unlink()
        place.mkdir()
    else:
        place.write_text({"cut": key[:-1], "odd": key.replace("-", "_")}[trouble])
    assert kept_key(1, tmp_path) != key
    if trouble != "folder":
        assert place.stat().st_mode & 0o777 == 0o600
        assert kept_key(1, tmp_path) == place.read_text()


def test_where_nothing_can_be_kept_each_start_has_its_own(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert kept_key(1, tmp_path / "file") != kept_key(1, tmp_path / "file")
