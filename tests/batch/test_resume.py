"""Killed, interrupted, out of space or changed: what can be gone on with, and what comes of it."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import kernegotiate as kn
from batch_helpers import TABLE, long_plan, parts, plan_of
from kernegotiate.batch import disk
from kernegotiate.batch.executors import Threads
from kernegotiate.batch.runner import run
from kernegotiate.batch.store import Store

HELPER = Path(__file__).parents[1] / "batch_helpers.py"
KILLS = 4
CHUNKS = 60  # more than are done until the last kill


def state(path):
    """Something that changes when a file grows or a folder gets another part."""
    if path.is_dir():
        return len(list(path.glob("part-*")))
    return path.stat().st_size if path.exists() else 0


@pytest.mark.slow
def test_killed_at_random_moments(tmp_path):
    chance, log, out = random.Random(7), tmp_path / "log", tmp_path / "out"
    for number in range(KILLS):
        before = set(Store.open(out).done()) if (out / "manifest.json").exists() else set()
        log.write_text("")
        process = subprocess.Popen([sys.executable, str(HELPER), str(out), str(log), str(CHUNKS)])
        working = log if number % 2 else out / "parts"  # one half before there is any new part
        then = state(working)
        while state(working) == then and process.poll() is None:
            time.sleep(0.005)
        time.sleep(chance.uniform(0.0, 0.25))
        assert process.poll() is None, "it was to be killed at work"
        process.send_signal(signal.SIGKILL)
        process.wait()
        begun = [int(line) for line in log.read_text().split()]
        assert len(begun) == len(set(begun))
        assert not before & set(begun), "done again"
        assert len(set(begun) - Store.open(out).done()) <= 4, "more lost than was in flight"
    assert 0 < len(Store.open(out).done()) < CHUNKS
    resumed = run(long_plan(CHUNKS), out, resume=True)
    uninterrupted = run(long_plan(CHUNKS), tmp_path / "other")
    assert parts(resumed.folder) == parts(uninterrupted.folder)
    assert resumed.manifest == uninterrupted.manifest


def test_interrupted_by_the_user(whole, tmp_path):
    def stop(done, _):
        if done >= 14:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(plan_of(), tmp_path, progress=stop, executor=Threads(1))
    left = len(Store.open(tmp_path).done())
    assert 0 < left < plan_of().chunks
    told = []
    store = run(plan_of(), tmp_path, resume=True, progress=lambda *now: told.append(now))
    assert told[0] == (7 * left, 42)
    assert parts(store.folder) == parts(whole.folder)


def test_a_part_is_there_whole_or_not_at_all(tmp_path, monkeypatch):
    def full(handle):
        raise OSError(28, "No space left on device")

    plan = plan_of()
    store = Store.claim(tmp_path / "out", plan, join=False)
    with monkeypatch.context() as patched:
        patched.setattr(disk.os, "fsync", full)
        with pytest.raises(kn.ScenarioError, match=r"cannot be written \(No space left on device"):
            run(plan, store.folder, resume=True)
    assert store.done() == set()
    assert list((store.folder / "tmp").iterdir()) == []
    assert run(plan, store.folder, resume=True).done() == set(range(plan.chunks))


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"table": TABLE[::-1].reset_index(drop=True)}, "design"),
        ({"replications": 8}, "replications"),
        ({"coordinators": ("none", "advisory_council")}, "institutions"),
        ({"years": 4}, "scenarios"),
        ({"outcomes": ("welfare",)}, "outcomes"),
        ({"size": 21}, "chunk"),
    ],
)
def test_a_changed_experiment_is_refused(whole, changes, what):
    with pytest.raises(kn.ScenarioError, match=rf"has changed since \(other .*{what}") as error:
        run(plan_of(**changes), whole.folder, resume=True)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("source_hash", "the engine has changed"), ("fingerprint", "this machine rounds otherwise")],
)
def test_other_code_is_refused(whole, monkeypatch, name, sentence):
    monkeypatch.setattr(f"kernegotiate.batch.manifest.{name}", lambda *_: "other")
    with pytest.raises(kn.ScenarioError, match=sentence):
        run(plan_of(), whole.folder, resume=True)
