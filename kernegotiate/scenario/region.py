"""A region: its local governments, their means and where they lie."""

import sys
from pathlib import Path
from typing import Any, Self

from pydantic import ValidationInfo, field_validator, model_validator

from kernegotiate.scenario.errors import problem
from kernegotiate.scenario.record import Record
from kernegotiate.scenario.spec import Name, Real, Text, plain, spec

USUAL = ("budget_share", "land_dependence", "ceiling")
"""Values of a region for governments that do not tell their own."""


class Government(Record):
    """A local government, such as a province."""

    code: Name = spec(..., "stable code, such as the statistical office's", source="data")
    name: Name = spec(..., "name in plain letters", source="data")
    name_vi: Text = spec("", "name in the local script; the plain name if left out", source="data")
    population: Real = spec(..., "residents", unit="persons", low=0, open_low=True, source="data")
    grdp: Real = spec(
        ...,
        "gross regional domestic product",
        unit="currency a year",
        low=0,
        open_low=True,
        source="data",
    )
    budget: Real = spec(
        ..., "development budget", unit="currency a year", low=0, open_low=True, source="data"
    )
    lon: Real = spec(
        ..., "longitude of its centre", unit="degrees east", low=-180, high=180, source="data"
    )
    lat: Real = spec(
        ..., "latitude of its centre", unit="degrees north", low=-90, high=90, source="data"
    )
    land_dependence: Real = spec(
        ...,
        "dependence of its revenue on land",
        unit="share",
        low=0,
        high=1,
        source="assumption; E115",
    )
    ceiling: Real = spec(
        ...,
        "share by which a year's dues may exceed the budget",
        unit="share of budget",
        low=0,
        source="assumption; E70",
    )

    @model_validator(mode="before")
    @classmethod
    def _local_name(cls, data: Any) -> Any:
        """Take the plain name where no local one is given."""
        if isinstance(data, dict) and not data.get("name_vi") and "name" in data:
            return {**data, "name_vi": data["name"]}
        return data


class Region(Record):
    """The governments that share a region.

    A government given as a plain table may leave out `budget` (then `budget_share` times
    its GRDP), `land_dependence` and `ceiling` (then the region's). Governments are kept in
    the order of their codes, so that the order in a file never matters.
    """

    currency: Text = spec("currency units", "unit of all money, such as billion VND", source="data")
    budget_share: Real = spec(
        0.06,
        "yearly development budget relative to GRDP, where none is given",
        unit="share of GRDP",
        low=0,
        high=1,
        open_low=True,
        plausible=(0.02, 0.1),
        why="no comparable figure for all provinces; see the region's SOURCES.md",
    )
    land_dependence: Real = spec(
        0.3,
        "dependence of a government's revenue on land, where none is given",
        unit="share",
        low=0,
        high=1,
        source="assumption; E115",
        plausible=(0, 0.6),
        why="that land revenue matters is reported, its share is not",
    )
    ceiling: Real = spec(
        0.4,
        "share by which a year's dues may exceed the budget, where none is given",
        unit="share of budget",
        low=0,
        source="assumption; E70",
        plausible=(0, 1),
        why="debt ceilings are 40 to 120 % of own revenue (E70), of which a third is used (E80)",
    )
    governments: tuple[Government, ...] = spec(
        ..., "the local governments, 2 to 300", source="data"
    )
    geometry: Path | None = spec(
        None, "GeoJSON file whose feature ids are the codes", source="data"
    )

    @field_validator("governments", mode="before")
    @classmethod
    def _fill(cls, rows: Any, info: ValidationInfo) -> Any:
        """Fill what governments leave out from the region's values."""
        if not isinstance(rows, list | tuple):
            return rows
        # A value that was refused is told by itself; its default keeps the rest readable.
        usual = {name: info.data.get(name, cls.model_fields[name].default) for name in USUAL}
        return [_filled(row, usual) if isinstance(row, dict) else row for row in rows]

    @field_validator("governments")
    @classmethod
    def _distinct(cls, governments: tuple[Government, ...]) -> tuple[Government, ...]:
        """Check number and codes; sort by code."""
        if not 2 <= len(governments) <= 300:
            raise ValueError(f"found {len(governments)} governments, allowed are 2 to 300")
        names: dict[str, str] = {}
        for number, government in enumerate(governments):
            code, name = government.code, government.name
            if code in names:
                raise problem(
                    f"found '{code}' of {name} a second time, it is the code of {names[code]}",
                    number,
                    "code",
                )
            if name in names.values():
                raise problem(
                    f"found '{name}' a second time, allowed is another name", number, "name"
                )
            names[code] = name
        return tuple(sorted(governments, key=lambda government: government.code))

    @property
    def codes(self) -> tuple[str, ...]:
        """The governments' codes, in order."""
        return tuple(government.code for government in self.governments)

    def with_all(self, where: str, **values: Any) -> Self:
        """Give all governments the same budget share, land dependence or ceiling.

        Args:
            where: The call to name in an error.
            **values: `budget_share`, `land_dependence` or `ceiling`.

        Returns:
            The changed region.

        Raises:
            ScenarioError: A value is not allowed.
        """
        stale = {"budget" if name == "budget_share" else name for name in values}
        rows = [
            {key: value for key, value in dict(government).items() if key not in stale}
            for government in self.governments
        ]
        return self.changed(where, **values, governments=rows) if values else self


def _filled(row: dict[str, Any], usual: dict[str, float]) -> dict[str, Any]:
    """Complete one row; a wrong GRDP is left for the check to name."""
    full = {**usual, **row}
    share, grdp = full.pop("budget_share"), plain(row.get("grdp"))
    if "budget" not in row and isinstance(grdp, int | float):
        full["budget"] = share * min(grdp, sys.float_info.max)
    return full
