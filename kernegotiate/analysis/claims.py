"""A claim about institutions as data, measured with its interval and never asserted in code."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from typing import Literal, Self

import pandas as pd
from pydantic import model_validator

from kernegotiate.analysis.estimators import estimate
from kernegotiate.analysis.experiment.arm import Settings
from kernegotiate.scenario.errors import problem
from kernegotiate.scenario.record import Record
from kernegotiate.scenario.spec import Real, Text, spec

Verdict = Literal["holds", "undecided", "does not hold"]


class Term(Record):
    """One outcome of one arm at one row of the design, times a number."""

    arm: Text = spec(..., "name of an arm or of an institution of the experiment", source="data")
    at: Settings = spec({}, "values of factors that one row of the design has", source="data")
    outcome: Text = spec(..., "name of an outcome or a count", source="data")
    times: Real = spec(1.0, "coefficient", unit="per unit of the outcome", source="data")


RunsOf = Callable[[Term], pd.DataFrame]
"""Gives the runs that a term is about."""


class Part(Record):
    """A sum of terms and the range in which it is expected.

    It holds if the whole confidence interval lies in the range, it does not hold if none of it
    does, and is undecided otherwise.
    """

    label: Text = spec(..., "what is measured, in plain words", source="data")
    terms: tuple[Term, ...] = spec(..., "what is summed", source="data")
    above: Real | None = spec(None, "all of the interval lies above", source="data")
    at_least: Real | None = spec(None, "none of the interval lies below", source="data")
    below: Real | None = spec(None, "all of the interval lies below", source="data")
    at_most: Real | None = spec(None, "none of the interval lies above", source="data")

    @model_validator(mode="after")
    def _expects_something(self) -> Self:
        """Check that something is measured and something expected of it."""
        if not self.terms:
            raise problem("found no term, allowed is one or more", "terms")
        if {self.above, self.at_least, self.below, self.at_most} == {None}:
            raise problem("needs one of above, at_least, below and at_most")
        return self

    @property
    def expected(self) -> str:
        """The range in words, such as ``above 0``."""
        names = ("above", "at_least", "below", "at_most")
        bounds = [(name.replace("_", " "), getattr(self, name)) for name in names]
        return " and ".join(f"{name} {bound:g}" for name, bound in bounds if bound is not None)

    def judge(self, low: float, high: float) -> Verdict:
        """Compare a confidence interval with the range; undecided if it is undefined."""
        if math.isnan(low) or math.isnan(high):
            return "undecided"
        if self._allows(low) and self._allows(high):
            return "holds"
        nothing_allowed = (
            (self.above is not None and high <= self.above)
            or (self.at_least is not None and high < self.at_least)
            or (self.below is not None and low >= self.below)
            or (self.at_most is not None and low > self.at_most)
        )
        return "does not hold" if nothing_allowed else "undecided"

    def _allows(self, value: float) -> bool:
        """Whether a value lies in the range."""
        return (
            (self.above is None or value > self.above)
            and (self.at_least is None or value >= self.at_least)
            and (self.below is None or value < self.below)
            and (self.at_most is None or value <= self.at_most)
        )


class Claim(Record):
    """A sentence, what would have to be true of the outcomes, and where the sentence comes from.

    It holds if all its parts do and fails if one of them does. Each part keeps its own confidence:
    "all hold" needs no correction for their number (intersection-union test, Berger 1982).
    """

    says: Text = spec(..., "the claim, one sentence", source="data")
    evidence: tuple[Text, ...] = spec((), "ids of evidence and of stylised facts", source="data")
    parts: tuple[Part, ...] = spec(..., "what is measured and expected", source="data")

    @model_validator(mode="after")
    def _has_parts(self) -> Self:
        """Check that there is something to measure."""
        if not self.parts:
            raise problem("found no part, allowed is one or more", "parts")
        return self


@dataclass(frozen=True)
class PartResult:
    """A part as measured, in the units of its outcomes."""

    part: Part
    value: float
    low: float
    high: float
    error: float  # standard error
    verdict: Verdict


@dataclass(frozen=True)
class ClaimResult:
    """A claim as measured."""

    claim: Claim
    parts: tuple[PartResult, ...]

    @property
    def verdict(self) -> Verdict:
        """Of all parts together."""
        found = {part.verdict for part in self.parts}
        if found == {"holds"}:
            return "holds"
        return "does not hold" if "does not hold" in found else "undecided"


def measure(claim: Claim, runs: RunsOf, confidence: float) -> ClaimResult:
    """Measure a claim.

    Args:
        claim: What is claimed.
        runs: Gives the table of runs that a term is about, all on the same draws; see
            `Runs.outcomes`.
        confidence: Of each interval, in (0, 1).
    """
    return ClaimResult(claim, tuple(_measure(part, runs, confidence) for part in claim.parts))


def _measure(part: Part, runs: RunsOf, confidence: float) -> PartResult:
    found = [estimate(runs(term), term.outcome) * term.times for term in part.terms]
    total = reduce(operator.add, found)
    low, high = total.interval(confidence)
    return PartResult(part, total.value, low, high, total.error, part.judge(low, high))
