"""All arms of all facts, each simulated once: as rows of one design, so that a batch can do them.

A row is a point of the box under one arm, point after point, and at each point arm after arm. The
levers of the institution stand in the row like everything else; so one dataset holds them all, and
whatever a batch can do (go on after a kill, be shared out, be checked) holds for facts, too.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from kernegotiate.analysis.validation.box import Box
from kernegotiate.analysis.validation.fact import Fact, FactArm
from kernegotiate.batch.design import Design
from kernegotiate.scenario import Levers, Scenario, load_institution, mergers
from kernegotiate.scenario.changes import written
from kernegotiate.scenario.parameter import parameters

Settings = Mapping[str, Any]


@dataclass(frozen=True)
class Arms:
    """Distinct arms and where each fact finds its own.

    Attributes:
        settings: What each arm sets: ranges of the box first, then values; keys are unique.
        places: Number of an arm by id of the fact (or ranking) and the arm's name in it.
    """

    settings: tuple[tuple[Settings, Settings], ...]
    places: dict[str, dict[str, int]]

    @classmethod
    def of(cls, asked: Iterable[tuple[str, str, Settings, Settings]]) -> Arms:
        """Number the distinct ones.

        Args:
            asked: Id of the fact, name of the arm, ranges of the box, values that it sets.
        """
        numbers: dict[str, int] = {}
        settings: list[tuple[Settings, Settings]] = []
        places: dict[str, dict[str, int]] = {}
        # Alike in what is no lever stands side by side: such rows share a layout.
        for fact, name, box, values in sorted(asked, key=lambda one: _key(one[2], _others(one[3]))):
            number = numbers.setdefault(_key(box, values), len(settings))
            if number == len(settings):
                settings.append((box, values))
            places.setdefault(fact, {})[name] = number
        return cls(tuple(settings), places)

    def __len__(self) -> int:
        """Number of distinct arms."""
        return len(self.settings)

    def design(self, box: Box, scenario: Scenario) -> Design:
        """One row a point and arm, point after point.

        Args:
            box: The points.
            scenario: Gives whatever neither box nor arm says.
        """
        tables = []
        for narrower, values in self.settings:
            table = box.settings(narrower)
            tables.append(
                table.assign(**{name: [value] * len(box) for name, value in values.items()})
            )
        names = list(dict.fromkeys(name for table in tables for name in table.columns))
        usual = {one.name: one.default for one in parameters()}
        usual |= {"years": scenario.years, "changes": written(scenario.changes)}
        usual |= {"mergers": mergers.written(scenario.mergers)}
        filled = [
            table.assign(**{name: [usual[name]] * len(box) for name in names if name not in table})
            for table in tables
        ]
        rows = pd.concat(filled, keys=range(len(filled)), names=["arm", "point"])[names]
        ordered = rows.sort_index(level=["point", "arm"], sort_remaining=False)
        return Design.of(ordered.reset_index(drop=True), "facts")


def asked_by(
    facts: Sequence[Fact], settings: Settings, *, off: bool = False
) -> Iterable[tuple[str, str, Settings, Settings]]:
    """The arms of facts, as `Arms.of` takes them.

    Args:
        facts: Which.
        settings: What another model sets in all arms.
        off: Put the mechanism of each fact into its neutral form.
    """
    for fact in facts:
        for name, arm in fact.arms.items():
            yield fact.name, name, fact.box, set_by(arm, settings, fact.off if off else {})


def set_by(arm: FactArm, settings: Settings, last: Settings) -> dict[str, Any]:
    """All levers of an arm and what else it sets.

    Args:
        arm: The arm.
        settings: What another model sets; the arm's own values go before.
        last: Set over everything else.
    """
    levers = load_institution(arm.institution).levers.model_dump()
    return {**levers, **settings, **arm.set, **last}


def _others(values: Settings) -> Settings:
    return {name: value for name, value in values.items() if name not in Levers.model_fields}


def _key(*settings: Settings) -> str:
    return json.dumps(settings, sort_keys=True)
