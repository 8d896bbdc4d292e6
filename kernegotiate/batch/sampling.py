"""How a design is made from factors: crossed, listed or sampled.

Sources: Latin hypercube, McKay, Beckman and Conover 1979; Sobol indices from N(2D + 2) points,
Saltelli 2002 and 2010; elementary effects, Morris 1991 and Campolongo et al. 2007.
"""

from __future__ import annotations

import math
from itertools import product
from typing import Any, Literal, Self

import numpy as np
import pandas as pd
from pydantic import model_validator

from kernegotiate.batch.design import Design
from kernegotiate.batch.factor import Factor
from kernegotiate.scenario import ScenarioError
from kernegotiate.scenario.errors import problem
from kernegotiate.scenario.record import Record
from kernegotiate.scenario.spec import Text, Whole, spec

SAMPLED = ("lhs", "sobol", "morris")
MOST = 5_000_000
"""Values in a design, rows times factors: beyond that it takes long and gigabytes to make it."""


class Sampling(Record):
    """The `[design]` of an experiment: factors and a kind, or a file."""

    kind: Literal["factorial", "list", "lhs", "sobol", "morris", "file"] = spec(
        "file",
        "factorial: all combinations; list: first values, second values, ...; lhs: Latin "
        "hypercube; sobol: N(2D + 2) points; morris: N(D + 1) points; file: a CSV",
        source="data",
    )
    samples: Whole | None = spec(
        None, "N: points (lhs), base samples (sobol) or trajectories (morris)", low=2, source="data"
    )
    seed: Whole = spec(1, "of the sample", low=0, high=2**32 - 1, source="data")
    factors: tuple[Factor, ...] = spec((), "what varies", source="data")
    file: Text | None = spec(None, "CSV file, one row a point", source="data")

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        """Check that each kind has what it needs and nothing else."""
        if (self.kind == "file") != (self.file is not None):
            raise problem("needs a file, or a kind and factors")
        if (self.kind == "file") == bool(self.factors):
            raise problem(f"the kind {self.kind} needs {'no ' if self.factors else ''}factors")
        if (self.kind in SAMPLED) != (self.samples is not None):
            need = "needs" if self.kind in SAMPLED else "takes no"
            raise problem(f"the kind {self.kind} {need} samples", "samples")
        if self.kind == "sobol" and self.samples and self.samples & (self.samples - 1):
            raise problem(f"found {self.samples}, allowed is a power of 2 (sobol)", "samples")
        if self.rows * len(self.factors) > MOST:
            raise problem(
                f"found {self.rows:,} rows of {len(self.factors)} factors, allowed are "
                f"{MOST // len(self.factors):,} of so many",
                "samples" if self.kind in SAMPLED else "factors",
            )
        names = [factor.name for factor in self.factors]
        for number, name in enumerate(names):
            if name in names[:number]:
                raise problem(f"{name}: found twice, allowed is once", "factors", number)
        lengths = {len(factor.levels or ()) for factor in self.factors}
        if self.kind == "list" and (lengths == {0} or len(lengths) > 1):
            raise problem("the kind list needs equally many values of each factor", "factors")
        return self

    @property
    def rows(self) -> int:
        """Rows of the design; 0 of a file, which has to be read."""
        n, size = self.samples or 0, len(self.factors)
        if self.kind in SAMPLED:
            return n * {"lhs": 1, "sobol": 2 * size + 2, "morris": size + 1}[self.kind]
        lengths = [len(factor.levels or (0, 1)) for factor in self.factors]
        return math.prod(lengths) if self.kind == "factorial" else max(lengths, default=0)

    def design(self) -> Design:
        """Make the design.

        Raises:
            ScenarioError: The file is not valid, or a library is missing.
        """
        if self.file is not None:
            return Design.read(self.file)
        names = [factor.name for factor in self.factors]
        if self.kind in SAMPLED:
            shares = self._shares()
            columns = {
                factor.name: [factor.at(float(share)) for share in shares[:, number]]
                for number, factor in enumerate(self.factors)
            }
            about: dict[str, Any] = {"samples": self.samples, "sample_seed": self.seed}
            made = Design.of(pd.DataFrame(columns), self.kind, **about)
            return Design(made.table, made.about, pd.DataFrame(shares, columns=names))
        levels = [factor.levels or [factor.at(0.0), factor.at(1.0)] for factor in self.factors]
        rows = product(*levels) if self.kind == "factorial" else zip(*levels, strict=True)
        return Design.of(pd.DataFrame(list(rows), columns=names, dtype=object), self.kind)

    def _shares(self) -> np.ndarray:
        """Points in the unit cube, shape (points, factors)."""
        n, size = self.samples or 0, len(self.factors)
        if self.kind == "lhs":
            from scipy.stats import qmc

            return np.asarray(qmc.LatinHypercube(size, rng=self.seed).random(n))
        salib()
        names = [factor.name for factor in self.factors]
        problem = {"num_vars": size, "names": names, "bounds": [[0.0, 1.0]] * size}
        if self.kind == "sobol":
            from SALib.sample import sobol

            return np.asarray(sobol.sample(problem, n, seed=self.seed))
        from SALib.sample import morris

        return np.asarray(morris.sample(problem, n, seed=self.seed))


def salib() -> None:
    """Say what to do if SALib is missing.

    Raises:
        ScenarioError: It is.
    """
    try:
        import SALib  # noqa: F401
    except ImportError:
        raise ScenarioError(
            "design: the kinds sobol and morris need SALib, which is not installed; "
            "install kernegotiate[sensitivity]"
        ) from None
