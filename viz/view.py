"""What is to be seen of a model at the end of a year: a snapshot that no later year can change.

The model may go on in a thread of its own while the page is drawn, so everything that is drawn
comes from a view, and a view reads everything at once. What has not changed since the year before
is the same object: a recorded run takes little memory.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

import numpy as np
import pandas as pd

from kernegotiate import RegionModel
from kernegotiate.agents import Event, Leader, Project
from kernegotiate.agents.questions import Membership
from kernegotiate.agents.refusals import Refusal, Witness
from kernegotiate.analysis.membership import at_the_table, is_apart, outsiders
from kernegotiate.engine.layout import COPIES, DUES, EQUALISATION, FINE, LEVY, TRANSFER
from kernegotiate.scenario import Region
from kernegotiate.scenario.changes import Regime
from kernegotiate.scenario.mergers import Merger, seated
from viz.asked import Asked

HISTORY = ["year", "arrived", "signed", "completed", "died", "welfare", "first_best"]
DUST = 1e-6  # of money that is held, against rounding


@dataclass(frozen=True)
class Work:
    """A joint project; governments by their place in the region."""

    code: str
    kind: str
    place: int  # where it stands; a host that has merged is part of another
    nth: int  # of its kind at this place, from 1
    parties: tuple[int, ...]  # host first
    first: tuple[str, ...]  # codes of those it arrived with
    inside: tuple[int, ...]  # those who signed and have kept their word, in the same order
    builders: tuple[int, ...]  # those who built a copy of their own
    signed: int | None  # year
    status: str  # see `kernegotiate.agents.projects.STATUS`
    cost: float
    causes: tuple[tuple[str, float], ...]  # why it was not built though it should; weights

    @property
    def host(self) -> int:
        """The first party."""
        return self.parties[0]


@dataclass(frozen=True)
class Purse:
    """What a government and its parts have paid and received, in the region's currency."""

    works: float
    copies: float
    levies_and_fines: float
    transfers: float  # from the centre, and from richer governments less to poorer ones
    benefits: float  # this year, of open works to its own residents
    debt: float


@dataclass(frozen=True)
class Fund:
    """The regional fund, in the region's currency."""

    held: float  # set aside for signed works or not
    debt: float


@dataclass(frozen=True, eq=False)
class View:
    """A region at the end of a year; year 0 is the start."""

    year: int
    years: int  # in which projects arrive
    over: bool
    region: Region
    kinds: Mapping[str, str]  # local name of each kind of work
    regimes: tuple[Regime, ...]  # who coordinates since when, the whole run through
    mergers: tuple[Merger, ...]  # likewise
    into: tuple[int, ...]  # (N,) the government whose part each is: itself, until a merger
    trusted: np.ndarray  # (N,) mean trust of possible partners in each
    trust: np.ndarray  # (N, N) of the row in the column, NaN where never partners
    leaders: tuple[Leader, ...]
    purses: tuple[Purse, ...]
    may_owe: bool  # governments may carry debts
    fund: Fund | None  # where there is none
    answers: tuple[Membership | None, ...]  # (N,) the last about a voluntary body
    works: dict[str, Work]  # by code, in the order of arrival
    before: Mapping[str, Work]  # the works at the end of the year before
    history: pd.DataFrame  # columns of `HISTORY`, one row a year from year 0
    refusals: Mapping[tuple[str, int], Refusal]  # see `Witness`; later years may be there too
    events: list[Event]  # of the run so far; grows with it
    count: int  # of those that had happened

    @cached_property
    def log(self) -> tuple[Event, ...]:
        """What had happened."""
        return tuple(islice(self.events, self.count))

    @cached_property
    def now(self) -> dict[str, set[str]]:
        """Codes of the works that had an event this year, by name of the event."""
        found: dict[str, set[str]] = {}
        for event in self.log:
            if event.year == self.year and event.project is not None:
                found.setdefault(event.event, set()).add(event.project)
        return found

    @cached_property
    def is_voluntary(self) -> bool:
        """Whether governments may be outside the body."""
        law = [one for one in self.regimes if one.since <= max(self.year, 1)][-1]
        return law.institution.levers.membership == "voluntary"

    @cached_property
    def outside(self) -> list[frozenset[str]]:
        """Codes of those outside the body at the end of each year, from year 0 on."""
        region = self.region.codes
        return outsiders(self.log, self.regimes, self.mergers, region, self.year, self.years)

    def parties(self, work: Work, year: int) -> list[str]:
        """Codes of a work's parties in a year, host first; some may have merged since."""
        return seated(work.first, self.mergers, year)

    def seats(self, work: Work, year: int) -> list[str]:
        """Codes of those that sit where a work is talked about in a year, host first."""
        return at_the_table(self.parties(work, year), self.outside[year])

    def is_apart(self, work: Work, year: int) -> bool:
        """Whether a work is talked about without the body."""
        return is_apart(self.parties(work, year), self.outside[year])

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Place of each government by its code."""
        return {code: number for number, code in enumerate(self.region.codes)}

    @cached_property
    def standing(self) -> list[int]:
        """Those that are part of no other."""
        return [number for number, whole in enumerate(self.into) if number == whole]


def look(model: RegionModel, witness: Witness, before: View | None) -> View:
    """Take a snapshot of a model.

    Args:
        model: At the end of a year, or at its start.
        witness: Has kept its log.
        before: The snapshot of the year before.
    """
    scenario = model.setting.scenario
    start = pd.DataFrame([dict.fromkeys(HISTORY, 0)])
    return View(
        year=model.year,
        years=scenario.years,
        over=model.is_over,
        region=scenario.region,
        kinds={kind.name: kind.name_vi for kind in scenario.projects.kinds},
        regimes=model.regimes,
        mergers=scenario.mergers,
        into=tuple(g.part_of.number for g in model.governments),
        trusted=np.array([g.trusted for g in model.governments]),
        trust=np.where(model.world.partners, model.world.trust, np.nan),
        leaders=tuple(g.leader for g in model.governments),
        purses=_purses(model),
        may_owe=scenario.behaviour.debt_years > 0,
        fund=_fund(model),
        answers=tuple(g.answer if isinstance(g, Asked) else None for g in model.governments),
        works=_works(model.projects, before.works if before else {}),
        before=before.works if before else {},
        history=pd.concat([start, model.trajectory()[HISTORY]], ignore_index=True),
        refusals=witness.refusals,
        events=witness,
        count=len(witness),
    )


def _purses(model: RegionModel) -> tuple[Purse, ...]:
    into = [g.part_of.number for g in model.governments]
    own, benefits = np.asarray(model.world.ledger)[: len(into)], _benefits(model)
    ledger = np.zeros_like(own)
    np.add.at(ledger, into, own)
    return tuple(
        Purse(
            works=-float(ledger[i, DUES]),
            copies=-float(ledger[i, COPIES]),
            levies_and_fines=-float(ledger[i, LEVY] + ledger[i, FINE]),
            transfers=float(ledger[i, TRANSFER] + ledger[i, EQUALISATION]),
            benefits=float(benefits[i]),
            debt=model.governments[i].debt,
        )
        for i in range(len(model.governments))
    )


def _fund(model: RegionModel) -> Fund | None:
    account, levers = model.world.coordinator[0], model.coordinator.institution.levers
    debt = float(account.debt)
    held = float(account.fund + account.reserved) + debt
    if levers.levy_rate > 0 or levers.central_support > 0 or held > DUST or debt > 0:
        return Fund(max(held, 0.0), debt)
    return None


def _benefits(model: RegionModel) -> np.ndarray:
    """What open works bring each government this year, shape (N,): no more after their life."""
    benefits = np.zeros(len(model.governments))
    for project in model.projects:
        opens, life = project.opens, int(model.world.project[project.number].life)
        if project.status == "completed" and opens and opens <= model.year < opens + life:
            for code, benefit in project.own_benefits.items():
                benefits[model.government(code).number] += benefit
    return benefits


def _works(projects: list[Project], before: dict[str, Work]) -> dict[str, Work]:
    works: dict[str, Work] = {}
    seen: dict[tuple[str, int], int] = {}
    for project in projects:
        code, kind, parties = project.code, project.kind, tuple(g.number for g in project.parties)
        place = project.host.number
        nth = seen[kind, place] = seen.get((kind, place), 0) + 1
        now = Work(
            code=code,
            kind=kind,
            place=place,
            nth=nth,
            parties=parties,
            first=project.first,
            inside=tuple(g.number for g in project.inside),
            builders=tuple(g.number for g in project.builders),
            signed=project.signed,
            status=project.status,
            cost=project.cost,
            causes=tuple(project.causes.items()),
        )
        then = before.get(code)
        works[code] = then if then == now else now
    return works
