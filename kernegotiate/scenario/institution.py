"""An institution: a named bundle of lever values with its sources."""

from typing import Any, Self

from pydantic import model_validator

from kernegotiate.scenario.errors import did_you_mean, problem
from kernegotiate.scenario.levers import Levers
from kernegotiate.scenario.record import Record
from kernegotiate.scenario.spec import Name, Real, Text, kind, spec


class LeverNote(Record):
    """What backs the value of one lever in one institution."""

    lever: Text = spec(..., "name of the lever", source="data")
    source: Text = spec("assumption", "evidence ids, or assumption", source="data")
    range: tuple[Real, Real] | None = spec(
        None, "lowest and highest value that would be as plausible", source="data"
    )


class Institution(Record):
    """A coordinator, or none: what it is called, where it comes from, its levers.

    In a file each lever is a plain value, or a table with `value`, `source` and `range`;
    what stands beside the value is kept in `notes`.
    """

    name: Name = spec(..., "short name, as used in commands and tables", source="data")
    title: Text = spec("", "title in English; the name if left out", source="data")
    title_vi: Text = spec("", "title in Vietnamese; the English one if left out", source="data")
    source: Text = spec("", "where it is described", source="data")
    evidence: tuple[Text, ...] = spec((), "ids of the evidence it rests on", source="data")
    levers: Levers = spec(Levers(), "values of its levers", source="data")
    notes: tuple[LeverNote, ...] = spec((), "sources and plausible ranges of levers", source="data")

    @model_validator(mode="before")
    @classmethod
    def _split(cls, data: Any) -> Any:
        """Part lever tables into values and notes; fill in the titles."""
        if not isinstance(data, dict):
            return data
        data = titled(data)
        told = data.get("notes", ())
        if not isinstance(data.get("levers"), dict) or not isinstance(told, list | tuple):
            return data
        values: dict[str, Any] = {}
        notes = list(told)
        for key, entry in data["levers"].items():
            values[key] = entry
            if isinstance(entry, dict):
                if "value" not in entry:
                    raise problem("the value is missing", "levers", key, "value")
                values[key] = entry["value"]
                note = {name: item for name, item in entry.items() if name != "value"}
                notes.append(LeverNote.checked({"lever": key, **note}, f"levers.{key}"))
        return {**data, "levers": values, "notes": notes}

    @model_validator(mode="after")
    def _ranges(self) -> Self:
        """Check that each range is allowed for its lever and holds the lever's value."""
        for note in self.notes:
            place = ("levers", note.lever, "range")
            if note.lever not in Levers.model_fields:
                raise problem(
                    f"unknown lever, {did_you_mean(note.lever, Levers.model_fields)}", *place
                )
            if note.range is None:
                continue
            low, high = note.range
            told, value = Levers.model_fields[note.lever], getattr(self.levers, note.lever)
            if kind(told) not in {"number", "whole number"}:
                raise problem("found a list, allowed is no range, since this is no number", *place)
            if not low <= value <= high:
                raise problem(f"[{low:g}, {high:g}] leaves out the value {value:g}", *place)
            for end in note.range:
                Levers.checked({note.lever: end}, "plausible range")
        return self

    def note(self, lever: str) -> LeverNote | None:
        """Return what backs the value of a lever, None if nothing is told."""
        return next((note for note in self.notes if note.lever == lever), None)

    def with_overrides(self, **values: Any) -> Self:
        """Set some levers, checked like a file; their notes no longer apply and are dropped.

        Args:
            **values: Lever values by name.

        Returns:
            The changed institution, under the same name.

        Raises:
            ScenarioError: A lever is unknown, or a value is not allowed.
        """
        if not values:
            return self
        notes = [note for note in self.notes if note.lever not in values]
        levers = self.levers.changed("override", **values)
        return self.changed("override", levers=levers, notes=notes)


def titled(data: dict[str, Any]) -> dict[str, Any]:
    """Fill missing titles from the name, and the Vietnamese from the English one."""
    title = data.get("title") or data.get("name", "")
    return {**data, "title": title, "title_vi": data.get("title_vi") or title}
