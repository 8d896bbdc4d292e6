"""A local government, its leader, and its decisions: the ones to subclass or to take over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import mesa
import numpy as np

from kernegotiate.agents.questions import Membership, Motion, Opportunity, Promise
from kernegotiate.agents.take_over import TakeOver
from kernegotiate.scenario import ScenarioError

if TYPE_CHECKING:
    from kernegotiate.agents.projects import Project
    from kernegotiate.agents.region_model import RegionModel

DECISIONS = ("vote", "honour", "go_alone", "stay")


@dataclass(frozen=True)
class Leader:
    """Who leads a government now."""

    years_left: int  # of this term, this year included
    terms_served: int  # this one included
    parochial: float  # weight on home against the region, 0 to 1
    legacy: float  # weight on years after leaving office, 0 to 1
    credit: float  # weight on visible success, per unit of cost


class LocalGovernment(mesa.Agent):
    """One government of the region.

    The decisions are methods; by default each follows the compiled rule, whose terms come with the
    matter. A subclass overrides them; `RegionModel.take_over` replaces them for one government.
    """

    model: RegionModel

    def __init__(self, model: RegionModel, number: int) -> None:
        super().__init__(model)
        self.number = number
        region = model.setting.scenario.region
        source = region.governments[number]
        self.code = source.code
        self.name = source.name
        self.name_vi = source.name_vi
        self.population = source.population
        self.grdp = source.grdp
        self.budget = region.budgets[number]
        self._taken_over: dict[str, TakeOver] = {}

    # Decisions

    def vote(self, motion: Motion) -> bool:
        """Sign the motion or refuse."""
        return bool(motion.terms.yes)

    def honour(self, promise: Promise) -> bool:
        """Pay this year's instalment, or break the promise for good."""
        return bool(promise.terms.yes)

    def go_alone(self, opportunity: Opportunity) -> bool:
        """Build a copy for oneself."""
        return bool(opportunity.terms.yes)

    def stay(self, membership: Membership) -> bool:
        """Be a member of a voluntary body, or stay or go outside."""
        return bool(membership.terms.yes)

    def decide(self, decision: str, matter: Any) -> bool:
        """Ask whoever decides: the person or script that took over, else the method."""
        taken = self._taken_over.get(decision)
        answer = taken(self, matter) if taken else getattr(self, decision)(matter)
        if not isinstance(answer, bool | np.bool_):
            raise ScenarioError(
                f"{self.name} was asked to {decision.replace('_', ' ')} and answered {answer!r}; "
                "allowed: True or False."
            )
        return bool(answer)

    def is_taken(self, decision: str) -> bool:
        """Whether somebody else than the leader takes a decision."""
        return decision in self._taken_over

    def hand_over(self, decision: str, to: Callable[..., Any] | None) -> None:
        """Let `to` take one of the `DECISIONS`; None gives it back to the leader."""
        if decision not in DECISIONS:
            raise ScenarioError(
                f"There is no decision {decision!r}; a government takes: {', '.join(DECISIONS)}."
            )
        if to is None:
            self._taken_over.pop(decision, None)
        elif not callable(to):
            raise ScenarioError(
                f"{decision} is to be taken over by {to!r}; allowed: a function of the government "
                "and the matter, or None to hand it back."
            )
        else:
            self._taken_over[decision] = TakeOver(self.name, decision, to)

    # State

    @property
    def leader(self) -> Leader:
        """The leader in office; of one that is part of another, the leader of that."""
        row = self.model.world.gov[self.part_of.number]
        return Leader(
            years_left=int(row.years_left),
            terms_served=int(row.served),
            parochial=float(row.parochial),
            legacy=float(row.legacy),
            credit=float(row.credit),
        )

    @property
    def part_of(self) -> LocalGovernment:
        """The government whose part it has become in a merger; itself if it has not."""
        return self.model.governments[int(self.model.world.gov[self.number].into)]

    def trust_in(self, other: LocalGovernment) -> float:
        """Belief that `other` keeps its promises, 0 to 1."""
        return float(self.model.world.trust[self.number, other.number])

    @property
    def trusted(self) -> float:
        """Mean trust of possible partners in this government; NaN if it has none."""
        world = self.model.world
        column = world.trust[:, self.number][world.partners[:, self.number]]
        return float(column.mean()) if len(column) else float("nan")

    @property
    def income(self) -> float:
        """Development budget of this year after levies and transfers, money."""
        return float(self.model.world.gov[self.number].income)

    @property
    def dues(self) -> float:
        """Committed this year to joint works, money."""
        return float(self.model.world.gov[self.number].dues)

    @property
    def debt(self) -> float:
        """Owed to lenders, money."""
        return float(self.model.world.gov[self.number].debt)

    @property
    def is_member(self) -> bool:
        """Whether it is in the coordinating body, which all are in that is not voluntary."""
        return bool(self.model.world.gov[self.part_of.number].member)

    @property
    def projects(self) -> list[Project]:
        """Projects to which it is a party."""
        return [p for p in self.model.projects if self in p.parties]

    def __repr__(self) -> str:
        """Short name."""
        return f"<LocalGovernment {self.code} {self.name}>"
