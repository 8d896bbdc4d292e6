"""Compiled code on disk: never older than its sources, never anybody else's, never in the way."""

import fcntl
import json
import os
import pickle
import resource
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

import kernegotiate
from kernegotiate.engine.cache import IN_USE, KEPT, _ours, _prune, source_hash
from kernegotiate.engine.kept import HASH, read

PACKAGE = Path(kernegotiate.__file__).parent
# `first_best` is kept on disk; `yield_of_each` is called by it and lives in another file.
PROGRAM = """
import numpy as np
from kernegotiate.engine import layout
from kernegotiate.engine.first_best import first_best
from kernegotiate.engine.horizon import society_table
project = np.zeros(1, layout.PROJECT)
project["seats"], project["build"], project["life"], project["cost"] = 2, 1, 5, 10.0
project["copy_cost"], project["waits"] = 5.0, 3
project["duplicable"], project["copy_yield"] = True, 3.0
print(first_best(project, society_table(0.9, 20), 0.4, 0.7, 0)[0])
"""


def run(folder: Path) -> float:
    env = os.environ | {"PYTHONPATH": str(folder), "XDG_CACHE_HOME": str(folder / "cache")}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env=env,
        capture_output=True,
        text=True,
        check=True,
        cwd=folder,
    )
    return float(done.stdout)


def test_an_edited_leaf_is_seen(tmp_path):
    shutil.copytree(
        PACKAGE, tmp_path / "kernegotiate", ignore=shutil.ignore_patterns("__pycache__")
    )
    leaf = tmp_path / "kernegotiate" / "engine" / "copies.py"
    before = run(tmp_path)
    assert run(tmp_path) == before
    source = leaf.read_text(encoding="utf-8")
    assert source.count("return copy_yield / (") == 1
    leaf.write_text(
        source.replace("return copy_yield / (", "return 2.0 * copy_yield / ("), encoding="utf-8"
    )
    assert run(tmp_path) > before
    kept = list((tmp_path / "cache").rglob("engine-*"))
    assert len({folder.name for folder in kept if folder.is_dir()}) == 2


def test_the_hash_sees_names_and_contents(tmp_path):
    (tmp_path / "a.py").write_text("1")
    hashed = source_hash.__wrapped__
    first = hashed(tmp_path)
    (tmp_path / "a.py").write_text("2")
    second = hashed(tmp_path)
    (tmp_path / "a.py").rename(tmp_path / "b.py")
    assert len({first, second, hashed(tmp_path)}) == 3


# One small function of the engine, kept on disk; it compiles in a moment.
SMALL = """
from kernegotiate.engine.horizon import row_of
print(row_of(3, True), row_of.stats.cache_hits.total())
"""
ANSWER = "8"
ROOT = hasattr(os, "getuid") and os.getuid() == 0
OWN = {k: v for k, v in os.environ.items() if not k.startswith(("NUMBA", "XDG", "KERN"))}


# Has loaded the engine, compiled and looked for nothing, and forks for each answer.
NURSERY = f"""
import json, os, sys, tempfile, kernegotiate.engine.horizon
for line in sys.stdin:
    out, err, environment = json.loads(line)
    if not os.fork():
        for stream, file in ((1, out), (2, err)):
            os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), stream)
        os.environ |= environment
        tempfile.tempdir = None
        exec({SMALL!r})
        sys.stdout.flush()
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.wait()[1]), flush=True)
"""


@pytest.fixture(scope="module")
def born(tmp_path_factory):
    """What `start` gives for the small program, sooner."""
    pipe, told = subprocess.PIPE, tmp_path_factory.mktemp("told")
    command = [sys.executable, "-c", NURSERY]
    with subprocess.Popen(command, env=OWN, stdin=pipe, stdout=pipe, text=True) as nursery:

        def start_sooner(cache, **environment):
            files = [told / "out", told / "err"]
            given = {"XDG_CACHE_HOME": str(cache), "TMPDIR": str(cache)} | environment
            print(json.dumps([*map(str, files), given]), file=nursery.stdin, flush=True)
            code = int(nursery.stdout.readline())
            return subprocess.CompletedProcess("", code, *(file.read_text() for file in files))

        yield start_sooner


def start(cache, program=SMALL, before=None, **environment):
    """What a fresh process says whose caches are in `cache`."""
    return subprocess.run(
        [sys.executable, "-c", program],
        env=OWN | {"XDG_CACHE_HOME": str(cache), "TMPDIR": str(cache)} | environment,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=before,
    )


def answered(done, hits, told=""):
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == [ANSWER, str(hits)]
    assert done.stderr.count("\n") == (1 if told else 0), done.stderr
    assert told in done.stderr


@pytest.fixture(scope="module")
def filled(born, tmp_path_factory):
    """A cache folder with that function in it."""
    folder = tmp_path_factory.mktemp("filled")
    answered(born(folder), hits=0)
    return folder


@pytest.fixture
def warm(filled, tmp_path):
    """A copy of that folder, and its file."""
    cache = tmp_path / "cache"
    shutil.copytree(filled, cache)
    (file,) = cache.rglob("*.nbc")
    return cache, file


def test_what_is_kept_is_used_and_only_ours(warm):
    cache, file = warm
    answered(start(cache), hits=1)
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert {entry.name for entry in file.parent.iterdir()} == {file.name, IN_USE}


class Bomb:
    """What a pickle can do."""

    def __reduce__(self):
        return os.system, ("echo boom >&2",)


def replaced(file, data):
    file.write_bytes(data)


def linked(file):
    file.rename(file.with_suffix(".moved"))
    file.symlink_to(file.with_suffix(".moved"))


def piped(file):
    file.unlink()
    os.mkfifo(file)


DAMAGE = {
    "empty": lambda file: replaced(file, b""),
    "cut": lambda file: replaced(file, file.read_bytes()[:-100]),
    "cut in the hash": lambda file: replaced(file, file.read_bytes()[:10]),
    "garbage": lambda file: replaced(file, bytes(range(256)) * 99),
    "one bit": lambda file: replaced(file, file.read_bytes()[:-9] + b"?" + file.read_bytes()[-8:]),
    "a bare pickle": lambda file: replaced(file, pickle.dumps(Bomb())),
    "writable by others": lambda file: file.chmod(0o666),
    "a link": linked,
    "a pipe": piped,
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_file_is_made_anew(warm, born, damage):
    cache, file = warm
    DAMAGE[damage](file)
    answered(born(cache), hits=0, told="damaged or not ours")
    assert read(file), "there is none that the next process takes"
    if damage in {"cut", "a link"}:  # one that was replaced, one that was removed
        answered(born(cache), hits=1)


def test_what_cannot_be_removed_is_in_nobodys_way(warm, born):
    cache, file = warm
    file.unlink()
    file.mkdir()
    done = born(cache)
    assert done.stdout.split() == [ANSWER, "0"]
    assert "cannot be kept" in done.stderr
    assert "Traceback" not in done.stderr


def planted(file):
    """A valid file that does something when it is read."""
    data = pickle.dumps(Bomb())
    file.write_bytes(HASH(data).digest() + data)


@pytest.mark.skipif(not ROOT, reason="only root can give files away")
@pytest.mark.parametrize("whose", ["file", "folder", "parent"])
def test_nothing_of_another_user_is_read(warm, born, whose):
    cache, file = warm
    planted(file)
    os.chown({"file": file, "folder": file.parent, "parent": file.parents[1]}[whose], 65534, -1)
    done = born(cache)
    assert done.stdout.split() == [ANSWER, "0"]
    assert "boom" not in done.stderr


@pytest.mark.parametrize("depth", [1, 2])
def test_nothing_from_a_folder_that_others_write_to(warm, born, depth):
    cache, file = warm
    planted(file)
    file.parents[depth - 1].chmod(0o777)
    done = born(cache)
    assert done.stdout.split() == [ANSWER, "0"]
    assert "others may write to" in done.stderr
    assert "boom" not in done.stderr


def test_a_link_in_place_of_the_folder_is_not_followed(tmp_path):
    (tmp_path / "elsewhere").mkdir(0o700)
    (tmp_path / "above").mkdir(0o700)
    (tmp_path / "above" / "engine-1").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError, match="not a folder of its own"):
        _ours(tmp_path / "above", "engine-1")


def no_space():
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))


def test_a_full_disk(tmp_path):
    answered(start(tmp_path, before=no_space), hits=0, told="cannot be kept")
    assert list(tmp_path.rglob("*.nbc")) == []
    assert [file.name for file in tmp_path.rglob("*.*") if file.is_file()] == []


def test_a_warm_cache_that_cannot_be_written(warm):
    cache, _ = warm
    answered(start(cache, before=no_space), hits=1)


def test_no_place_for_a_cache(tmp_path):
    """Such as a home and a system that are read only."""
    done = start("/proc/none", TMPDIR="/proc/none", program=NOWHERE)
    answered(done, hits=0, told="cannot be kept")


NOWHERE = (
    """
import tempfile
def nowhere(): raise FileNotFoundError(2, "No usable temporary directory found")
tempfile.gettempdir = nowhere
"""
    + SMALL
)


def test_no_home_but_a_temporary_folder(born, tmp_path):
    answered(born("/proc/none", TMPDIR=str(tmp_path)), hits=0, told="is kept in")
    answered(born("/proc/none", TMPDIR=str(tmp_path)), hits=1, told="is kept in")


def test_home_unset(tmp_path):
    program = "import os; os.environ.pop('HOME', None); os.environ.pop('XDG_CACHE_HOME')\n"
    program += "import pwd\ndef nobody(_): raise KeyError\npwd.getpwuid = nobody\n" + SMALL
    assert start(tmp_path, program=program).stdout.split() == [ANSWER, "0"]


USERS_OWN = (
    SMALL
    + """
import numba, os
@numba.njit(cache=True)
def own(x):
    return x + 1
own(1)
print(os.environ.get("NUMBA_CACHE_DIR"), own.stats.cache_path)
"""
)


def test_a_users_cache_folder_is_respected(tmp_path):
    theirs, program = tmp_path / "theirs", tmp_path / "program.py"
    program.write_text(USERS_OWN)
    run = f"import runpy; runpy.run_path({str(program)!r})"
    told = start(tmp_path / "c", program=run, NUMBA_CACHE_DIR=str(theirs)).stdout.split()
    assert told[:3] == [ANSWER, "0", str(theirs)]
    assert Path(told[3]).parent == theirs
    assert [file.parents[1] for file in theirs.rglob("horizon.*.nbc")] == [theirs / "kernegotiate"]
    told = start(tmp_path / "c", program=run).stdout.split()
    assert told[2] == "None"
    assert "kernegotiate" not in told[3].removeprefix(str(tmp_path))


def test_a_user_who_does_not_want_to_compile_is_told(tmp_path):
    program = "import sys; from kernegotiate.cli import main\n"
    program += "sys.exit(main(['compare', 'mekong_delta', 'none', 'lga', '--runs', '2']))"
    done = start(tmp_path, program=program, NUMBA_DISABLE_JIT="1")
    assert done.returncode == 2
    assert done.stderr.startswith("kernegotiate: NUMBA_DISABLE_JIT is set")
    assert done.stderr.count("\n") == 1


def test_a_users_functions_are_unrolled_as_ever(tmp_path):
    """LLVM's option of the engine is not left on for others."""
    program = """
import numpy as np, numba, sys
if sys.argv[1:] or "{engine}":
    from kernegotiate.engine.horizon import row_of
    row_of(3, True)
@numba.njit
def own(a):
    s = 0.0
    for i in range(a.shape[0]):
        s += a[i] * a[i]
    return s
own(np.ones(3))
print(len(next(iter(own.inspect_asm().values())).splitlines()))
"""
    without, with_ = (start(tmp_path, program.format(engine=e)).stdout for e in ("", "yes"))
    assert without == with_ != ""


def engines(above, count):
    for age in range(count):
        folder = above / f"engine-{age:012x}"
        folder.mkdir()
        (folder / "old.nbc").touch()
        os.utime(folder, (1e9 - age, 1e9 - age))
    current = above / "engine-current"
    current.mkdir()
    return current


def left(above):
    return sorted(folder.name for folder in above.iterdir())


def test_only_the_last_versions_are_kept(tmp_path):
    _prune(engines(tmp_path, 6))
    assert len(left(tmp_path)) == KEPT
    assert left(tmp_path)[:2] == ["engine-000000000000", "engine-000000000001"]
    assert "engine-current" in left(tmp_path)


def test_what_is_in_use_or_not_ours_stays(tmp_path):
    current = engines(tmp_path, 6)
    (tmp_path / "other").mkdir()
    (tmp_path / "engine-link").symlink_to(tmp_path / "other")
    with (tmp_path / "engine-000000000005" / IN_USE).open("w") as held:
        fcntl.flock(held, fcntl.LOCK_SH)
        _prune(current)
    assert "engine-000000000005" in left(tmp_path)
    assert "engine-000000000004" not in left(tmp_path)
    assert {"other", "engine-link"} <= set(left(tmp_path))


def test_two_processes_at_once(tmp_path):
    both = [
        subprocess.Popen(
            [sys.executable, "-c", SMALL],
            env=os.environ | {"XDG_CACHE_HOME": str(tmp_path)},
            stdout=subprocess.PIPE,
        )
        for _ in range(2)
    ]
    assert [process.communicate()[0].split()[0].decode() for process in both] == [ANSWER] * 2
    answered(start(tmp_path), hits=1)
