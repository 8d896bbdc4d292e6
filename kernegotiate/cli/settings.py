"""What a command is to run: a scenario, and values given as `key=value`."""

from argparse import Namespace
from collections.abc import Iterable
from typing import Any

from kernegotiate.scenario import (
    Institution,
    Scenario,
    ScenarioError,
    load_institution,
    load_scenario,
    parameters,
    resolve,
)


def asked(arguments: Namespace) -> tuple[Scenario, list[Institution], dict[str, Any]]:
    """The scenario, institutions and settings of a command that runs `arguments.coordinators`.

    Files are read here and nowhere after. Whatever is wrong with them, or with a setting in one of
    them, is told here, before anything is compiled.

    Raises:
        ScenarioError: A scenario, an institution or a setting cannot be used.
    """
    settings = read_settings(arguments.settings)
    scenario = load_scenario(arguments.scenario)
    named = arguments.coordinators or _of_case(scenario)
    institutions = []
    for coordinator in named:
        one = coordinator if isinstance(coordinator, Institution) else load_institution(coordinator)
        institutions.append(one)
        resolve(scenario, one, **settings)
    return scenario, institutions, settings


BESIDE = ("none", "empowered_board")
"""What a case is held against where nobody names anything else."""


def _of_case(scenario: Scenario) -> list[Institution | str]:
    """The institution of a case, and what it is held against.

    Raises:
        ScenarioError: The scenario names none.
    """
    own = scenario.institution
    if own is None:
        raise ScenarioError(
            f"coordinators: {scenario.name} has no institution of its own, name those to compare, "
            "such as 'none empowered_board'"
        )
    return [own, *(name for name in BESIDE if name != own.name)]


def read_settings(words: Iterable[str]) -> dict[str, Any]:
    """Read `key=value` words.

    Args:
        words: Such as ``["quota=0.5", "backstop=true", "proposal_rule=benefit"]``.

    Returns:
        Values by keyword; whether they are in range, and keywords known, is checked where they
        are used.

    Raises:
        ScenarioError: A word has no `=`, a keyword comes twice, or a text is no such value.
    """
    known = {parameter.name: parameter for parameter in parameters()}
    settings: dict[str, Any] = {}
    for word in words:
        key, equals, text = word.partition("=")
        if not equals or not key:
            raise ScenarioError(f"--set: found '{word}', allowed is KEY=VALUE, such as quota=0.5")
        if key in settings:
            raise ScenarioError(f"--set: {key}: found twice, allowed is once")
        try:
            settings[key] = known[key].parse(text) if key in known else text
        except ScenarioError as error:
            raise ScenarioError(f"override: {error}") from None
    return settings
