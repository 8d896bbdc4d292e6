"""A scenario: a region, its leaders, its projects, and how people behave."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, ValidationInfo, field_validator, model_validator

from kernegotiate.scenario.behaviour import Behaviour
from kernegotiate.scenario.changes import Changes, known_institution
from kernegotiate.scenario.errors import ScenarioError, did_you_mean, problem
from kernegotiate.scenario.institution import Institution, titled
from kernegotiate.scenario.leaders import LeaderRules
from kernegotiate.scenario.meetings import powerless
from kernegotiate.scenario.mergers import Mergers, check_mergers
from kernegotiate.scenario.projects import ProjectRow, ProjectRules
from kernegotiate.scenario.record import Record
from kernegotiate.scenario.region import KEYWORDS, Region
from kernegotiate.scenario.spec import Name, Text, Whole, spec

LEAST_WEIGHT = 1e-100
"""What society must give at least to the first benefits; less, and they outgrow floats."""


class Scenario(Record):
    """Everything that is simulated except the institution; a case names the one it usually has."""

    name: Name = spec(..., "short name, as used in commands and tables", source="data")
    title: Text = spec("", "title in English; the name if left out", source="data")
    title_vi: Text = spec("", "title in Vietnamese; the English one if left out", source="data")
    country: Text = spec("", "country of the region, for lists of scenarios", source="data")
    country_vi: Text = spec(
        "", "the country in Vietnamese; as in English if left out", source="data"
    )
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
    mergers: Mergers = spec((), "governments that become one, in the order of years", source="data")
    changes: Changes = spec(
        (), "what holds from a year on, in the order of the years", source="data"
    )
    institution: Annotated[Institution | None, BeforeValidator(known_institution)] = spec(
        None, "the coordinator where no other is named; none of its own if left out", source="data"
    )

    @model_validator(mode="before")
    @classmethod
    def _titles(cls, data: Any) -> Any:
        """Fill in the titles and the country's name."""
        if not isinstance(data, dict):
            return data
        country = data.get("country_vi") or data.get("country", "")
        return {**titled(data), "country_vi": country}

    @field_validator("table")
    @classmethod
    def _known_projects(
        cls, table: tuple[ProjectRow, ...] | None, info: ValidationInfo
    ) -> tuple[ProjectRow, ...] | None:
        """Check the table against the region and the years; sort by year and host."""
        if table is None or not {"years", "region"} <= info.data.keys():
            return table
        if not table:
            raise problem("found no project, allowed is one project or more")
        years, codes = info.data["years"], info.data["region"].codes
        for number, row in enumerate(table):
            for code in row.parties:
                if code not in codes:
                    hint = did_you_mean(code, codes)
                    raise problem(f"no government has the code '{code}', {hint}", number, "parties")
            if row.year > years:
                raise problem(
                    f"found {row.year}, allowed is at most years, {years}", number, "year"
                )
        return tuple(sorted(table, key=lambda row: (row.year, row.host)))

    @model_validator(mode="after")
    def _changes_in_time(self) -> Self:
        """Check that changes and mergers come one after another while projects arrive."""
        before = 0
        for number, change in enumerate(self.changes):
            place = ("changes", number, "year")
            if change.year > self.years:
                raise problem(
                    f"found {change.year}, allowed is at most years, {self.years}", *place
                )
            if change.year <= before:
                raise problem(
                    f"found {change.year} after {before}, allowed are years in rising order", *place
                )
            before = change.year
        check_mergers(self.mergers, self.years, self.region.codes)
        return self

    @model_validator(mode="after")
    def _enough_governments(self) -> Self:
        """Check that generated projects can find their parties."""
        least, size = self.projects.parties_min, len(self.region.governments)
        if self.table is None and least > size:
            raise problem(
                f"found {least}, allowed is at most the number of governments, {size}",
                "projects",
                "parties_min",
            )
        return self

    @model_validator(mode="after")
    def _society_sees_benefits(self) -> Self:
        """Check that the benefits that a benefit-cost ratio asks for are numbers.

        Society must weigh the year in which a work opens by more than nothing.
        """
        wait = self.projects.build_max if self.table is None else 1
        least = LEAST_WEIGHT ** (1 / wait)
        if self.behaviour.social_discount < least:
            raise problem(
                f"found {self.behaviour.social_discount:g}, allowed is at least {least:.2g}, "
                f"since benefits begin up to {wait} years after they are paid for",
                "behaviour",
                "social_discount",
            )
        return self

    def with_overrides(self, **values: Any) -> Self:
        """Set values by flat keyword, checked like a file.

        Args:
            **values: `years`, `mergers`, `changes`, `budget_share`, `land_dependence`, `ceiling`
                (the last three for governments that do not give their own), `budget_scale`, and any
                field of the leaders, the projects and the behaviour.

        Returns:
            The changed scenario, under the same name.

        Raises:
            ScenarioError: A keyword is unknown, a value is not allowed, or the scenario's tables
                leave it nothing to change.
        """
        changes = _by_part(values)
        new: dict[str, Any] = {}
        for name in ("years", *IN_TIME):
            new |= changes.pop(name, {})
        if "region" in changes:
            new["region"] = self.region.with_usual("override", **changes.pop("region"))
        for part, own in changes.items():
            new[part] = getattr(self, part).changed("override", **own)
        made = self.changed("override", **new)
        _check_power(made, values)
        return made

    def with_checked(self, **values: Any) -> Self:
        """Set values that were checked one by one already, such as those of a design.

        The same as `with_overrides`, faster. Whatever is refused is refused there, in its words.

        Args:
            **values: As `Parameter.validate` returns them, by flat keyword.

        Raises:
            ScenarioError: Values do not go together, or the scenario's tables leave them nothing
                to change.
        """
        changes = _by_part(values)
        in_time = {key: changes.pop(key)[key] for key in IN_TIME if key in changes}
        if not changes.keys() <= _PARTS.keys():  # governments and years have further checks
            return self.with_overrides(**values)
        try:
            new: dict[str, Any] = {
                part: getattr(self, part).refilled(**own) for part, own in changes.items()
            }
            made = self.refilled(**new, **in_time)
        except ValueError:
            return self.with_overrides(**values)
        _check_power(made, values)
        return made


IN_TIME = ("mergers", "changes")
"""What happens in a given year, whatever anybody decides."""
_PARTS: dict[str, type[Record]] = {
    "leaders": LeaderRules,
    "projects": ProjectRules,
    "behaviour": Behaviour,
}
_HOME = {key: part for part, model in _PARTS.items() for key in model.model_fields}
_HOME |= dict.fromkeys(KEYWORDS, "region") | {name: name for name in ("years", *IN_TIME)}


def _check_power(scenario: Scenario, names: Iterable[str]) -> None:
    """Refuse a setting to which the tables of the scenario leave nothing to change."""
    for key, why in powerless(scenario, names):
        raise ScenarioError(
            f"override: {key}: would change nothing in {scenario.name}, since {why}"
        )


def _by_part(values: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Settings by the part of a scenario they belong to."""
    changes: dict[str, dict[str, Any]] = {}
    for key, value in values.items():
        if key not in _HOME:
            raise ScenarioError(f"override: {key}: unknown keyword, {did_you_mean(key, _HOME)}")
        changes.setdefault(_HOME[key], {})[key] = value
    return changes
