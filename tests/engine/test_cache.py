"""Compiled code on disk is never older than its sources."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import kernegotiate
from kernegotiate.engine.cache import source_hash

PACKAGE = Path(kernegotiate.__file__).parent
# `first_best` is kept on disk; `yield_of_each` is called by it and lives in another file.
PROGRAM = """
import numpy as np
from kernegotiate.engine import layout
from kernegotiate.engine.first_best import first_best
from kernegotiate.engine.horizon import society_table
project = np.zeros(1, layout.PROJECT)
project["k"], project["build"], project["life"], project["cost"] = 2, 1, 5, 10.0
project["duplicable"], project["copy_yield"] = True, 3.0
print(first_best(project, society_table(0.9, 20), 0.4, 0.7, 3, 0)[0])
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
    first = source_hash(tmp_path)
    (tmp_path / "a.py").write_text("2")
    second = source_hash(tmp_path)
    (tmp_path / "a.py").rename(tmp_path / "b.py")
    assert len({first, second, source_hash(tmp_path)}) == 3
