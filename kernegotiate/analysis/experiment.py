"""An experiment as data: what is asked, which institutions answer, what is claimed of them."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Collection, Iterator
from itertools import islice
from pathlib import Path
from typing import Self, overload

import pandas as pd
from pydantic import model_validator

from kernegotiate.analysis.arm import Arm, Named, Settings, name_of
from kernegotiate.analysis.claims import Claim
from kernegotiate.analysis.estimators import check_confidence
from kernegotiate.analysis.files import find_experiment, read_experiment
from kernegotiate.analysis.filling import fill
from kernegotiate.analysis.findings import Findings, find
from kernegotiate.analysis.fitting import overridden, unfound, unmoved
from kernegotiate.analysis.planning import plan_of
from kernegotiate.analysis.precision import Precision
from kernegotiate.analysis.results import Results
from kernegotiate.batch.design import Design
from kernegotiate.batch.executors import Executor, Threads
from kernegotiate.batch.runner import Shard
from kernegotiate.batch.sampling import Sampling
from kernegotiate.batch.store import Store, Tell
from kernegotiate.engine.outcomes import COLUMNS
from kernegotiate.scenario import (
    Institution,
    Scenario,
    ScenarioError,
    load_scenario,
    remarks,
    resolve,
)
from kernegotiate.scenario.arguments import check_flags, check_path, shown
from kernegotiate.scenario.errors import did_you_mean, problem
from kernegotiate.scenario.record import Record
from kernegotiate.scenario.spec import Name, Text, Whole, spec


class Experiment(Record):
    """A question put to several institutions in one scenario."""

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

    @overload
    def run(
        self,
        *,
        out: None = None,
        runs: int | None = None,
        seed: int | None = None,
        threads: int | None = None,
        progress: Callable[[int, int], None] | None = None,
        confidence: float = 0.95,
        precision: float | None = None,
    ) -> Findings: ...

    @overload
    def run(
        self,
        *,
        out: str | Path,
        resume: bool = False,
        design: Design | pd.DataFrame | None = None,
        runs: int | None = None,
        seed: int | None = None,
        threads: int | None = None,
        executor: Executor | None = None,
        shard: str | Shard | None = None,
        progress: Callable[[int, int], None] | None = None,
        confidence: float = 0.95,
        precision: float | None = None,
        tell: Tell = warnings.warn,
    ) -> Results: ...

    def run(
        self,
        *,
        out: str | Path | None = None,
        resume: bool = False,
        design: Design | pd.DataFrame | None = None,
        runs: int | None = None,
        seed: int | None = None,
        threads: int | None = None,
        executor: Executor | None = None,
        shard: str | Shard | None = None,
        progress: Callable[[int, int], None] | None = None,
        confidence: float = 0.95,
        precision: float | None = None,
        tell: Tell = warnings.warn,
    ) -> Findings | Results:
        """Run all arms on the same draws: compared and measured at once, or as a batch on disk.

        Args:
            out: Folder of a batch; without it institutions are compared and claims measured.
            resume: Go on with the batch that is there, if there is one, with the runs, seed and
                precision that it was begun with instead of the experiment's. A precision may be
                asked for that it was begun without: what is there is then the first round.
            design: Of the batch, instead of the experiment's own.
            runs: Of each arm or point, at first if a precision is asked for; the experiment's by
                default.
            seed: Of all draws; the experiment's by default.
            threads: At most; one for each core by default.
            executor: Who does the batch instead of threads.
            shard: Such as ``2/8``: do that part of the batch only.
            progress: Called as `progress(runs done, runs in all)`, over all arms.
            confidence: Of each interval of the findings, in (0, 1).
            precision: Add runs until half of every interval that counts is at most this, in those
                outcomes of the experiment that are shares, or in completion and efficiency. Which
                count: see `Precision.achieved`.
            tell: Takes a sentence on each file of a batch that is moved aside since it is damaged;
                a warning by default.

        Raises:
            ScenarioError: A value is not allowed, or the folder holds something else.
        """
        check_confidence(confidence)
        if out is not None:
            check_path("out", out)
            check_flags(resume=resume)
            there = Store.begun(out) if resume else None
            before = there.manifest if there else {}
            asked = before.get("experiment", {}).get("asked", {})  # instead of the file's
            narrow = before.get("precision")
            if precision is not None:
                narrow = Precision.of(precision, self.outcomes, confidence).contents
            if narrow and shard is not None:
                raise ScenarioError(
                    "precision: needs all runs at hand, which a shard has not; leave one out"
                )
            if not isinstance(shard, str | Shard | None):
                raise ScenarioError(f"shard: found {shown(shard)}, allowed is such as '2/8'")
            if executor is not None and not callable(getattr(executor, "map", None)):
                raise ScenarioError(f"executor: found {shown(executor)}, allowed is an executor")
            return fill(
                plan_of(
                    self,
                    design=design,
                    runs=asked.get("runs") if runs is None else runs,
                    seed=asked.get("seed") if seed is None else seed,
                    precision=narrow,
                ),
                out,
                resume=resume,
                executor=executor or Threads(threads),
                shard=Shard.read(shard) if isinstance(shard, str) else shard,
                progress=progress,
                tell=tell,
            )
        if self.design or design is not None or len(self.worlds) > 1:
            raise ScenarioError(f"{self.name}: varies what is run; needs a folder, out (--out)")
        return find(
            self,
            runs=self.runs if runs is None else runs,
            seed=self.seed if seed is None else seed,
            threads=threads,
            progress=progress,
            confidence=confidence,
            precision=precision,
        )

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

    @property
    def remarks(self) -> tuple[str, ...]:
        """What to know before any run, such as settings and factors without effect."""
        return tuple(plan_of(self).about["remarks"])

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
