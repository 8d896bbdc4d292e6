"""Small parts that are put together: nothing lost and nothing twice, whoever dies when."""

import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from batch_helpers import parts, plan_of
from endurance import files
from kernegotiate.batch.chunks import MANY, ROWS, Cut
from kernegotiate.batch.executors import Threads
from kernegotiate.batch.listing import DamagedError, part, waiting
from kernegotiate.batch.runner import Shard, run
from kernegotiate.batch.store import Store
from kernegotiate.batch.work import work

HELPER = Path(__file__).parents[1] / "batch_helpers.py"
WHOLE = "part-0000000-0000041.parquet"
DYING = """
import os, shutil, signal, sys
from batch_helpers import plan_of
from kernegotiate.batch.store import Store

def mortal(usual):
    def call(*given, **named):
        global made, last
        if made == last:
            os.kill(os.getpid(), signal.SIGKILL)
        made += 1
        return usual(*given, **named)
    return call

for name in ("fsync", "unlink", "replace", "rename", "open"):
    setattr(os, name, mortal(getattr(os, name)))

def merge(calls):
    global made, last
    shutil.copytree(sys.argv[1], f"{sys.argv[1]}-{calls}")
    store = Store.open(f"{sys.argv[1]}-{calls}")
    made, last = 0, calls
    store.merge()
    last = None
    return made

made, last = 0, None
total = merge(None)
# One removal is as the other.
for calls in (*range(6), total // 2, *range(total - 5, total)):
    if not os.fork():
        merge(calls)
        os._exit(0)
    assert os.WIFSIGNALED(os.wait()[1])
print(total)
"""


@pytest.fixture(scope="session")
def small():
    """A plan of one group: a chunk a run."""
    return plan_of(size=1)


@pytest.fixture(scope="session")
def merged(small, tmp_path_factory):
    """Its dataset, put together."""
    return run(small, tmp_path_factory.mktemp("merged") / "out", executor=Threads(1))


@pytest.fixture
def loose(small, tmp_path):
    """Its dataset as it is before."""
    return alone(small, tmp_path / "loose")


def alone(plan, folder, chunks=None):
    """All chunks, or some, in parts of their own."""
    store = Store.claim(folder, plan, join=True)
    for chunk in range(plan.chunks) if chunks is None else chunks:
        store.write(chunk, work(plan.job(chunk)))
    return store


def seen_by_others(folder):
    """Rows as any program reads them, (point, run) each."""
    found = [pd.read_parquet(path) for path in sorted((folder / "parts").glob("*.parquet"))]
    return [pair for table in found for pair in zip(table["point"], table["run"], strict=True)]


def test_small_parts_become_one_file(small, merged, whole):
    assert small.chunks == 42
    assert list(parts(merged.folder)) == [WHOLE]
    pd.testing.assert_frame_equal(merged.rows(), whole.rows(), check_exact=True)
    pd.testing.assert_frame_equal(pd.read_parquet(merged.folder / "parts"), whole.rows())
    assert merged.done() == set(range(42))
    assert merged.verify() == []
    assert list((merged.folder / "tmp").iterdir()) == []


def test_few_parts_and_large_ones_stay_as_they_are():
    assert list(Cut(MANY - 1, (1,), 1).groups()) == []
    assert list(Cut(MANY, (1,), 1).groups()) == [range(MANY)]
    large = ROWS // MANY
    assert list(Cut(10 * MANY, (large + 1,), large + 1).groups()) == []
    assert len(list(Cut(10 * MANY, (large,), large).groups())) == 10


def test_each_chunk_reads_alike_wherever_it_lies(loose, merged):
    for chunk in (0, 17, 41):
        for columns in (None, ["welfare", "run"]):
            one, other = (store.table(chunk, columns) for store in (loose, merged))
            # In Arrow's eyes what is undefined equals nothing.
            pd.testing.assert_frame_equal(one.to_pandas(), other.to_pandas(), check_exact=True)


@pytest.mark.slow
def test_killed_at_every_call(small, loose, merged):
    rows = loose.rows()
    paths = os.environ | {"PYTHONPATH": str(HELPER.parent)}
    code = [sys.executable, "-c", DYING, str(loose.folder)]
    made = subprocess.run(code, env=paths, check=True, capture_output=True, text=True).stdout
    assert int(made) > 42 + 4, "all removals, what is forced to disk, two renames"
    killed = sorted(loose.folder.parent.glob("loose-[0-9]*"))
    assert len(killed) == 12
    for out in killed:
        seen = seen_by_others(out)
        assert len(seen) == len(set(seen)), "a row is there twice"
        store = Store.open(out)
        pd.testing.assert_frame_equal(store.rows(), rows, check_exact=True)
        assert store.verify() == []
        told = []
        run(small, out, resume=True, tell=told.append)
        assert told == []
        assert files(out) == files(merged.folder)
        assert list((out / "tmp").iterdir()) == []


def test_a_reader_follows(loose, merged):
    """Rows that were in one place when a reader listed them, and in another when it read them."""
    rows = loose.rows()
    tables = loose.tables()
    first = next(tables)
    run(plan_of(size=1), loose.folder, resume=True)
    assert parts(loose.folder) == parts(merged.folder)
    rest = list(tables)
    assert sum(map(len, [first, *rest])) == len(rows)


def test_what_a_latecomer_leaves_is_removed(small, merged, tmp_path):
    store = run(small, tmp_path / "out")
    alone(small, store.folder, [3, 40])
    Path(store.folder / waiting(range(42)).file).write_bytes(b"")
    pd.testing.assert_frame_equal(store.rows(), merged.rows(), check_exact=True)
    run(small, store.folder, resume=True)
    assert files(store.folder) == files(merged.folder)
    assert list((store.folder / "tmp").iterdir()) == []


def test_whoever_ends_last_puts_them_together(small, merged, tmp_path):
    store = run(small, tmp_path, shard=Shard(2, 2))
    assert len(parts(store.folder)) == 21
    store = run(small, tmp_path, shard=Shard(1, 2))
    assert parts(store.folder) == parts(merged.folder)


@pytest.mark.parametrize("where", ["parts", "tmp"])
def test_a_damaged_group_is_named_and_made_anew(small, merged, tmp_path, where):
    store = run(small, tmp_path)
    path = store.folder / part(range(42)).file
    data = bytearray(path.read_bytes())
    data[300] ^= 1
    path.unlink()
    (store.folder / where / WHOLE).write_bytes(data)
    (problem,) = store.verify()
    assert problem.chunks == range(42)
    with pytest.raises(DamagedError, match=rf"{where}/{WHOLE} is damaged"):
        store.rows()
    told = []
    run(small, store.folder, resume=True, tell=told.append)
    assert told == [f"{problem}; it was moved to damaged/{WHOLE}."]
    assert files(store.folder) == files(merged.folder)


def test_a_damaged_waiting_group_harms_nobody_who_has_the_parts(small, loose, merged):
    (loose.folder / waiting(range(42)).file).write_bytes(b"x")
    pd.testing.assert_frame_equal(loose.rows(), merged.rows(), check_exact=True)
    run(small, loose.folder, resume=True)
    assert files(loose.folder) == files(merged.folder)


def test_a_group_of_another_seed_or_place_is_known(small, merged, tmp_path):
    other = type(small)(small.about, small.cells, small.design, 7, 6, size=1)
    foreign = run(other, tmp_path / "foreign")
    store = run(small, tmp_path / "out")
    path = store.folder / part(range(42)).file
    path.write_bytes((foreign.folder / part(range(42)).file).read_bytes())
    (problem,) = store.verify()
    assert "belongs to another dataset" in str(problem)
    path.unlink()
    (store.folder / "parts" / "part-0000000-0000040.parquet").write_bytes(b"")
    assert "is no part of this dataset" in str(store.verify()[0])


def test_further_rounds_are_groups_of_their_own(small, merged, tmp_path):
    run(small, tmp_path)
    longer = small.going_on((7, 8))
    store = run(longer, tmp_path, resume=True)
    assert list(parts(store.folder)) == [WHOLE, "part-0000042-0000089.parquet"]
    assert parts(store.folder)[WHOLE] == parts(merged.folder)[WHOLE]
    assert len(store.rows()) == 90
