"""Runs until the intervals are narrow enough.

Half the width of an interval falls with the square root of the number of runs. So after n runs with
half widths of at most h, n (h / precision)^2 runs should do; as h itself is uncertain, a tenth more
are made. Rounds go on until it is so. Runs that are there are never made again, and the runs are
those that the same number asked for at once would be.

An interval at which one stops because it is narrow covers a little less often than it says, the
less so the more runs there are (Chow and Robbins 1965).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pandas as pd

from kernegotiate.engine.outcomes import MEANING
from kernegotiate.scenario import ScenarioError

MOST = 1_000_000
"""Runs of each point at which to stop whatever the interval."""
MARGIN = 1.1
"""More runs than the intervals so far say are needed."""
STEP = 4
"""Most times as many runs from round to round: the first intervals may be far off."""
FIRST = ("completion_rate", "efficiency")
"""Outcomes that are looked at unless others are named: one of each verdict."""


@dataclass(frozen=True)
class Precision:
    """How narrow intervals have to be.

    Attributes:
        half: Half the width of the widest, in shares.
        outcomes: Outcomes that are looked at; shares all of them.
        confidence: Of each interval, in (0, 1).
        most: Runs of each point at which to stop whatever the interval.
    """

    half: float
    outcomes: tuple[str, ...]
    confidence: float = 0.95
    most: int = MOST

    @classmethod
    def of(cls, value: Any, outcomes: Sequence[str] = (), confidence: float = 0.95) -> Precision:
        """Check what is asked for.

        Args:
            value: Half the width.
            outcomes: Outcomes that are asked for; those of them that are shares are looked at.
            confidence: Of each interval.

        Raises:
            ScenarioError: It is no share above 0, or no outcome is a share.
        """
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if not (number and 0 < value < 1):
            raise ScenarioError(f"precision: found {value!r}, allowed is a number in (0, 1)")
        shares = [name for name in outcomes or FIRST if _unit(name).startswith("share")]
        if not shares:
            raise ScenarioError(
                f"precision: is a share, and none of {', '.join(outcomes)} is; "
                f"add one, such as {FIRST[0]}"
            )
        return cls(float(value), tuple(shares), confidence)

    @classmethod
    def read(cls, contents: Mapping[str, Any]) -> Precision:
        """Read `contents`."""
        return cls(**{**contents, "outcomes": tuple(contents["outcomes"])})

    @property
    def contents(self) -> dict[str, Any]:
        """As plain values."""
        return {**asdict(self), "outcomes": list(self.outcomes)}

    def widest(self, table: pd.DataFrame) -> float:
        """Half the width of the widest interval; an undefined one has none.

        Args:
            table: Columns `outcome`, `low` and `high`.
        """
        looked_at = table[table["outcome"].isin(self.outcomes)]
        halves = (looked_at["high"] - looked_at["low"]).to_numpy() / 2
        return float(np.nanmax(halves, initial=0.0))

    def unpaired(self, runs: int, effects: pd.DataFrame) -> int:
        """Runs that would have been needed for the same if each had its own draws.

        Args:
            runs: Of each, on the same draws.
            effects: Columns `outcome`, `low`, `high` and `saved`.
        """
        looked_at = effects[effects["outcome"].isin(self.outcomes)]
        square = ((looked_at["high"] - looked_at["low"]) / 2) ** 2
        apart = square / (1.0 - looked_at["saved"])
        return math.ceil(runs * apart.max() / square.max()) if square.max() > 0 else runs

    def further(self, runs: int, widest: float) -> int:
        """Further runs of each point; 0 if it is narrow enough, or there are too many already."""
        if widest <= self.half:
            return 0
        needed = math.ceil(MARGIN * runs * (widest / self.half) ** 2)
        return max(0, min(needed, STEP * runs, self.most) - runs)


def _unit(outcome: str) -> str:
    """Unit of an outcome; "" for counts."""
    return MEANING.get(outcome, ("", ""))[1]
