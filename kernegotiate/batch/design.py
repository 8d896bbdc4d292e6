"""A design: a table of settings, one row a point, that says how it was made.

Factors are the keywords by which a study can be changed (see `parameters`): a lever, or a
parameter of behaviour, leaders, projects, region or scenario.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from kernegotiate.batch.factor import allowed_values, parameter
from kernegotiate.scenario import Parameter, ScenarioError
from kernegotiate.scenario.csv_tables import read_values
from kernegotiate.scenario.errors import did_you_mean
from kernegotiate.scenario.parameter import parameter_fields

DTYPES = {
    "number": "float64",
    "whole number": "int64",
    "flag": "bool",
    "choice": "str",
    "text": "str",
}
NAMED = 6  # values in a sentence


@dataclass(frozen=True, eq=False)
class Design:
    """Settings of every point.

    Attributes:
        table: One row a point, one column a factor, in an order that its kind may rely on.
        about: How it was made: kind, samples, seed.
        shares: For a sampled design, where each setting lies from 0 to 1; same shape as the table.
    """

    table: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(index=range(1)))
    about: dict[str, Any] = field(default_factory=lambda: {"kind": "single"})
    shares: pd.DataFrame | None = None

    @classmethod
    def of(cls, table: pd.DataFrame, kind: str = "table", **about: Any) -> Design:
        """Make a design from a table.

        Args:
            table: One row a point, one column a factor.
            kind: How it was made.
            **about: What else there is to say of that.

        Raises:
            ScenarioError: A column is no factor, or a value is not allowed.
        """
        if not len(table):
            raise ScenarioError("design: found no row, allowed are one or more")
        columns = {}
        for name in table.columns:
            if list(table.columns).count(name) > 1:
                raise ScenarioError(f"design: the column '{name}' is given twice")
            try:
                known = parameter(str(name))
                values = allowed_values(known, table[name].tolist())
            except ValueError as error:
                raise ScenarioError(f"design: {error}") from None
            columns[str(name)] = pd.Series(values, dtype=DTYPES[known.type])
        return cls(pd.DataFrame(columns, index=range(len(table))), {"kind": kind, **about})

    @classmethod
    def read(cls, path: str | Path) -> Design:
        """Read a design from a CSV file or an Excel workbook: a header of factors, one row a point.

        Raises:
            ScenarioError: It cannot be read, or something in it is not allowed.
        """
        rows = read_values(Path(path), parameter_fields(), set())
        for name in rows.columns:
            known = parameter(name)
            try:  # all at once, which is much faster
                known.validate_all([row.get(name) for row in rows])
            except ScenarioError:
                for number, row in zip(rows.numbers, rows, strict=True):
                    _check_cell(known, row, f"{path}, row {number}")
        return cls.of(pd.DataFrame(rows, columns=list(rows.columns)), "file")

    @cached_property
    def types(self) -> dict[str, str]:
        """Type of each factor by name."""
        return {str(name): parameter(str(name)).type for name in self.table.columns}

    def settings(self, row: int) -> dict[str, Any]:
        """Values of the factors in a row, as plain values."""
        return {name: column[row] for name, column in self._columns.items()}

    def find(self, settings: Mapping[str, Any]) -> int:
        """The only row with these values of factors.

        Raises:
            ScenarioError: A name is no factor, a value is not allowed, or not one row has them.
        """
        here = np.ones(len(self.table), bool)
        absent: list[str] = []
        for name, value in settings.items():
            if name not in self.types:
                raise ScenarioError(f"found '{name}', {did_you_mean(name, self.types)}")
            try:
                known = parameter(name)
                wanted, column = known.validate(value), self._columns[name]
                if known.type == "text":  # the same may be written in several ways
                    column = known.validate_all(column)
                alike = np.array([one == wanted for one in column])
            except ValueError as error:
                raise ScenarioError(str(error)) from None
            here &= alike
            absent += [] if alike.any() else [name]
        if here.sum() != 1:
            told = ", ".join(f"{name} = {value}" for name, value in settings.items()) or "no factor"
            raise ScenarioError(
                f"found {told}, which {here.sum():,} of {len(here):,} rows of the design have, "
                f"allowed is what one row has{self._values(absent)}"
            )
        return int(here.argmax())

    def written(self) -> pd.DataFrame:
        """The table with the shares beside the settings, as it goes to disk."""
        if self.shares is None:
            return self.table
        shares = self.shares.rename(columns={name: share_of(name) for name in self.shares.columns})
        return self.table.join(shares)

    @cached_property
    def contents(self) -> dict[str, Any]:
        """How it was made and a hash of the table, and of what its texts mean now."""
        text = self.table.to_csv(index=False, float_format="%.17g")
        for name, kind in self.types.items():
            if kind == "text":  # it may name files
                text += repr(parameter(name).validate_all(self._columns[name]))
        found = hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
        factors = list(self.types)
        return {**self.about, "factors": factors, "rows": len(self.table), "hash": found}

    def _values(self, names: Sequence[str]) -> str:
        """The values there are of some factors, each at most `NAMED` of them."""
        told = ""
        for name in names:
            values = list(dict.fromkeys(self._columns[name]))
            more = f" and {len(values) - NAMED:,} more" if len(values) > NAMED else ""
            told += f"; {name} is {', '.join(map(str, values[:NAMED]))}{more}"
        return told

    @cached_property
    def _columns(self) -> dict[str, list[Any]]:
        return {str(name): self.table[name].tolist() for name in self.table.columns}


def share_of(factor: str) -> str:
    """Column of a design on disk in which the sample of a factor stands, from 0 to 1."""
    return f"{factor} (share)"


def _check_cell(known: Parameter, row: Mapping[str, Any], where: str) -> None:
    """Say where in a file a factor has no value, or one that is not allowed."""
    if known.name not in row:
        raise ScenarioError(f"{where}: {known.name}: the value is missing")
    try:
        known.validate(row[known.name])
    except ScenarioError as error:
        raise ScenarioError(f"{where}: {error}") from None
