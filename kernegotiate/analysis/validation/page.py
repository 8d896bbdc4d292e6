"""The page of a validation, as Markdown: what is reproduced, what is red, and when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

import pandas as pd

from kernegotiate.analysis.validation.fact import Fact
from kernegotiate.analysis.validation.markdown import (
    MARKS,
    as_list,
    interval,
    joined,
    number,
    percent,
    table,
)
from kernegotiate.analysis.validation.summary import (
    WAITS,
    Tables,
    when,
    who_is_best,
)
from kernegotiate.analysis.validation.targets_page import what_survives
from kernegotiate.analysis.validation.validation import SCENARIO, Validation

ORDER = tuple(MARKS)
BEST_FIRST = ("reproduced", "mixed", "no effect", "opposite")
FIGURES = "validation"
BESIDE = (
    "An earlier model at the same points; what it had no parameter for was not varied. Nothing of "
    "a fact has changed in between."
)


def page(
    found: Validation, tables: Tables, *, command: str, before: pd.DataFrame | None = None
) -> str:
    """The whole page.

    Args:
        found: What the model says.
        tables: The same in short.
        command: How the page is made again.
        before: Table of facts of an earlier model, to be shown beside it.
    """
    facts, parts = tables.facts, tables.parts
    blocks = [
        "# Facts of the field, held against the model",
        _preface(found, command),
        "## In short",
        *_short(facts),
        *_winners(found, tables),
        "## All facts",
        _overview(facts),
    ]
    if before is not None:
        blocks += ["## Before and after", BESIDE, _beside(before, facts)]
    if found.targets:
        blocks += ["## What survives", *what_survives(found, tables)]
    if found.ranking:
        blocks += ["## Which institution is best", *_rankings(found, tables)]
    for kind, title in (("fact", "## Fact by fact"), ("anchor", "## Anchor by anchor")):
        asked = [fact for fact in found.facts if fact.kind == kind and fact.parts]
        if asked:
            blocks.append(title)
            for fact in asked:
                blocks += _one(found, fact, facts, parts)
    waiting = [fact for fact in found.facts if fact.waits_for]
    if waiting:
        blocks += ["## What waits for a mechanism", _waiting(waiting)]
    return "\n\n".join(blocks) + "\n"


def _preface(found: Validation, command: str) -> str:
    told = ", ".join(f"`{name}` = {value}" for name, value in found.settings.items())
    changed = f" In all arms {told}." if told else ""
    off = " **The mechanism of each fact is switched off here.**" if found.off else ""
    return (
        f"Made by `{command}`: {len(found.box)} points of the plausible box of "
        f"{len(found.box.shares.columns)} uncertain parameters, {found.runs} paired runs of each "
        f"arm at each point, `{SCENARIO}`, seed {found.seed}.{changed}{off} How a fact is read and "
        "judged, and that this was decided before it was run: "
        "[experiments/facts](../experiments/facts/README.md). *Right*: the sign of the fact, an "
        "interval without zero, and a size beyond the threshold. *Opposite*: the same with the "
        "other sign. Shares are of the points that are not at a floor or ceiling. A fact is right "
        "where all of its judged parts are, and opposite where any is: the more parts, the harder "
        "to be right and the easier to be opposite, so the parts tell more than the verdict. "
        "🟢 reproduced (right in 80 % or more), 🟡 mixed, 🔴 opposite (in half or more) or no "
        "effect (in 80 % or more), ⚪ nothing to judge."
    )


def _short(facts: pd.DataFrame) -> Iterator[str]:
    """Counts of verdicts."""
    rows = []
    for kind, support in product(("fact", "anchor"), ("strong", "moderate", "weak")):
        here = facts[(facts["kind"] == kind) & (facts["support"] == support)]["verdict"]
        if len(here):
            counts = [str((here == one).sum() or "") for one in ORDER]
            rows.append([f"{kind}s, {support}", *counts])
    yield table(["", *[f"{MARKS[one]} {one}" for one in ORDER]], rows)
    easy = facts[(facts["verdict"] == "reproduced") & (facts["built_in"] == "high")]["fact"]
    if len(easy):
        yield (
            f"Of the reproduced ones {', '.join(easy)} {'is' if len(easy) == 1 else 'are'} so by "
            "construction: a natural coding of the lever gives the result, and passing proves "
            "little."
        )


def _winners(found: Validation, tables: Tables) -> Iterator[str]:
    """Who is best most often, and how far that is by construction."""
    if not found.ranking:
        return
    for measure, ranks in tables.ranking.groupby("measure", sort=False):
        first = ranks.sort_values("best", kind="stable").iloc[-1]
        name = first["institution"]
        within = f", {interval(first, 'within')} % of what survives" if found.targets else ""
        told = (
            f"**Best in `{measure}`** is most often `{name}`: "
            f"in {interval(first, 'best')} % of the points{within}."
        )
        switches = tables.switches
        own = switches[(switches["measure"] == measure) & (switches["institution"] == name)]
        if len(own):
            ways = [
                f"{label}: {percent(still)} %"
                for label, still in zip(own["switch"], own["still"], strict=True)
            ]
            told += " How far that is by construction, one advantage at a time: if "
            told += f"{'; if '.join(ways)}."
        yield f"{told} When it is not, and who is then: [below](#which-institution-is-best)."


def _overview(facts: pd.DataFrame) -> str:
    rows = []
    for fact in facts.to_dict("records"):
        name = fact["fact"]
        link = f"[{name}](#{name.lower()})" if fact["verdict"] != WAITS else name
        told = ["" if fact["verdict"] == WAITS else f"{fact['judged']:.0f}"]
        told += [interval(fact, "right"), interval(fact, "opposite")]
        told += [percent(fact.get("opposite_of_all")), percent(fact.get("floor"))]
        verdict = f"{MARKS[fact['verdict']]} {fact['verdict']}"
        rows.append([link, fact["title"], fact["support"], fact["built_in"], verdict, *told])
    return table(
        [
            "",
            "finding",
            "support",
            "by construction",
            "verdict",
            "parts",
            "right, %",
            "opposite, %",
            "opposite of all points, %",
            "floor, %",
        ],
        rows,
    )


def _one(found: Validation, fact: Fact, facts: pd.DataFrame, parts: pd.DataFrame) -> Iterator[str]:
    """All of one fact."""
    row = facts[facts["fact"] == fact.name].iloc[0]
    own = parts[parts["fact"] == fact.name]
    yield f"### {fact.name}"
    backed = ", ".join(fact.evidence) or fact.source
    yield f"**{fact.title}.** {fact.says} ({fact.support}; {backed})"
    yield f"{MARKS[row['verdict']]} **{row['verdict']}**: {_sentence(row)}"
    if row["decides"]:
        yield f"What most often keeps it from being right: {row['decides']}."
    if fact.why_built_in:
        yield f"*By construction ({fact.built_in}).* {joined(fact.why_built_in)}."
    yield f"*Reading.* {joined(fact.reading)}"
    yield f"*It would fail if* {joined(fact.fails_if)}."
    yield f"![{fact.name}: shares of answers, and effects]({FIGURES}/{fact.name}.svg)"
    rows = []
    for part in own.to_dict("records"):
        label = part["label"] + (" (informs only)" if part["informs"] else "")
        verdict = f"{MARKS[part['verdict']]} {part['verdict']}"
        signs = f"{percent(part['sign_right'])} / {percent(part['sign_opposite'])}"
        rows.append(
            [
                label,
                f"`{part['measure']}`",
                part["expected"],
                interval(part, "right"),
                interval(part, "opposite"),
                signs,
                percent(part["floor"]),
                number(part["median_value"]),
                verdict,
            ]
        )
    heads = [
        "part",
        "measure",
        "expected",
        "right, %",
        "opposite, %",
        "sign alone, %",
        "floor, %",
        "median",
        "verdict",
    ]
    yield table(heads, rows)
    if row["verdict"] == "mixed":
        yield f"When: {as_list(when(found, fact))}"
    if fact.waits_for:
        yield f"Not expressed: {joined(fact.waits_for)}."


def _sentence(row: pd.Series) -> str:
    if row["floor"] >= 1.0:
        return "all points lie at a floor or ceiling."
    told = (
        f"right in {interval(row, 'right')} % of the points, "
        f"opposite in {interval(row, 'opposite')} %, too small in {percent(row['small'])} %, "
        f"unclear in {percent(row['unclear'])} %"
    )
    return told + (
        f"; {percent(row['floor'])} % of all lie at a floor." if row["floor"] > 0 else "."
    )


def _rankings(found: Validation, tables: Tables) -> Iterator[str]:
    assert found.ranking
    ranks, switches = tables.ranking, tables.switches
    measures = list(ranks["measure"].unique())
    rows = []
    for one in found.ranking.institutions:
        here = ranks[ranks["institution"] == one].set_index("measure")
        rows.append([f"`{one}`"])
        for measure in measures:
            rows[-1] += [interval(here.loc[measure], "best"), percent(here.loc[measure, "ahead"])]
            rows[-1] += [interval(here.loc[measure], "within")] if found.targets else []
    heads = [""]
    for measure in measures:
        heads += [f"best in `{measure}`, %", "clearly, %"]
        heads += ["of what survives, %"] if found.targets else []
    yield (
        "In what share of the points each is the best, and clearly so: ahead of the second by an "
        "interval without zero."
    )
    yield table(heads, rows)
    for measure in measures:
        yield f"Best in `{measure}`: {as_list(who_is_best(found, measure))}"
    yield (
        "**How much of a win is by construction.** One advantage at a time is replaced by its "
        "neutral form; the share of points in which the institution would then still be better "
        "than all others:"
    )
    rows = []
    for (name, switch), here in switches.groupby(["institution", "switch"], sort=False):
        by = here.set_index("measure")
        rows.append([f"`{name}`", str(switch)])
        for measure in measures:
            rows[-1] += [percent(by.loc[measure, "best"]), interval(by.loc[measure], "still")]
    heads = ["", "switch"]
    for measure in measures:
        heads += [f"`{measure}`: best as it is, %", "with the switch, %"]
    yield table(heads, rows)


def _waiting(facts: Sequence[Fact]) -> str:
    return table(
        ["", "finding", "waits for"],
        [[fact.name, fact.title, joined(fact.waits_for)] for fact in facts],
    )


def _beside(before: pd.DataFrame, after: pd.DataFrame) -> str:
    """What got better and what got worse."""
    both = before.merge(after, on="fact", how="outer", suffixes=("_before", "_after"), sort=False)
    rows = []
    for one in both.to_dict("records"):
        old, new = (
            "absent" if pd.isna(name) else str(name)
            for name in (one["verdict_before"], one["verdict_after"])
        )
        shares = [
            f"{percent(one.get(f'{name}_before'))} → {percent(one.get(f'{name}_after'))}"
            for name in ("right", "opposite", "floor")
        ]
        rows.append([one["fact"], old, new, _moved(old, new), *shares])
    return table(["", "before", "after", "", "right, %", "opposite, %", "floor, %"], rows)


def _moved(old: str, new: str) -> str:
    """Whether a verdict is better or worse than another; nothing where they cannot be compared."""
    if old == new or not {old, new} <= set(BEST_FIRST):
        return ""
    return "better" if BEST_FIRST.index(new) < BEST_FIRST.index(old) else "worse"
