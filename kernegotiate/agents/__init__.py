"""The Mesa model: one region, agent by agent, for watching, playing and custom behaviour."""

from kernegotiate.agents.coordinator import Coordinator
from kernegotiate.agents.local_government import Leader, LocalGovernment
from kernegotiate.agents.log import Event
from kernegotiate.agents.projects import Project
from kernegotiate.agents.questions import Motion, Opportunity, Promise
from kernegotiate.agents.region_model import RegionModel

__all__ = [
    "Coordinator",
    "Event",
    "Leader",
    "LocalGovernment",
    "Motion",
    "Opportunity",
    "Project",
    "Promise",
    "RegionModel",
]
