"""An experiment as data: what is asked, which institutions answer, what is claimed of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import islice
from typing import Self

from pydantic import model_validator

from kernegotiate.analysis.claims import Claim
from kernegotiate.analysis.experiment.arm import Arm, Named, Settings, name_of
from kernegotiate.analysis.experiment.fitting import overridden, unfound, unmoved
from kernegotiate.batch.design import Design
from kernegotiate.batch.sampling import Sampling
from kernegotiate.engine.outcomes import COLUMNS
from kernegotiate.scenario import (
    Institution,
    Scenario,
    ScenarioError,
    load_scenario,
    remarks,
    resolve,
)
from kernegotiate.scenario.errors import did_you_mean, problem
from kernegotiate.scenario.record import Record
from kernegotiate.scenario.spec import Name, Text, Whole, spec


class Definition(Record):
    """A question put to several institutions in one scenario; `Experiment` can also run it."""

    name: Name = spec(..., "short name, as used in commands", source="data")
    title: Text = spec(..., "title", source="data")
    question: Text = spec(..., "what it asks", source="data")
    evidence: tuple[Text, ...] = spec((), "ids of the evidence it rests on", source="data")
    scenario: Text = spec("", "name of a built-in scenario, or path", source="data")
    scenarios: tuple[Text, ...] = spec((), "several of them instead", source="data")
    institutions: tuple[Text, ...] = spec(
        ..., "names of built-in institutions, or paths", source="data"
    )
    baseline: Text = spec(
        "", "the one that differences are taken from; the first if left out", source="data"
    )
    runs: Whole = spec(1000, "runs of each arm", unit="runs", low=2, source="data")
    replications: Whole | None = spec(
        None, "runs of each point of a batch; as `runs` if left out", low=1, source="data"
    )
    seed: Whole = spec(1, "seed of all draws", low=0, high=2**63 - 1, source="data")
    set: Settings = spec({}, "what it changes in all arms, by keyword", source="data")
    arms: tuple[Arm, ...] = spec((), "variants that claims refer to", source="data")
    claims: tuple[Claim, ...] = spec((), "what is claimed of the outcomes", source="data")
    design: Sampling | None = spec(None, "what varies from point to point", source="data")
    outcomes: tuple[Text, ...] = spec((), "outcomes that a batch keeps; all if left out")

    def cells(self) -> dict[str, tuple[Scenario, Institution]]:
        """What is run in the first scenario, by name: the institutions, then the arms."""
        count = len(self.institutions) + len(self.arms)
        return {name: (world, body) for name, world, body in islice(self.points(), count)}

    def points(self) -> Iterator[tuple[str, Scenario, Institution]]:
        """What a batch runs before its design: scenario by scenario the institutions and arms."""
        for name in self.worlds:
            world = load_scenario(name)
            for cell in self._all():
                yield cell.name, *resolve(world, cell.institution, **cell.set)

    def remarks_on_settings(self) -> Iterator[str]:
        """Settings of the institutions and arms without effect, and whom they reach."""
        cells = list(self._all())
        for number, (_, world, body) in enumerate(self.points()):
            yield from remarks(world, body, cells[number % len(cells)].set)

    @property
    def worlds(self) -> tuple[str, ...]:
        """Names or paths of the scenarios."""
        return self.scenarios or (self.scenario,)

    @property
    def runs_of_each(self) -> int:
        """Runs of each point of a batch."""
        return self.runs if self.replications is None else self.replications

    @property
    def compared(self) -> tuple[str, ...]:
        """Names of the institutions in the tables."""
        return tuple(name_of(institution) for institution in self.institutions)

    @property
    def base(self) -> str:
        """Name of the institution that differences are taken from."""
        return name_of(self.baseline) if self.baseline else self.compared[0]

    def _all(self) -> Iterator[Named]:
        """All that is run: the institutions, then the arms."""
        for number, institution in enumerate(self.institutions):
            yield Named(name_of(institution), institution, self.set, ("institutions", number))
        for number, arm in enumerate(self.arms):
            yield Named(arm.name, arm.institution, {**self.set, **arm.set}, ("arms", number))

    @model_validator(mode="after")
    def _can_run(self) -> Self:
        """Check every name and setting, so that nothing fails in the middle of a run."""
        if not self.institutions:
            raise problem("found none, allowed are one or more", "institutions")
        if self.base not in self.compared:
            raise problem(
                f"found '{self.base}', allowed is one of {', '.join(self.compared)}", "baseline"
            )
        for misfit in overridden(self.set, self.arms, self._varied()):
            raise problem(misfit.sentence, *misfit.place)
        worlds = self._check_worlds()
        seen: list[str] = []
        for cell in self._all():
            if cell.name in seen:
                raise problem(f"found '{cell.name}' twice, allowed is once", *cell.place)
            seen.append(cell.name)
            try:
                for world in worlds:
                    resolve(world, cell.institution, **cell.set)
            except ScenarioError as error:
                raise problem(str(error), *cell.place) from None
        for number, outcome in enumerate(self.outcomes):
            if outcome not in COLUMNS:
                sentence = f"there is no '{outcome}', {did_you_mean(outcome, COLUMNS)}"
                raise problem(sentence, "outcomes", number)
        return self

    def _varied(self) -> Collection[str]:
        """Names of the factors of the design."""
        if self.design is None:
            return ()
        if self.design.file is None:
            return [factor.name for factor in self.design.factors]
        try:
            return self.design.design().types
        except ScenarioError as error:
            raise problem(str(error), "design", "file") from None

    def _check_worlds(self) -> list[Scenario]:
        """Load all scenarios."""
        if bool(self.scenario) == bool(self.scenarios):
            raise problem("needs either scenario or scenarios", "scenario")
        worlds: list[Scenario] = []
        for number, name in enumerate(self.worlds):
            place = ("scenarios", number) if self.scenarios else ("scenario",)
            try:
                worlds.append(load_scenario(name))
            except ScenarioError as error:
                raise problem(str(error), *place) from None
            if worlds[-1].name in {world.name for world in worlds[:-1]}:
                raise problem(f"found '{worlds[-1].name}' twice, allowed is once", *place)
        for misfit in unmoved(worlds, self._varied()):
            raise problem(misfit.sentence, *misfit.place)
        return worlds

    @model_validator(mode="after")
    def _can_measure(self) -> Self:
        """Check the arms, rows of the design and outcomes that claims refer to."""
        if not self.claims:
            return self
        if len(self.worlds) > 1:
            raise problem(f"found {len(self.worlds)} scenarios, claims need a single one", "claims")
        known = {"arm": [cell.name for cell in self._all()], "outcome": COLUMNS}
        for c, claim in enumerate(self.claims):
            for p, part in enumerate(claim.parts):
                for t, term in enumerate(part.terms):
                    for key, names in known.items():
                        found = getattr(term, key)
                        if found not in names:
                            sentence = f"there is no '{found}', {did_you_mean(found, names)}"
                            raise problem(sentence, "claims", c, "parts", p, "terms", t, key)
        for misfit in unfound(self.claims, self.design.design() if self.design else Design()):
            raise problem(misfit.sentence, *misfit.place)
        return self
