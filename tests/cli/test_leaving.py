"""Whatever the standard streams and signals do, a command ends by one sentence and its code."""

import signal
import subprocess
import sys
import time

import pytest

KERNEGOTIATE = f"{sys.executable} -m kernegotiate"
FULL = "kernegotiate: The answer cannot be written: No space left on device.\n"


def shell(line, folder="."):
    return subprocess.run(
        ["bash", "-c", line], capture_output=True, text=True, cwd=folder, timeout=120, check=False
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("line", "code", "err"),
    [
        (
            "list >&-",
            2,
            "kernegotiate: Standard output is closed; send the answer to a file, say.\n",
        ),
        ("list >/dev/full", 2, FULL),
        ("list --json >/dev/full", 2, FULL),
        ("--help >/dev/full", 2, FULL),
        ("list <&- >/dev/null", 0, ""),
        ("list 2>&- >/dev/null", 0, ""),
        ("describe nope 2>&-", 2, ""),
        ("describe nope 2>/dev/full", 2, ""),
    ],
)
def test_streams_that_are_closed_or_full(line, code, err):
    done = shell(f"{KERNEGOTIATE} {line}")
    assert (done.returncode, done.stdout, done.stderr) == (code, "", err)


@pytest.mark.slow
@pytest.mark.parametrize(
    "setting",
    ["TERM=dumb NO_COLOR=1", "COLUMNS=1", "COLUMNS=x", "LC_ALL=C", "PYTHONIOENCODING=latin-1"],
)
def test_odd_surroundings(setting):
    done = shell(f"{setting} {KERNEGOTIATE} list")
    assert (done.returncode, done.stderr) == (0, "")
    assert "mekong_delta" in done.stdout


@pytest.mark.slow
def test_a_folder_that_is_gone(tmp_path):
    done = shell(f"mkdir a; cd a; rmdir ../a; {KERNEGOTIATE} list", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    out = shell(
        f"mkdir a; cd a; rmdir ../a; {KERNEGOTIATE} experiment run coordinators --out x", tmp_path
    )
    assert out.returncode == 2
    assert out.stderr.endswith("kernegotiate: x: cannot be written (No such file or directory)\n")


@pytest.mark.slow
@pytest.mark.parametrize("simulates", [False, True], ids=["imports", "simulates"])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signals_end_a_batch_at_once(number, simulates, tmp_path):
    words = [*KERNEGOTIATE.split(), "experiment", "run", "coordinators"]
    words += ["--runs", "400000", "--out", str(tmp_path / "out")]
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True) as process:
        time.sleep(0.4)
        until = time.monotonic() + 120
        while simulates and not list(tmp_path.glob("out/parts/*")) and time.monotonic() < until:
            time.sleep(0.02)
        process.send_signal(number)
        start = time.monotonic()
        try:
            _, err = process.communicate(timeout=20)
        finally:
            process.kill()  # one that goes on would compute for an hour
    assert time.monotonic() - start < 5
    assert process.returncode == 128 + number
    lines = [line for line in err.splitlines() if "runs, about" not in line]
    assert lines[-1].startswith("Interrupted")
    assert not [line for line in lines[:-1] if not line.startswith("Compiling")]


def test_signals_that_are_ignored_stay_so():
    line = f"trap '' INT; {KERNEGOTIATE} list >/dev/null & kill -INT $!; wait $!"
    assert shell(line).returncode == 0


def test_memory_that_is_too_small():
    done = shell(f"ulimit -v 340000; {KERNEGOTIATE} run mekong_delta --years 3 >/dev/null")
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith("kernegotiate: There is not enough memory")
