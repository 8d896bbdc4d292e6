"""Which institution is best, over the box, and what of a win is by construction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
from pydantic import model_validator

from kernegotiate.analysis.estimators import Estimate
from kernegotiate.analysis.experiment.arm import Settings
from kernegotiate.analysis.validation.arms import set_by
from kernegotiate.analysis.validation.fact import FactArm
from kernegotiate.analysis.validation.measure import Measure
from kernegotiate.scenario import shipped
from kernegotiate.scenario.errors import did_you_mean, problem
from kernegotiate.scenario.reading import read_toml
from kernegotiate.scenario.record import Record
from kernegotiate.scenario.spec import Name, Text, spec


class Switch(Record):
    """An advantage of an institution, replaced by its neutral form."""

    institution: Text = spec(..., "whose", source="data")
    label: Text = spec(..., "what is neutral, in plain words", source="data")
    set: Settings = spec(..., "how", source="data")


class Ranking(Record):
    """Institutions side by side, in several measures."""

    name: Name = spec(..., "its id", source="data")
    title: Text = spec(..., "title", source="data")
    institutions: tuple[Text, ...] = spec(..., "names of built-in institutions", source="data")
    measures: tuple[Measure, ...] = spec(..., "in which one is best", source="data")
    switches: tuple[Switch, ...] = spec((), "what of a win is by construction", source="data")

    @model_validator(mode="after")
    def _can_run(self) -> Self:
        """Check that there are several, and that switches are of one of them."""
        if len(self.institutions) < 2:
            raise problem("found fewer than two, allowed are two or more", "institutions")
        for number, one in enumerate(self.switches):
            if one.institution not in self.institutions:
                hint = did_you_mean(one.institution, self.institutions)
                raise problem(f"there is no '{one.institution}', {hint}", "switches", number)
        for name in self.institutions:
            FactArm(institution=name)
        return self

    @classmethod
    def load(cls, path: Path | None = None) -> Self:
        """Load the shipped one, or a file."""
        path = path or shipped("experiments") / "rankings" / "institutions.toml"
        return cls.checked({"name": path.stem, **read_toml(path)}, str(path))

    def arms(
        self, settings: Mapping[str, Any]
    ) -> Iterable[tuple[str, str, Mapping[str, Any], Mapping[str, Any]]]:
        """What is to be run, as `Arms.of` takes it; `settings` hold in all arms."""
        for name in self.institutions:
            yield self.name, name, {}, set_by(FactArm(institution=name), settings, {})
        for one in self.switches:
            arm = FactArm(institution=one.institution, set=one.set)
            yield self.name, switched(one), {}, set_by(arm, settings, {})


def switched(switch: Switch) -> str:
    """Name of the arm with the switch."""
    return f"{switch.institution}: {switch.label}"


@dataclass(frozen=True)
class Standing:
    """Who is best at one point in one measure.

    Attributes:
        best: Institution with the largest estimate.
        ahead: Whether its difference from the second has an interval above 0.
        still: By label of a switch of any institution, whether that institution with the switch
            would be the best of all others.
    """

    best: str
    ahead: bool
    still: dict[str, bool]


def stand(ranking: Ranking, levels: Mapping[str, Estimate]) -> Standing:
    """Compare institutions at one point.

    Args:
        ranking: Which, and the switches.
        levels: Estimates of a measure by arm.
    """
    order = sorted(ranking.institutions, key=lambda name: -_value(levels[name]))
    first, second = order[:2]
    low, _ = (levels[first] - levels[second]).interval()
    still = {
        switched(one): _value(levels[switched(one)])
        > max(_value(levels[name]) for name in ranking.institutions if name != one.institution)
        for one in ranking.switches
    }
    return Standing(first, bool(low > 0.0), still)


def _value(level: Estimate) -> float:
    """An undefined level is the worst."""
    return -np.inf if np.isnan(level.value) else level.value
