"""The page about mutants: each rule, the test that dies when it is broken, and the survivors."""

from __future__ import annotations

import tomllib
from itertools import groupby
from pathlib import Path
from typing import Any

from tools.mutants.declared import ROOT, Mutant

PAGE = ROOT / "docs/mutants.md"
REASONS = Path(__file__).parent / "survivors.toml"

HEAD = """\
# Mutants

Which test dies when a rule is broken? Each line below is one rule of the model, broken by changing
one line of the code. {count} of {declared} were tried; {dead} ({share:.1%}) die by a test that is
*about* rules: figures reckoned by hand, second computations, causes, and for estimates and input
the tests of those rooms. Tests of documents, and of runs against themselves, are not asked. The
committed baseline (`tests/engine/baseline.csv`) counts apart{baseline}.

This page is written by `make mutants`. The mutants are declared in `tools/mutants/mutants.toml`:
file, rule, line, and what the line becomes.
"""
ASKED = """: of {asked} that were held against it, two runs of each institution in each setting, it
notices {seen}, and {either} of all die by one or the other"""


def write_page(
    found: list[tuple[Mutant, dict[str, Any]]], untried: list[Mutant], page: Path = PAGE
) -> None:
    """Write what was found about mutants, and which are still to be tried."""
    reasons = tomllib.loads(REASONS.read_text(encoding="utf-8")) if REASONS.exists() else {}
    dead = sum(result["by"] is not None for _, result in found)
    asked = [result for _, result in found if "baseline" in result]
    seen = sum(result["baseline"] is not None for result in asked)
    either = sum(bool(result["by"] or result.get("baseline")) for _, result in found)
    baseline = ASKED.format(asked=len(asked), seen=seen, either=either) if asked else ""
    share = dead / len(found)
    parts = [
        HEAD.format(
            count=len(found), declared=len(found) + len(untried), dead=dead, share=share,
            baseline=baseline,
        )
    ]  # fmt: skip
    living = [mutant for mutant, result in found if not result["by"]]
    parts.append("## Survivors\n")
    parts.append(
        "| file | rule | why no test about it dies |\n|---|---|---|\n"
        + "\n".join(
            f"| `{m.file}` | {m.rule} | {reasons.get(m.rule, 'not known yet')} |" for m in living
        )
        if living
        else "None."
    )
    if untried:
        parts.append("\n## Not tried yet\n\n| rule | file |\n|---|---|")
        parts[-1] += "".join(f"\n| {mutant.rule} | `{mutant.file}` |" for mutant in untried)
    parts.append("\n## The dead\n")
    for file, group in groupby(found, key=lambda pair: pair[0].file):
        rows = [f"| {m.rule} | {_test(result['by'])} |" for m, result in group if result["by"]]
        if rows:
            head = f"### {file}\n\n| rule | first test to die |\n|---|---|"
            parts.append("\n".join([head, *rows]) + "\n")
    unseen = [m for m, result in found if "baseline" in result and not result["baseline"]]
    if unseen:
        parts.append("## What the baseline does not see\n\n| rule | file |\n|---|---|")
        parts[-1] += "".join(f"\n| {mutant.rule} | `{mutant.file}` |" for mutant in unseen)
    page.write_text("\n".join(parts).rstrip() + "\n", encoding="utf-8")


def _test(node: str) -> str:
    """A test's place as told in the table."""
    file, _, name = node.partition("::")
    name = name.partition("[")[0]
    return f"`{Path(file).name}` {name.removeprefix('test_').replace('_', ' ')}".strip()
