"""How many processors this process may use, which is not how many the machine has."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from pathlib import Path

CONTROL = Path("/sys/fs/cgroup")
OWN = Path("/proc/self/cgroup")


def processors() -> int:
    """Processors that are ours: what we are bound to, and what a container or job grants.

    Returns:
        At least 1. A granted share of a processor counts as a whole one.
    """
    if hasattr(os, "process_cpu_count"):  # Python 3.13; also knows PYTHON_CPU_COUNT
        bound = os.process_cpu_count()
    elif hasattr(os, "sched_getaffinity"):
        bound = len(os.sched_getaffinity(0))
    else:  # macOS and Windows bind nobody
        bound = os.cpu_count()
    return max(1, min([bound or 1, *(math.ceil(share) for share in _granted(OWN, CONTROL))]))


def _granted(own: Path, control: Path) -> Iterator[float]:
    """Processors that each control group above us grants, in version 2 or 1 of Linux's files."""
    try:
        groups = [line.split(":", 2) for line in own.read_text().splitlines()]
    except OSError:
        return
    for _, controllers, path in (group for group in groups if len(group) == 3):
        if not controllers:
            root, names = control, ["cpu.max"]
        elif "cpu" in controllers.split(","):
            root, names = control / controllers, ["cpu.cfs_quota_us", "cpu.cfs_period_us"]
        else:
            continue
        inner = Path(path.lstrip("/"))
        for folder in dict.fromkeys([inner, *inner.parents]):
            try:
                told = " ".join((root / folder / name).read_text() for name in names)
                quota, period = map(float, told.split())
                if quota > 0:
                    yield quota / period
            except (OSError, ValueError, ZeroDivisionError):  # no file, or "max": no limit
                continue
