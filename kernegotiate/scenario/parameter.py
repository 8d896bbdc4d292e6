"""The table of all keywords by which a study can be changed."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic.fields import FieldInfo

from kernegotiate.scenario import values
from kernegotiate.scenario.behaviour import Behaviour
from kernegotiate.scenario.errors import ScenarioError
from kernegotiate.scenario.leaders import LeaderRules
from kernegotiate.scenario.levers import Levers
from kernegotiate.scenario.projects import ProjectRules
from kernegotiate.scenario.region import KEYWORDS, Region
from kernegotiate.scenario.scenario import IN_TIME, Scenario
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

    def parse(self, text: str) -> Any:
        """Read a value as people write it; see `kernegotiate.scenario.values`.

        Args:
            text: Such as ``0.5``, ``true``, ``staggered``; a list is written as in TOML.

        Returns:
            The value, which `validate` has not seen yet.

        Raises:
            ScenarioError: The text stands for no value of this type.
        """
        with _named(self.name):
            return values.parse(_fields()[self.name][1], text)

    def validate(self, value: Any) -> Any:
        """Check a value as a file would be checked, and give it the keyword's type.

        Args:
            value: A plain value, or one of NumPy.

        Returns:
            The value.

        Raises:
            ScenarioError: It is not allowed.
        """
        with _named(self.name):
            return values.validate(_fields()[self.name][1], value)

    def validate_all(self, many: Sequence[Any]) -> list[Any]:
        """Check many values at once; see `validate`."""
        with _named(self.name):
            return values.validate_all(_fields()[self.name][1], many)


@contextmanager
def _named(name: str) -> Iterator[None]:
    """Say of which keyword a value is refused."""
    try:
        yield
    except ScenarioError as error:
        raise ScenarioError(f"{name}: {error}") from None


@cache
def parameters() -> tuple[Parameter, ...]:
    """List every keyword that `resolve` understands, levers first.

    Returns:
        One record a keyword, in the order of the parts; ``pandas.DataFrame(parameters())``
        makes a table of it.
    """
    return tuple(_parameter(name, part, field) for name, (part, field) in _fields().items())


@cache
def parameter_fields() -> dict[str, FieldInfo]:
    """The declarations of all keywords that take a single value."""
    return {name: field for name, (_, field) in _fields().items() if kind(field) != "list"}


@cache
def _fields() -> dict[str, tuple[str, FieldInfo]]:
    """Part and declaration of every keyword."""
    region = {name: Region.model_fields[name] for name in KEYWORDS}
    parts: dict[str, dict[str, FieldInfo]] = {
        "levers": Levers.model_fields,
        "behaviour": Behaviour.model_fields,
        "leaders": LeaderRules.model_fields,
        "projects": ProjectRules.model_fields,
        "region": region,
        "scenario": {name: Scenario.model_fields[name] for name in ("years", *IN_TIME)},
    }
    return {name: (part, field) for part, fields in parts.items() for name, field in fields.items()}


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
