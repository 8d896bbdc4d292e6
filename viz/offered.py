"""What there is to choose from: what is built in, and the files that `app` was given."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kernegotiate.scenario import (
    Institution,
    Scenario,
    ScenarioError,
    case_names,
    institution_names,
    load,
    load_institution,
    load_scenario,
    scenario_names,
)

GIVEN = "KERNEGOTIATE_FILES"
"""Environment variable with the paths of files to offer besides; `app FILE` sets it."""


@dataclass(frozen=True)
class Offered:
    """Scenarios (and cases), institutions by name or path; what is wrong with those left out."""

    scenarios: Mapping[str, Scenario]
    institutions: Mapping[str, Institution]
    wrong: tuple[ScenarioError, ...]


KINDS = ("nobody", "talks", "pays", "decides")
"""Kinds of institutions, from the weakest on."""


def kind_of(institution: Institution) -> str:
    """Which of `KINDS` an institution is, by what it does itself."""
    levers = institution.levers
    if levers.decider > 0:
        return "decides"
    if levers.match_rate * levers.grant_budget > 0 or levers.withheld_share > 0:
        return "pays"
    return "talks" if levers.meeting_capacity > 0 or levers.rounds > 0 else "nobody"


@cache
def offered() -> Offered:
    """Read them all, once: a file that is edited later counts when the program starts again."""
    scenarios: dict[str, Scenario] = {}
    institutions: dict[str, Institution] = {}
    wrong: list[ScenarioError] = []
    given = filter(None, os.environ.get(GIVEN, "").split(os.pathsep))
    for read, names in (
        (load_scenario, scenario_names()),
        (load_scenario, case_names()),
        (load_institution, institution_names()),
        (load, given),
    ):
        for name in names:
            try:
                found = read(name)
            except ScenarioError as error:
                wrong.append(error)
                continue
            if isinstance(found, Scenario):
                scenarios[name] = found
            else:
                institutions[name] = found
    return Offered(scenarios, institutions, tuple(wrong))
