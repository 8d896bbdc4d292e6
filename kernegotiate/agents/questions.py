"""What is put to a government: a motion, a promise due, an opportunity to go alone, membership.

Each carries the terms that the default rule has computed, so that whoever decides (the rule, a
subclass, a script, a person) sees the same figures.
"""

from dataclasses import dataclass

from kernegotiate.agents.projects import Project
from kernegotiate.engine.decisions.appraisal import Alone
from kernegotiate.engine.decisions.honour import PromiseTerms
from kernegotiate.engine.decisions.stay import StayTerms
from kernegotiate.engine.decisions.vote import VoteTerms


@dataclass(frozen=True)
class Motion:
    """A draft to vote on: one project, or several tied together."""

    year: int
    projects: tuple[Project, ...]
    terms: VoteTerms


@dataclass(frozen=True)
class Promise:
    """An instalment to pay, or not."""

    year: int
    project: Project
    due: float  # money, this year
    terms: PromiseTerms


@dataclass(frozen=True)
class Opportunity:
    """A copy that could be built alone this year."""

    year: int
    project: Project
    terms: Alone


@dataclass(frozen=True)
class Membership:
    """A voluntary body to be in or out of, until the next leader is asked."""

    year: int
    member: bool  # so far
    terms: StayTerms


Matter = Motion | Promise | Opportunity | Membership
