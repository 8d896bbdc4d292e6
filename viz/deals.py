"""The deals of a year, one after the other: what there is to see once some of them are told.

A deal is a joint work that a year brings news of. They are told in the order in which the year
came to them; works whose deal is not told yet stand as they stood the year before.
"""

from collections.abc import Mapping

from kernegotiate.agents import Event
from viz.teller import NEWS
from viz.view import View, Work


def of_year(view: View) -> list[str]:
    """Codes of the works that a year brings news of, in order."""
    return list(dict.fromkeys(e.project for e in happened(view) if e.project and e.event in NEWS))


def happened(view: View) -> list[Event]:
    """The events of the year."""
    return [event for event in view.log if event.year == view.year]


def told(view: View, deal: int) -> Mapping[str, Work]:
    """All works that there are once so many deals of the year are told, by code.

    Args:
        view: Of the end of the year.
        deal: How many are told; 0 for all, and for what is no deal.
    """
    if not 0 < deal < len(of_year(view)):
        return view.works
    later = set(of_year(view)[deal:])
    return {
        code: view.before[code] if code in later else work
        for code, work in view.works.items()
        if code not in later or code in view.before
    }


def current(view: View, deal: int) -> str:
    """Code of the deal that is told just now; "" if it is none in particular."""
    return of_year(view)[deal - 1] if 0 < deal <= len(of_year(view)) else ""
