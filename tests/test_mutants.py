"""The tool that breaks rules: what it declares is there, and it breaks that and no more."""

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from engine_helpers import in_bulk
from kernegotiate.engine.losses import LOSS
from tools.mutants.declared import ROOT, declared

MUTANTS = declared()
# In a process of its own: what is switched off there must stay on here.
APART = """
import sys
sys.path[:0] = [{root!r}, {tests!r}]
from tools.mutants.declared import declared
from tools.mutants.trial import Breaker
from tools.mutants.uncompiled import switch_off_compiler
rule = {rule!r}
if rule:
    (mutant,) = [m for m in declared() if m.rule == rule]
    sys.meta_path.insert(0, Breaker(mutant))
switch_off_compiler()
from engine_helpers import in_bulk
for coordinator in {coordinators!r}:
    world, outcomes, years, losses = in_bulk({scenario!r}, coordinator, 5, explain=True, years=6)
    print(outcomes.tobytes().hex(), losses.tobytes().hex(), world.trust.tobytes().hex())
"""


def uncompiled(scenario, coordinators, rule=""):
    """What runs give without the compiler, with a rule broken if one is named."""
    program = APART.format(
        root=str(ROOT), tests=str(ROOT / "tests"), rule=rule, scenario=scenario,
        coordinators=coordinators,
    )  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return [line.split() for line in done.stdout.splitlines()]


def compiled(scenario, coordinators):
    rows = []
    for coordinator in coordinators:
        world, outcomes, _, losses = in_bulk(scenario, coordinator, 5, explain=True, years=6)
        whole = np.zeros(1, LOSS)
        whole[0] = losses
        rows.append([array.tobytes().hex() for array in (outcomes, whole, world.trust)])
    return rows


def test_every_mutant_s_line_stands_once_in_its_file():
    """A line that was rewritten needs its mutant rewritten in tools/mutants/mutants.toml."""
    stale = {f"{m.file}: {m.rule}": m.found for m in MUTANTS if m.found != 1}
    assert stale == {}


def test_every_mutant_changes_its_file_and_can_be_read():
    assert len({(m.file, m.rule) for m in MUTANTS}) == len(MUTANTS) > 60
    for mutant in MUTANTS:
        source = mutant.path.read_text(encoding="utf-8")
        broken = mutant.broken(source)
        assert broken != source
        compile(broken, mutant.file, "exec")
        assert sum(a != b for a, b in zip(*map(str.splitlines, (source, broken)), strict=False)) > 0


def test_without_the_compiler_the_numbers_are_the_same_to_the_last_bit():
    coordinators = ["none", "lga", "empowered_board"]
    assert uncompiled("mekong_delta", coordinators) == compiled("mekong_delta", coordinators)


@pytest.mark.parametrize(
    "rule", ["a payment closes a part of the distance to full trust", "copies crowd each other"]
)
def test_a_broken_rule_gives_other_numbers_and_leaves_the_file_alone(rule):
    (mutant,) = [m for m in MUTANTS if m.rule == rule]
    before = mutant.path.read_bytes()
    where = "mekong_delta", ["conditional_funding"]
    assert uncompiled(*where, rule) != compiled(*where)
    assert mutant.path.read_bytes() == before


def test_the_page_tells_of_every_mutant_and_every_survivor_has_a_reason():
    """`make mutants` writes it; a mutant that is new has to be tried before it can be told."""
    page = (Path(ROOT) / "docs/mutants.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| (?:`[\w/.]+` \| )?(.+?) \| ", page, flags=re.MULTILINE)
    assert sorted(set(told) - {"rule", "file"}) == sorted({m.rule for m in MUTANTS})
    assert "not known yet" not in page
    count, dead = map(int, re.search(r"(\d+) of \d+ were tried; (\d+) \(", page).groups())
    assert count >= 60
    assert dead >= 0.95 * count
