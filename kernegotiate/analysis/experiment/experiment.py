"""An experiment that can be loaded and run."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Self, overload

import pandas as pd

from kernegotiate.analysis.estimators import check_confidence
from kernegotiate.analysis.experiment.definition import Definition
from kernegotiate.analysis.experiment.files import find_experiment, read_experiment
from kernegotiate.analysis.experiment.filling import fill
from kernegotiate.analysis.experiment.findings import Findings, find
from kernegotiate.analysis.experiment.planning import plan_of
from kernegotiate.analysis.precision import Precision
from kernegotiate.analysis.results import Results
from kernegotiate.batch.design import Design
from kernegotiate.batch.executors import Executor, Threads
from kernegotiate.batch.runner import Shard
from kernegotiate.batch.store import Store, Tell
from kernegotiate.scenario import ScenarioError
from kernegotiate.scenario.arguments import check_flags, check_path, shown


class Experiment(Definition):
    """A question put to several institutions in one scenario."""

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

    @property
    def remarks(self) -> tuple[str, ...]:
        """What to know before any run, such as settings and factors without effect."""
        return tuple(plan_of(self).about["remarks"])
