"""The headline: how many works were proposed, signed, opened, each work as one form in a strip.

Below it, once it may be read, what all that is worth of what was possible, as one bar of 100.
"""
# ruff: noqa: N802

import math
from collections.abc import Iterable
from typing import Any

import solara

from viz import forms
from viz.view import View, Work
from viz.words import Words

SETTLED = 0.5  # share of the proposed works from which on their worth may be read
FEW = 10  # proposed works; of fewer nothing is said


@solara.component_vue("headline.vue")
def Strip(
    counts: list[dict[str, str]], squares: list[str], told: str, worth: dict[str, Any] | None
) -> None:
    """See `Headline`."""


@solara.component
def Headline(view: View, works: Iterable[Work], words: Words) -> None:
    """What became of all works so far.

    Args:
        view: Of the year.
        works: Those there are once some of its deals are told, in the order of arrival.
        words: Of the page.
    """
    some = list(works)
    counts = counted(some)
    Strip(
        counts=[
            {
                "name": name,
                "number": words.number(counts[name]),
                "label": words.counts[name],
            }
            for name in counts
        ],
        squares=[forms.OF_A_WORK[work.status].name for work in some],
        told=words.strip.format(**{one.name: _of(some, one) for one in forms.OF_A_WORK.values()}),
        worth=worth(view, words),
    )


def counted(works: Iterable[Work]) -> dict[str, int]:
    """How many works were proposed, signed and opened, in all."""
    some = list(works)
    return {
        "proposed": len(some),
        "signed": sum(work.signed is not None for work in some),
        "opened": _of(some, forms.OPENED),
    }


def _of(works: Iterable[Work], form: forms.Form) -> int:
    return sum(forms.OF_A_WORK[work.status] is form for work in works)


def may_be_read(view: View) -> bool:
    """Whether welfare beside what was possible says anything about a run.

    What is possible counts from when a work is proposed, what it brings from when it opens. So
    early in a run the share tells how long building takes. Once half of what was proposed has
    ended, in one way or another, it tells what became of it.
    """
    ended = [
        work for work in view.works.values() if work.status not in ("on the agenda", "under way")
    ]
    return len(view.works) >= FEW and len(ended) >= SETTLED * len(view.works)


def worth(view: View, words: Words) -> dict[str, Any] | None:
    """Welfare so far in per cent of what was possible; None where it must not be read yet."""
    latest = view.history.iloc[-1]
    best = float(latest.first_best)
    if best <= 0.0 or not may_be_read(view):
        return None
    share = float(latest.welfare) / best
    return {
        "share": max(0.0, min(share, 1.0)) if math.isfinite(share) else 0.0,
        "told": words.worth_of.format(share=words.number(100 * share)),
    }
