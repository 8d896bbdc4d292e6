"""The shipped facts: each is backed, each could fail, and their page is what they come to."""

import re
from pathlib import Path

import pandas as pd
import pytest

from kernegotiate.analysis.validation.files import fact_names, load_facts
from kernegotiate.analysis.validation.rankings import Ranking
from kernegotiate.analysis.validation.summary import facts_table
from kernegotiate.analysis.validation.validation import validate

ROOT = Path(__file__).parents[3]
EVIDENCE = (ROOT / "docs" / "evidence.md").read_text(encoding="utf-8")


def test_every_stylised_fact_of_the_evidence_has_a_file() -> None:
    listed = set(re.findall(r"^\| (SF\d+) \|", EVIDENCE, re.MULTILINE))
    assert len(listed) == 48
    assert {name for name in fact_names() if name.startswith("SF")} == listed


@pytest.mark.parametrize("fact", load_facts(), ids=lambda fact: fact.name)
def test_a_fact_rests_on_evidence_that_is_listed(fact) -> None:  # type: ignore[no-untyped-def]
    for one in fact.evidence:
        assert re.search(rf"\b{one}\b", EVIDENCE), one
    assert fact.kind == ("fact" if fact.name.startswith("SF") else "anchor")
    assert fact.evidence or fact.source


def test_a_difference_counts_from_the_size_that_the_rules_name() -> None:
    """Five points on what lies between 0 and 1; a tenth of costs, times, money, counts, ..."""
    own = {("SF12", "a threshold, in earnest"): 0.2}  # per unit of the match; the file says why
    relative = ("time_to_agreement", "inequality", "start_delay", "copies", "joint_spending")
    for fact in load_facts():
        for part in fact.parts:
            if part.claim == "level":
                continue
            counted = part.measure.name == "completed"  # works, and no share of them
            large = counted or any(name in part.measure.words for name in relative)
            expected = 0.1 if large else 0.05
            assert part.relative == (expected == 0.1), (fact.name, part.label)
            assert abs(part.by) == own.get((fact.name, part.label), expected)


@pytest.mark.slow
def test_no_fact_is_reproduced_while_its_mechanism_is_off() -> None:
    """But for those that say that nothing happens: then nothing does."""
    found = validate(points=16, runs=10, off=True, ranking=False)
    verdicts = facts_table(found).set_index("fact")["verdict"]
    for fact in found.facts:
        counting = [part for part in fact.parts if not part.informs]
        if counting and not all(part.claim == "equal" for part in counting):
            assert verdicts[fact.name] != "reproduced", fact.name


def test_the_ranking_can_be_run() -> None:
    ranking = Ranking.load()
    assert len({name: values for _, name, _, values in ranking.arms({})}) == len(
        ranking.institutions
    ) + len(ranking.switches)


@pytest.mark.slow
def test_the_kept_table_is_that_of_the_present_model() -> None:
    """A fact run again, at the same points: `make validation` renews page, tables, figures."""
    kept = pd.read_csv(ROOT / "docs" / "validation" / "facts.csv").set_index("fact")
    found = validate("SF13", ranking=False)
    for row in facts_table(found).to_dict("records"):
        for name in ("right", "opposite", "floor"):
            assert row[name] == pytest.approx(kept.loc[row["fact"], name], abs=1e-4)
        assert row["verdict"] == kept.loc[row["fact"], "verdict"]
