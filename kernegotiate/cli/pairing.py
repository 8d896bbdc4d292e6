"""What came of meeting the same runs, in words."""

import math
from collections.abc import Iterable

import numpy as np

from kernegotiate.analysis.labels import label
from kernegotiate.analysis.precision import Achieved
from kernegotiate.cli.words import counted, listed


def variance_saved(effects: Iterable[tuple[float, float]]) -> str:
    """How much of the variance the same draws saved; "" if nothing differs.

    Args:
        effects: Standard error of each difference, and the part of its variance that was saved;
            what never differs, such as the best possible, says nothing of pairing.
    """
    known = [saved for error, saved in effects if error > 0 and not math.isnan(saved)]
    if not known:
        return ""
    least, middle, most = (f"{100 * share:.0f}" for share in np.quantile(known, (0, 0.5, 1)))
    return (
        f"Meeting the same leaders and projects saves {middle} % of the variance of these "
        f"differences (median; {least} to {most} %)."
    )


def precise(found: Achieved) -> str:
    """How many runs it took until the intervals were narrow enough."""
    named = listed(f"'{label(name)}'" for name in found.outcomes)
    left_out = f"undefined at {counted(found.undefined, 'point')}, left out"
    if math.isnan(found.reached):
        return f"{found.runs:,} runs of each: no interval of {found.of} in {named} is defined."
    text = (
        f"{found.runs:,} runs of each: half of the widest interval of {found.of} in {named} is "
        f"{found.reached:.2g}{f' ({left_out})' if found.undefined else ''}, "
        f"{'as' if found.reached <= found.asked else 'not as'} precise as the {found.asked:g} "
        "that was asked for."
    )
    if found.unpaired is None:
        return text
    return f"{text} Without pairing about {found.unpaired:,} would be needed."
