"""Whoever does the chunks, in whatever order, however often killed: the same dataset."""

import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

import kernegotiate as kn
from batch_helpers import parts, plan_of
from kernegotiate.batch.executors import Threads
from kernegotiate.batch.runner import Shard, run
from kernegotiate.batch.store import Store
from kernegotiate.batch.work import work

HELPER = Path(__file__).parents[1] / "batch_helpers.py"


def test_rows_are_what_simulate_says(whole):
    rows = whole.rows()
    assert len(rows) == 2 * 3 * 7
    assert rows["error"].isna().all()
    assert rows.index.equals(pd.RangeIndex(len(rows)))
    for (point, name, quota, term), group in rows.groupby(
        ["point", "institution", "quota", "term"], sort=False
    ):
        runs = kn.simulate("mekong_delta", name, runs=7, seed=5, years=3, quota=quota, term=term)
        assert list(group["run"]) == list(range(7)), point
        found = group[list(runs.outcomes.columns)].reset_index(drop=True)
        pd.testing.assert_frame_equal(found, runs.outcomes.reset_index(drop=True), check_exact=True)


def test_every_point_meets_the_same_draws():
    rows = pd.concat([work(plan_of().job(n)).to_pandas() for n in range(plan_of().chunks)])
    best = rows[rows["term"] == 5].groupby("point")["first_best"].apply(tuple)
    assert len(best) == 2
    assert len(set(best)) == 1


def test_readable_as_it_is(whole):
    pd.testing.assert_frame_equal(pd.read_parquet(whole.folder / "parts"), whole.rows())


@pytest.mark.parametrize("size", [1, 3, 7, 14, 1000])
def test_chunks_cover_every_run_once(size):
    plan = plan_of(size=size)
    seen = [
        (point.number, job.first_run + n)
        for job in map(plan.job, range(plan.chunks))
        for point in job.points
        for n in range(job.runs)
    ]
    assert seen == [(point, n) for point in range(6) for n in range(7)]
    assert sum(map(plan.runs_of, range(plan.chunks))) == plan.runs == 42


@pytest.mark.parametrize("size", [1, 3, 14, 1000])
def test_chunks_change_no_row(whole, size, tmp_path):
    rows = run(plan_of(size=size), tmp_path / "out").rows()
    pd.testing.assert_frame_equal(rows, whole.rows(), check_exact=True)


def test_threads_change_no_byte(whole, tmp_path):
    store = run(plan_of(), tmp_path / "out", executor=Threads(3))
    assert parts(store.folder) == parts(whole.folder)


def test_two_shards_are_one_process(whole, tmp_path):
    told = []
    run(plan_of(), tmp_path, shard=Shard(2, 2), progress=lambda *now: told.append(now))
    assert told[0] == (0, 21)
    assert told[-1] == (21, 21)
    assert len(Store.open(tmp_path).done()) == 3
    store = run(plan_of(), tmp_path, shard=Shard(1, 2))
    assert parts(store.folder) == parts(whole.folder)
    assert store.manifest == whole.manifest


def test_shards_at_the_same_time(whole, tmp_path):
    code = (
        "import sys; from batch_helpers import *; from kernegotiate.batch.runner import Shard\n"
        "run(plan_of(), sys.argv[1], shard=Shard.read(sys.argv[2]))"
    )
    paths = os.environ | {"PYTHONPATH": str(HELPER.parent)}
    both = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "out"), part], env=paths)
        for part in ("1/2", "2/2")
    ]
    assert [process.wait() for process in both] == [0, 0]
    assert parts(tmp_path / "out") == parts(whole.folder)
    assert Store.open(tmp_path / "out").manifest == whole.manifest


@pytest.mark.parametrize("text", ["0/2", "3/2", "1", "a/b", "1/2/3", "-1/2"])
def test_a_wrong_shard_is_told(text):
    with pytest.raises(kn.ScenarioError, match=r"allowed is I/N with I from 1 to N$"):
        Shard.read(text)


def test_an_own_folder(whole, tmp_path):
    with pytest.raises(kn.ScenarioError, match=r"a dataset is there; go on with it by resume"):
        run(plan_of(), whole.folder)
    (tmp_path / "thesis.txt").touch()
    with pytest.raises(kn.ScenarioError, match=r"found 'thesis\.txt' and no dataset"):
        run(plan_of(), tmp_path, resume=True)
    with pytest.raises(kn.ScenarioError, match=r"cannot be written"):
        run(plan_of(), tmp_path / "thesis.txt")
    with pytest.raises(kn.ScenarioError, match="there is no dataset"):
        Store.open(tmp_path)
    (tmp_path / "manifest.json").write_text("{")
    with pytest.raises(kn.ScenarioError, match=r"manifest\.json is damaged or cut short"):
        Store.open(tmp_path)


@pytest.mark.parametrize("text", ['{"format": 3, "points": 4}', "{}", "[]"])
def test_another_format_is_told(tmp_path, text):
    (tmp_path / "manifest.json").write_text(text)
    sentence = r"manifest\.json: found format (3|null), allowed is 4; use the version"
    with pytest.raises(kn.ScenarioError, match=sentence):
        Store.open(tmp_path)
    with pytest.raises(kn.ScenarioError, match=sentence):
        run(plan_of(), tmp_path, resume=True)


def test_a_failed_point_is_a_row(tmp_path):
    table = pd.DataFrame({"parties_min": [2, 9], "parties_max": [4, 3]})
    store = run(plan_of(table, replications=2), tmp_path)
    rows = store.rows()
    assert list(rows["error"].isna()) == [True, True, False, False] * 2
    assert "parties_min" in rows["error"][2]
    assert rows.loc[~rows["error"].isna(), "welfare"].isna().all()
    assert rows.loc[rows["error"].isna(), "welfare"].notna().all()


def test_memory_trouble_is_no_result(monkeypatch, tmp_path):
    def full(*_, **__):
        raise MemoryError

    with monkeypatch.context() as patched:
        patched.setattr("kernegotiate.batch.work.prepare", full)
        with pytest.raises(MemoryError):
            run(plan_of(), tmp_path, executor=Threads(1))
    assert Store.open(tmp_path).done() == set()
    assert run(plan_of(), tmp_path, resume=True).done() == set(range(plan_of().chunks))


def test_memory_stays_flat(tmp_path):
    plan = plan_of(replications=400, size=40, years=1)
    held = []
    run(plan, tmp_path, progress=lambda *_: held.append(pa.total_allocated_bytes()))
    assert len(held) == plan.chunks + 1 == 61
    assert max(held) < 8 * (held[1] + 2**18), "rows of finished chunks are still held"


@pytest.mark.parametrize("workers", [1, 3])
def test_jobs_are_made_as_they_are_needed(workers):
    plan, taken = plan_of(size=1), []

    def jobs():
        for chunk in range(plan.chunks):
            taken.append(chunk)
            yield plan.job(chunk)

    for done, _ in enumerate(Threads(workers).map(work, jobs())):
        assert len(taken) <= done + 2 * workers


def test_nothing_of_the_machine_is_kept(whole):
    text = (whole.folder / "manifest.json").read_text()
    assert str(Path.home()) not in text
    assert str(HELPER.parents[1]) not in text
    assert "geojson" not in text


def test_a_worker_loads_neither_mesa_nor_solara():
    program = (
        "import sys, kernegotiate.batch.runner, kernegotiate.batch.work\n"
        "assert not {'mesa', 'solara', 'dask', 'SALib'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
