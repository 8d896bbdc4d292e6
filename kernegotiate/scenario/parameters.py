"""The table of all keywords by which a study can be changed."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic.fields import FieldInfo

from kernegotiate.scenario.behaviour import Behaviour
from kernegotiate.scenario.leaders import LeaderRules
from kernegotiate.scenario.levers import Levers
from kernegotiate.scenario.projects import ProjectRules
from kernegotiate.scenario.region import KEYWORDS, Region
from kernegotiate.scenario.scenario import Scenario
from kernegotiate.scenario.spec import choices, kind, spec_of


@dataclass(frozen=True, slots=True)
class Parameter:
    """One keyword by which a study can be changed.

    Attributes:
        name: The keyword.
        part: Part of the study: levers, behaviour, leaders, projects, region or scenario.
        group: Group of a lever (decision, law, ...); otherwise the part.
        type: number, whole number, flag, choice or list.
        default: Default value; of a lever its null, the value without a coordinator.
        low: Lower end of the allowed range; None if there is none.
        high: Upper end of the allowed range; None if there is none.
        interval: The range in interval notation, with open ends; "" if there is none.
        choices: Allowed words of a choice.
        unit: Unit of the value.
        source: "assumption", evidence ids (E125) or theory ids (A5).
        meaning: One line in plain words.
        plausible: Lowest and highest value to try in a sensitivity analysis; None if there is none.
        why: Reason for the default in a few words; "" where the meaning says it all.
    """

    name: str
    part: str
    group: str
    type: str
    default: Any
    low: float | None
    high: float | None
    interval: str
    choices: tuple[str, ...]
    unit: str
    source: str
    meaning: str
    plausible: tuple[float, float] | None
    why: str


@cache
def parameters() -> tuple[Parameter, ...]:
    """List every keyword that `resolve` understands, levers first.

    Returns:
        One record a keyword, in the order of the parts; ``pandas.DataFrame(parameters())``
        makes a table of it.
    """
    region = {name: Region.model_fields[name] for name in KEYWORDS}
    parts: dict[str, dict[str, FieldInfo]] = {
        "levers": Levers.model_fields,
        "behaviour": Behaviour.model_fields,
        "leaders": LeaderRules.model_fields,
        "projects": ProjectRules.model_fields,
        "region": region,
        "scenario": {"years": Scenario.model_fields["years"]},
    }
    return tuple(
        _parameter(name, part, field)
        for part, fields in parts.items()
        for name, field in fields.items()
    )


def _parameter(name: str, part: str, field: FieldInfo) -> Parameter:
    """Describe one field."""
    told = spec_of(field)
    return Parameter(
        name=name,
        part=part,
        group=told.group or part,
        type=kind(field),
        default=field.default,
        low=told.low,
        high=told.high,
        interval=told.interval,
        choices=choices(field),
        unit=told.unit,
        source=told.source,
        meaning=told.meaning,
        plausible=told.plausible,
        why=told.why,
    )
