"""What never ends, is no file or is too large is refused before it is read, in a short sentence."""

import io
import os
import socket
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest

from kernegotiate.scenario import ScenarioError, load_scenario, read_geometry
from kernegotiate.scenario.reading import read_bytes
from kernegotiate.scenario.text import LONGEST, sentence

WITH_MAP = '[region]\ngeometry = "map.geojson"'


def refusal(path: Path, *, outlines: bool = False) -> str:
    begun = time.process_time()
    with pytest.raises(ScenarioError) as caught:
        _read(path, outlines=outlines)
    assert time.process_time() - begun < 20, "not a benchmark: what hangs takes minutes"
    told = str(caught.value)
    assert told.isprintable()
    assert len(told) <= LONGEST
    return told.replace(f"{path.parent}/", "")


def _read(path, *, outlines):
    scenario = load_scenario(path)
    if outlines:
        read_geometry(scenario.region)


def pipe(path):
    os.mkfifo(path)


def plug(path):
    here = Path.cwd()
    os.chdir(path.parent)  # the name of a socket is short
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(here)


def sparse(path):
    with path.open("wb") as file:
        file.truncate(5 * 10**9)


def device(path):
    path.symlink_to("/dev/zero")


def loop(path):
    path.symlink_to(path)


ENDLESS = [
    (pipe, "found a pipe, allowed is a file"),
    (plug, "found a socket, allowed is a file"),
    (device, "found a device, allowed is a file"),
    (Path.mkdir, "found a folder, allowed is a file"),
    (sparse, "found 5,000,000,000 bytes, allowed are "),
    (loop, "the file cannot be read ("),
]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs the files of Unix")
@pytest.mark.parametrize(("make", "told"), ENDLESS)
@pytest.mark.parametrize("name", ["study.toml", "cities.csv", "map.geojson"])
def test_what_is_no_file_of_a_size(study, edit, make, told, name):
    edit(study, "[region]", WITH_MAP)
    study.with_name(name).unlink(missing_ok=True)
    make(study.with_name(name))
    where = "study.toml: region.geometry: " if name == "map.geojson" else ""
    if make is not sparse:
        assert refusal(study).startswith(f"{where}{name}: {told}")
    assert f"{name}: {told}" in refusal(study, outlines=True)


def test_a_file_that_grows_while_it_is_read(tmp_path):
    (tmp_path / "x").write_bytes(b"x" * 11)
    assert read_bytes(tmp_path / "x", 11) == b"x" * 11
    with pytest.raises(ScenarioError, match="x: found"):
        read_bytes(tmp_path / "x", 10)


def far_apart():
    book = openpyxl.Workbook()
    book.active.append(["code", "name"])
    book.active["XFD1048576"] = "x"
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def packed():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<a/>")
        for sheet in range(20):
            archive.writestr(f"xl/worksheets/sheet{sheet}.xml", b"0" * 10**7)
    return held.getvalue()


HEADER = b"code,name,population,grdp,lon,lat\n"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (lambda: b"x" * 10**7, "cities.csv: not valid CSV: field larger than field limit"),
        (lambda: HEADER + b'"' + b"x\n" * 10**6, "cities.csv: not valid CSV: field larger"),
        (lambda: b",".join(b"c%d" % n for n in range(10**5)), "cities.csv, row 1: found 100,000"),
        (
            lambda: HEADER + b"," * 10**6,
            "cities.csv, row 2: found 1,000,001 cells, allowed are 300",
        ),
        (lambda: HEADER + b"a,b,1,1,1,1\n" * 200_001, "cities.csv: found more than 200,000 rows"),
        (lambda: HEADER + b"\n" * 200_001, "cities.csv: found more than 200,000 rows"),
        (lambda: HEADER + (b"1," * 299 + b"1\n") * 13_400, "cities.csv: found more than 13,3"),
        (packed, "cities.csv: found 200 MB once it is unpacked, allowed are 100 MB"),
        (far_apart, "cities.csv: sheet 'Sheet': found more than 200,000 rows"),
    ],
)
def test_tables_larger_than_any_study_needs(study, data, told):
    study.with_name("cities.csv").write_bytes(data())
    assert refusal(study).startswith(told)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a = " + "[\n" * 200_000, "not valid TOML: nested too deeply"),
        ("a = " + "{a=" * 5000, "not valid TOML: nested too deeply"),
        ("[" + ".".join("a" * 9000) + "]", "not valid TOML: nested too deeply"),
        (".".join("a" * 9000) + " = 1", "not valid TOML: nested too deeply"),
        ("'='.".replace("=", "=") * 900 + "a = 1", "not valid TOML: nested too deeply"),
        (" . ".join(["a"] * 900) + " = 1", "not valid TOML: nested too deeply"),
        ("years = " + "9" * 5000, "not valid TOML: Exceeds the limit"),
        ("years = 0x" + "f" * 9000, "years: found a number of thousands of digits, allowed is"),
        ("title = '" + "x" * 10**5 + "'", "line 1: found 100,010 letters, allowed are 20,000"),
        ("#\n" * 600_000, "found 1,200,000 bytes, allowed are 1,000,000"),
        ('"\\u001b[31m\\u0007" = 1', "\\x1b[31m\\x07: unknown key"),
        ('title = "\\u001b[31m"', "title: found the control character U+001B, allowed is"),
        ('"' + "x" * 9000 + '" = 1', "xxxxxxxxxxxxxxxxxxxx"),
        ('based_on = "' + "x" * 9000 + '"', "study.toml: based_on: there is no built-in 'xxx"),
        ("[region]\ngovernments = '" + "x" * 9000 + "'", "xxxxxxxx"),
        ("[region]\ngeometry = '" + "x" * 9000 + "'", "region.geometry: xxx"),
    ],
)
def test_documents_that_trap_a_reader(study, text, told):
    study.write_text(text, encoding="utf-8")
    assert refusal(study).removeprefix("study.toml: ").startswith(told.removeprefix("study.toml: "))


def test_a_sentence_keeps_its_beginning_and_its_end():
    told = sentence("file.csv: found '" + "x" * 10**6 + "', allowed is a number")
    assert told.startswith("file.csv: found 'xxx")
    assert told.endswith("xxx', allowed is a number")
    assert len(told) == LONGEST
    assert sentence("a\r\nb\x1b[1m\u202e\ufeffc") == "a b\\x1b[1m\\u202e\\ufeffc"
    assert sentence("Cần Thơ “…”") == "Cần Thơ “…”"
