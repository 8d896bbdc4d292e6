"""What a validation comes to: a table of parts, one of facts, one of rankings."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kernegotiate.analysis.validation.fact import Fact
from kernegotiate.analysis.validation.judging import ANSWERS, Answer, of_all, verdict
from kernegotiate.analysis.validation.matching import moved_table, survivors, targets_table
from kernegotiate.analysis.validation.rankings import switched
from kernegotiate.analysis.validation.shares import share_of
from kernegotiate.analysis.validation.trees import Leaf, grow
from kernegotiate.analysis.validation.validation import Validation

WAITS = "waits"


@dataclass(frozen=True, eq=False)
class Tables:
    """A validation in short, each table made once.

    Attributes:
        parts: See `parts_table`.
        facts: See `facts_table`.
        ranking: See `ranking_table`.
        switches: See `switches_table`.
        targets: See `matching.py`.
        moved: Likewise.
    """

    parts: pd.DataFrame
    facts: pd.DataFrame
    ranking: pd.DataFrame
    switches: pd.DataFrame
    targets: pd.DataFrame
    moved: pd.DataFrame

    @classmethod
    def of(cls, found: Validation) -> Tables:
        """Make all of them."""
        made = (
            parts_table,
            facts_table,
            ranking_table,
            switches_table,
            targets_table,
            moved_table,
        )
        return cls(*[table(found) for table in made])


def parts_table(found: Validation) -> pd.DataFrame:
    """One row a part.

    Returns:
        `fact`, `part`, `label`, `measure`, `expected`, `informs`; `points`, how many of them lie
        at a `floor`; of the others the shares of each answer, with intervals for `right` and
        `opposite`, and of signs alone (`sign_right`, `sign_opposite`); quantiles of the value;
        `verdict`.
    """
    rows = []
    asked = {fact.name: fact for fact in found.facts}
    for (name, place), here in found.answers.groupby(["fact", "part"], sort=False):
        number = int(str(place))
        part = asked[str(name)].parts[number]
        answers: list[Answer] = here["answer"].tolist()
        counted = here[here["answer"] != "floor"]
        row = {
            "fact": name,
            "part": number,
            "label": part.label,
            "measure": part.measure.words,
            "expected": part.expected,
            "informs": part.informs,
            **_shares(answers),
            "sign_right": _part_of(counted["sign"] > 0),
            "sign_opposite": _part_of(counted["sign"] < 0),
        }
        for label, share in (("low", 0.05), ("median", 0.5), ("high", 0.95)):
            row[f"{label}_value"] = counted["value"].quantile(share) if len(counted) else math.nan
        row["median_least"] = counted["least"].median() if len(counted) else math.nan
        rows.append(row | {"verdict": verdict(answers)})
    return pd.DataFrame(rows)


def answers_of(found: Validation, fact: Fact) -> list[Answer]:
    """The answer of a whole fact at each point: of all parts that count."""
    counts = [number for number, part in enumerate(fact.parts) if not part.informs]
    here = found.answers[(found.answers["fact"] == fact.name) & found.answers["part"].isin(counts)]
    return [of_all(answers) for _, answers in here.groupby("point")["answer"]]


def facts_table(found: Validation) -> pd.DataFrame:
    """One row a fact, also one that waits: what it is, shares of its answers, and its verdict."""
    rows: list[dict[str, object]] = []
    for fact in found.facts:
        row: dict[str, object] = {
            "fact": fact.name,
            "title": fact.title,
            "kind": fact.kind,
            "support": fact.support,
            "built_in": fact.built_in,
            "waits_for": fact.waits_for,
        }
        if not fact.parts:
            rows.append(row | {"verdict": WAITS})
            continue
        answers = answers_of(found, fact)
        row |= {"judged": sum(not part.informs for part in fact.parts), **_shares(answers)}
        row["opposite_of_all"] = answers.count("opposite") / len(answers)
        if found.targets:
            left = [one for one, alive in zip(answers, survivors(found), strict=True) if alive]
            row |= _shares(left, "_within")
            row["verdict_within"] = verdict(left) if left else "not testable"
        rows.append(row | {"decides": _deciding(found, fact, answers), "verdict": verdict(answers)})
    return pd.DataFrame(rows)


def _deciding(found: Validation, fact: Fact, answers: Sequence[Answer]) -> str:
    """The part that most often keeps the fact from being right: its label, and at how many points.

    At a point those parts decide that have the fact's own answer.
    """
    here = found.answers[found.answers["fact"] == fact.name]
    wrong = {point for point, one in enumerate(answers) if one not in ("right", "floor")}
    counts: dict[int, int] = {}
    for number, part in enumerate(fact.parts):
        if not part.informs:
            own = here[here["part"] == number].set_index("point")["answer"]
            counts[number] = sum(own[point] == answers[point] for point in wrong)
    if not wrong or len(counts) < 2:
        return ""
    most = max(counts, key=lambda number: counts[number])
    return f"{fact.parts[most].label} (at {counts[most]} of {len(wrong)} points)"


def when(found: Validation, fact: Fact) -> list[Leaf]:
    """When a fact holds and when not: a tree over the points that count."""
    answers = answers_of(found, fact)
    counted = [one != "floor" for one in answers]
    settings = found.box.settings(fact.box)[counted]
    kept = [one if one in ("right", "opposite") else "neither" for one in answers if one != "floor"]
    return grow(settings.loc[:, [len(set(settings[name])) > 1 for name in settings]], kept)


def ranking_table(found: Validation) -> pd.DataFrame:
    """One row a measure and institution: in what share of the box it is the best.

    Returns:
        `measure`, `institution`, `best` with interval, and `ahead`: best with a difference from
        the second whose interval leaves out zero.
    """
    if found.ranking is None:
        return pd.DataFrame()
    rows = []
    for measure, here in found.standings.groupby("measure", sort=False):
        for name in found.ranking.institutions:
            best = here["best"] == name
            rows.append(
                {"measure": measure, "institution": name}
                | _interval("best", int(best.sum()), len(here))
                | {"ahead": float((best & here["ahead"]).mean())}
                | _within(found, best.to_numpy(), here["point"].to_numpy())
            )
    return pd.DataFrame(rows)


def switches_table(found: Validation) -> pd.DataFrame:
    """One row a measure and switch: how often the institution is best, with and without it."""
    if found.ranking is None:
        return pd.DataFrame()
    rows = []
    for measure, here in found.standings.groupby("measure", sort=False):
        for one in found.ranking.switches:
            still = here[switched(one)]
            rows.append(
                {"measure": measure, "institution": one.institution, "switch": one.label}
                | {"best": float((here["best"] == one.institution).mean())}
                | _interval("still", int(still.sum()), len(here))
            )
    return pd.DataFrame(rows)


def who_is_best(found: Validation, measure: str) -> list[Leaf]:
    """When which institution is best: a tree over all points."""
    here = found.standings[found.standings["measure"] == measure].sort_values("point")
    return grow(found.box.settings({}), here["best"].tolist())


def _shares(answers: Sequence[Answer], where: str = "") -> dict[str, float]:
    """Points, those at a floor, and of the others the share of each answer; `where` ends names."""
    counted = [one for one in answers if one != "floor"]
    row: dict[str, float] = {
        f"points{where}": len(answers),
        f"floor{where}": _part_of([a == "floor" for a in answers]),
    }
    for one in ANSWERS:
        if one in ("right", "opposite"):
            row |= _interval(f"{one}{where}", counted.count(one), len(counted))
        elif one != "floor":
            row[f"{one}{where}"] = _part_of([a == one for a in counted])
    return row


def _within(
    found: Validation, best: NDArray[np.bool_], point: NDArray[np.int64]
) -> dict[str, float]:
    """In what share of the points that survive it is the best."""
    if not found.targets:
        return {}
    alive = survivors(found)[point]
    return _interval("within", int((best & alive).sum()), int(alive.sum()))


def _interval(name: str, count: int, points: int) -> dict[str, float]:
    share = share_of(count, points)
    return {name: share.value, f"{name}_low": share.low, f"{name}_high": share.high}


def _part_of(flags: Sequence[bool] | pd.Series) -> float:
    return float(sum(flags) / len(flags)) if len(flags) else math.nan
