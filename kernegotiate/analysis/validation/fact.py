"""A fact of the field as data: what is compared, how, and what would speak against it."""

from __future__ import annotations

from typing import Any, Literal, Self

from pydantic import model_validator

from kernegotiate.analysis.experiment.arm import Settings
from kernegotiate.analysis.validation.measure import Measure
from kernegotiate.batch.factor import Factor, parameter
from kernegotiate.scenario import ScenarioError, load_institution
from kernegotiate.scenario.errors import did_you_mean, problem
from kernegotiate.scenario.record import Record
from kernegotiate.scenario.spec import Flag, Name, Real, Text, spec

Claim = Literal[
    "greater",
    "less",
    "equal",
    "level",
    "rise",
    "steeper",
    "interaction",
    "threshold",
    "ranking",
    "largest",
    "sum",
]
ARMS: dict[str, tuple[int, int]] = {
    "greater": (2, 2),
    "less": (2, 2),
    "equal": (2, 2),
    "level": (1, 1),
    "rise": (2, 99),
    "steeper": (2, 99),
    "interaction": (4, 99),
    "threshold": (3, 99),
    "ranking": (2, 99),
    "largest": (2, 99),
    "sum": (1, 99),
}
"""Fewest and most arms of each claim."""
DOSED = ("rise", "steeper", "threshold")


class FactArm(Record):
    """One of the things that a fact compares."""

    institution: Text = spec(..., "name of a built-in institution, or path", source="data")
    set: Settings = spec({}, "what it changes, by keyword", source="data")

    @model_validator(mode="after")
    def _can_run(self) -> Self:
        """Check the institution and the settings."""
        try:
            load_institution(self.institution)
        except ScenarioError as error:
            raise problem(str(error), "institution") from None
        _check_settings(self.set, "set")
        return self


class FactPart(Record):
    """One comparison of arms, and how large the difference has to be."""

    label: Text = spec(..., "what is measured, in plain words", source="data")
    claim: Claim = spec(..., "kind of comparison", source="data")
    arms: tuple[Text, ...] = spec(
        ..., "names of the arms, in the order of the claim", source="data"
    )
    others: tuple[Text, ...] = spec((), "arms whose line is less steep", source="data")
    at: tuple[Real, ...] = spec((), "dose of each arm", source="data")
    weights: tuple[Real, ...] = spec((), "of each arm of a sum", source="data")
    measure: Measure = spec(..., "outcome, count, or ratio of sums", source="data")
    by: Real = spec(0.05, "how much at least, or at most where they are equal", source="data")
    relative: Flag = spec(False, "whether `by` is a share of the last arm's level", source="data")
    between: tuple[Real, Real] | None = spec(None, "range of a level", source="data")
    informs: Flag = spec(False, "whether it is left out of the verdict", source="data")

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        """Check that the claim has what it takes, and nothing else."""
        fewest, most = ARMS[self.claim]
        if not fewest <= len(self.arms) <= most:
            allowed = f"{fewest}" if fewest == most else f"{fewest} or more"
            raise problem(f"found {len(self.arms)}, allowed are {allowed} ({self.claim})", "arms")
        for key, wanted in (
            ("at", len(self.arms) if self.claim in DOSED else 0),
            ("others", len(self.arms) if self.claim == "steeper" else 0),
            ("weights", len(self.arms) if self.claim == "sum" else 0),
            ("between", 2 if self.claim == "level" else 0),
        ):
            found = len(getattr(self, key) or ())
            if found != wanted:
                raise problem(f"found {found}, allowed are {wanted} ({self.claim})", key)
        if any(one >= other for one, other in zip(self.at, self.at[1:], strict=False)):
            raise problem("found doses that do not rise, allowed are rising ones", "at")
        if self.between and not self.between[0] < self.between[1]:
            raise problem("found an empty range, allowed is low < high", "between")
        if self.by < 0 and self.claim != "rise":
            raise problem(f"found {self.by:g}, allowed is 0 or more ({self.claim})", "by")
        return self

    @property
    def expected(self) -> str:
        """The claim in a few words, such as ``greater by .05``."""
        if self.between:
            return f"between {self.between[0]:g} and {self.between[1]:g}"
        size = f"{100 * self.by:g} %" if self.relative else f"{self.by:g}"
        return f"{'equal within' if self.claim == 'equal' else f'{self.claim} by'} {size}"


class Fact(Record):
    """A finding of the field, and how the model is asked for it."""

    name: Name = spec(..., "its id", source="data")
    title: Text = spec(..., "title", source="data")
    says: Text = spec(..., "the finding, one sentence", source="data")
    kind: Literal["fact", "anchor", "target"] = spec(
        "fact",
        "stylised fact of the evidence, anchor beyond it, or target that bounds the plausible box",
        source="data",
    )
    support: Literal["strong", "moderate", "weak"] = spec(..., "how well backed", source="data")
    built_in: Literal["low", "medium", "high"] = spec(
        ..., "how far the model gives it by construction", source="data"
    )
    why_built_in: Text = spec("", "which line of the model gives it", source="data")
    evidence: tuple[Text, ...] = spec((), "ids of the evidence", source="data")
    source: Text = spec("", "publication, if it has no id", source="data")
    reading: Text = spec(..., "how the sources are read", source="data")
    fails_if: Text = spec(..., "what would speak against it", source="data")
    waits_for: Text = spec("", "mechanism that it cannot be expressed without", source="data")
    off: Settings = spec({}, "what puts its mechanism into neutral form", source="data")
    box: dict[str, Any] = spec({}, "narrower ranges, or values", source="data")
    arms: dict[str, FactArm] = spec({}, "what is compared", source="data")
    parts: tuple[FactPart, ...] = spec((), "how", source="data")

    @model_validator(mode="after")
    def _can_be_asked(self) -> Self:
        """Check that it is expressed, or says what it waits for; and that it is backed."""
        needs = (
            (self.parts or self.waits_for, "needs parts, or says what it waits for", "parts"),
            (
                self.off or not self.parts or self.kind == "target",
                "needs what puts its mechanism into neutral form",
                "off",
            ),
            (
                not self.parts or not all(part.informs for part in self.parts),
                "found parts that only inform, allowed is one at least that counts",
                "parts",
            ),
            (
                self.built_in != "high" or self.why_built_in or not self.parts,
                "needs the line of the model that gives it",
                "why_built_in",
            ),
            (self.evidence or self.source, "needs the ids of its evidence, or a source", "source"),
        )
        for there, sentence, key in needs:
            if not there:
                raise problem(sentence, key)
        return self

    @model_validator(mode="after")
    def _can_be_run(self) -> Self:
        """Check settings, and that parts and arms fit together."""
        _check_settings(self.off, "off")
        for keyword, given in self.box.items():
            _check_narrower(keyword, given)
        for p, part in enumerate(self.parts):
            for key in ("arms", "others"):
                for name in getattr(part, key):
                    if name not in self.arms:
                        sentence = f"there is no '{name}', {did_you_mean(name, self.arms)}"
                        raise problem(sentence, "parts", p, key)
        used = {name for part in self.parts for name in (*part.arms, *part.others)}
        if idle := [name for name in self.arms if name not in used]:
            raise problem("found an arm that no part compares", "arms", idle[0])
        return self


def _check_settings(settings: Settings, key: str) -> None:
    """Check keywords and values of settings."""
    for keyword, value in settings.items():
        try:
            parameter(keyword).validate(value)
        except ValueError as error:
            raise problem(str(error), key, keyword) from None


def _check_narrower(keyword: str, given: Any) -> None:
    """Check that a range or value of the box is one of a parameter."""
    try:
        if parameter(keyword).part == "levers":
            raise problem("found a lever, allowed is a parameter", "box", keyword)
        narrowed(keyword, given)
    except ScenarioError as error:
        raise problem(str(error), "box", keyword) from None


def narrowed(keyword: str, given: Any) -> Factor:
    """A range, some words, or a single value, that a fact gives a parameter."""
    if not isinstance(given, list | tuple):
        return Factor(name=keyword, values=(given,))
    if parameter(keyword).type in ("choice", "flag"):
        return Factor(name=keyword, values=tuple(given))
    if len(given) != 2:
        raise ScenarioError(f"{keyword}: found {len(given)} numbers, allowed are two, low and high")
    return Factor(name=keyword, low=given[0], high=given[1])
