"""A project as an agent, a reporter or a person at a screen sees it: a view, never a copy."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from kernegotiate.engine import layout
from kernegotiate.engine.copies import copies_end, opening_year
from kernegotiate.engine.diagnosis import CAUSES
from kernegotiate.engine.losses import blame
from kernegotiate.scenario.mergers import seated

if TYPE_CHECKING:
    from kernegotiate.agents.local_government import LocalGovernment
    from kernegotiate.agents.region_model import RegionModel

STATUS = {
    layout.ON_AGENDA: "on the agenda",
    layout.SIGNED: "under way",
    layout.COMPLETED: "completed",
    layout.DEAD: "dead",
    layout.EXPIRED: "expired",
}


class Project:
    """One joint project of a running model; money in the scenario's currency."""

    def __init__(self, model: RegionModel, number: int) -> None:
        self.model = model
        self.number = number
        self.first = tuple(government.code for government in self.parties)  # on arrival

    @property
    def _row(self) -> Any:
        return self.model.world.project[self.number]

    @cached_property  # every event is told by it
    def code(self) -> str:
        """Host, year and serial number: the same under every institution."""
        return f"{self.host.code}-{self.year}-{int(self._row.serial)}"

    @property
    def kind(self) -> str:
        """What is to be built, such as "ring road"."""
        scenario = self.model.setting.scenario
        if scenario.table is not None:
            return scenario.table[int(self._row.kind)].kind
        return scenario.projects.kinds[int(self._row.kind)].name

    @property
    def host(self) -> LocalGovernment:
        """The government on whose land it would stand."""
        return self.model.governments[int(self._row.host)]

    @property
    def parties(self) -> list[LocalGovernment]:
        """Host first, each once."""
        return list(dict.fromkeys(self._sitting))

    def parties_in(self, year: int) -> list[LocalGovernment]:
        """Parties in a year; some may have merged since."""
        mergers = self.model.setting.scenario.mergers
        return [self.model.government(code) for code in seated(self.first, mergers, year)]

    @property
    def _sitting(self) -> list[LocalGovernment]:
        """Who sits on each seat; of a work that is over, one that merged sits on several."""
        return [self.model.governments[int(g)] for g in self._seats.gov]

    def _by_code(self, amounts: Any) -> dict[str, float]:
        found: dict[str, float] = {}
        for government, amount in zip(self._sitting, amounts, strict=True):
            found[government.code] = found.get(government.code, 0.0) + float(amount)
        return found

    def _those(self, marked: Any) -> list[LocalGovernment]:
        pairs = zip(self._sitting, marked, strict=True)
        return list(dict.fromkeys(government for government, mark in pairs if mark))

    @property
    def _seats(self) -> Any:
        return self.model.world.party[self.number, : int(self._row.k)]

    @property
    def year(self) -> int:
        """Year of arrival."""
        return int(self._row.year)

    @property
    def status(self) -> str:
        """One of `STATUS`."""
        return STATUS[int(self._row.status)]

    @property
    def cost(self) -> float:
        """Money, over all build years."""
        return float(self._row.cost)

    @property
    def build(self) -> int:
        """Years of building, from the first payment to the last."""
        return int(self._row.build)

    @property
    def benefit(self) -> float:
        """Money a year, of all whom it benefits."""
        return float(self._row.benefit)

    @property
    def paid(self) -> float:
        """Share of the cost paid so far."""
        return 1.0 - float(self._row.unpaid) / (1.0 + float(self._row.extra))

    @property
    def signed(self) -> int | None:
        """Year of signing."""
        return int(self._row.signed) or None

    @property
    def opens(self) -> int | None:
        """First year of benefits, if it is delivered on time."""
        return int(opening_year(self.model.world.project, self.number)) or None

    @property
    def shares(self) -> dict[str, float]:
        """Share of the cost by code of party, as it now stands."""
        return self._by_code(self._seats.share)

    @property
    def own_benefits(self) -> dict[str, float]:
        """Benefit a year by code of party."""
        return self._by_code(self._seats.own)

    @property
    def inside(self) -> list[LocalGovernment]:
        """Parties that have signed and not broken their promise."""
        if self.signed is None:
            return []
        return self._those(self._seats.inside)

    @property
    def builders(self) -> list[LocalGovernment]:
        """Parties that have built a copy of their own."""
        return self._those(self._seats.copies > 0)

    @property
    def causes(self) -> dict[str, float]:
        """Why a good joint work was not built, as weights that add up to 1; see diagnosis.py.

        Empty if it was built, should not have been, or may still be.
        """
        world, row = self.model.world, self._row
        if row.status in (layout.ON_AGENDA, layout.SIGNED):
            return {}
        if not blame(world.project, world.cause, self.number):
            return {}
        weights = zip(CAUSES, world.cause[self.number].tolist(), strict=True)
        return {cause: weight for cause, weight in weights if weight > 0}

    @property
    def copies_until(self) -> int | None:
        """First year in which the copies no longer yield, if the joint work does not open."""
        if int(self._row.copies) == 0:
            return None
        return int(copies_end(self.model.world.project, self.number))

    def __repr__(self) -> str:
        """Short name."""
        return f"<Project {self.code} {self.kind} of {self.host.name}, {self.status}>"
