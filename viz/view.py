"""What is to be seen of a model at the end of a year: a snapshot that no later year can change.

The model may go on in a thread of its own while the page is drawn, so everything that is drawn
comes from a view, and a view reads everything at once.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from kernegotiate import RegionModel
from kernegotiate.agents import Event, Project
from kernegotiate.scenario import Region

HISTORY = ["year", "arrived", "signed", "completed", "died", "welfare", "first_best"]


@dataclass(frozen=True)
class Work:
    """A joint project; governments by their place in the region."""

    code: str
    kind: str
    nth: int  # of its kind at this host, from 1
    parties: tuple[int, ...]  # host first
    inside: tuple[int, ...]  # those who signed and have kept their word
    status: str  # see `kernegotiate.agents.projects.STATUS`
    cost: float

    @property
    def host(self) -> int:
        """The first party."""
        return self.parties[0]


@dataclass(frozen=True, eq=False)
class View:
    """A region at the end of a year; year 0 is the start."""

    year: int
    years: int  # in which projects arrive
    over: bool
    region: Region
    trusted: np.ndarray  # (N,) mean trust of possible partners in each
    trust: np.ndarray  # (N, N) of the row in the column, NaN where never partners
    works: dict[str, Work]  # by code, in the order of arrival
    history: pd.DataFrame  # columns of `HISTORY`, one row a year from year 0
    log: tuple[Event, ...]

    @cached_property
    def names(self) -> dict[str, str]:
        """Name of each government by its code."""
        return {government.code: government.name for government in self.region.governments}

    @cached_property
    def now(self) -> dict[str, set[str]]:
        """Codes of the works that had an event this year, by name of the event."""
        found: dict[str, set[str]] = {}
        for event in self.log:
            if event.year == self.year and event.project is not None:
                found.setdefault(event.event, set()).add(event.project)
        return found


def look(model: RegionModel) -> View:
    """Take a snapshot of a model."""
    scenario = model.setting.scenario
    start = pd.DataFrame([dict.fromkeys(HISTORY, 0)])
    return View(
        year=model.year,
        years=scenario.years,
        over=model.is_over,
        region=scenario.region,
        trusted=np.array([g.trusted for g in model.governments]),
        trust=np.where(model.world.partners, model.world.trust, np.nan),
        works=_works(model.projects),
        history=pd.concat([start, model.trajectory()[HISTORY]], ignore_index=True),
        log=tuple(model.log),
    )


def _works(projects: list[Project]) -> dict[str, Work]:
    works: dict[str, Work] = {}
    seen: dict[tuple[str, int], int] = {}
    for project in projects:
        kind, parties = project.kind, tuple(g.number for g in project.parties)
        nth = seen[kind, parties[0]] = seen.get((kind, parties[0]), 0) + 1
        works[project.code] = Work(
            code=project.code,
            kind=kind,
            nth=nth,
            parties=parties,
            inside=tuple(g.number for g in project.inside),
            status=project.status,
            cost=project.cost,
        )
    return works
