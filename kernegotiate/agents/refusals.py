"""Motions that failed: who refused, and what would have let them pass, as sets of frictions.

`Project.causes` gives each friction a weight. A sentence needs more: whether two frictions had to
go together, or either would have been enough. The figures of a vote are overwritten by the next
one, so a `Witness` listens to a running model and looks at them as soon as a motion fails.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kernegotiate.agents.log import Event, EventLog
from kernegotiate.engine.diagnosis import FRICTIONS, MEMBERSHIP, smallest_sets

if TYPE_CHECKING:
    from kernegotiate.agents import RegionModel

Remedy = tuple[str, ...]
"""Frictions whose ideals together make all parties pass, in the order of `FRICTIONS`."""


class Refusal(NamedTuple):
    """A motion that failed."""

    governments: frozenset[str]  # codes of those that refused the last draft
    # The smallest; none if no ideals could make a package pass, or members were all it needed.
    remedies: tuple[Remedy, ...]
    parties: int  # how many voted


class Witness(EventLog):
    """A model's log that also remembers each motion that failed.

    Attributes:
        refusals: By code of a project and year; a project is voted on once a year at most.
        about: Events by code of a project, in order; its arrival is not among them.
    """

    def __init__(self, model: RegionModel) -> None:
        super().__init__(model.log)
        self._model = model
        self.refusals: dict[tuple[str, int], Refusal] = {}
        self.about: dict[str, list[Event]] = {}

    @classmethod
    def of(cls, model: RegionModel) -> Witness:
        """Let a witness keep the log of a model that has not started."""
        witness = cls(model)
        model.log = witness
        return witness

    def append(self, event: Event) -> None:
        """Write an event down, and look at the votes of a motion that has just failed."""
        if event.project is not None:
            if event.event == "failed":
                self.refusals[event.project, event.year] = self._refusal()
            self.about.setdefault(event.project, []).append(event)
        super().append(event)

    def _refusal(self) -> Refusal:
        """Who refused the motion on the table, and what would have let it pass."""
        world = self._model.world
        parties = int(world.project[int(world.motion[0])].sitting)
        end = len(self)
        while self[end - 1].event == "failed":  # tied projects fail one after the other
            end -= 1
        votes = self[end - parties : end]
        refused = frozenset(str(vote.government) for vote in votes if not vote.amount)
        found, _ = smallest_sets(world.values, parties, world.remedies)
        if world.cause[int(world.motion[0]), MEMBERSHIP] == 1.0:
            return Refusal(refused, (), parties)  # that others sat is all that it needed
        remedies = tuple(
            tuple(name for f, name in enumerate(FRICTIONS) if ideals >> f & 1)
            for ideals in world.remedies[:found].tolist()
        )
        return Refusal(refused, remedies, parties)
