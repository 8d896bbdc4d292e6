"""Files that are there whole or not at all."""

import errno
import os
import subprocess
import sys

import pytest

from kernegotiate.batch import disk


def test_a_killed_writer_leaves_a_file_that_is_swept(tmp_path):
    code = (
        "import os, sys; from pathlib import Path; from kernegotiate.batch import disk\n"
        "disk.os.fsync = lambda _: os.kill(os.getpid(), 9)\n"
        "disk.put(Path(sys.argv[1], 'x'), b'data')"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)
    assert len(list(tmp_path.iterdir())) == 1
    disk.sweep(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_being_written_is_not_swept(tmp_path, monkeypatch):
    usual, left = os.fsync, []

    def watched(handle):
        disk.sweep(tmp_path)
        left.append(len(list(tmp_path.glob(".*.half"))))
        usual(handle)

    monkeypatch.setattr(disk.os, "fsync", watched)
    disk.put(tmp_path / "x", b"data")
    assert left[0] == 1
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


def test_a_writer_whose_file_was_taken_writes_it_again(tmp_path, monkeypatch):
    usual, taken = os.fsync, []

    def taking(handle):
        if len(taken) < 2:
            taken.extend(path.unlink() for path in tmp_path.glob(".*.half"))
        usual(handle)

    monkeypatch.setattr(disk.os, "fsync", taking)
    disk.put(tmp_path / "x", b"data")
    assert len(taken) == 2
    assert (tmp_path / "x").read_bytes() == b"data"


def test_files_of_others_are_not_swept(tmp_path):
    (tmp_path / "notes.half").touch()
    disk.sweep(tmp_path)
    assert (tmp_path / "notes.half").exists()


def test_created_once(tmp_path):
    assert disk.create(tmp_path / "x", b"one", tmp_path)
    assert not disk.create(tmp_path / "x", b"two", tmp_path)
    assert (tmp_path / "x").read_bytes() == b"one"
    assert len(list(tmp_path.iterdir())) == 1


def test_created_where_there_are_no_links(tmp_path, monkeypatch):
    def none(*_):
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(disk.os, "link", none)
    assert disk.create(tmp_path / "x", b"one", tmp_path)
    assert not disk.create(tmp_path / "x", b"two", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


def test_a_removed_folder_ends_the_writing(tmp_path):
    with pytest.raises(FileNotFoundError):
        disk.put(tmp_path / "gone" / "x", b"", tmp_path)
    with pytest.raises(FileNotFoundError):
        disk.put(tmp_path / "x", b"", tmp_path / "gone")


@pytest.mark.parametrize(
    ("make", "wrong"),
    [
        (lambda path: path.mkdir(), "is a folder"),
        (lambda path: path.symlink_to("/dev/zero"), "is a link"),
        (os.mkfifo, "is no ordinary file"),
        (lambda path: path.write_bytes(b"12345"), "has 5 bytes, more than it can have"),
        (lambda path: None, "is missing"),
    ],
)
def test_what_is_no_ordinary_file_is_never_read(tmp_path, make, wrong):
    make(tmp_path / "x")
    with pytest.raises(disk.UnfitError, match=wrong):
        disk.read(tmp_path / "x", 4)
