"""Where settings meet what a scenario's tables give.

What a table gives stands. A usual value (`budget_share`, `land_dependence`, `ceiling`) fills in
what the table of governments leaves out, and the rules by which projects arise are for scenarios
without a table of projects. A setting for which the tables leave nothing to do is refused where it
is a keyword or a factor, and told where a file has it; one that reaches some tells which.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from kernegotiate.scenario.projects import ProjectRules
from kernegotiate.scenario.region import USUAL, Region

if TYPE_CHECKING:
    from kernegotiate.scenario.scenario import Scenario

BESIDE_A_TABLE = ("upfront", "agenda_life", "overrun")
"""Rules of projects that hold for projects given one by one too."""
LISTED = 5  # governments in a sentence


def powerless(scenario: Scenario, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Settings for which the tables leave nothing to do, each with half a sentence that says why.

    Args:
        scenario: What they would be set in.
        names: Keywords.
    """
    for name in names:
        if name in USUAL and not scenario.region.filled(name):
            size = len(scenario.region.governments)
            instead = "; budget_scale multiplies given budgets" if name == "budget_share" else ""
            yield name, f"all {size} governments give their own {_value(name)}{instead}"
        elif (
            scenario.table is not None
            and name in ProjectRules.model_fields
            and name not in BESIDE_A_TABLE
        ):
            yield name, "the projects are given one by one, in a table"


def departures(scenario: Scenario) -> Iterator[str]:
    """Settings of the scenario itself, other than the defaults, that its tables leave powerless."""
    places: tuple[tuple[Any, Iterable[str]], ...] = (
        (scenario.region, USUAL),
        (scenario.projects, ProjectRules.model_fields),
    )
    reasons: dict[str, list[str]] = {}
    for part, names in places:
        for name, why in powerless(scenario, names):
            if getattr(part, name) != type(part).model_fields[name].default:
                reasons.setdefault(why, []).append(name)
    for why, idle in reasons.items():
        have = "has" if len(idle) == 1 else "have"
        yield f"{', '.join(idle)} {have} no effect, since {why}."


def reached(scenario: Scenario, settings: Mapping[str, Any]) -> Iterator[str]:
    """Which governments settings reach, where that is not what their names make believe.

    Args:
        scenario: With the settings in place.
        settings: What was set, by keyword; a factor of a design has None for its value.
    """
    region = scenario.region
    size = len(region.governments)
    for name, value in settings.items():
        shown = name if value is None else f"{name} {value:g}" if _number(value) else name
        if name in USUAL and 0 < len(filled := region.filled(name)) < size:
            codes = _listed([one.code for one in filled])
            yield (
                f"{shown} sets the {_value(name)} of {len(filled)} of {size} governments "
                f"({codes}); the others keep their own."
            )
        elif name == "budget_scale" and value != 1 and (given := _given(region, "budget")):
            whose = "all of them" if given == size else f"{given} of them"
            yield f"{shown} multiplies the budgets of {size} governments, {whose} given in a table."
        elif name == "parties_max" and _number(value) and value > size and scenario.table is None:
            yield f"{shown} acts as {size}, the number of governments."


def sources(scenario: Scenario) -> dict[str, str]:
    """Who gives each value that a table of governments may leave out, in words by value."""
    region, size = scenario.region, len(scenario.region.governments)
    told = {}
    for name, value in USUAL.items():
        filled = [one.code for one in region.filled(name)]
        usual = f"{name} {getattr(region, name):g}"
        if not filled:
            told[value] = f"all {size} governments give their own, {name} has no effect"
        elif len(filled) == size:
            told[value] = f"{usual} for all {size} governments"
        else:
            told[value] = f"{usual} for {_listed(filled)}; the others give their own"
    return told


def _given(region: Region, value: str) -> int:
    """How many governments give a value themselves."""
    return sum(value not in one.filled for one in region.governments)


def _listed(codes: list[str]) -> str:
    more = f" and {len(codes) - LISTED} more" if len(codes) > LISTED else ""
    return ", ".join(codes[:LISTED]) + more


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _value(name: str) -> str:
    """A value of a government in words."""
    return USUAL[name].replace("_", " ")
