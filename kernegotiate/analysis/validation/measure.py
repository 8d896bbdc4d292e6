"""What a part of a fact measures: an outcome, a count, or a ratio of sums of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import model_validator

from kernegotiate.analysis.estimators import POOLED, Estimate, columns_of, parts_of, ratio
from kernegotiate.engine.outcomes import COLUMNS
from kernegotiate.scenario.errors import did_you_mean, problem
from kernegotiate.scenario.record import Record
from kernegotiate.scenario.spec import Flag, Real, Text, spec

SHARES = (
    "agreement_rate",
    "completion_rate",
    "delivery_rate",
    "earnest_rate",
    "kept_promise_rate",
    "signed_gap",
    "stalled_rate",
)
"""Outcomes that are shares of projects, promises or works: they can lie at a floor or a ceiling."""


class Measure(Record):
    """A number that each arm has at a point.

    In a file a text names an outcome or a count; a table says what is summed, and per what.
    """

    name: Text = spec("", "an outcome or a count, instead of sums", source="data")
    sum: dict[str, Real] = spec({}, "columns and coefficients that are summed", source="data")
    per: dict[str, Real] = spec({}, "what the sum is divided by; runs if left out", source="data")
    share: Flag = spec(False, "whether it is a share of projects, promises or works", source="data")

    @model_validator(mode="before")
    @classmethod
    def _named(cls, data: Any) -> Any:
        """Let a text stand for a name."""
        return {"name": data} if isinstance(data, str) else data

    @model_validator(mode="after")
    def _is_known(self) -> Self:
        """Check that all columns exist."""
        if bool(self.name) == bool(self.sum):
            raise problem("needs the name of an outcome, or sum and per")
        for key, names in (
            ("name", [self.name] if self.name else []),
            ("sum", self.sum),
            ("per", self.per),
        ):
            for name in names:
                if name not in COLUMNS:
                    raise problem(f"there is no '{name}', {did_you_mean(name, COLUMNS)}", key)
                if key != "name" and name in POOLED:
                    raise problem(
                        f"found '{name}', which is a ratio itself, allowed are counts", key
                    )
        return self

    @property
    def is_share(self) -> bool:
        """Whether floor and ceiling count for it."""
        return self.share or self.name in SHARES

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns of the table of runs that it is estimated from."""
        return columns_of(self.name) if self.name else (*self.sum, *self.per)

    @property
    def words(self) -> str:
        """How a table names it."""
        if self.name:
            return self.name
        return " / ".join(_added(terms) for terms in (self.sum, self.per) if terms)

    def estimate(self, columns: Mapping[str, NDArray[np.float64]]) -> Estimate:
        """Estimate it for one arm at one point.

        Args:
            columns: Values of the runs by column, shape (runs,).
        """
        if self.name:
            return ratio(*parts_of(self.name, columns))
        top = _combined(columns, self.sum)
        return ratio(top, _combined(columns, self.per) if self.per else np.ones_like(top))


def _combined(
    columns: Mapping[str, NDArray[np.float64]], terms: Mapping[str, float]
) -> NDArray[np.float64]:
    return np.asarray(sum(times * columns[name] for name, times in terms.items()))


def _added(terms: Mapping[str, float]) -> str:
    told = [name if times == 1 else f"{times:g} {name}" for name, times in terms.items()]
    return " + ".join(told) if len(told) == 1 else f"({' + '.join(told)})"
