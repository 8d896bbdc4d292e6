"""How inputs are damaged, tamed and used."""

import csv
import io
import tomllib
from random import Random

from kernegotiate.scenario import parameters
from tests.fuzz import mutate, odd, tables, trees
from tests.fuzz.case import Case

LARGE = 5_000  # runs: more are made as asked and take as long as they take, which proves nothing
AMOUNTS = {"--runs", "--years"}


def toml_damaged(rng: Random, data: bytes) -> bytes:
    if rng.random() < 0.45:
        return mutate.damaged(rng, data)
    return trees.toml(trees.bent(rng, tomllib.loads(data.decode())))


def table_damaged(rng: Random, text: str) -> bytes:
    if rng.random() < 0.3:
        return mutate.damaged(rng, text.encode())
    rows = list(csv.reader(io.StringIO(text)))
    if rng.random() < 0.8:
        rows = tables.bent(rng, rows)
    if rng.random() < 0.15:
        book = tables.sheet(rng, rows)
        return mutate.damaged(rng, book) if rng.random() < 0.4 else book
    return tables.saved(rng, rows)


def scenario_used(rng: Random, kind: str, files: dict[str, bytes], name: str) -> Case:
    place = f"./{name}"
    return used_somehow(
        rng, kind, files, f"describe {place}", f"check {place}",
        f"run {place} --years 2", f"run {place} --seed 4",
        f"compare {place} none lga --runs 2", f"explain {place} --coordinator lga --runs 2",
        f"what-if {place} lga --runs 2 --set quota=0.5", f"app {place} --no-browser",
        calls=(("kn.load_scenario", {"name_or_path": repr(place)}),
               ("kn.simulate", {"scenario": repr(place), "runs": "2", "threads": "1"}),
               ("story", {"scenario": repr(place), "rng": "2"}),
               ("drawn", {"path": repr(place)})),
    )  # fmt: skip


def used_somehow(
    rng: Random,
    kind: str,
    files: dict[str, bytes],
    *lines: str,
    calls: tuple[tuple[str, dict[str, str]], ...],
) -> Case:
    """Use files in one of some ways."""
    if rng.randrange(len(lines) + len(calls)) < len(lines):
        words = rng.choice(lines).split()
        if rng.random() < 0.2 and words[0] != "app":
            words.append("--json")
        return Case(kind, files, tuple(words))
    call, arguments = rng.choice(calls)
    return Case(kind, files, call=call, arguments=dict(arguments))


def some_setting(rng: Random) -> str:
    """A setting as somebody writes it: at the ends of its range, or odd."""
    known = rng.choice(parameters())
    ends = [end for end in (known.low, known.high, known.default) if end is not None]
    texts = [str(end) for end in ends] + list(known.choices) + ["true", "false"]
    text = rng.choice(texts) if rng.random() < 0.6 else rng.choice((odd.numeral, odd.text))(rng)
    return f"{known.name if rng.random() < 0.95 else odd.text(rng)}={text}"


def harmless(line: list[str]) -> tuple[str, ...]:
    """Words that a process can be given, that write nowhere else and ask for no huge amount."""
    found: list[str] = []
    for word in line:
        found.append(tame(word.replace("\0", ""), found[-1] if found else ""))
    return tuple(found)


def tame(word: str, before: str) -> str:
    """A word of a command line, or a tamer one in its place."""
    if before.startswith(("--o", "--fi")) and (word.startswith(("/", "~")) or ".." in word):
        return "folder"
    if word.startswith(("--o", "--fi")) and "=" in word:
        return "--out=folder"
    if word.startswith("--sch"):  # somebody else's machine
        return "--share"
    if before in AMOUNTS and word.isdecimal() and LARGE < int(word[:20]) < 2**63:
        return str(2**63)
    return word


def modest(name: str, arguments: dict[str, str]) -> dict[str, str]:
    """Arguments without an amount that is allowed and huge, or a precision that takes for ever."""
    large = {"runs": ("2**31", "10**30", "np.uint64(2**63)"), "precision": ("1e-320",)}[name]
    return {k: "-1" if k == name and v in large else v for k, v in arguments.items()}


def some_environment(text: str) -> str:
    return text.replace("\0", "").encode("utf-8", "replace").decode()[:100_000]
