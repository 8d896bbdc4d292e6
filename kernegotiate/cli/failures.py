"""Why a good work was not built, in half a sentence: who refused last, and what would have helped.

Only works that a planner would have built jointly count; that the others were not built is no
failure.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, NamedTuple

from kernegotiate.analysis.membership import at_the_table, outsiders_of
from kernegotiate.cli.words import either, listed

if TYPE_CHECKING:
    from kernegotiate.agents import Event
    from kernegotiate.agents.projects import Project
    from kernegotiate.agents.refusals import Refusal, Remedy, Witness

REMEDY_WORDS = {
    "horizon": "longer horizons",
    "trust": "full trust",
    "parochialism": "no local interest",
    "uncertainty": "certain benefits",
    "transaction": "agreement at no cost",
    "autonomy": "no fear for autonomy",
    "outside": "no way to go it alone",
    "budget": "larger budgets",
    "division": "side payments",
}
"""What would have been there without a friction; horizons as long as society's."""
FEW = 3  # names that are told; of more, only their number is
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")

SOLE = {
    "capacity": "no meeting ever got to it",
    "vague": "no text that binds was ever on the table",
    "delegates": "its members' delegates voted it down",
    "veto": "who had to approve it sent it back",
    "agenda": "who sets the agenda kept it off the table",
}
"""Causes that say it all."""
LEFT = {
    "defection": "",
    "overrun": ", since costs had grown",
    "bad_year": ", since the year was bad",
}
"""Causes of a broken promise, and what is added to the sentence about it."""
LAST = {"expired": "fails for good", "died": "is abandoned", "refused": "is refused"}
"""How a work ends that is not built."""


class Failure(NamedTuple):
    """A work that should have been built jointly and was not."""

    year: int
    code: str
    sentence: str
    first_best: float  # present value in year 1, money
    causes: dict[str, float]


def failures(witness: Witness, projects: Sequence[Project]) -> list[Failure]:
    """All good works that were not built, in the order of their ends."""
    found = []
    for project in projects:
        causes = project.causes
        if causes:
            code = project.code
            end = next(event for event in witness.about[code] if event.event in LAST)
            sentence = (
                f"Year {end.year}: the {project.kind} of {project.host.name} "
                f"{LAST[end.event]}; {why(witness, project)}."
            )
            worth = float(project.model.world.project[project.number].first_best)
            found.append(Failure(end.year, code, sentence, worth, causes))
    return sorted(found, key=lambda failure: failure.year)


def why(witness: Witness, project: Project) -> str:
    """Why a good work was not built; "" if it was, or should not have been."""
    causes = project.causes
    if not causes:
        return ""
    for cause, told in SOLE.items():
        if cause in causes:
            return told
    own = witness.about[project.code]
    if "judgement" in causes:
        put = next(event.amount for event in own if event.event == "refused")
        return f"the coordinator put its benefits at {put:.1f} times its costs"
    for cause, circumstance in LEFT.items():
        if cause in causes:
            broken = [event for event in own if event.event == "reneged"]
            return _broken(project, broken) + circumstance
    last = next(event.year for event in reversed(own) if event.event == "failed")
    refusal = witness.refusals[project.code, last]
    if "membership" in causes:
        others = [REMEDY_WORDS[cause] for cause in causes if cause in REMEDY_WORDS]
        told = f"with {either(['all parties in the body', *others])} it would have passed"
    elif "package" in causes:
        told = "it was tied to works that are not worth building"
    elif "taken_over" in causes:
        told = "somebody else had cast a vote"
    else:
        told = f"{helped(refusal.remedies)} it would have passed"
    return f"{refusers(refusal, project)} refused; {told}"


def _broken(project: Project, reneged: Sequence[Event]) -> str:
    """Who let a signed work down first."""
    first = {event.government for event in reneged if event.year == reneged[0].year}
    codes = [one.code for one in project.parties_in(reneged[0].year)]
    year = project.signed or reneged[0].year
    parties = len(at_the_table(codes, outsiders_of(project.model)[year]))
    if len(first) == parties and project.paid == 0:
        return f"signed in year {project.signed}, and nobody paid"
    names = _names(project, first)
    order = " first" if len(names) < parties else ""
    return f"{some(names, parties)} stopped paying{order}"


def refusers(refusal: Refusal, project: Project) -> str:
    """Who said no to the last draft of a motion."""
    return some(_names(project, refusal.governments), refusal.parties)


def _names(project: Project, codes: Collection[str | None]) -> list[str]:
    """Names of parties in their order, then of those that have merged since."""
    known = dict.fromkeys([*project.parties, *project.model.governments])
    return [one.name for one in known if one.code in codes]


def some(names: Sequence[str], parties: int) -> str:
    """Such as ``Alpha and Beta``, ``5 of 6`` or ``all``.

    Args:
        names: One or more of the parties.
        parties: How many there are.
    """
    if 1 < len(names) == parties:
        return "all" if parties > 2 else "both"
    return listed(names) if len(names) <= FEW else f"{len(names)} of {parties}"


def helped(remedies: Sequence[Remedy]) -> str:
    """What would have let a motion pass, such as ``with longer horizons and full trust``.

    Args:
        remedies: Sets of frictions of one size; each alone would have been enough.
    """
    shared = [name for name in remedies[0] if all(name in one for one in remedies)]
    always = listed(REMEDY_WORDS[name] for name in shared)
    more = len(remedies[0]) - len(shared)
    if more == 0:
        return f"with {always}"
    ways = [listed(REMEDY_WORDS[name] for name in one if name not in shared) for one in remedies]
    if more == 1 and not shared:
        return f"with {either(ways)}"
    if more == 1:
        return f"with {always} and {'either' if len(ways) == 2 else 'any of'} {either(ways)}"
    if not shared and len(ways) == 2:
        return f"with {ways[0]}, or with {ways[1]},"
    if not shared:
        return f"with {NUMBERS[more]} changes together, such as {ways[0]},"
    return f"with {always} and {NUMBERS[more]} more changes, such as {ways[0]},"
