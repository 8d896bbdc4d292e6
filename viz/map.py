"""The map: the region, what has become of the works of each government, the deal that is told.

Position says who, form says what became of a work, and no colour means anything else. Under its
name a government has the works that stand there: see `viz/forms.py`. The deal that is told, or that
was singled out, is a table at its host with a seat for each party: see `viz/table.py`.

Governments that have become one are drawn as one: under one name, without borders between them.
Who is outside a voluntary body is hatched, within a dashed border.
"""

import math
from collections.abc import Mapping
from typing import Any

from viz import deals, forms
from viz.joining import status
from viz.sheet import Sheet
from viz.table import Table, laid
from viz.teller import WEIGHTY, Tale
from viz.view import View, Work
from viz.words import Words, sentence


def picture(
    view: View,
    sheet: Sheet,
    words: Words,
    chosen: str = "",
    *,
    deal: int = 0,
    work: str = "",
) -> dict[str, Any]:
    """What `map.vue` draws.

    Args:
        view: What is shown.
        sheet: Of its region.
        words: Of the language.
        chosen: Code of the government that is looked at.
        deal: How many deals of the year are told; 0 for all.
        work: Code of a work that is singled out.
    """
    whole = view.into[view.numbers[chosen]] if chosen else -1
    works, at = deals.told(view, deal), deals.current(view, deal) or work
    table = laid(view, at, sheet.spots) if at in view.works else None
    return {
        "areas": _areas(view, words, whole),
        "seams": _seams(view, sheet, whole),
        "places": _places(view, works, sheet, words, whole, table),
        "table": _drawn(view, table, words, f"{view.year} {deal} {at}") if table else None,
    }


def _areas(view: View, words: Words, chosen: int) -> list[dict[str, str]]:
    """How each area is painted, and what is told of it beside the pointer."""
    return [
        {"code": code, "told": _told(view, into, words), "ground": _ground(view, into, chosen)}
        for code, into in zip(view.region.codes, view.into, strict=True)
    ]


def _ground(view: View, number: int, chosen: int) -> str:
    """Classes of an area."""
    outside = view.region.codes[number] in view.outside[view.year]
    return " ".join(["chosen"] * (number == chosen) + ["outside"] * outside)


def _told(view: View, number: int, words: Words) -> str:
    trusted = float(view.trusted[number])
    name = words.place(view.region.governments[number])
    trust = words.undefined if math.isnan(trusted) else words.decimal(trusted)
    told = words.trusted_by.format(name=name, trust=trust)
    left = words.leader_left.format(years=view.leaders[number].years_left)
    seat = status(view, view.region.codes[number], words)
    return "\n".join([told, left, *([seat] if seat else [])])


def _seams(view: View, sheet: Sheet, chosen: int) -> list[dict[str, str]]:
    """What were borders, to be painted over: governments have become one there."""
    return [
        {"path": path, "ground": _ground(view, view.into[a], chosen)}
        for (a, b), path in sheet.borders.items()
        if view.into[a] == view.into[b]
    ]


def _places(
    view: View,
    works: Mapping[str, Work],
    sheet: Sheet,
    words: Words,
    chosen: int,
    table: Table | None,
) -> list[dict[str, Any]]:
    """Names with their marks, in the order in which they find room.

    Who is looked at comes first, then who sits at the table, then who is large.

    Where there is no room a name is left out; `map.vue` places them, and lets the marks stay.
    """
    seated = {seat.party for seat in table.seats} if table else set()
    people = [government.population for government in view.region.governments]
    return [
        {
            "code": view.region.codes[i],
            "name": words.place(view.region.governments[i]),
            "spot": sheet.spots[i],
            "marks": _marks(view, works, i, words),
        }
        for i in sorted(view.standing, key=lambda i: (i != chosen, i not in seated, -people[i]))
    ]


def _marks(
    view: View, works: Mapping[str, Work], number: int, words: Words
) -> list[dict[str, Any]]:
    """What was built in a government, or begun: how many of each form, and which works.

    What is only talked about leaves nothing on the land; the headline has it.
    """
    here: dict[str, list[Work]] = {}
    for work in works.values():
        if work.host == number:
            here.setdefault(forms.OF_A_WORK[work.status].name, []).append(work)
    copies = [work for work in works.values() if number in work.builders]
    return [
        {
            "form": form.name,
            "count": len(ones),
            "works": [work.code for work in ones],
            "icons": [forms.ICONS.get(work.kind, "") for work in ones if form is forms.OPENED],
            "told": f"{words.forms[form.name]}: {_names(view, ones, words)}",
        }
        for form in forms.BUILT
        if (ones := copies if form is forms.COPY else here.get(form.name, []))
    ]


def _drawn(view: View, table: Table, words: Words, key: str) -> dict[str, Any]:
    """A table as it is drawn; `key` tells it from any other."""
    work = table.work
    return {
        "key": key,
        "host": work.host,
        "told": name(view, work, words),
        "icon": forms.ICONS.get(work.kind, ""),
        "before": forms.OF_A_WORK[table.before].name if table.before else "",
        "after": forms.OF_A_WORK[work.status].name,
        "cause": cause(work, words),
        "seats": [
            {
                "party": seat.party,
                "before": seat.before,
                "after": seat.after,
                "angle": seat.angle,
            }
            for seat in table.seats
        ],
    }


def _names(view: View, works: list[Work], words: Words) -> str:
    return words.names([name(view, work, words) for work in works])


def name(view: View, work: Work, words: Words) -> str:
    """A work as a headline has it."""
    return sentence(Tale(view, work, [], words).name)


def cause(work: Work, words: Words) -> str:
    """In a few words why a good work was not built; "" if it was, or should not have been."""
    strongest, weight = max(work.causes, key=lambda one: one[1], default=("", 0.0))
    return words.cause_words[strongest] if weight >= WEIGHTY else ""
