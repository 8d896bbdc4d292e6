"""An experiment as data: what is asked, which institutions answer, what is claimed of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, Self

from pydantic import model_validator

from kernegotiate.analysis.claims import Claim
from kernegotiate.analysis.files import find_experiment, is_path, read_experiment
from kernegotiate.analysis.findings import Findings, find
from kernegotiate.engine.outcomes import COLUMNS
from kernegotiate.scenario import (
    Institution,
    Scenario,
    ScenarioError,
    load_scenario,
    resolve,
)
from kernegotiate.scenario.errors import did_you_mean, problem
from kernegotiate.scenario.record import Record
from kernegotiate.scenario.spec import Name, Text, Whole, spec

Settings = dict[str, Any]
"""Levers, behaviour and scenario parameters by keyword."""


class Arm(Record):
    """A variant of an institution, for claims only; the tables show the institutions."""

    name: Name = spec(..., "short name, as used in claims", source="data")
    institution: Text = spec(..., "name of a built-in institution, or path", source="data")
    set: Settings = spec({}, "what it changes, by keyword", source="data")


class Experiment(Record):
    """A question put to several institutions in one scenario."""

    name: Name = spec(..., "short name, as used in commands", source="data")
    title: Text = spec(..., "title", source="data")
    question: Text = spec(..., "what it asks", source="data")
    evidence: tuple[Text, ...] = spec((), "ids of the evidence it rests on", source="data")
    scenario: Text = spec(..., "name of a built-in scenario, or path", source="data")
    institutions: tuple[Text, ...] = spec(
        ..., "names of built-in institutions, or paths", source="data"
    )
    baseline: Text = spec(
        "", "the one that differences are taken from; the first if left out", source="data"
    )
    runs: Whole = spec(1000, "runs of each arm", unit="runs", low=2, source="data")
    seed: Whole = spec(1, "seed of all draws", low=0, high=2**63 - 1, source="data")
    set: Settings = spec({}, "what it changes in all arms, by keyword", source="data")
    arms: tuple[Arm, ...] = spec((), "variants that claims refer to", source="data")
    claims: tuple[Claim, ...] = spec((), "what is claimed of the outcomes", source="data")

    @classmethod
    def load(cls, name_or_path: str | Path) -> Self:
        """Load an experiment.

        Args:
            name_or_path: Name of a built-in, or path of a TOML file. Paths inside the file are
                relative to it.

        Returns:
            The validated experiment; everything it names exists.

        Raises:
            ScenarioError: It does not exist or is not valid.
        """
        path = find_experiment(name_or_path)
        return cls.checked(read_experiment(path), str(path))

    def run(
        self,
        *,
        runs: int | None = None,
        seed: int | None = None,
        threads: int | None = None,
        progress: Callable[[int, int], None] | None = None,
        confidence: float = 0.95,
    ) -> Findings:
        """Run all arms on the same draws, compare the institutions and measure the claims.

        Args:
            runs: Of each arm, 2 or more; the experiment's by default.
            seed: Of all draws; the experiment's by default.
            threads: At most; one for each core by default.
            progress: Called as `progress(runs done, runs in all)`, over all arms.
            confidence: Of each interval, in (0, 1).

        Raises:
            ScenarioError: A value is not allowed.
        """
        return find(
            self,
            runs=self.runs if runs is None else runs,
            seed=self.seed if seed is None else seed,
            threads=threads,
            progress=progress,
            confidence=confidence,
        )

    def cells(self) -> dict[str, tuple[Scenario, Institution]]:
        """What is run, by name: the institutions, then the arms."""
        world = load_scenario(self.scenario)
        return {cell.name: resolve(world, cell.institution, **cell.set) for cell in self._all()}

    @property
    def compared(self) -> tuple[str, ...]:
        """Names of the institutions in the tables."""
        return tuple(_name(institution) for institution in self.institutions)

    @property
    def base(self) -> str:
        """Name of the institution that differences are taken from."""
        return _name(self.baseline) if self.baseline else self.compared[0]

    def _all(self) -> Iterator[_Named]:
        """All that is run: the institutions, then the arms."""
        for number, institution in enumerate(self.institutions):
            yield _Named(_name(institution), institution, self.set, ("institutions", number))
        for number, arm in enumerate(self.arms):
            yield _Named(arm.name, arm.institution, {**self.set, **arm.set}, ("arms", number))

    @model_validator(mode="after")
    def _can_run(self) -> Self:
        """Check every name and setting, so that nothing fails in the middle of a run."""
        if not self.institutions:
            raise problem("found none, allowed are one or more", "institutions")
        if self.base not in self.compared:
            raise problem(
                f"found '{self.base}', allowed is one of {', '.join(self.compared)}", "baseline"
            )
        try:
            world = load_scenario(self.scenario)
        except ScenarioError as error:
            raise problem(str(error), "scenario") from None
        seen: list[str] = []
        for cell in self._all():
            if cell.name in seen:
                raise problem(f"found '{cell.name}' twice, allowed is once", *cell.place)
            seen.append(cell.name)
            try:
                resolve(world, cell.institution, **cell.set)
            except ScenarioError as error:
                raise problem(str(error), *cell.place) from None
        return self

    @model_validator(mode="after")
    def _can_measure(self) -> Self:
        """Check the arms and the outcomes that claims refer to."""
        known = {"arm": [cell.name for cell in self._all()], "outcome": COLUMNS}
        for c, claim in enumerate(self.claims):
            for p, part in enumerate(claim.parts):
                for t, term in enumerate(part.terms):
                    for key, names in known.items():
                        found = getattr(term, key)
                        if found not in names:
                            sentence = f"there is no '{found}', {did_you_mean(found, names)}"
                            raise problem(sentence, "claims", c, "parts", p, "terms", t, key)
        return self


class _Named(NamedTuple):
    """A thing to run, and where the file says so."""

    name: str
    institution: str
    set: Settings
    place: tuple[int | str, ...]


def _name(institution: str) -> str:
    """The name under which an institution appears."""
    return Path(institution).stem if is_path(institution) else institution
