"""`make mutants`: break one rule after the other and see which test notices.

Every mutant is tried in a process of its own, which is forked from one that has the libraries
loaded and nothing of ours. What was found is kept in `build/mutants.json` after each mutant, so
that an interrupted round goes on where it stopped; what was found with other sources or tests is
tried again. The page `docs/mutants.md` is written when all have been tried.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import multiprocessing
import os
import re
import sys
import time
from pathlib import Path
from typing import Any

from tools.mutants.declared import PACKAGE, ROOT, Mutant, declared
from tools.mutants.page import PAGE, write_page
from tools.mutants.trial import try_baseline, try_tests

KEPT = ROOT / "build/mutants.json"
PATIENCE = 150.0  # seconds without a word from a trial; then the mutant counts as never ending
BASELINE_RUNS = 2  # of each institution in each setting
# Tests about rules, in the order in which they are tried; those about the mutant's file come first.
ABOUT = {
    "engine/talks.py": "tests/engine/test_rules_of_talks.py",
    "engine/estimates.py": "tests/engine/test_rules_of_talks.py",
    "engine/agenda.py": "tests/engine/test_rules_of_the_agenda.py",
    "engine/approvals.py": "tests/engine/test_rules_of_approvals.py",
    "engine/board.py": "tests/engine/test_rules_of_the_board.py",
    "engine/overruns.py": "tests/engine/test_rules_of_hard_times.py",
    "engine/bad_years.py": "tests/engine/test_rules_of_hard_times.py",
    "engine/mergers.py": "tests/engine/test_rules_of_mergers.py",
    "engine/membership.py": "tests/engine/test_rules_of_membership.py",
    "engine/decisions/stay.py": "tests/engine/test_rules_of_staying.py",
    "engine/reopening.py": "tests/engine/test_rules_of_reopening.py",
    "engine/decisions/vote.py": "tests/engine/test_rules_of_the_vote.py",
    "engine/decisions/appraisal.py": "tests/engine/test_rules_of_the_vote.py",
    "engine/decisions/honour.py": "tests/engine/test_rules_of_delivery.py",
    "engine/delivery.py": "tests/engine/test_rules_of_delivery.py",
    "engine/trust.py": "tests/engine/test_rules_of_delivery.py",
    "engine/leaders.py": "tests/engine/test_rules_of_terms.py",
    "engine/horizon.py": "tests/engine/test_rules_of_the_vote.py",
    "engine/copies.py": "tests/engine/test_rules_of_copies.py",
    "engine/going_alone.py": "tests/engine/test_rules_of_copies.py",
    "engine/money.py": "tests/engine/test_rules_of_money.py",
    "engine/arrivals.py": "tests/engine/test_rules_of_arrivals.py",
    "engine/setting.py": "tests/engine/test_rules_of_arrivals.py",
    "engine/outcomes.py": "tests/engine/test_rules_of_outcomes.py",
    "engine/losses.py": "tests/engine/test_second_computations.py",
    "engine/first_best.py": "tests/engine/test_second_computations.py",
    "engine/diagnosis.py": "tests/engine/test_causes.py",
}
ENGINE = [
    "tests/engine/test_rules_of_talks.py",
    "tests/engine/test_rules_of_the_vote.py",
    "tests/engine/test_rules_of_delivery.py",
    "tests/engine/test_rules_of_terms.py",
    "tests/engine/test_rules_of_money.py",
    "tests/engine/test_rules_of_the_fund.py",
    "tests/engine/test_rules_of_debts.py",
    "tests/engine/test_rules_of_copies.py",
    "tests/engine/test_rules_of_arrivals.py",
    "tests/engine/test_rules_of_outcomes.py",
    "tests/engine/test_rules_of_signing.py",
    "tests/engine/test_rules_of_credit.py",
    "tests/engine/test_rules_of_declarations.py",
    "tests/engine/test_rules_of_the_board.py",
    "tests/engine/test_rules_of_grants.py",
    "tests/engine/test_rules_of_the_staff.py",
    "tests/engine/test_rules_of_congestion.py",
    "tests/engine/test_rules_of_the_end.py",
    "tests/engine/test_rules_of_hard_times.py",
    "tests/engine/test_rules_of_reopening.py",
    "tests/engine/test_rules_of_changes.py",
    "tests/engine/test_rules_of_mergers.py",
    "tests/engine/test_rules_of_approvals.py",
    "tests/engine/test_rules_of_the_agenda.py",
    "tests/engine/test_rules_of_membership.py",
    "tests/engine/test_rules_of_staying.py",
    "tests/engine/test_second_computations.py",
    "tests/engine/test_causes.py",
]
OTHERS = {
    "analysis": ["tests/analysis/test_estimates_by_hand.py", "tests/analysis/test_claims.py"],
    "scenario": [
        "tests/scenario/test_nulls.py",
        "tests/scenario/test_values.py",
        "tests/scenario/test_tables.py",
        "tests/scenario/test_files.py",
        "tests/scenario/test_overrides.py",
        "tests/scenario/test_idle_levers.py",
        "tests/scenario/test_shipped.py",
        "tests/scenario/test_institutions.py",
    ],
}


def tests_about(mutant: Mutant) -> list[str]:
    """Files of tests about rules, the likeliest first."""
    tests = OTHERS.get(mutant.file.split("/", 1)[0], ENGINE)
    first = ABOUT.get(mutant.file)
    return [first, *(test for test in tests if test != first)] if first else tests


def mark(mutant: Mutant, by: str | None) -> str:
    """Changes when a result may no longer hold.

    A death counts while the broken file and the file of the test that died are as they were; a
    survival only while all sources and all tests about the mutant are.
    """
    if by:
        test = re.findall(r"tests/[\w/]+\.py", by)
        files = [mutant.path, *(ROOT / name for name in test)]
    else:
        files = [*sorted(PACKAGE.rglob("*.py")), *(ROOT / name for name in tests_about(mutant))]
    digest = hashlib.blake2b(repr(mutant).encode(), digest_size=8)
    for file in [*files, ROOT / "tests/small_worlds.py"]:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def is_known(mutant: Mutant, result: dict[str, Any]) -> bool:
    """Whether a kept result still holds."""
    return "mark" in result and result["mark"] == mark(mutant, result["by"])


def listen(target: Any, *args: Any) -> dict[str, Any]:
    """Run a trial in a forked process: who failed, how long it took, whether it came to an end."""
    fork = multiprocessing.get_context("fork")
    here, there = fork.Pipe(duplex=False)
    start, found, at = time.monotonic(), None, ""
    process = fork.Process(target=target, args=(*args, there.send), daemon=True)
    process.start()
    there.close()
    ended = False
    while not ended and here.poll(PATIENCE):
        try:
            what, which = here.recv()
        except EOFError:
            break
        ended = what == "done"
        at = which if what == "runs" else at
        found = found or (which if what == "fails" else None)
    if not ended:
        found = found or f"no end in {at or 'the beginning'}"
        process.kill()
    process.join()
    return {"by": found, "seconds": round(time.monotonic() - start, 1)}


def ask(mutant: Mutant) -> dict[str, Any]:
    """Ask the file of tests that is about the mutant's file, then the others."""
    first, *others = tests_about(mutant)
    found = listen(try_tests, mutant, [first])
    if found["by"]:
        return found
    more = listen(try_tests, mutant, others)
    return {"by": more["by"], "seconds": found["seconds"] + more["seconds"]}


def without_mutant() -> str | None:
    """The test that fails although nothing is broken, None if all is well; found once."""
    tests = [*ENGINE, *OTHERS["analysis"], *OTHERS["scenario"]]
    digest = hashlib.blake2b(digest_size=8)
    for file in [*sorted(PACKAGE.rglob("*.py")), *(ROOT / test for test in tests)]:
        digest.update(file.read_bytes())
    known = _kept().get("without any", {})
    if known.get("mark") != digest.hexdigest():
        known = listen(try_tests, None, tests) | {"mark": digest.hexdigest()}
        _keep("without any", known)
    by: str | None = known["by"]
    return by


def load_libraries() -> None:
    """Import what every trial needs and nothing of the package, so that forks start fast."""
    import hypothesis
    import mesa
    import numba
    import pandas as pd
    import pydantic
    import pytest
    import rich
    import scipy.special
    import scipy.stats

    del hypothesis, mesa, numba, pd, pydantic, pytest, rich, scipy


def main() -> int:
    """Try all mutants, or those whose file or rule holds the words given."""
    parser = argparse.ArgumentParser(prog="make mutants", description=__doc__.split("\n")[0])
    parser.add_argument("words", nargs="*", help="try only mutants with all these words")
    parser.add_argument("--again", action="store_true", help="forget what was found before")
    parser.add_argument("--no-baseline", action="store_true", help="ask the tests alone")
    parser.add_argument("--part", default="1/1", help="such as 2/3: every third, from the second")
    options = parser.parse_args()
    number, parts = map(int, options.part.split("/"))
    everything = declared()
    stale = [mutant for mutant in everything if mutant.found != 1]
    for mutant in stale:
        print(f"{mutant.file}: found {mutant.found} times, allowed is once: {mutant.line!r}")
    if stale:
        return 1
    chosen = [m for m in everything if all(word in f"{m.file} {m.rule}" for word in options.words)]
    chosen = chosen[number - 1 :: parts]
    load_libraries()
    failing = without_mutant()
    if failing:
        print(f"Without any mutant {failing} fails; mend that first.")
        return 1
    start, tried = time.monotonic(), 0
    for place, mutant in enumerate(chosen):
        kept = {} if options.again and not tried else _kept()
        key = f"{mutant.file}: {mutant.rule}"
        known = kept.get(key, {})
        asks_baseline = not options.no_baseline and not mutant.file.startswith("analysis")
        if is_known(mutant, known) and ("baseline" in known or not asks_baseline):
            continue
        if not is_known(mutant, known):
            known = ask(mutant)
            known["mark"] = mark(mutant, known["by"])
        if asks_baseline:
            known["baseline"] = listen(try_baseline, mutant, BASELINE_RUNS)["by"]
        _keep(key, known)
        tried += 1
        left = (time.monotonic() - start) / tried * (len(chosen) - place - 1)
        verdict = f"dies by {known['by']}" if known["by"] else "LIVES"
        print(f"{place + 1}/{len(chosen)}, about {left / 60:.0f} min left. {key}: {verdict}")
        sys.stdout.flush()
    kept = _kept()
    missing = [m for m in everything if not is_known(m, kept.get(f"{m.file}: {m.rule}", {}))]
    if missing:
        print(f"{len(missing)} of {len(everything)} mutants are still to be tried.")
    if len(missing) == len(everything):
        return 0
    tried_ones = [m for m in everything if m not in missing]
    write_page([(m, kept[f"{m.file}: {m.rule}"]) for m in tried_ones], missing)
    print(f"{PAGE.relative_to(ROOT)} is written.")
    return 0


def _kept() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(KEPT.read_text()) if KEPT.exists() else {}
    return found


def _keep(key: str, value: dict[str, Any]) -> None:
    """Add to what is kept; another part may have added to it meanwhile."""
    KEPT.parent.mkdir(exist_ok=True)
    beside = KEPT.with_suffix(f".{os.getpid()}")
    beside.write_text(json.dumps(_kept() | {key: value}, indent=1))
    Path(beside).replace(KEPT)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("Interrupted; what was found is kept, and `make mutants` goes on from there.")
