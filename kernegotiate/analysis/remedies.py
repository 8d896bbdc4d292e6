"""What would have let a motion pass that failed, as sets of frictions.

`Project.causes` gives each friction a weight. A sentence needs more: whether two frictions had to
go together, or either would have been enough. The figures of a vote are overwritten by the next
one, so a `Witness` listens to a running model and looks at them as soon as a motion fails.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kernegotiate.agents.log import Event, EventLog
from kernegotiate.engine.diagnosis import FRICTIONS, SETS, SIZE, passes

if TYPE_CHECKING:
    from kernegotiate.agents import RegionModel

Remedy = tuple[str, ...]
"""Frictions whose ideals together make all parties pass, in the order of `FRICTIONS`."""


class Witness(EventLog):
    """A model's log that also keeps what would have let each failed motion pass.

    Attributes:
        remedies: The smallest sets for the last failed vote on a project, by its code; none for a
            project tied to others that no ideal could make pass.
    """

    def __init__(self, model: RegionModel) -> None:
        super().__init__(model.log)
        self._model = model
        self.remedies: dict[str, tuple[Remedy, ...]] = {}

    @classmethod
    def of(cls, model: RegionModel) -> Witness:
        """Let a witness keep the log of a model that has not started."""
        witness = cls(model)
        model.log = witness
        return witness

    def append(self, event: Event) -> None:
        """Write an event down, and look at the votes of a motion that has just failed."""
        if event.event == "failed" and event.project is not None:
            self.remedies[event.project] = self._smallest()
        super().append(event)

    def _smallest(self) -> tuple[Remedy, ...]:
        """The smallest sets of frictions for the motion on the table."""
        world = self._model.world
        parties = int(world.project[int(world.motion[0])].k)
        found: list[Remedy] = []
        size = len(FRICTIONS)
        for ideals, count in zip(SETS.tolist(), SIZE.tolist(), strict=True):
            if count > size:
                break
            if passes(world.values, parties, ideals):
                size = count
                found.append(tuple(name for f, name in enumerate(FRICTIONS) if ideals >> f & 1))
        return tuple(found)
