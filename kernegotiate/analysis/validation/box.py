"""The plausible box: everything uncertain that is no lever, and one sample of it for all facts."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import numpy as np
import pandas as pd

from kernegotiate.analysis.validation.fact import narrowed
from kernegotiate.batch.factor import Factor
from kernegotiate.scenario.parameter import parameters

WORDS = ("calendar",)
"""Choices that are uncertain, too; all others say how a coordinator works."""


@cache
def factors() -> tuple[Factor, ...]:
    """Every parameter of behaviour, leaders, projects and region with a plausible range."""
    found = []
    for one in parameters():
        if one.part == "levers":
            continue
        if one.plausible:
            found.append(Factor(name=one.name, low=one.plausible[0], high=one.plausible[1]))
        elif one.name in WORDS:
            found.append(Factor(name=one.name))
    return tuple(found)


@dataclass(frozen=True, eq=False)
class Box:
    """Points of the box.

    Attributes:
        shares: Where each point lies in each range, from 0 to 1, shape (points, factors).
    """

    shares: pd.DataFrame

    @classmethod
    def sample(cls, points: int, seed: int) -> Box:
        """Draw a Latin hypercube (McKay, Beckman and Conover 1979).

        Each factor's column has a stream of its own, from the seed and the factor's name: so a
        parameter that the model gains later leaves the points as they are in all others, and a
        model can be held against the same points before and after it is changed.

        Args:
            points: How many, 2 or more.
            seed: Of the sample.
        """
        columns = {}
        for factor in factors():
            name = hashlib.blake2b(factor.name.encode(), digest_size=8).digest()
            rng = np.random.Generator(np.random.Philox(key=[seed, int.from_bytes(name, "big")]))
            columns[factor.name] = (rng.permutation(points) + rng.random(points)) / points
        return cls(pd.DataFrame(columns))

    def __len__(self) -> int:
        """Number of points."""
        return len(self.shares)

    def settings(self, narrower: Mapping[str, Any]) -> pd.DataFrame:
        """Values of all factors at all points, shape (points, factors).

        Args:
            narrower: Ranges or values of some of them, which a fact asks for: a point keeps its
                place in the range. A parameter that is no factor of the box is added.
        """
        columns = {}
        for name, given in narrower.items():
            factor = narrowed(name, given)
            # What is no factor has no place in a range: then the middle of it.
            shares = self.shares[name] if name in self.shares else [0.5] * len(self)
            columns[name] = [factor.at(float(share)) for share in shares]
        return self._whole.assign(**columns)

    @cached_property
    def _whole(self) -> pd.DataFrame:
        """Values of all factors over their whole ranges."""
        columns = {one.name: map(one.at, self.shares[one.name].tolist()) for one in factors()}
        return pd.DataFrame({name: list(values) for name, values in columns.items()})
