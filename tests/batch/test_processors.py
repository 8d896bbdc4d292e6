"""What a process may use, not what the machine has."""

import os
import subprocess
import sys

import pytest

from kernegotiate.batch.executors import Threads
from kernegotiate.batch.processors import _granted, processors


def test_those_that_the_process_is_bound_to():
    code = (
        "import os; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))});"
        "from kernegotiate.batch.executors import Threads; print(Threads().workers)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout == b"1\n"


def test_never_more_than_there_are():
    assert 1 <= processors() <= (os.cpu_count() or 1)
    assert Threads().workers == processors()


@pytest.mark.parametrize(
    ("own", "files", "granted"),
    [
        (
            "0::/job/step\n",
            {"job/cpu.max": "150000 100000", "job/step/cpu.max": "max 1"},
            [1.5],
        ),
        ("0::/\n", {"cpu.max": "max 100000\n"}, []),
        ("0::/a\n", {"a/cpu.max": "nonsense\n"}, []),
        (
            "4:cpu,cpuacct:/a\n1:name=systemd:/a\n",
            {
                "cpu,cpuacct/a/cpu.cfs_quota_us": "200000\n",
                "cpu,cpuacct/a/cpu.cfs_period_us": "100000\n",
                "cpu,cpuacct/cpu.cfs_quota_us": "-1\n",
                "cpu,cpuacct/cpu.cfs_period_us": "100000\n",
            },
            [2.0],
        ),
    ],
)
def test_what_a_container_or_a_job_grants(own, files, granted, tmp_path):
    (tmp_path / "cgroup").write_text(own)
    for name, text in files.items():
        path = tmp_path / "fs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    assert list(_granted(tmp_path / "cgroup", tmp_path / "fs")) == granted
    assert list(_granted(tmp_path / "absent", tmp_path / "fs")) == []
