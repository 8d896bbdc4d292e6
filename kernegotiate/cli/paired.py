"""What came of meeting the same runs, in words."""

from collections.abc import Sequence

import pandas as pd

from kernegotiate.cli.words import label, listed


def variance_saved(effects: pd.DataFrame) -> str:
    """How much of the variance the same draws saved; "" if nothing differs.

    Args:
        effects: Columns `se` and `saved`; what never differs, such as the best possible, says
            nothing of pairing.
    """
    known = effects["saved"][effects["se"] > 0].dropna()
    if known.empty:
        return ""
    least, middle, most = (f"{100 * known.quantile(share):.0f}" for share in (0, 0.5, 1))
    return (
        f"Meeting the same leaders and projects saves {middle} % of the variance of these "
        f"differences (median; {least} to {most} %)."
    )


def precise(
    asked: float, reached: float, outcomes: Sequence[str], runs: int, unpaired: int | None
) -> str:
    """How many runs it took until the intervals were narrow enough.

    Args:
        asked: Half the width of an interval that was asked for, in shares.
        reached: Half the width of the widest.
        outcomes: That were looked at.
        runs: Of each.
        unpaired: That would have been needed without pairing; None if nothing was compared.
    """
    named = listed(f"'{label(name)}'" for name in outcomes)
    of = "differences" if unpaired else "levels"
    text = (
        f"{runs:,} runs of each: half of the widest interval of {of} in {named} is {reached:.2g}, "
        f"asked for {'was' if reached <= asked else 'but not reached was'} {asked:g}."
    )
    return f"{text} Without pairing about {unpaired:,} would be needed." if unpaired else text
