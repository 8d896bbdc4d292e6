"""A design: a table of settings, one row a point, that says how it was made.

Factors are the keywords by which a study can be changed (see `parameters`): a lever, or a
parameter of behaviour, leaders, projects, region or scenario.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

from kernegotiate.scenario import parameters


@dataclass(frozen=True, eq=False)
class Design:
    """Settings of every point.

    Attributes:
        table: One row a point, one column a factor, in an order that its kind may rely on.
        about: How it was made: kind, and what its indices need.
    """

    table: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(index=range(1)))
    about: dict[str, Any] = field(default_factory=lambda: {"kind": "single"})

    @cached_property
    def types(self) -> dict[str, str]:
        """Type of each factor by name."""
        known = {one.name: one.type for one in parameters()}
        return {str(name): known[str(name)] for name in self.table.columns}

    def settings(self, row: int) -> dict[str, Any]:
        """Values of the factors in a row, as plain values."""
        return {name: column[row] for name, column in self._columns.items()}

    @property
    def contents(self) -> dict[str, Any]:
        """How it was made and a hash of the table."""
        text = self.table.to_csv(index=False, float_format="%.17g")
        found = hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
        return {**self.about, "rows": len(self.table), "hash": found}

    @cached_property
    def _columns(self) -> dict[str, list[Any]]:
        return {str(name): self.table[name].tolist() for name in self.table.columns}
