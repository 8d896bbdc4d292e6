"""kernegotiate: how neighbouring governments negotiate, under one institution or another.

    import kernegotiate as kn

    runs = kn.simulate("mekong_delta", coordinator="empowered_board", runs=1000, seed=1)
    effects = kn.compare("mekong_delta", ["advisory_council", "empowered_board"], runs=1000)
    model = kn.RegionModel(scenario="mekong_delta", coordinator="lga", rng=42, quota=0.7)

Names are loaded when first used, so that a worker never imports Mesa and `--help` answers at once.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kernegotiate.agents import (
        Coordinator,
        Leader,
        LocalGovernment,
        Motion,
        Opportunity,
        Promise,
        RegionModel,
    )
    from kernegotiate.analysis import (
        Comparison,
        Experiment,
        Explanation,
        Validation,
        WhatIf,
        compare,
        explain,
        validate,
        what_if,
    )
    from kernegotiate.batch import Runs, outcome, simulate
    from kernegotiate.scenario import (
        Institution,
        KernegotiateError,
        Levers,
        Scenario,
        ScenarioError,
        case_names,
        institution_names,
        load_institution,
        load_scenario,
        parameters,
        scenario_names,
    )

__version__ = "0.1.0"

_ROOM = {
    "Comparison": "analysis",
    "Coordinator": "agents",
    "Experiment": "analysis",
    "Explanation": "analysis",
    "Validation": "analysis",
    "WhatIf": "analysis",
    "Institution": "scenario",
    "KernegotiateError": "scenario",
    "Leader": "agents",
    "Levers": "scenario",
    "LocalGovernment": "agents",
    "Motion": "agents",
    "Opportunity": "agents",
    "Promise": "agents",
    "RegionModel": "agents",
    "Runs": "batch",
    "Scenario": "scenario",
    "ScenarioError": "scenario",
    "case_names": "scenario",
    "compare": "analysis",
    "explain": "analysis",
    "institution_names": "scenario",
    "load_institution": "scenario",
    "load_scenario": "scenario",
    "outcome": "batch",
    "parameters": "scenario",
    "scenario_names": "scenario",
    "simulate": "batch",
    "validate": "analysis",
    "what_if": "analysis",
}

__all__ = [
    "Comparison",
    "Coordinator",
    "Experiment",
    "Explanation",
    "Institution",
    "KernegotiateError",
    "Leader",
    "Levers",
    "LocalGovernment",
    "Motion",
    "Opportunity",
    "Promise",
    "RegionModel",
    "Runs",
    "Scenario",
    "ScenarioError",
    "Validation",
    "WhatIf",
    "case_names",
    "compare",
    "explain",
    "institution_names",
    "load_institution",
    "load_scenario",
    "outcome",
    "parameters",
    "scenario_names",
    "simulate",
    "validate",
    "what_if",
]


def __getattr__(name: str) -> Any:
    """Load a public name from its room on first use."""
    if name not in _ROOM:
        raise AttributeError(f"kernegotiate has no attribute {name!r}")
    value = getattr(import_module(f"kernegotiate.{_ROOM[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """All public names, loaded or not."""
    return sorted([*globals(), *__all__])
