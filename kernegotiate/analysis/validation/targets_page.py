"""What the targets leave of the box, as a section of the page."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from kernegotiate.analysis.validation.markdown import (
    MARKS,
    as_list,
    interval,
    number,
    percent,
    table,
)
from kernegotiate.analysis.validation.matching import who_survives
from kernegotiate.analysis.validation.summary import WAITS, Tables
from kernegotiate.analysis.validation.validation import Validation


def what_survives(found: Validation, tables: Tables) -> Iterator[str]:
    """How much each target rules out, what the rest has in common, and the facts on it."""
    yield (
        "A target bounds what the model may give at a point; where the whole interval lies "
        "outside, the point is ruled out. Targets rest on evidence that is no fact of this page, "
        "and were written down with their rules before they were run: "
        "[experiments/targets](../experiments/targets/README.md)."
    )
    rows = []
    for one in tables.targets.to_dict("records"):
        if one["target"] == "all":
            rows.append(["**all**", "", "", "", interval(one, "out"), ""])
        else:
            told = [one["title"], f"`{one['measure']}`", one["expected"]]
            rows.append([one["target"], *told, interval(one, "out"), number(one["median"])])
    yield table(["", "target", "measure", "bounds", "ruled out, %", "median"], rows)
    if len(tables.moved):
        yield f"When a point survives: {as_list(who_survives(found))}"
        yield from _identified(tables.moved)
    yield "**The facts on the whole box and on what survives:**"
    yield _facts(tables.facts[tables.facts["verdict"] != WAITS])


def _identified(moved: pd.DataFrame) -> Iterator[str]:
    """Which parameters the targets say something about."""
    sure = moved[moved["moved"]]
    yield (
        f"**Identified.** Of {len(moved)} parameters the survivors differ from the whole box in "
        f"{len(sure)} (Kolmogorov-Smirnov, 5 % over all of them together); about the other "
        f"{len(moved) - len(sure)} the targets say nothing. Places in the range: 0 is its lower "
        "end, 1 its upper one; spread evenly, values have the mean .5, and four fifths of them lie "
        "between .1 and .9."
    )
    if len(sure):
        rows = [
            [f"`{name}`", f"{mean:.2f}", f"{low:.2f} to {high:.2f}"]
            for name, mean, low, high in zip(
                sure["parameter"], sure["mean"], sure["low"], sure["high"], strict=True
            )
        ]
        yield table(["parameter", "mean place", "four fifths of them"], rows)


def _facts(facts: pd.DataFrame) -> str:
    rows = []
    for one in facts.to_dict("records"):
        verdicts = [one["verdict"], one["verdict_within"]]
        shares = [f"{percent(one['right'])} → {interval(one, 'right_within')}"]
        shares += [
            f"{percent(one[name])} → {percent(one[f'{name}_within'])}"
            for name in ("opposite", "floor")
        ]
        rows.append([one["fact"], *[f"{MARKS[said]} {said}" for said in verdicts], *shares])
    heads = ["", "whole box", "what survives", "right, %", "opposite, %", "floor, %"]
    return table(heads, rows)
