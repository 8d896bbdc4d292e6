"""What runs left behind, as the engine wrote it, and the tables that are made of it.

The engine writes records into arrays. A command that only estimates reads them there; pandas takes
as long to load as some thousand runs, so it is loaded when somebody looks at a table. Trajectories
are the exception: their records are several times as large as the table, so they are not kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from kernegotiate.engine.diagnosis import CAUSES
from kernegotiate.engine.losses import LINES
from kernegotiate.engine.outcomes import COLUMNS, TRAJECTORY_COLUMNS

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False)
class Records:
    """Records of consecutive runs; results that share them share their tables.

    Attributes:
        first_run: Number of the first run.
        outcomes: OUTCOME, shape (runs,).
        losses: LOSS, shape (runs,); None if not asked for.
    """

    first_run: int
    outcomes: NDArray[np.void]
    losses: NDArray[np.void] | None

    def followed_by(self, later: Records) -> Records:
        """These and the next runs.

        Raises:
            ValueError: The others begin elsewhere.
        """
        if later.first_run != self.first_run + len(self.outcomes):
            raise ValueError("these are not the next runs")
        return Records(
            self.first_run,
            np.concatenate([self.outcomes, later.outcomes]),
            None
            if self.losses is None or later.losses is None
            else np.concatenate([self.losses, later.losses]),
        )

    def alike(self, other: Records) -> bool:
        """Whether all runs have the same numbers and the same outcomes, undefined ones too."""
        ours, theirs = as_floats(self.outcomes), as_floats(other.outcomes)
        return self.first_run == other.first_run and np.array_equal(ours, theirs, equal_nan=True)

    @cached_property
    def outcome_table(self) -> pd.DataFrame:
        """One row a run."""
        return self._by_run(self.outcomes, COLUMNS)

    @cached_property
    def loss_table(self) -> pd.DataFrame | None:
        """One row a run: the ledger and the causes."""
        if self.losses is None:
            return None
        names = ["first_best", *LINES, "welfare", "residual", "not_built"]
        names += [f"cause_{cause}" for cause in CAUSES] + [f"loss_{cause}" for cause in CAUSES]
        return self._by_run(self.losses, names)

    def _by_run(self, records: NDArray[np.void], names: Any) -> pd.DataFrame:
        import pandas as pd

        numbers = pd.RangeIndex(self.first_run, self.first_run + len(records), name="run")
        return pd.DataFrame(as_floats(records), index=numbers, columns=list(names))


def trajectory_table(years: NDArray[np.void], first_run: int) -> pd.DataFrame:
    """One row a run and year.

    Args:
        years: TRAJECTORY, shape (runs, years), the year 0 after the end.
        first_run: Number of the first run.
    """
    import pandas as pd

    run, year = np.nonzero(years["year"])
    table = pd.DataFrame(as_floats(years[run, year]), columns=list(TRAJECTORY_COLUMNS))
    table.insert(0, "run", first_run + run)
    return table.astype({"year": int})


def as_floats(records: NDArray[np.void]) -> NDArray[np.float64]:
    """Records of floats as rows of floats, the same memory."""
    return records.view(np.float64).reshape(len(records), records.itemsize // 8)
