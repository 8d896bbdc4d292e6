"""What a batch on disk says: rows, means of each point with intervals, sensitivity indices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import stdtrit

from kernegotiate.analysis.comparison import check_confidence
from kernegotiate.analysis.estimators import POOLED
from kernegotiate.batch.store import Store
from kernegotiate.scenario import ScenarioError
from kernegotiate.scenario.errors import did_you_mean

Array = NDArray[np.float64]


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

    @property
    def outcomes(self) -> tuple[str, ...]:
        """Outcomes that were asked for."""
        manifest = self.store.manifest
        return tuple(manifest["experiment"].get("outcomes") or manifest["outcomes"])

    @property
    def factors(self) -> tuple[str, ...]:
        """What the design varies."""
        return tuple(self.store.manifest["design"].get("factors", ()))

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
        for place, columns, failed in self._blocks(chosen):
            for number, outcome in enumerate(chosen):
                value, half, counted = _levels(columns, outcome, confidence)
                table = place.assign(outcome=outcome, value=value, low=value - half)
                tables.append(
                    table.assign(high=value + half, runs=counted, failed=failed, order=number)
                )
        if not tables:
            return pd.DataFrame()
        whole = pd.concat(tables).sort_values(["point", "order"], kind="stable")
        return whole.drop(columns="order").reset_index(drop=True)

    def sensitivity(self, outcome: str, *, confidence: float = 0.95) -> pd.DataFrame:
        """Sensitivity indices of an outcome, from its estimates at the points.

        Args:
            outcome: Name of an outcome or a count.
            confidence: Of each interval, in (0, 1).

        Returns:
            One row a scenario, institution and factor. Sobol: `S1`, the part of the variance that
            the factor explains alone, and `ST`, the part in which it has a hand; Morris: `mu`,
            `mu_star` and `sigma` of the effect of going through the whole range. `..._conf` is half
            of an interval.

        Raises:
            ScenarioError: The design is neither Sobol's nor Morris's, the dataset is not finished,
                or the outcome is undefined at a point or the same at all points.
        """
        from kernegotiate.analysis.indices import indices

        check_confidence(confidence)
        manifest = self.store.manifest
        kind = manifest["design"]["kind"]
        if kind not in ("sobol", "morris"):
            raise ScenarioError(
                f"sensitivity: found a design of the kind {kind}, allowed are sobol and morris"
            )
        if missing := manifest["chunks"] - len(self.store.done()):
            raise ScenarioError(
                f"sensitivity: {missing} of {manifest['chunks']} chunks are missing; resume first"
            )
        (outcome,) = self._known([outcome])
        found = [
            place.assign(value=_levels(columns, outcome, confidence)[0])
            for place, columns, _ in self._blocks([outcome])
        ]
        points = pd.concat(found, ignore_index=True)
        return indices(points, self.store.design(), self.factors, kind, outcome, confidence)

    def _known(self, outcomes: Sequence[str] | None) -> list[str]:
        """Refuse outcomes that are not there, or lack what they are pooled from."""
        kept = self.store.manifest["outcomes"]
        for name in outcomes or ():
            needed = {name, *(column for terms in POOLED.get(name, ()) for column in terms)}
            if not needed <= set(kept):
                raise ScenarioError(f"outcome: there is no '{name}', {did_you_mean(name, kept)}")
        return list(outcomes or self.outcomes)

    def _blocks(
        self, outcomes: Sequence[str]
    ) -> Iterator[tuple[pd.DataFrame, dict[str, Array], NDArray[np.int64]]]:
        """Points with equally many runs: where they are, columns (points, runs), failed runs.

        One part at a time, so that memory stays flat; only a point cut into parts is gathered.
        """
        needed = {name: None for outcome in outcomes for name in _columns(outcome)}
        keys = ["point", "scenario", "institution", *self.factors]
        columns = [*keys, *needed, "error"]
        gathered: list[pd.DataFrame] = []
        for table in self.store.tables(columns):
            frame = table.to_pandas()
            if gathered and gathered[0]["point"].iloc[0] != frame["point"].iloc[0]:
                yield _block(pd.concat(gathered), keys, needed)
                gathered = []
            if frame["point"].iloc[0] == frame["point"].iloc[-1]:
                gathered.append(frame)
            else:
                yield _block(frame, keys, needed)
        if gathered:
            yield _block(pd.concat(gathered), keys, needed)


def _block(
    frame: pd.DataFrame, keys: list[str], needed: dict[str, Any]
) -> tuple[pd.DataFrame, dict[str, Array], NDArray[np.int64]]:
    points = int(frame["point"].nunique())
    shape = points, len(frame) // points
    place = frame[keys].iloc[:: shape[1]].reset_index(drop=True)
    failed = frame["error"].notna().to_numpy().reshape(shape).sum(axis=1)
    return place, {name: frame[name].to_numpy().reshape(shape) for name in needed}, failed


def _columns(outcome: str) -> list[str]:
    """Columns that an outcome is estimated from."""
    return [column for terms in POOLED.get(outcome, ({outcome: 1.0},)) for column in terms]


def _levels(
    columns: dict[str, Array], outcome: str, confidence: float
) -> tuple[Array, Array, NDArray[np.int64]]:
    """Estimates, half intervals and runs that count, as `estimators.ratio` for each row."""
    if outcome in POOLED:
        num, den = (
            sum((times * columns[name] for name, times in terms.items()), np.float64(0.0))
            for terms in POOLED[outcome]
        )
    else:
        num, den = columns[outcome], np.ones_like(columns[outcome])
    known = ~(np.isnan(num) | np.isnan(den))
    num, den = np.where(known, num, 0.0), np.where(known, den, 0.0)
    runs, total = num.shape[1], den.sum(axis=1)
    total = np.where(total > 0.0, total, np.nan)
    value = num.sum(axis=1) / total
    influence = (num - value[:, None] * den) * (runs / total)[:, None]
    half = np.full(len(value), np.nan)
    if runs > 1:
        error = influence.std(axis=1, ddof=1) / np.sqrt(runs)
        half = error * stdtrit(runs - 1, 0.5 + confidence / 2)
    return value, half, np.count_nonzero(den, axis=1)
