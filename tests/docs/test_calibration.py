"""Every number says where it comes from, and how far it might be off."""

import itertools
import re
from pathlib import Path

import pytest

from kernegotiate.scenario import Levers, institution_names, load_institution, parameters

ROOT = Path(__file__).parents[2]
NUMBERS = [p for p in parameters() if p.type in {"number", "whole number"}]
EVIDENCE = (ROOT / "docs/evidence.md").read_text(encoding="utf-8")
STUDY = {"years"}  # a matter of what is asked, not of what is true


@pytest.mark.parametrize("parameter", NUMBERS, ids=lambda p: p.name)
def test_plausible_ranges(parameter):
    if parameter.name in STUDY:
        assert parameter.plausible is None
        return
    low, high = parameter.plausible
    assert low <= parameter.default <= high
    assert low < high
    assert parameter.low is None or parameter.low <= low
    assert parameter.high is None or high <= parameter.high
    assert parameter.part == "levers" or parameter.why


@pytest.mark.parametrize("name", institution_names())
@pytest.mark.parametrize("lever", Levers.model_fields)
def test_every_value_of_an_institution(name, lever):
    institution = load_institution(name)
    note = institution.note(lever)
    assert note is not None
    value = getattr(institution.levers, lever)
    if note.source.startswith("assumption") and not isinstance(value, bool | str):
        assert note.range is not None


POWERS = {
    *("decider", "capture", "delegates", "quota", "side_payments"),
    *("plan_supremacy", "sanction", "kpi_regional"),
    *(p.name for p in parameters() if p.group == "money"),
}


@pytest.mark.parametrize("name", institution_names())
def test_powers_and_money_that_no_source_mentions_are_null(name):
    institution, null = load_institution(name), Levers()
    had = {lever for lever in POWERS if getattr(institution.levers, lever) != getattr(null, lever)}
    notes = {lever: institution.note(lever).source for lever in had}
    assert {lever for lever, source in notes.items() if not re.search(r"E\d", source)} == set()


def test_ids_are_in_the_list_of_evidence():
    listed = set(re.findall(r"^\| (E\d+|SF\d+) \|", EVIDENCE, re.MULTILINE))
    sources = [p.source for p in parameters()]
    for name in institution_names():
        institution = load_institution(name)
        sources += [note.source for note in institution.notes] + list(institution.evidence)
    cited = {item for source in sources for item in re.findall(r"\b(?:E\d{2,3}|SF\d{2})\b", source)}
    assert cited <= listed


def test_the_order_of_costs_holds_at_every_corner():
    """E119: set-up and monitoring, then bargaining, then information; 3 drafts, 5 build years."""
    ranges = {p.name: p.plausible for p in parameters() if p.name.startswith("cost_")}
    names = ("cost_information", "cost_round", "cost_setup", "cost_monitoring")
    for information, one, setup, watching in itertools.product(*(ranges[n] for n in names)):
        assert information < 3 * one <= min(setup, 5 * watching) + 1e-12
