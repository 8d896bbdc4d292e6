"""Runs until the intervals are narrow enough.

Half the width of an interval falls with the square root of the number of runs. So after n runs with
half widths of at most h, n (h / precision)^2 runs should do; as h itself is uncertain, a tenth more
are made. Rounds go on until it is so, but never end before `LEAST` runs. Runs that are there are
never made again, and the runs are those that the same number asked for at once would be.

An interval at which one stops because it is narrow covers a little less often than it says, the
less so the more runs there are (Chow and Robbins 1965).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from numbers import Real
from typing import TYPE_CHECKING, Any, Literal

from kernegotiate.analysis.estimators import check_confidence
from kernegotiate.engine.outcomes import MEANING
from kernegotiate.scenario import ScenarioError

if TYPE_CHECKING:
    import pandas as pd

MOST = 1_000_000
"""Runs of each point at which to stop whatever the interval."""
LEAST = 100
"""Runs of each point before which no interval is believed: what has not happened yet seems certain,
and a few runs that happen to agree give an interval without width."""
MARGIN = 1.1
"""More runs than the intervals so far say are needed."""
STEP = 4
"""Most times as many runs from round to round: the first intervals may be far off."""
ROUNDING = 1e-9
"""Share of a variance that is not told from none."""
SHARES = ("share", "0 to 1")
"""How units begin that are shown in %."""
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
            ScenarioError: It is no share above 0, no outcome is one, or the confidence is none.
        """
        check_confidence(confidence)
        if not (isinstance(value, Real) and not value <= 0 and value < 1):
            raise ScenarioError(f"precision: found {value!r}, allowed is a number in (0, 1)")
        shares = [name for name in outcomes or FIRST if _unit(name).startswith(SHARES)]
        if not shares:
            raise ScenarioError(
                f"precision: is a share, and none of {', '.join(outcomes)} is; "
                f"add one, such as {FIRST[0]}"
            )
        return cls(float(value), tuple(shares), float(confidence))

    @classmethod
    def read(cls, contents: Mapping[str, Any]) -> Precision:
        """Read `contents`."""
        return cls(**{**contents, "outcomes": tuple(contents["outcomes"])})

    @property
    def contents(self) -> dict[str, Any]:
        """As plain values."""
        return {**asdict(self), "outcomes": list(self.outcomes)}

    def achieved(
        self, runs: int, differences: pd.DataFrame, levels: Callable[[], pd.DataFrame]
    ) -> Achieved:
        """How narrow the intervals are that count.

        Those are the intervals of the differences between institutions (of one at settings chosen
        by hand, between these) or, where there is none, of the levels, in the outcomes that are
        looked at. Arms that only claims use do not count, in memory as on disk.

        Args:
            runs: Of each.
            differences: Without arms; columns `outcome`, `low`, `high` and `saved`, and `point` or
                `coordinator`; empty if nothing is compared.
            levels: Makes a table without arms, of the same columns but `saved`.
        """
        paired = not differences.empty
        table = differences if paired else levels()
        table = table[table["outcome"].isin(self.outcomes)]
        halves = (table["high"] - table["low"]) / 2
        place = table["point" if "point" in table else "coordinator"]
        return Achieved(
            asked=self.half,
            of="differences" if paired else "levels",
            outcomes=self.outcomes,
            runs=runs,
            reached=float(halves.max()),  # NaN only if all are
            undefined=int(place[halves.isna()].nunique()),
            unpaired=_unpaired(runs, halves, table["saved"]) if paired else None,
        )

    def further(self, runs: int, reached: float) -> int:
        """Further runs of each point; 0 if that is enough, or there are too many already.

        Args:
            runs: Of each point so far.
            reached: Half the width of the widest interval; NaN if none is defined, when more runs
                of what defines nothing would not help.
        """
        if runs < LEAST:
            return max(0, min(LEAST, self.most) - runs)
        if math.isnan(reached) or reached <= self.half:
            return 0
        times = reached / self.half
        needed = min(MARGIN * runs * times * times, STEP * runs, self.most)
        return max(0, math.ceil(needed) - runs)


@dataclass(frozen=True)
class Achieved:
    """How narrow intervals are.

    Attributes:
        asked: Half the width that was asked for, in shares.
        of: What the intervals are of.
        outcomes: Outcomes that were looked at.
        runs: Of each.
        reached: Half the width of the widest interval; NaN if none is defined.
        undefined: Points, or coordinators, with an interval that is undefined and left out.
        unpaired: Runs that would have been needed for the same if each had its own draws; None if
            nothing was compared, or nothing differs.
    """

    asked: float
    of: Literal["differences", "levels"]
    outcomes: tuple[str, ...]
    runs: int
    reached: float
    undefined: int
    unpaired: int | None


def _unpaired(runs: int, halves: pd.Series[float], saved: pd.Series[float]) -> int | None:
    """See `Achieved.unpaired`.

    Where pairing saves all but nothing of the variance two institutions differ by rounding, if at
    all: their variance cannot be told from what is left of it.
    """
    square = halves**2
    apart = (square / (1.0 - saved))[saved < 1.0 - ROUNDING]
    if not (apart.max() > 0):
        return None
    return math.ceil(runs * apart.max() / square.max())


def _unit(outcome: str) -> str:
    """Unit of an outcome; "" for counts."""
    return MEANING.get(outcome, ("", ""))[1]
