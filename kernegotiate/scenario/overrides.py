"""From what a caller names to what is run: one scenario, one institution."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from kernegotiate.scenario.errors import ScenarioError, did_you_mean
from kernegotiate.scenario.institution import Institution
from kernegotiate.scenario.levers import Levers
from kernegotiate.scenario.library import load_institution, load_scenario
from kernegotiate.scenario.parameter import parameters
from kernegotiate.scenario.scenario import Scenario

USUAL = "advisory_council"
"""The coordinator where nobody names one, and the scenario has none of its own."""


def resolve(
    scenario: str | Path | Scenario,
    coordinator: str | Path | Institution | Levers | None,
    **overrides: Any,
) -> tuple[Scenario, Institution]:
    """Load a scenario and an institution and apply overrides.

    Args:
        scenario: Name of a built-in, path of a TOML file, or a scenario.
        coordinator: Name of a built-in, path of a TOML file, an institution, or bare levers; None
            for the scenario's own, or the advisory council if it has none.
        **overrides: Values by flat keyword; `parameters` lists them all.

    Returns:
        The scenario and the institution that are to be run.

    Raises:
        ScenarioError: A name, a file, a keyword or a value is wrong.
    """
    levers, others = sorted_out(overrides)
    world = scenario if isinstance(scenario, Scenario) else load_scenario(scenario)
    if coordinator is None:
        coordinator = world.institution or USUAL
    if isinstance(coordinator, Levers):
        coordinator = Institution(name="custom", title="Custom levers", levers=coordinator)
    body = coordinator if isinstance(coordinator, Institution) else load_institution(coordinator)
    return world.with_overrides(**others), body.with_overrides(**levers)


def sorted_out(overrides: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Overrides of an institution, and those of a scenario.

    Raises:
        ScenarioError: A keyword is unknown.
    """
    known = _parts()
    for key in overrides:
        if key not in known:
            raise ScenarioError(f"override: {key}: unknown keyword, {did_you_mean(key, known)}")
    levers = {key: value for key, value in overrides.items() if known[key] == "levers"}
    others = {key: value for key, value in overrides.items() if known[key] != "levers"}
    return levers, others


@cache
def _parts() -> dict[str, str]:
    """Where each keyword belongs."""
    return {parameter.name: parameter.part for parameter in parameters()}
