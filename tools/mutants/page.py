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

Which test dies when a rule is broken? Each line below is one rule of the model, broken by changing one
line of the code. {count} of them were tried; {dead} ({share:.0%}) die by a test that is *about* rules:
figures reckoned by hand, second computations, causes, and for estimates and input the tests of these
rooms. Tests of documents and of whole runs against themselves do not count. The committed
[baseline](../CONTRIBUTING.md) counts apart: it notices {baseline} of {asked} (two runs of each
institution in each setting were compared), and {either} of {count} die by one or the other.

This page is written by `make mutants`; the mutants are declared in `tools/mutants/mutants.toml`, as
file, rule, line and what the line becomes.
"""


def write_page(found: list[tuple[Mutant, dict[str, Any]]], page: Path = PAGE) -> None:
    """Write what was found about all mutants."""
    reasons = tomllib.loads(REASONS.read_text(encoding="utf-8")) if REASONS.exists() else {}
    dead = sum(result["by"] is not None for _, result in found)
    asked = [result for mutant, result in found if not mutant.file.startswith("analysis")]
    seen = sum(result["baseline"] is not None for result in asked)
    either = sum(bool(result["by"] or result["baseline"]) for _, result in found)
    parts = [
        HEAD.format(
            count=len(found), dead=dead, share=dead / len(found), baseline=seen, asked=len(asked),
            either=either,
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
    parts.append("\n## The dead\n")
    for file, group in groupby(found, key=lambda pair: pair[0].file):
        rows = [
            f"| {mutant.rule} | {_test(result['by'])} | {'yes' if result['baseline'] else 'no'} |"
            for mutant, result in group
            if result["by"]
        ]
        if rows:
            head = f"### {file}\n\n| rule | first test to die | baseline |\n|---|---|---|"
            parts.append("\n".join([head, *rows]) + "\n")
    page.write_text("\n".join(parts).rstrip() + "\n", encoding="utf-8")


def _test(node: str) -> str:
    """A test's place as told in the table."""
    file, _, name = node.partition("::")
    name = name.partition("[")[0]
    return f"`{Path(file).name}` {name.removeprefix('test_').replace('_', ' ')}".strip()
