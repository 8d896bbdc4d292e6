"""What is not as it was written is seen, named, moved aside and made anew."""

import json
import os
import random
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import kernegotiate as kn
from batch_helpers import TABLE, plan_of
from endurance import files, flips, together
from kernegotiate.analysis.results import Results
from kernegotiate.batch.design import Design
from kernegotiate.batch.executors import Threads
from kernegotiate.batch.listing import DamagedError
from kernegotiate.batch.opening import begin
from kernegotiate.batch.runner import Shard, run
from kernegotiate.batch.seal import opened_json, sealed_json
from kernegotiate.batch.store import Store

ONE, TWO = "parts/part-0000001.parquet", "parts/part-0000002.parquet"


@pytest.fixture
def rotten(whole, tmp_path):
    """A finished dataset to damage."""
    shutil.copytree(whole.folder, tmp_path / "out")
    return tmp_path / "out"


@pytest.fixture(scope="session")
def foreign(tmp_path_factory):
    """Another dataset of the same shape; only the seed differs."""
    plan = plan_of()
    other = type(plan)(plan.about, plan.cells, plan.design, 7, 6, size=10)
    return run(other, tmp_path_factory.mktemp("foreign") / "out", executor=Threads(1)).folder


def test_every_flipped_bit_is_seen(tmp_path):
    assert flips(tmp_path / "out", 60, random.Random(1)) == []


def cut(path):
    path.write_bytes(path.read_bytes()[:-100])


def replaced(path, make):
    path.unlink()
    make(path)


TROUBLE = {
    "empty": (lambda out, _: (out / ONE).write_bytes(b""), "is empty"),
    "short": (lambda out, _: cut(out / ONE), "is damaged"),
    "longer": (
        lambda out, _: (out / ONE).write_bytes((out / ONE).read_bytes() + b"\0"),
        "is damaged",
    ),
    "of other rows": (
        lambda out, _: pd.DataFrame({"a": [1]}).to_parquet(out / ONE),
        "carries no hash",
    ),
    "foreign": (
        lambda out, foreign: shutil.copy(foreign / ONE, out / ONE),
        "belongs to another dataset",
    ),
    "another part": (lambda out, _: shutil.copy(out / TWO, out / ONE), "it is part 2"),
    "the design": (lambda out, _: shutil.copy(out / "design.parquet", out / ONE), "it is part des"),
    "a folder": (lambda out, _: replaced(out / ONE, Path.mkdir), "is a folder"),
    "a link": (
        lambda out, _: replaced(out / ONE, lambda path: path.symlink_to(out / TWO)),
        "is a link",
    ),
    "a link to nowhere": (
        lambda out, _: replaced(out / ONE, lambda path: path.symlink_to("nowhere")),
        "is a link",
    ),
    "a pipe": (lambda out, _: replaced(out / ONE, os.mkfifo), "is no ordinary file"),
    "endless": (lambda out, _: os.truncate(out / ONE, 2**40), "more than it can have"),
}


@pytest.mark.parametrize("trouble", TROUBLE)
def test_a_bad_part_is_named_and_made_anew(rotten, foreign, trouble):
    before = files(rotten)
    make, wrong = TROUBLE[trouble]
    make(rotten, foreign)
    (problem,) = Results.open(rotten).verify()
    assert (problem.file, problem.chunks) == (ONE, range(1, 2))
    assert wrong in problem.wrong
    for read in (
        lambda of: of.rows(),
        lambda of: of.summary(["welfare"]),
        lambda of: of.failures(),
    ):
        with pytest.raises(DamagedError, match=f"{ONE} .*; nothing is shown") as error:
            read(Results.open(rotten))
        assert "\n" not in str(error.value)
    told = []
    store = run(plan_of(), rotten, resume=True, tell=told.append)
    assert told == [f"{problem}; it was moved to damaged/part-0000001.parquet."]
    assert files(rotten) == before
    assert store.verify() == []
    assert os.path.lexists(rotten / "damaged" / "part-0000001.parquet")


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("part-0000006.parquet", "is a part too many: they are numbered from 0 to 5"),
        ("part-0000001 (1).parquet", "is no part of this dataset"),
        ("notes.txt", "is no part of this dataset"),
        ("part-1.parquet", "is no part of this dataset"),
    ],
)
def test_what_lies_among_the_parts_is_named_and_moved(rotten, name, wrong):
    before = files(rotten)
    shutil.copy(rotten / ONE, rotten / "parts" / name)
    assert [str(one) for one in Store.open(rotten).verify()] == [f"parts/{name} {wrong}"]
    with pytest.raises(DamagedError, match=r"nothing is shown"):
        Results.open(rotten).rows()
    assert len(Store.open(rotten).done()) == 6
    with pytest.warns(UserWarning, match=r"it was moved to damaged/"):
        run(plan_of(), rotten, resume=True)
    assert files(rotten) == before


def test_what_systems_leave_is_nobodys(rotten):
    for name in (".DS_Store", "Thumbs.db", ".nfs0001"):
        (rotten / "parts" / name).touch()
    assert Store.open(rotten).verify() == []
    assert len(Results.open(rotten).rows()) == 42


@pytest.mark.parametrize("trouble", ["gone", "damaged"])
def test_the_design_is_made_anew(rotten, trouble):
    before = files(rotten)
    if trouble == "gone":
        (rotten / "design.parquet").unlink()
    else:
        cut(rotten / "design.parquet")
    assert [one.file for one in Store.open(rotten).verify()] == ["design.parquet"]
    with pytest.raises(DamagedError, match=r"design\.parquet is"):
        Results.open(rotten).summary(["welfare"])
    run(plan_of(), rotten, resume=True, tell=lambda _: None)
    assert files(rotten) == before


MANIFESTS = {
    "empty": lambda data: b"",
    "cut": lambda data: data[:-40],
    "deep": lambda data: b"[" * 3_000_000,
    "deep and sealed in words": lambda data: b'{"a":' * 900_000 + b'"seal": "',
    "another number": lambda data: data.replace(b'"seed": 5', b'"seed": 6'),
    "another type": lambda data: data.replace(b'"points": 6', b'"points": "6"'),
    "another title": lambda data: data.replace(b'"small"', b'"large"'),
    "a space": lambda data: data.replace(b'"seed": 5', b'"seed":  5'),
}


@pytest.mark.parametrize("trouble", MANIFESTS)
def test_a_manifest_that_was_changed_is_told_and_made_anew(rotten, trouble):
    before = files(rotten)
    data = MANIFESTS[trouble](before["manifest.json"])
    assert data != before["manifest.json"]
    (rotten / "manifest.json").write_bytes(data)
    with pytest.raises(DamagedError, match=r"manifest\.json is (empty|damaged)") as error:
        Store.open(rotten)
    assert len(str(error.value)) < 400
    told = []
    run(plan_of(), rotten, resume=True, tell=told.append)
    assert len(told) == 1
    assert files(rotten) == before
    assert (rotten / "damaged" / "manifest.json").read_bytes() == data


def test_an_endless_manifest_is_not_read(rotten):
    os.truncate(rotten / "manifest.json", 2**40)
    with pytest.raises(DamagedError, match="more than it can have"):
        Store.open(rotten)


def test_a_manifest_is_not_made_anew_for_other_parts(rotten):
    before = files(rotten)
    (rotten / "manifest.json").write_bytes(b"")
    for plan in (plan_of(replications=14), plan_of(years=4)):
        with pytest.raises(DamagedError, match=r"put back a copy of it, or let --resume"):
            run(plan, rotten, resume=True)
    assert files(rotten) == before | {"manifest.json": b""}


def test_a_manifest_of_another_dataset_makes_all_parts_foreign(rotten, foreign):
    shutil.copy(foreign / "manifest.json", rotten / "manifest.json")
    found = Store.open(rotten).verify()
    assert len(found) == 7
    assert all("belongs to another dataset" in one.wrong for one in found)


def test_a_shard_mends_its_own(rotten):
    for name in (ONE, TWO):
        (rotten / name).write_bytes(b"")
    run(plan_of(), rotten, shard=Shard(2, 2), tell=lambda _: None)
    assert [one.file for one in Store.open(rotten).verify()] == [TWO]


def test_parts_of_a_round_that_another_process_has_begun_are_no_problem(tmp_path):
    early = run(plan_of(precision=None), tmp_path)
    run(plan_of().going_on((7, 5)), tmp_path, resume=True)
    assert early.cut.chunks < Store.open(tmp_path).cut.chunks
    assert early.verify() == []
    assert len(early.rows()) == 42


def test_what_was_read_once_is_read_again_when_it_changes(rotten):
    results = Results.open(rotten)
    before = results.rows()
    pd.testing.assert_frame_equal(results.rows(), before)
    data = (rotten / ONE).read_bytes()
    (rotten / ONE).write_bytes(data[:200] + bytes([data[200] ^ 1]) + data[201:])
    with pytest.raises(DamagedError, match="does not match the hash"):
        results.rows()


def test_the_same_rows_give_the_same_bytes_with_any_design(tmp_path):
    plan = plan_of(TABLE.iloc[:1])
    one, two = (files(run(plan, tmp_path / name).folder) for name in ("a", "b"))
    assert one == two
    assert Design(TABLE).contents["rows"] == 3


def test_a_manifest_says_what_it_was_given():
    document = {"b": 1.5, "a": [None, "ầ"]}
    assert opened_json(sealed_json(document)) == document
    assert list(json.loads(sealed_json(document))) == ["b", "a", "seal"]


def test_a_dataset_that_another_process_began_meanwhile_is_joined(rotten):
    before, manifest = files(rotten), Store.open(rotten).manifest
    begin(rotten, manifest)
    assert files(rotten) == before
    (rotten / "manifest.json").unlink()
    with pytest.raises(kn.ScenarioError, match=r"found 'design\.parquet' and no dataset"):
        begin(rotten, manifest)


@pytest.mark.slow
def test_processes_side_by_side(tmp_path):
    codes, equal = together(tmp_path, 3)
    assert codes == [0] * 3
    assert equal


def test_a_folder_that_is_deleted_meanwhile(tmp_path):
    def delete(done, _):
        if done:
            shutil.rmtree(tmp_path / "out", ignore_errors=True)

    with pytest.raises(kn.ScenarioError, match=r"cannot be written \(No such file"):
        run(plan_of(), tmp_path / "out", progress=delete, executor=Threads(1))


def test_exhausted_file_handles(rotten):
    few = (
        "import sys, resource, kernegotiate as kn\n"
        "from kernegotiate.batch.store import Store\n"
        "store = Store.open(sys.argv[1]); store.verify(); held = []\n"
        "resource.setrlimit(resource.RLIMIT_NOFILE, (20, 20))\n"
        "try:\n"
        "    while True: held.append(open('/dev/null'))\n"
        "except OSError: pass\n"
        "try: store.verify()\n"
        "except kn.ScenarioError as error: held.clear(); print(error)\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", few, str(rotten)], check=True, capture_output=True, text=True
    )
    assert said.stdout.strip().endswith("cannot be read (Too many open files)")
    assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] > 20
    assert len(files(rotten)) == 8


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is withheld from root")
def test_what_is_withheld(rotten):
    before = files(rotten)
    (rotten / ONE).chmod(0)
    assert "cannot be read (Permission denied)" in str(Store.open(rotten).verify()[0])
    run(plan_of(), rotten, resume=True, tell=lambda _: None)
    assert files(rotten) == before
    (rotten / ONE).unlink()
    (rotten / "parts").chmod(0o500)
    with pytest.raises(kn.ScenarioError, match=r"cannot be written \(Permission denied"):
        run(plan_of(), rotten, resume=True)
    (rotten / "parts").chmod(0o000)
    with pytest.raises(kn.ScenarioError, match=r"parts cannot be read \(Permission denied"):
        Results.open(rotten).rows()
    (rotten / "parts").chmod(0o700)
