"""A region: its local governments, their means and where they lie."""

import sys
from pathlib import Path
from typing import Any, Self

from pydantic import ValidationInfo, field_validator, model_validator

from kernegotiate.scenario.errors import problem
from kernegotiate.scenario.record import Record
from kernegotiate.scenario.spec import MOST_MONEY, Name, Real, Text, plain, spec

USUAL = {"budget_share": "budget", "land_dependence": "land_dependence", "ceiling": "ceiling"}
"""Values of a region for governments that do not tell their own, and what they fill."""
KEYWORDS = (*USUAL, "budget_scale")
"""Values of a region that are set by keyword."""


class GovernmentRow(Record):
    """A local government, such as a province, as a table gives it."""

    code: Name = spec(..., "stable code, such as the statistical office's", source="data")
    name: Name = spec(..., "name in plain letters", source="data")
    name_vi: Text = spec("", "name in the local script; the plain name if left out", source="data")
    population: Real = spec(..., "residents", unit="persons", low=1e-6, high=1e12, source="data")
    grdp: Real = spec(
        ...,
        "gross regional domestic product",
        unit="currency a year",
        low=1e-6,
        high=MOST_MONEY,
        source="data",
    )
    budget: Real = spec(
        ...,
        "development budget",
        unit="currency a year",
        low=0,
        high=MOST_MONEY,
        open_low=True,
        source="data",
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


class Government(GovernmentRow):
    """A local government whose values are complete, and which of them its table left out."""

    filled: tuple[Text, ...] = spec(
        (), "which of its values are the region's usual ones, not its own", source="data"
    )


class Region(Record):
    """The governments that share a region.

    A government given as a plain table may leave out `budget` (then `budget_share` times
    its GRDP), `land_dependence` and `ceiling` (then the region's); what was filled in so is kept
    in its `filled`, and nothing else follows a later change of the usual values. Governments are
    kept in the order of their codes, so that the order in a file never matters.
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
    budget_scale: Real = spec(
        1.0,
        "factor on every development budget, given or filled in",
        unit="factor",
        low=0,
        high=100,
        open_low=True,
        plausible=(0.5, 1.5),
        why="budgets as they are; for trying how much depends on figures that a table gives",
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

    @field_validator("governments")
    @classmethod
    def _truly_filled(
        cls, governments: tuple[Government, ...], info: ValidationInfo
    ) -> tuple[Government, ...]:
        """A value that is not the usual one is a government's own, whoever put it there."""
        if not info.data.keys() >= USUAL.keys():
            return governments
        return tuple(_owning(government, info.data) for government in governments)

    @property
    def codes(self) -> tuple[str, ...]:
        """The governments' codes, in order."""
        return tuple(government.code for government in self.governments)

    @property
    def budgets(self) -> tuple[float, ...]:
        """The governments' development budgets as they are run, in currency a year."""
        return tuple(one.budget * self.budget_scale for one in self.governments)

    def filled(self, name: str) -> tuple[Government, ...]:
        """The governments that take a value from the region.

        Args:
            name: `budget_share`, `land_dependence` or `ceiling`.
        """
        return tuple(one for one in self.governments if USUAL[name] in one.filled)

    def with_usual(self, where: str, **values: Any) -> Self:
        """Set values of the region; usual ones reach the governments that have none of their own.

        Args:
            where: The call to name in an error.
            **values: `budget_share`, `land_dependence`, `ceiling` or `budget_scale`.

        Returns:
            The changed region.

        Raises:
            ScenarioError: A value is not allowed.
        """
        stale = {USUAL[name] for name in values if name in USUAL}
        rows = [
            {
                **{key: value for key, value in dict(one).items() if key not in lost},
                "filled": tuple(name for name in one.filled if name not in lost),
            }
            if (lost := stale.intersection(one.filled))
            else one
            for one in self.governments
        ]
        return self.changed(where, **values, governments=rows) if values else self


def _filled(row: dict[str, Any], usual: dict[str, float]) -> dict[str, Any]:
    """Complete one row; a wrong GRDP is left for the check to name."""
    full, grdp, told = dict(row), plain(row.get("grdp")), row.get("filled", ())
    missing = [name for name in USUAL.values() if name not in row]
    for name, value in usual.items():
        if USUAL[name] in missing:
            full[USUAL[name]] = value
    if "budget" in missing:
        if isinstance(grdp, int | float):
            full["budget"] = usual["budget_share"] * min(grdp, sys.float_info.max)
        else:
            del full["budget"]
    if isinstance(told, list | tuple):
        full["filled"] = tuple(name for name in USUAL.values() if name in {*told, *missing})
    return full


def _owning(government: Government, region: dict[str, Any]) -> Government:
    """The government with no more in `filled` than what the region's values give it."""
    usual = {filled: region[name] for name, filled in USUAL.items()}
    usual["budget"] *= government.grdp
    true = tuple(
        name
        for name in usual
        if name in government.filled and getattr(government, name) == usual[name]
    )
    return (
        government if true == government.filled else government.model_copy(update={"filled": true})
    )
