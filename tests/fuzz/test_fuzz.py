"""A small part of the fuzzer's tries, and that it sees what it looks for."""

import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

pytest.importorskip("resource", reason="needs limits of processes")

from tests.fuzz import pool, seeds, shrink
from tests.fuzz.case import Case, Verdict, script
from tests.fuzz.judge import ROOT, judged
from tests.fuzz.kinds import CALLS, KINDS, case_of, weighted


@pytest.mark.slow
def test_a_hundred_tries(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.fuzz", "--tries", "100", "--as-found", "--found"]
    done = subprocess.run(
        [*command, tmp_path], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_number_is_the_same_try(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if kind in {"dataset", "words"}:
        monkeypatch.setattr(seeds, "DATASET", {"set/manifest.json": b"{}", "set/x": b"1"})
    kinds = (kind,)
    tries = [case_of(1, number, kinds) for number in range(20)]
    assert tries == [case_of(1, number, kinds) for number in range(20)]
    assert tries != [case_of(2, number, kinds) for number in range(20)]
    assert {one.kind for one in tries} == {kind}


def test_each_kind_has_its_turn() -> None:
    assert set(weighted()) == set(KINDS)


@pytest.mark.parametrize(("call", "arguments"), CALLS)
def test_calls_are_answered_before_they_are_damaged(
    call: str, arguments: dict[str, str], tmp_path: Path
) -> None:
    verdict = judged(Case("keyword", seeds.study(), call=call, arguments=arguments), tmp_path)
    assert verdict.end == "answered", verdict


LINES = [line for line in seeds.WORDS if " set" not in line]  # which needs a dataset


@pytest.mark.parametrize("line", LINES)
def test_words_are_answered_before_they_are_damaged(line: str, tmp_path: Path) -> None:
    files = seeds.study() | seeds.region() | {"provinces.geojson": seeds.provinces()}
    verdict = judged(Case("words", files, tuple(line.split())), tmp_path)
    assert verdict.end == "answered", verdict


FAULTS = {
    "lambda: 1 / 0": "ZeroDivisionError",
    "lambda: kn.load_scenario('mekong_delta').nothing": "AttributeError",
    "lambda: __import__('sys').exit(0)": "SystemExit",
    "lambda: nested(5000).__repr__()": "RecursionError",
    "lambda: np.array([1.0]) / 0": "a warning: RuntimeWarning",
    "lambda: [kn.RegionModel()] and refuse('a' * 500)": "500 characters",
    "lambda: refuse('\\x1b[31m')": "the letter '\\x1b'",
    "lambda: refuse('')": "an empty sentence",
}


def refuse(sentence: str) -> None:
    """Refuse with whatever sentence."""
    from kernegotiate import KernegotiateError

    raise KernegotiateError(sentence)


@pytest.mark.parametrize("call", FAULTS)
def test_faults_are_seen(call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.fuzz.actions import NAMES

    monkeypatch.setitem(NAMES, "refuse", refuse)
    verdict = judged(Case("keyword", call=call), tmp_path)
    assert verdict.end == "fault"
    assert verdict.told.startswith(FAULTS[call])


def test_a_refusal_is_no_fault(tmp_path: Path) -> None:
    verdict = judged(Case("words", words=("describe", "nothing.toml")), tmp_path)
    assert (verdict.end, verdict.told) == ("refused", "nothing.toml: there is no such file")


ALONE = """
from tests.fuzz import pool
from tests.fuzz.case import Case
pool.PATIENCE = 1.0
pool.WAITING = 6.0
pool.SPACE = 2**30
calls = ["len", "lambda: [0 for _ in iter(int, 1)]", "lambda: __import__('time').sleep(99)",
         "lambda: __import__('os')._exit(3)", "lambda: bytearray(2**32)", "dict"]
tries = [(number, Case("keyword", call=call)) for number, call in enumerate(calls)]
for number, case, verdict in sorted(pool.run(tries, 2), key=lambda found: found[0]):
    print(number, verdict.end, verdict.told)
"""


@pytest.mark.slow
def test_hangs_deaths_and_memory_end_one_try_alone() -> None:
    done = subprocess.run(
        [sys.executable, "-c", ALONE], cwd=ROOT, capture_output=True, text=True, check=True
    )
    told = done.stdout.splitlines()
    assert [line.split()[1] for line in told] == ["fault"] * 5 + ["answered"]
    assert "TypeError" in told[0]
    assert "did not end within" in told[1]
    assert "did not end within" in told[2]
    assert "ended with 3" in told[3]
    assert "MemoryError" in told[4]


def test_what_fails_is_made_small() -> None:
    text = b"".join(b"line %d\n" % number for number in range(200))
    large = Case("x", {"a": text, "b": b"1", "c": b""}, ("run", "x", "--y", "--z"))
    fault = Verdict("fault", place="here")

    def judge(case: Case) -> Verdict:
        fails = b"line 77\n" in case.files.get("a", b"") and "--y" in case.words
        return fault if fails else Verdict("answered")

    small = shrink.shrunk(large, fault, judge)
    assert set(small.files) == {"a"}
    assert small.words == ("run", "--y")
    assert b"line 77\n" in small.files["a"]
    assert len(small.files["a"]) < 100


def test_a_script_makes_the_try_again(tmp_path: Path) -> None:
    case = Case("words", {"a.toml": b'x = "\xff\x1b"\n'}, ("describe", "./a.toml", "\udcff"))
    path = tmp_path / "again.py"
    path.write_text(script(case, Verdict("fault", "it \ud800 fails"), "seed 1, try 2"), "ascii")
    found: dict[str, object] = {}
    source = path.read_text().replace("from tests.fuzz.again import again", "again = print")
    exec(source.replace("again(", "made = (", 1), found)
    assert found["made"] == case


def test_mutations_stay_within_bounds() -> None:
    from tests.fuzz import mutate, tables, trees

    rng = Random(1)
    for _ in range(300):
        assert len(mutate.damaged(rng, seeds.CITIES.encode())) <= mutate.LARGEST
        assert isinstance(trees.toml(trees.bent(rng, {"a": [1, {"b": "c"}]})), bytes)
        assert isinstance(tables.saved(rng, tables.bent(rng, [["a", "b"], ["1", "2"]])), bytes)


def test_the_limits_are_those_that_are_promised() -> None:
    assert (pool.PATIENCE, pool.WAITING) == (20.0, 60.0)
