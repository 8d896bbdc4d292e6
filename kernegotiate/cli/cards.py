"""What is known of a thing, as plain values: for JSON as they are, for a reader as a card."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from kernegotiate.analysis import Experiment
from kernegotiate.analysis.labels import VERDICTS
from kernegotiate.cli.words import smaller
from kernegotiate.scenario import (
    Levers,
    Parameter,
    Region,
    Scenario,
    changes,
    institution_names,
    load_institution,
    load_scenario,
    mergers,
    parameters,
)
from kernegotiate.scenario.library import unused_columns
from kernegotiate.scenario.meetings import departures, sources
from kernegotiate.scenario.plausible import implausible, neighbours

Row = dict[str, Any]


@dataclass(frozen=True)
class Card:
    """A thing that can be described.

    Attributes:
        kind: Such as ``lever``.
        name: As used in commands.
        facts: Values by what they are; "" where there is nothing to tell.
        tables: Rows by title.
    """

    kind: str
    name: str
    facts: Row
    tables: dict[str, list[Row]] = field(default_factory=dict)


def scenario_card(name: str | Path) -> Card:
    """A scenario: its governments, and where it departs from the defaults."""
    scenario = load_scenario(name)
    currency = scenario.region.currency
    changed = [
        {"parameter": known.name, "value": value, "default": known.default, "unit": known.unit}
        for known in parameters()
        if known.part != "levers"
        and known.type != "text"
        and (value := _value(scenario, known)) != known.default
    ]
    facts = {
        "title": scenario.title,
        "title_vi": scenario.title_vi,
        "country": scenario.country,
        "institution": scenario.institution.name if scenario.institution else "",
        "years": scenario.years,
        "changes": changes.written(scenario.changes),
        "mergers": mergers.written(scenario.mergers),
        "currency": currency,
        "projects": f"{len(scenario.table)} given" if scenario.table else "generated",
        **sources(scenario),
        "map": scenario.region.geometry.name if scenario.region.geometry else "",
        "unused_columns": [one for names in unused_columns(name).values() for one in names],
        "look_again": " ".join(implausible(scenario.region)),
        "without_effect": " ".join(departures(scenario)),
        "source": scenario.source,
        "evidence": scenario.evidence,
    }
    tables = {"governments": _governments(scenario.region), "other than the defaults": changed}
    return Card("scenario", scenario.name, facts, tables)


def _governments(region: Region) -> list[Row]:
    """What each has, and what lets a wrong unit strike the eye."""
    money, heads = region.currency, [one.grdp / one.population for one in region.governments]
    unit, scale = money, 1.0
    while sorted(heads)[len(heads) // 2] * scale < 1 and smaller(unit):
        unit, scale = smaller(unit), 1000 * scale
    return [
        {
            "code": one.code,
            "name": one.name,
            "population": one.population,
            f"GRDP, {money} a year": one.grdp,
            f"development budget, {money} a year": budget,
            f"GRDP per head, {unit}": head * scale,
            "budget, % of GRDP": 100 * budget / one.grdp,
            "km to the nearest": near,
        }
        for one, budget, head, near in zip(
            region.governments, region.budgets, heads, neighbours(region), strict=True
        )
    ]


def case_card(name: str) -> Card:
    """A case: a scenario that names its institution."""
    return replace(scenario_card(name), kind="case")


def institution_card(name: str | Path) -> Card:
    """An institution: the levers that it moves or has a source for."""
    institution = load_institution(name)
    nulls = Levers()
    levers = [
        {
            "lever": lever,
            "value": value,
            "no coordinator": getattr(nulls, lever),
            "plausible": note.range if note and note.range else "",
            "source": note.source if note else "",
        }
        for lever, value in institution.levers
        if (note := institution.note(lever)) or value != getattr(nulls, lever)
    ]
    facts = {
        "title": institution.title,
        "title_vi": institution.title_vi,
        "source": institution.source,
        "evidence": institution.evidence,
    }
    return Card("institution", institution.name, facts, {"levers": levers})


def experiment_card(name: str | Path) -> Card:
    """An experiment: what it asks, runs and claims."""
    experiment = Experiment.load(name)
    facts = {
        "title": experiment.title,
        "question": experiment.question,
        "scenario": ", ".join(experiment.worlds),
        "institutions": experiment.compared,
        "baseline": experiment.base,
        "runs": experiment.runs,
        "seed": experiment.seed,
        "evidence": experiment.evidence,
    }
    claims = [{"claim": one.says, "evidence": one.evidence} for one in experiment.claims]
    return Card("experiment", experiment.name, facts, {"claims": claims})


def parameter_card(name: str) -> Card:
    """A lever or a parameter; of a lever, also its values in the built-in institutions."""
    known = next(one for one in parameters() if one.name == name)
    lever = known.part == "levers"
    facts = {
        "meaning": known.meaning,
        "part": f"{known.group} lever" if lever else known.part,
        "type": known.type,
        "unit": known.unit,
        "range": ", ".join(known.choices) or known.interval,
        "without_a_coordinator" if lever else "default": _told(known.default),
        "source": known.source,
    }
    rows = []
    for institution in map(load_institution, institution_names() if lever else ()):
        note = institution.note(name)
        row = {
            "institution": institution.name,
            "value": getattr(institution.levers, name),
            "plausible": note.range if note and note.range else "",
            "source": note.source if note else "",
        }
        rows.append(row)
    return Card("lever" if lever else "parameter", name, facts, {"in the institutions": rows})


def outcome_card(name: str) -> Card:
    """An outcome: what it measures."""
    from kernegotiate.engine.outcomes import MEANING

    meaning, unit = MEANING[name]
    verdict = next((verdict for verdict, names in VERDICTS.items() if name in names), "")
    return Card("outcome", name, {"meaning": meaning, "unit": unit, "verdict": verdict})


def _value(scenario: Scenario, known: Parameter) -> Any:
    """The value of a parameter in a scenario."""
    if known.part == "scenario":
        return getattr(scenario, known.name)
    return getattr(getattr(scenario, known.part), known.name)


def _told(value: Any) -> Any:
    """A default, as far as it is a plain value."""
    if isinstance(value, tuple):
        return tuple(item.name if hasattr(item, "name") else item for item in value)
    return value
