"""Two worker processes, and one that dies at work: the same dataset as by threads."""

import os
import signal
import sys

import pytest

import kernegotiate as kn
from batch_helpers import parts, plan_of
from kernegotiate.batch.executors import Threads
from kernegotiate.batch.runner import run

pytest.importorskip("distributed", reason="needs kernegotiate[cluster]")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("default::ResourceWarning"),
    pytest.mark.filterwarnings("default::pytest.PytestUnraisableExceptionWarning"),
]

from kernegotiate.batch.cluster import Cluster  # noqa: E402


@pytest.fixture(scope="module")
def client():
    from distributed import Client, LocalCluster

    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        yield client


def plan():
    return plan_of(coordinators=("empowered_board",), replications=2400, size=500, years=20)


@pytest.fixture(scope="module")
def by_threads(tmp_path_factory):
    return run(plan(), tmp_path_factory.mktemp("whole") / "out", executor=Threads(2))


def test_two_processes(client, by_threads, tmp_path):
    def loaded():
        return {"mesa", "solara"} & set(sys.modules)

    store = run(plan(), tmp_path / "out", executor=Cluster(client))
    assert parts(store.folder) == parts(by_threads.folder)
    assert set(map(tuple, client.run(loaded).values())) == {()}
    assert len(client.scheduler_info()["workers"]) == 2


def test_a_worker_dies(client, by_threads, tmp_path):
    victim = next(iter(client.run(os.getpid).values()))
    killed = []

    def kill(done, _):
        if done >= 1000 and not killed:
            os.kill(victim, 0)  # alive
            os.kill(victim, signal.SIGKILL)
            killed.append(victim)

    store = run(plan(), tmp_path / "out", executor=Cluster(client), progress=kill)
    assert killed
    assert parts(store.folder) == parts(by_threads.folder)


def test_by_address(client, by_threads, tmp_path):
    address = client.scheduler_info()["address"]
    store = run(plan(), tmp_path / "out", executor=Cluster(address))
    assert parts(store.folder) == parts(by_threads.folder)


def test_a_worker_with_other_code_is_refused(client, tmp_path, monkeypatch):
    monkeypatch.setattr("kernegotiate.batch.manifest.source_hash", lambda: "other")
    with pytest.raises(kn.ScenarioError, match="a worker has other code: the engine has changed"):
        run(plan(), tmp_path / "out", executor=Cluster(client))


def test_no_scheduler_there(tmp_path):
    with pytest.raises(kn.ScenarioError, match="cannot be reached") as error:
        run(plan(), tmp_path / "out", executor=Cluster("nonsense://x"))
    assert "\n" not in str(error.value)


def test_a_missing_library_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(kn.ScenarioError, match=r"install kernegotiate\[cluster\]"):
        Cluster()
