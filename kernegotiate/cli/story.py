"""The main events of a run as sentences: one line a project and year."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from kernegotiate.analysis.membership import at_the_table, is_apart, outsiders_of
from kernegotiate.cli.failures import FEW, refusers, some, why
from kernegotiate.cli.words import counted, listed

if TYPE_CHECKING:
    from kernegotiate.agents import Event, RegionModel
    from kernegotiate.agents.projects import Project
    from kernegotiate.agents.refusals import Witness

TOLD = (
    *("declared", "agreed", "failed", "approved", "refused"),
    *("kept_off", "outvoted", "cleared", "sent_back", "reopened", "overran"),
    *("reneged", "taken_over", "opened", "died", "copied", "aided", "expired"),
)
"""Events that are told, by the names of `engine/events.py`; votes and payments are not."""


class Line(NamedTuple):
    """What happened to a project in a year."""

    year: int
    code: str
    project: str
    news: str


def story(model: "RegionModel", witness: "Witness") -> Iterator[Line]:
    """Tell what happened, year by year and project by project in the order of its first event.

    Args:
        model: A run that is over.
        witness: Has kept its log.
    """
    projects = {project.code: project for project in model.projects}
    outside = outsiders_of(model)
    told = [event for event in witness if event.event in TOLD]
    for year, of_year in groupby(told, key=lambda event: event.year):
        by_project: dict[str, list[Event]] = {}
        for event in of_year:
            by_project.setdefault(str(event.project), []).append(event)
        for code, own in by_project.items():
            project = projects[code]
            yield Line(year, code, called(project), news(own, project, witness, outside))


def headings(model: "RegionModel", witness: "Witness") -> dict[int, str]:
    """Words for what a year begins with, by year: another law, new leaders, new members."""
    laws = {
        one.year: f"from now on: {one.terms.institution.title}"
        + "".join(f", {lever} {value}" for lever, value in one.terms.set)
        for one in witness
        if one.event == "law"
    }
    mergers = Counter(one.year for one in witness if one.event == "merged")
    fewer = {year: f"{counted(n, 'government')} less, merged" for year, n in mergers.items()}
    leaders = turnovers(witness, len(model.governments))
    told = (laws, fewer, leaders, memberships(model, witness))
    return {
        year: ", ".join(one[year] for one in told if year in one)
        for year in sorted(set[int]().union(*told))
    }


def memberships(model: "RegionModel", witness: "Witness") -> dict[int, str]:
    """Words for those who join and leave a voluntary body, by year: names, or of many how many."""
    names = {one.code: one.name for one in model.governments}
    told: dict[int, list[str]] = {}
    for event, one, many in (("joined", "joins", "join"), ("left", "leaves", "leave")):
        own = [happened for happened in witness if happened.event == event]
        for year, of_year in groupby(own, key=lambda happened: happened.year):
            who = [names[str(happened.government)] for happened in of_year]
            subject = listed(who) if len(who) <= FEW else f"{len(who)} governments"
            told.setdefault(year, []).append(f"{subject} {one if len(who) == 1 else many} the body")
    return {year: " and ".join(clauses) for year, clauses in told.items()}


def turnovers(witness: "Witness", governments: int) -> dict[int, str]:
    """Words for the new leaders of a year, by year; the first leaders are no news."""
    years = [event.year for event in witness if event.event == "took_office" and event.year > 1]
    return {
        year: "new leaders everywhere"
        if years.count(year) == governments
        else counted(years.count(year), "new leader")
        for year in dict.fromkeys(years)
    }


def called(project: "Project") -> str:
    """Such as ``ring road, Can Tho + 3``: the kind, the host, how many others it arrived with."""
    return f"{project.kind}, {project.host.name} + {len(project.first) - 1}"


def news(
    own: "list[Event]",
    project: "Project",
    witness: "Witness",
    outside: Sequence[Collection[str]],
) -> str:
    """Put a project's events of one year into words.

    Args:
        own: At least one event, in order.
        project: What they happened to.
        witness: Has kept the log.
        outside: Who was outside the body, by year.
    """
    names = {one.code: one.name for one in project.model.governments}  # also what has merged
    year = own[0].year
    parties = [one.code for one in project.parties_in(year)]
    bound = at_the_table(parties, outside[project.signed or year])
    where = " without the body" if is_apart(parties, outside[year]) else ""
    ends_here = own[-1].event == "expired" and project.causes
    clauses = []
    for event, group in groupby(own, key=lambda event: event.event):
        happened = list(group)
        who = [names[one.government] for one in happened if one.government is not None]
        if event == "failed":
            if not ends_here:  # else it is told with the end
                refusal = witness.refusals[project.code, year]
                one = len(refusal.governments) == 1
                clauses.append(f"talks{where} fail, {refusers(refusal, project)} refuse{'s' * one}")
        elif event == "expired":
            clauses.append(_farewell(project, witness))
        else:
            all_of = len(parties if event == "copied" else bound)
            clause = _clause(event, happened[-1].amount, who, all_of)
            clauses.append(clause + where * (event in ("agreed", "declared")))
            if event in ("agreed", "approved") and len(bound) < len(parties):
                out = [names[code] for code in parties if code not in bound]
                clauses.append(f"{some(out, len(parties))} outside the body")
        if event in ("died", "refused") and project.causes:
            clauses.append("a good work lost")
    return "; ".join(clauses)


def _farewell(project: "Project", witness: "Witness") -> str:
    """How a project leaves the agenda."""
    reason = why(witness, project)
    if project.causes.get("judgement"):
        return "off the agenda"  # the refusal has been told
    return f"fails for good; {reason}" if reason else "dropped; it was not worth building jointly"


def _clause(event: str, amount: float, who: list[str], parties: int) -> str:
    """One event, or the same event to several governments."""
    if event == "reneged":
        return f"{some(who, parties)} {'breaks its' if len(who) == 1 else 'break their'} promise"
    if event == "copied":
        return f"{some(who, parties)} build{'s' if len(who) == 1 else ''} alone"
    if event == "reopened":
        return f"terms reopened, {some(who, parties)} to pay less"
    if event == "died":
        return f"abandoned, {amount:.0%} paid" if amount > 0 else "abandoned"
    return {
        "declared": "declared, which binds nobody",
        "agreed": "signed",
        "approved": f"approved, benefits put at {amount:.1f} times costs",
        "refused": f"refused, benefits put at {amount:.1f} times costs",
        "outvoted": f"voted down on the board, {amount:.0%} of its delegates for it",
        "kept_off": f"kept off the agenda, benefits put at {amount:.1f} times costs",
        "cleared": f"approval {amount:.0f} given",
        "sent_back": f"sent back at approval {amount:.0f}",
        "overran": "its cost grows",
        "taken_over": "the fund pays instead",
        "opened": "opens",
        "aided": "the fund helps to pay for it",
    }[event]
