"""A scheduler that dies, workers that come late, cannot work or are killed: one sentence."""

import contextlib
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
from batch_helpers import plan_of
from kernegotiate.batch.runner import run

pytest.importorskip("distributed", reason="needs kernegotiate[cluster]")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("default::ResourceWarning"),
    pytest.mark.filterwarnings("default::pytest.PytestUnraisableExceptionWarning"),
]

from kernegotiate.batch.cluster import Cluster  # noqa: E402

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


def test_what_answers_may_be_no_scheduler(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=partial(_greet, server), daemon=True).start()
        address = f"tcp://127.0.0.1:{server.getsockname()[1]}"
        with pytest.raises(kn.ScenarioError, match=r"no scheduler of Dask|cannot be reached"):
            run(plan(), tmp_path / "out", executor=Cluster(address))


def test_a_client_that_was_closed(place, tmp_path):
    from distributed import Client

    client = Client(place.address)
    client.close()
    with pytest.raises(kn.ScenarioError, match="client is not connected"):
        run(plan(), tmp_path / "out", executor=Cluster(client))
