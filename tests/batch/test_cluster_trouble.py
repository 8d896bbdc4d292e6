"""A scheduler that dies, workers that come late, cannot work or are killed: one sentence."""

import contextlib
import gc
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from functools import partial

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
from kernegotiate.batch.crew import REACH, SILENCE  # noqa: E402

# A scheduler gives up on work that has killed two workers, instead of four: as sure, and sooner.
SOON = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}
NEEDLESS = "import sys; sys.modules['kernegotiate'] = None; "


class Place:
    """A scheduler in a process of its own, and workers of it."""

    def __init__(self):
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = probe.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{self.port}"
        options = ["--host", "127.0.0.1", "--port", str(self.port), "--no-dashboard"]
        self.processes = []
        self.scheduler = self._start("scheduler", options)
        for _ in range(300):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port)):
                return
            time.sleep(0.1)

    def hire(self, before="", *more):
        options = [self.address, "--nthreads", "1", "--no-dashboard", "--death-timeout", "60"]
        return self._start("worker", [*options, *more], before)

    def _start(self, what, options, before=""):
        code = f"{before}from distributed.cli.dask_{what} import main; main()"
        process = subprocess.Popen(
            [sys.executable, "-c", code, *options],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env=os.environ | SOON,
        )
        self.processes.append(process)
        return process

    def close(self):
        for process in self.processes:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@pytest.fixture
def place():
    with contextlib.closing(Place()) as place:
        yield place


def plan(**changes):
    return plan_of(**{"coordinators": ("lga",), "replications": 20_000, "size": 1000} | changes)


def test_a_worker_without_the_package(place, tmp_path):
    place.hire(NEEDLESS, "--no-nanny")
    with pytest.raises(kn.ScenarioError, match=r"lacks what is needed .*'?kernegotiate"):
        run(plan(), tmp_path / "out", executor=Cluster(place.address))


def test_work_that_kills_its_workers(place):
    place.hire()

    def kill(job):
        os.kill(os.getpid(), signal.SIGKILL)

    jobs = map(plan().job, range(2))
    with pytest.raises(kn.ScenarioError, match=r"^scheduler: several workers were killed .*resume"):
        list(Cluster(place.address).map(kill, jobs))


def test_a_worker_without_memory(place):
    place.hire("", "--no-nanny")

    def fill(job):
        raise MemoryError

    with pytest.raises(kn.ScenarioError, match="not enough memory"):
        list(Cluster(place.address).map(fill, map(plan().job, range(2))))


def test_a_mistake_in_the_work_is_told_as_it_is(place):
    place.hire("", "--no-nanny")

    def fail(job):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(Cluster(place.address).map(fail, map(plan().job, range(2))))


def _greet(server):
    with contextlib.suppress(OSError):
        while True:
            talk, _ = server.accept()
            talk.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")


def test_what_answers_may_be_no_scheduler_and_leaves_no_half_made_client(tmp_path):
    """Closed while another client is made, in the same thread, it would wait for ever."""
    from distributed import Client

    def clients():
        return {id(one) for one in gc.get_objects() if isinstance(one, Client)}

    before = clients()
    gc.disable()  # so that nobody else collects it
    try:
        with socket.create_server(("127.0.0.1", 0)) as server:
            threading.Thread(target=partial(_greet, server), daemon=True).start()
            address = f"tcp://127.0.0.1:{server.getsockname()[1]}"
            with pytest.raises(kn.ScenarioError, match=r"no scheduler of Dask|cannot be reached"):
                run(plan(), tmp_path / "out", executor=Cluster(address))
        assert clients() <= before
    finally:
        gc.enable()


def test_a_client_that_was_closed(place, tmp_path):
    from distributed import Client

    client = Client(place.address)
    client.close()
    with pytest.raises(kn.ScenarioError, match="client is not connected"):
        run(plan(), tmp_path / "out", executor=Cluster(client))


@pytest.fixture
def dask_says(caplog):
    """What Dask logs, whose loggers pass nothing on to the root."""
    logs = [logging.getLogger(name) for name in ("distributed", "distributed.client")]
    for log in logs:
        log.addHandler(caplog.handler)
    yield caplog
    for log in logs:
        log.removeHandler(caplog.handler)


def test_a_scheduler_that_dies(place, tmp_path, dask_says):
    place.hire("", "--no-nanny")
    fallen = []

    def fell(done, _):
        if done >= 2000 and not fallen:
            place.scheduler.kill()
            fallen.append(time.monotonic())

    long = plan(years=20, coordinators=("empowered_board",), replications=6_000)
    with pytest.raises(kn.ScenarioError, match=r"tcp://\S+ is gone; .*\(--resume\)$"):
        run(long, tmp_path / "out", executor=Cluster(place.address), progress=fell)
    assert time.monotonic() - fallen[0] < SILENCE + 2 * REACH  # no hang
    assert dask_says.text == ""
    assert 2 <= len(parts(tmp_path / "out")) < 12
    run(long, tmp_path / "out", executor=Threads(2), resume=True)
    whole = run(long, tmp_path / "whole", executor=Threads(2))
    assert parts(tmp_path / "out") == parts(whole.folder)


def test_workers_that_come_late_are_told_of_and_all_used(tmp_path):
    import distributed

    told = []
    alone = {"threads_per_worker": 1, "dashboard_address": ":0", "processes": False}
    with (
        distributed.LocalCluster(n_workers=0, **alone) as local,
        distributed.Client(local) as client,
    ):
        used, known = set(), []

        def watch(done, _):
            there = list(local.scheduler.workers.values())
            used.update(worker.address for worker in there if worker.processing)
            known.append(len(local.scheduler.tasks))

        def tell(sentence):
            told.append(sentence)
            local.scale(4)

        store = run(
            plan(),
            tmp_path / "out",
            executor=Cluster(client, tell=tell),
            progress=watch,
        )
    (sentence,) = told
    assert sentence.endswith("has no workers; waiting for some.")
    assert len(used) == 4
    assert max(known) <= 2 * 4 + 4  # a window, of 60 chunks
    whole = run(plan(), tmp_path / "whole", executor=Threads(2))
    assert parts(store.folder) == parts(whole.folder)
