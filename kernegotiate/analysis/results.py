"""What a batch on disk says: rows, estimates, effects, claims, sensitivity indices."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

from kernegotiate.analysis.blocks import Floats, Whole, blocks
from kernegotiate.analysis.claims import Claim, ClaimResult, Term, measure
from kernegotiate.analysis.estimators import (
    check_confidence,
    columns_of,
    quantile,
    standard_errors,
    variances_saved,
)
from kernegotiate.analysis.inert import observed
from kernegotiate.analysis.precision import Achieved, Precision
from kernegotiate.batch.design import Design
from kernegotiate.batch.listing import Problem
from kernegotiate.batch.sampling import SAMPLED
from kernegotiate.batch.store import Store
from kernegotiate.scenario import ScenarioError
from kernegotiate.scenario.errors import did_you_mean


@dataclass(frozen=True)
class Results:
    """A dataset, finished or not."""

    store: Store

    @classmethod
    def open(cls, folder: str | Path) -> Results:
        """Open a dataset.

        Raises:
            ScenarioError: There is none.
        """
        return cls(Store.open(folder))

    def verify(self) -> list[Problem]:
        """Read all of it and find what is not as it was written; see `Store.verify`.

        Every other way of reading refuses what is damaged, too, at the first such file.
        """
        return self.store.verify()

    @property
    def outcomes(self) -> tuple[str, ...]:
        """Outcomes that were asked for."""
        manifest = self.store.manifest
        return tuple(manifest["experiment"].get("outcomes") or manifest["outcomes"])

    @property
    def factors(self) -> tuple[str, ...]:
        """What the design varies."""
        return tuple(self.store.manifest["design"].get("factors", ()))

    @property
    def compares(self) -> bool:
        """Whether effects mean something: institutions are compared, or settings chosen by hand."""
        design = self.store.manifest["design"]
        several = len(self._cells()) > len({scenario for scenario, _ in self._cells()})
        return several or (design["rows"] > 1 and design["kind"] not in SAMPLED)

    @property
    def missing(self) -> int:
        """Number of chunks that are not there."""
        return self.store.cut.chunks - len(self.store.done())

    @property
    def replications(self) -> int:
        """Runs of each point."""
        return self.store.cut.replications

    @property
    def precision(self) -> Precision | None:
        """How narrow intervals are to be; None if that was not asked for."""
        asked = self.store.manifest["precision"]
        return None if asked is None else Precision.read(asked)

    @cached_property
    def achieved(self) -> Achieved | None:
        """How narrow the intervals are; None if no precision was asked for or chunks are missing.

        As of when it is first asked for, since it takes reading everything.
        """
        precision = self.precision
        if precision is None or self.missing:
            return None
        arms = {one["as"] for one in self.store.manifest["institutions"] if one["arm"]}

        def ask(what: Callable[..., pd.DataFrame]) -> pd.DataFrame:
            table = what(precision.outcomes, confidence=precision.confidence)
            return table if table.empty else table[~table["institution"].isin(arms)]

        differences = ask(self.effects) if self.compares else pd.DataFrame()
        return precision.achieved(self.replications, differences, lambda: ask(self.summary))

    @property
    def further(self) -> int:
        """Further runs of each point that the precision asks for; 0 while chunks are missing."""
        precision, achieved = self.precision, self.achieved
        if precision is None or achieved is None:
            return 0
        return precision.further(achieved.runs, achieved.reached)

    def inert(self) -> tuple[str, ...]:
        """Factors whose values make no difference to any run, a sentence for each.

        Raises:
            ScenarioError: The dataset is not finished.
        """
        self._check_finished("inert")
        return tuple(observed(self.store, self.factors))

    def rows(self, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """One row a run, in order; see `batch.work.work` for the columns."""
        return self.store.rows(columns)

    def failures(self) -> dict[int, str]:
        """Points that could not be run, and why."""
        found: dict[int, str] = {}
        for table in self.store.tables(["point", "error"]):
            if table["error"].null_count < len(table):
                failed = table.filter(table["error"].is_valid())
                found |= dict(
                    zip(failed["point"].to_pylist(), failed["error"].to_pylist(), strict=True)
                )
        return found

    def summary(
        self, outcomes: Sequence[str] | None = None, *, confidence: float = 0.95
    ) -> pd.DataFrame:
        """Outcomes of each point with their uncertainty, estimated as everywhere else.

        Args:
            outcomes: Those asked for in the experiment by default.
            confidence: Of each interval, in (0, 1).

        Returns:
            One row a point and outcome: `point`, `scenario`, `institution`, the factors, `outcome`,
            `value`, `low`, `high`, `runs` that define it, and `failed` runs.
        """
        check_confidence(confidence)
        chosen = self._known(outcomes)
        tables = []
        for block in blocks(self.store, chosen):
            for number, outcome in enumerate(chosen):
                value, influence, counted = block.estimates(outcome)
                half = standard_errors(influence) * quantile(influence.shape[1], confidence)
                table = block.place.assign(outcome=outcome, value=value, low=value - half)
                table = table.assign(high=value + half, runs=counted, failed=block.failed)
                tables.append(table.assign(order=number))
        return _ordered(tables)

    def effects(
        self, outcomes: Sequence[str] | None = None, *, confidence: float = 0.95
    ) -> pd.DataFrame:
        """Paired differences: of each point from the baseline institution at the same settings.

        Where a single institution is run, from the first row of the design.

        Args:
            outcomes: Those asked for in the experiment by default.
            confidence: Of each interval, in (0, 1).

        Returns:
            One row a point that is no reference itself, and outcome: `point`, `scenario`,
            `institution`, the factors, `reference`, the point that is subtracted, `outcome`,
            `value`, `low`, `high`, standard error `se`, and `saved`, the part of the variance that
            meeting the same runs saves.

        Raises:
            ScenarioError: The dataset is not finished.
        """
        check_confidence(confidence)
        self._check_finished("effects")
        chosen = self._known(outcomes)
        reference = self._references()
        references = np.unique(reference)
        kept = self._kept(chosen, references)
        tables = []
        for block in blocks(self.store, chosen):
            points = block.place["point"].to_numpy()
            other = points != reference[points]
            place = block.place[other].assign(reference=reference[points[other]])
            row = np.searchsorted(references, reference[points[other]])
            for number, outcome in enumerate(chosen):
                value, own, _ = (column[other] for column in block.estimates(outcome))
                base, theirs = kept[outcome]
                value, influence = value - base[row], own - theirs[row]
                error = standard_errors(influence)
                half = error * quantile(influence.shape[1], confidence)
                saved = variances_saved(own, theirs[row])
                table = place.assign(outcome=outcome, value=value, low=value - half)
                table = table.assign(high=value + half, se=error, saved=saved)
                tables.append(table.assign(order=number))
        return _ordered(tables)

    def claims(self, *, confidence: float = 0.95) -> tuple[ClaimResult, ...]:
        """The claims of the experiment as measured.

        Args:
            confidence: Of each interval, in (0, 1).

        Raises:
            ScenarioError: The dataset is not finished, or what a claim is about is not in it.
        """
        check_confidence(confidence)
        claims = [
            Claim.checked(claim, "claims")
            for claim in self.store.manifest["experiment"].get("claims", ())
        ]
        if not claims:
            return ()
        self._check_finished("claims")
        terms = [term for claim in claims for part in claim.parts for term in part.terms]
        runs = self._runs_of(terms)
        return tuple(measure(claim, lambda term: runs[_key(term)], confidence) for claim in claims)

    def sensitivity(self, outcome: str, *, confidence: float = 0.95) -> pd.DataFrame:
        """Sensitivity indices of an outcome, from its estimates at the points.

        Args:
            outcome: Name of an outcome or a count.
            confidence: Of each interval, in (0, 1).

        Returns:
            One row a scenario, institution and factor, with `why` its indices are NaN if they are:
            the outcome is undefined at a point, or the same at all of them. Sobol: `S1`, the part
            of the variance that the factor explains alone, and `ST`, the part in which it has a
            hand; Morris: `mu`, `mu_star` and `sigma` of the effect of going through the whole
            range. `..._conf` is half of an interval.

        Raises:
            ScenarioError: The design is neither Sobol's nor Morris's, the dataset is not finished,
                or there are no indices under any institution.
        """
        from kernegotiate.analysis.indices import indices

        check_confidence(confidence)
        kind = self.store.manifest["design"]["kind"]
        if kind not in ("sobol", "morris"):
            raise ScenarioError(
                f"sensitivity: found a design of the kind {kind}, allowed are sobol and morris"
            )
        self._check_finished("sensitivity")
        (outcome,) = self._known([outcome])
        found = [
            block.place.assign(value=block.estimates(outcome)[0], failed=block.failed > 0)
            for block in blocks(self.store, [outcome])
        ]
        points = pd.concat(found, ignore_index=True)
        table = indices(points, self.store.design(), self.factors, kind, outcome, confidence)
        if table["why"].all():
            raise ScenarioError(f"sensitivity: {'; '.join(table['why'].unique())}")
        return table

    def _known(self, outcomes: Sequence[str] | None) -> list[str]:
        """Refuse outcomes that are not there, or lack what they are pooled from."""
        kept = self.store.manifest["outcomes"]
        for name in outcomes or ():
            if not {name, *columns_of(name)} <= set(kept):
                raise ScenarioError(f"outcome: there is no '{name}', {did_you_mean(name, kept)}")
        return list(dict.fromkeys(outcomes or self.outcomes))

    def _check_finished(self, what: str) -> None:
        if self.missing:
            raise ScenarioError(
                f"{what}: {self.missing} of {self.store.cut.chunks} chunks are missing; "
                "resume first"
            )

    def _cells(self) -> list[tuple[str, str]]:
        """Scenario and name of each cell, in the order of points."""
        return [(one["scenario"], one["as"]) for one in self.store.manifest["institutions"]]

    def _references(self) -> Whole:
        """For each point the one that is subtracted from it; itself if it is a reference."""
        cells = self._cells()
        points = np.arange(self.store.cut.points).reshape(len(cells), -1)
        if len({scenario for scenario, _ in cells}) == len(cells):
            return np.broadcast_to(points[:, :1], points.shape).ravel()
        baseline = self.store.manifest["experiment"]["baseline"]
        return np.concatenate([points[cells.index((scenario, baseline))] for scenario, _ in cells])

    def _kept(self, outcomes: Sequence[str], points: Whole) -> dict[str, tuple[Floats, Floats]]:
        """Values and influences of some points, by outcome."""
        found: dict[str, list[tuple[Floats, Floats]]] = {outcome: [] for outcome in outcomes}
        for block in blocks(self.store, outcomes, set(points.tolist())):
            wanted = block.place["point"].isin(points).to_numpy()
            for outcome in outcomes:
                value, influence, _ = block.estimates(outcome)
                found[outcome].append((value[wanted], influence[wanted]))
        return {
            outcome: (np.concatenate([v for v, _ in of]), np.vstack([i for _, i in of]))
            for outcome, of in found.items()
        }

    def _runs_of(self, terms: Sequence[Term]) -> dict[Key, pd.DataFrame]:
        """Runs of the points that terms are about."""
        cells = [name for _, name in self._cells()]
        design = Design(self.store.design()[list(self.factors)]) if self.factors else Design()
        point: dict[Key, int] = {}
        for term in terms:
            try:
                row = design.find(term.at)
            except ScenarioError as error:
                raise ScenarioError(f"claims: at: {error}") from None
            point[_key(term)] = cells.index(term.arm) * len(design.table) + row
        wanted = set(point.values())
        found: dict[int, pd.DataFrame] = {}
        outcomes = list(dict.fromkeys(term.outcome for term in terms))
        for block in blocks(self.store, outcomes, wanted):
            for row, number in enumerate(block.place["point"].tolist()):
                if number in wanted:
                    found[number] = pd.DataFrame({k: v[row] for k, v in block.columns.items()})
        return {key: found[number] for key, number in point.items()}


Key = tuple[str, tuple[tuple[str, object], ...]]
"""What tells the points of terms apart."""


def _key(term: Term) -> Key:
    return term.arm, tuple(sorted(term.at.items()))


def _ordered(tables: list[pd.DataFrame]) -> pd.DataFrame:
    """Point after point, in each the outcomes in their order."""
    if not tables:
        return pd.DataFrame()
    whole = pd.concat(tables).sort_values(["point", "order"], kind="stable")
    return whole.drop(columns="order").reset_index(drop=True)
