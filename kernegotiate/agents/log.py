"""What happened: who voted how and on which terms, who paid, what opened or died."""

from __future__ import annotations

import copyreg
from typing import Any, NamedTuple, SupportsIndex

import pandas as pd


class Event(NamedTuple):
    """One event; `event` is from `engine/events.py`, or "arrived", "took_office" or "law"."""

    year: int
    event: str
    project: str | None  # code
    government: str | None  # code
    amount: float  # see `engine/events.py`; for "arrived" the cost, else 0
    terms: Any  # of the decision, where somebody decided; for "law" the regime


class EventLog(list[Event]):
    """All events of a run, in order."""

    # A list is copied by `append`, by which a log may listen to its model: not again in a copy.

    def __reduce_ex__(self, protocol: SupportsIndex) -> tuple[Any, ...]:
        return copyreg.__newobj__, (type(self),), (list(self), self.__dict__)  # type: ignore[attr-defined]

    def __setstate__(self, state: tuple[list[Event], dict[str, Any]]) -> None:
        events, own = state
        list.extend(self, events)
        self.__dict__.update(own)

    def table(self) -> pd.DataFrame:
        """One row an event; for the terms of decisions see `terms`."""
        rows = [event[:5] for event in self]
        return pd.DataFrame(rows, columns=list(Event._fields[:5]))

    def terms(self, *names: str) -> pd.DataFrame:
        """One row a decision among the named events, with every term of it."""
        rows = [
            dict(zip(Event._fields[:5], event[:5], strict=True)) | event.terms._asdict()
            for event in self
            if event.event in names and event.terms is not None
        ]
        return pd.DataFrame(rows)

    def votes(self) -> pd.DataFrame:
        """Who voted how (`amount` 1 or 0), and the terms."""
        return self.terms("voted")

    def promises(self) -> pd.DataFrame:
        """Who paid and who reneged, and the terms."""
        return self.terms("paid", "reneged")
