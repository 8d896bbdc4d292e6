"""Hardships for a dataset, as many as one likes: flipped bits, kills, processes side by side.

python tests/endurance.py flips 300      # single bits of parts, manifest and design
python tests/endurance.py kills 60       # SIGKILL at random moments, then resumed
python tests/endurance.py together 20    # two and four processes at once on one folder
"""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from batch_helpers import long_plan, plan_of
from kernegotiate.analysis.results import Results
from kernegotiate.batch.listing import DamagedError
from kernegotiate.batch.runner import run
from kernegotiate.batch.store import Store

HELPER = Path(__file__).with_name("batch_helpers.py")
TOGETHER = """
import sys, time
from pathlib import Path
from batch_helpers import plan_of
from kernegotiate.batch.runner import run
Path(sys.argv[2], str(sys.argv[3])).touch()
while not Path(sys.argv[2], "go").exists():
    time.sleep(0.001)
run(plan_of(replications=60, size=6), sys.argv[1], resume=True)
"""


def files(folder):
    """Every file of a dataset but what was moved aside, to the last byte."""
    own = [folder / "manifest.json", folder / "design.parquet", *(folder / "parts").iterdir()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(own)}


def flips(folder, count, chance):
    """Flip single bits; returns those that neither verifying nor reading has seen.

    A third of them in each kind of file. Every tenth is mended by resuming.
    """
    run(plan_of(), folder)
    whole = files(folder)
    kinds = [["manifest.json"], ["design.parquet"], [name for name in whole if "/" in name]]
    unseen = []
    for number in range(count):
        name = chance.choice(kinds[number % 3])
        data = bytearray(whole[name])
        bit = chance.randrange(8 * len(data))
        data[bit // 8] ^= 1 << bit % 8
        (folder / name).write_bytes(data)
        if not (verified(folder) and refused(folder)):
            unseen.append((name, bit))
        if number % 10 == 0:
            run(plan_of(), folder, resume=True, tell=lambda _: None)
            assert files(folder) == whole
        (folder / name).write_bytes(whole[name])
    assert Store.open(folder).verify() == []
    return unseen


def verified(folder):
    """Whether verifying finds something wrong."""
    try:
        return bool(Store.open(folder).verify())
    except DamagedError:
        return True


def refused(folder):
    """Whether reading refuses."""
    try:
        Results.open(folder).summary(["welfare"])
    except DamagedError:
        return True
    return False


def kills(folder, count, chance):
    """Kill a batch at random moments and resume it; whether it comes to the same bytes.

    One third of the kills at any moment, one when work has begun, one when there is a new part.
    """
    out, log = folder / "out", folder / "log"
    plan = long_plan(25 * count)  # more than are done until the last kill
    at_work = 0
    for number in range(count):
        log.write_text("")
        process = subprocess.Popen(
            [sys.executable, str(HELPER), str(out), str(log), str(25 * count)]
        )
        before = len(list(out.glob("parts/*")))
        if number % 3 == 0:
            time.sleep(chance.uniform(0.3, 4.0))
        else:
            while not log.stat().st_size:
                time.sleep(0.002)
            while number % 3 == 2 and len(list(out.glob("parts/*"))) == before:
                time.sleep(0.002)
            time.sleep(chance.uniform(0.0, 0.25))
        at_work += process.poll() is None and log.stat().st_size > 0
        assert process.poll() is None, "it was to be killed at work"
        process.send_signal(signal.SIGKILL)
        process.wait()
    done = len(Store.open(out).done())
    print(f"{at_work} of {count} at work; {done} of {plan.chunks} chunks were there")
    moved = []
    resumed = run(plan, out, resume=True, tell=moved.append)
    uninterrupted = run(plan, folder / "other")
    assert not moved, moved
    assert not list((out / "tmp").iterdir())
    return files(resumed.folder) == files(uninterrupted.folder)


def together(folder, processes):
    """Let processes fill one folder at once; their exit codes, and whether the bytes are right."""
    code = [sys.executable, "-c", TOGETHER, str(folder / "out"), str(folder)]
    paths = os.environ | {"PYTHONPATH": str(HELPER.parent)}
    begun = [subprocess.Popen([*code, str(number)], env=paths) for number in range(processes)]
    while not all((folder / str(number)).exists() for number in range(processes)):
        assert all(process.poll() is None for process in begun)
        time.sleep(0.01)
    (folder / "go").touch()
    codes = [process.wait() for process in begun]
    alone = run(plan_of(replications=60, size=6), folder / "alone")
    left = list((folder / "out" / "tmp").iterdir())
    return codes, files(folder / "out") == files(alone.folder) and not left


def main(what, count):
    """Do one of the hardships and say how it went."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        if what == "flips":
            unseen = flips(folder / "out", count, random.Random(count))
            print(f"{count} flipped bits, {len(unseen)} unseen: {unseen}")
        elif what == "kills":
            print(f"{count} kills, bit-equal: {kills(folder, count, random.Random(count))}")
        else:
            for processes in (2, 4):
                for number in range(count):
                    (folder / f"{processes}-{number}").mkdir()
                    codes, equal = together(folder / f"{processes}-{number}", processes)
                    assert not any(codes), codes
                    assert equal
                print(f"{count} times {processes} processes at once: none died, bytes equal")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
