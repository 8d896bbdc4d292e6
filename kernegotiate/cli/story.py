"""The main events of a run as sentences: one line a project and year."""

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from kernegotiate.cli.words import listed

if TYPE_CHECKING:
    from kernegotiate.agents import Event, RegionModel
    from kernegotiate.agents.projects import Project

TOLD = (
    *("agreed", "failed", "approved", "refused"),
    *("reneged", "taken_over", "opened", "died", "copied", "expired"),
)
"""Events that are told, by the names of `engine/events.py`; votes and payments are not."""


class Line(NamedTuple):
    """What happened to a project in a year."""

    year: int
    code: str
    project: str
    news: str


def story(model: "RegionModel") -> Iterator[Line]:
    """Tell what happened, year by year and project by project in the order of its first event."""
    names = {government.code: government.name for government in model.governments}
    projects = {project.code: project for project in model.projects}
    events = [event for event in model.log if event.event in TOLD and event.project is not None]
    for year, of_year in groupby(events, key=lambda event: event.year):
        by_project: dict[str, list[Event]] = {}
        for event in of_year:
            by_project.setdefault(str(event.project), []).append(event)
        for code, own in by_project.items():
            project = projects[code]
            yield Line(year, code, called(project), news(own, names, len(project.parties)))


def called(project: "Project") -> str:
    """Such as ``ring road, Can Tho + 3``: the kind, the host and the number of other parties."""
    return f"{project.kind}, {project.host.name} + {len(project.parties) - 1}"


def news(events: "list[Event]", names: dict[str, str], parties: int) -> str:
    """Put a project's events of one year into words.

    Args:
        events: At least one, in order.
        names: Names of governments by code.
        parties: Number of parties of the project.
    """
    clauses = []
    for event, group in groupby(events, key=lambda event: event.event):
        happened = list(group)
        who = [names[one.government] for one in happened if one.government is not None]
        clauses.append(_clause(event, happened[-1].amount, who, parties))
    return "; ".join(clauses)


def _clause(event: str, amount: float, who: list[str], parties: int) -> str:
    """One event, or the same event to several governments."""
    if event == "reneged":
        if len(who) == parties:
            return "all break their promise"
        return f"{listed(who)} {'breaks its' if len(who) == 1 else 'break their'} promise"
    if event == "copied":
        return f"{listed(who)} build{'s' if len(who) == 1 else ''} alone"
    if event == "died":
        return f"abandoned, {amount:.0%} paid" if amount > 0 else "abandoned"
    return {
        "agreed": "signed",
        "failed": "talks fail",
        "approved": f"approved: benefits put at {amount:.1f} times costs",
        "refused": f"refused: benefits put at {amount:.1f} times costs",
        "taken_over": "the fund pays instead",
        "opened": "opens",
        "expired": "dropped from the agenda",
    }[event]
