"""A scenario: a region, its leaders, its projects, and how people behave."""

from typing import Any, Self

from pydantic import model_validator

from kernegotiate.scenario.behaviour import Behaviour
from kernegotiate.scenario.errors import ScenarioError, did_you_mean
from kernegotiate.scenario.institution import titled
from kernegotiate.scenario.leaders import LeaderRules
from kernegotiate.scenario.projects import ProjectRow, ProjectRules
from kernegotiate.scenario.record import Record
from kernegotiate.scenario.region import Region
from kernegotiate.scenario.spec import Text, Whole, spec

REGION_KEYWORDS = ("budget_share", "land_dependence", "ceiling")
"""Values of a region that one keyword sets for all governments."""


class Scenario(Record):
    """Everything that is simulated except the institution."""

    name: Text = spec(..., "short name, as used in commands and tables", source="data")
    title: Text = spec("", "title in English; the name if left out", source="data")
    title_vi: Text = spec("", "title in Vietnamese; the English one if left out", source="data")
    source: Text = spec("", "where its figures come from, and what is assumed", source="data")
    evidence: tuple[Text, ...] = spec((), "ids of the evidence it rests on", source="data")
    years: Whole = spec(40, "years in which projects arrive", unit="years", low=1, high=400)
    region: Region = spec(..., "the governments and their means", source="data")
    leaders: LeaderRules = spec(LeaderRules(), "terms and characters of leaders")
    projects: ProjectRules = spec(ProjectRules(), "how projects arise")
    table: tuple[ProjectRow, ...] | None = spec(
        None, "projects given one by one, instead of generated ones", source="data"
    )
    behaviour: Behaviour = spec(Behaviour(), "how leaders judge, trust and bargain")

    @model_validator(mode="before")
    @classmethod
    def _titles(cls, data: Any) -> Any:
        """Fill in the titles."""
        return titled(data) if isinstance(data, dict) else data

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        """Check projects against the region and the years."""
        size = len(self.region.governments)
        if self.table is None:
            if self.projects.parties_min > size:
                raise ValueError(
                    f"projects.parties_min is {self.projects.parties_min}, "
                    f"allowed is at most the number of governments, {size}"
                )
            return self
        seen: set[tuple[int, str]] = set()
        for number, row in enumerate(self.table, start=1):
            where = f"table, project {number}"
            for code in row.parties:
                if code not in self.region.codes:
                    hint = did_you_mean(code, self.region.codes)
                    raise ValueError(f"{where}: no government has the code '{code}', {hint}")
            if row.year > self.years:
                raise ValueError(
                    f"{where}: year is {row.year}, allowed is 1 to years = {self.years}"
                )
            if (row.year, row.host) in seen:
                raise ValueError(
                    f"{where}: host '{row.host}' has a second project in year {row.year}"
                )
            seen.add((row.year, row.host))
        return self

    def with_overrides(self, **values: Any) -> Self:
        """Set values by flat keyword, checked like a file.

        Args:
            **values: `years`, `budget_share`, `land_dependence`, `ceiling` (the last three for
                all governments) and any field of the leaders, the projects and the behaviour.

        Returns:
            The changed scenario, under the same name.

        Raises:
            ScenarioError: A keyword is unknown, or a value is not allowed.
        """
        if not values:
            return self
        parts: dict[str, type[Record]] = {
            "leaders": LeaderRules,
            "projects": ProjectRules,
            "behaviour": Behaviour,
        }
        rest = dict(values)
        changes: dict[str, Any] = {}
        for part, model in parts.items():
            own = {key: rest.pop(key) for key in values if key in model.model_fields}
            changes[part] = getattr(self, part).changed("override", **own)
        region = {key: rest.pop(key) for key in REGION_KEYWORDS if key in rest}
        changes["region"] = self.region.with_all("override", **region)
        if "years" in rest:
            changes["years"] = rest.pop("years")
        for key in rest:
            known = [*REGION_KEYWORDS, "years"]
            known += [name for model in parts.values() for name in model.model_fields]
            raise ScenarioError(f"override: {key}: unknown keyword, {did_you_mean(key, known)}")
        return self.changed("override", **changes)
