"""What is simulated: regions, leaders, projects, behaviour and institutions, as data."""

from kernegotiate.scenario.behaviour import Behaviour
from kernegotiate.scenario.errors import KernegotiateError, ScenarioError
from kernegotiate.scenario.geometry import read_geometry
from kernegotiate.scenario.idle_levers import idle
from kernegotiate.scenario.institution import Institution, LeverNote
from kernegotiate.scenario.leaders import LeaderRules
from kernegotiate.scenario.levers import Levers
from kernegotiate.scenario.library import (
    case_names,
    institution_names,
    load,
    load_institution,
    load_scenario,
    scenario_names,
    shipped,
)
from kernegotiate.scenario.notes import remarks
from kernegotiate.scenario.overrides import resolve
from kernegotiate.scenario.parameter import Parameter, parameters
from kernegotiate.scenario.projects import ProjectKind, ProjectRow, ProjectRules
from kernegotiate.scenario.region import Government, Region
from kernegotiate.scenario.scenario import Scenario
from kernegotiate.scenario.spec import Spec, spec_of

__all__ = [
    "Behaviour",
    "Government",
    "Institution",
    "KernegotiateError",
    "LeaderRules",
    "LeverNote",
    "Levers",
    "Parameter",
    "ProjectKind",
    "ProjectRow",
    "ProjectRules",
    "Region",
    "Scenario",
    "ScenarioError",
    "Spec",
    "case_names",
    "idle",
    "institution_names",
    "load",
    "load_institution",
    "load_scenario",
    "parameters",
    "read_geometry",
    "remarks",
    "resolve",
    "scenario_names",
    "shipped",
    "spec_of",
]
