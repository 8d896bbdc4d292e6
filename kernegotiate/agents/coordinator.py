"""The coordinator: an institution's levers, and what it holds at the moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa

from kernegotiate.scenario import Institution, Levers

if TYPE_CHECKING:
    from kernegotiate.agents.projects import Project
    from kernegotiate.agents.region_model import RegionModel


class Coordinator(mesa.Agent):
    """Whoever brings the governments to the table; "none" is one with every lever at its null."""

    model: RegionModel

    def __init__(self, model: RegionModel, institution: Institution) -> None:
        super().__init__(model)
        self.institution = institution

    @property
    def levers(self) -> Levers:
        """Its powers and means."""
        return self.institution.levers

    @property
    def fund(self) -> float:
        """Money in the fund that is not set aside; below 0 what works will need beyond it."""
        return float(self.model.world.coordinator[0].fund)

    @property
    def debt(self) -> float:
        """What the fund owes to lenders at the end of the year."""
        return float(self.model.world.coordinator[0].debt)

    @property
    def reserved(self) -> float:
        """Money in the fund that signed works will need."""
        return float(self.model.world.coordinator[0].reserved)

    @property
    def grants(self) -> float:
        """Matching grants left this year."""
        return float(self.model.world.coordinator[0].grants)

    @property
    def agenda(self) -> list[Project]:
        """Projects that may be tabled, in the order of their arrival."""
        world = self.model.world
        return [self.model.projects[int(p)] for p in world.agenda[: int(world.tally[0].agenda)]]

    @property
    def works(self) -> list[Project]:
        """Signed projects under way, in the order of signing."""
        world = self.model.world
        return [self.model.projects[int(p)] for p in world.works[: int(world.tally[0].works)]]
