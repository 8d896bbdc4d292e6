"""Figures that stand beside pictures."""

import math
from typing import Any

from viz.words import Words


def share_of(latest: Any, words: Words) -> str:
    """Welfare as a share of what was possible, in a row of the history."""
    best = float(latest.first_best)
    return words.percent(latest.welfare / best if best > 0.0 else math.nan)
