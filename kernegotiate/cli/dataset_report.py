"""`experiment show`: estimates at the points of a batch, effects, claims, sensitivity indices."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from kernegotiate.analysis import FIRST, ClaimResult, Results
from kernegotiate.analysis.labels import label
from kernegotiate.batch.sampling import SAMPLED
from kernegotiate.cli.claim_report import claim_blocks, claim_data
from kernegotiate.cli.numbers import Money
from kernegotiate.cli.output import Answer
from kernegotiate.cli.pairing import variance_saved
from kernegotiate.cli.tables import interval, unit_of
from kernegotiate.cli.words import counted
from kernegotiate.scenario import ScenarioError

if TYPE_CHECKING:
    from rich.console import RenderableType

SHOWN = 20  # points of a sampled design; of others all
WIDE = 4  # factors that fit in a line
REASONS = 5  # why points failed
NAMED = 10  # points in a sentence


def figures(results: Results, chosen: list[str] | None) -> Answer:
    """Show what a batch says.

    Args:
        results: Finished or not; effects, claims and indices need all of it.
        chosen: Outcomes; those of the experiment by default.
    """
    told = results.store.manifest["experiment"]
    outcomes = list(dict.fromkeys(chosen or told.get("outcomes") or FIRST))
    summary = results.summary(outcomes)
    if summary.empty:
        raise ScenarioError("show: no chunk is there yet")
    kind = results.store.manifest["design"]["kind"]
    whole = not results.missing
    indices, silent = _sensitivities(results, outcomes if kind in ("sobol", "morris") else ())
    failures = results.failures()
    remarks = [*told.get("remarks", ()), *(results.inert() if whole else ())]
    effects = results.effects(outcomes) if whole and results.compares else pd.DataFrame()
    claims: tuple[ClaimResult, ...] = ()
    misfit = None
    try:
        claims = results.claims() if whole else ()
    except ScenarioError as error:  # they do not fit the design; all else is there to be shown
        misfit = str(error)

    def data() -> dict[str, Any]:
        return {
            "experiment": told["name"],
            "question": told["question"],
            "replications": results.replications,
            "points": summary.to_dict("records"),
            "effects": effects.to_dict("records"),
            "claims": claim_data(claims),
            "claims_error": misfit,
            "sensitivity": {key: table.to_dict("records") for key, table in indices.items()},
            "sensitivity_errors": silent,
            "failed_points": failures,
            "remarks": remarks,
        }

    def blocks() -> "Iterator[RenderableType]":
        from rich.text import Text

        yield Text(told["title"], style="bold")
        yield told["question"]
        yield from remarks
        for outcome, table in indices.items():
            yield Text(f"{label(outcome)}: what it depends on", style="bold")
            yield from _sensitivity(table, kind)
        yield from silent.values()
        yield from _tables(results, summary, effects, outcomes)
        yield "± is half of the 95% confidence interval."
        yield from failed_points(failures)
        if not whole:
            yield f"{counted(results.missing, 'chunk')} missing: no differences and claims yet."
        yield from claim_blocks(claims)
        if misfit:
            yield misfit

    return Answer(data, blocks)


def _tables(
    results: Results, summary: pd.DataFrame, effects: pd.DataFrame, outcomes: Sequence[str]
) -> "Iterator[RenderableType]":
    """Levels and differences."""
    from rich.text import Text

    manifest = results.store.manifest
    sampled = manifest["design"]["kind"] in SAMPLED
    factors = results.factors if len(results.factors) <= WIDE else ()
    amounts = summary["value"][summary["outcome"].map(unit_of) == "money"]
    currency = manifest["scenarios"][0]["region"]["currency"]
    money = Money.to_fit(amounts, currency)
    keys = [key for key in ("scenario", "institution") if len(set(summary[key])) > 1]
    keys = ["point", *keys, *factors]
    unit = f"; money in {money.unit}" if len(amounts) else ""
    yield Text(
        f"What each point achieves, {counted(results.replications, 'run')} each{unit}", "bold"
    )
    most = SHOWN if sampled else manifest["points"]
    all_factors = "" if len(factors) == len(results.factors) else ", no factors"

    def left(table: pd.DataFrame) -> Iterator[str]:
        points = table["point"].nunique()
        if points > most or (sampled and all_factors):
            shown = f"{counted(min(points, most), 'point')} of {points:,} shown"
            yield f"{shown}{all_factors}; --json has all."

    yield _estimates(summary, keys, outcomes, money, most)
    yield from left(summary)
    if effects.empty:
        return
    yield Text(
        f"Difference from {_reference(manifest, bool(results.factors))}; points where the level "
        f"is in %{unit}",
        style="bold",
    )
    yield _estimates(effects, keys, outcomes, money, most, difference=True)
    yield from left(effects)
    yield "~ cannot be told from no difference. " + variance_saved(
        zip(effects["se"], effects["saved"], strict=True)
    )


def _reference(manifest: dict[str, Any], settings: bool) -> str:
    """What differences are taken from."""
    if len({one["as"] for one in manifest["institutions"]}) > 1:
        return f"{manifest['experiment']['baseline']}{' at the same settings' if settings else ''}"
    several = len(manifest["scenarios"]) > 1
    return f"the first row of the design{' in the same scenario' if several else ''}"


def _estimates(
    table: pd.DataFrame,
    keys: Sequence[str],
    outcomes: Sequence[str],
    money: Money,
    most: int,
    *,
    difference: bool = False,
) -> "RenderableType":
    """One row a point, an estimate and half its interval in one cell."""
    by_outcome = {name: table[table["outcome"] == name].head(most) for name in outcomes}
    places = by_outcome[outcomes[0]][list(keys)].to_numpy().tolist()
    cells = [
        [
            interval(ends, unit_of(name), money, difference=difference)
            for ends in zip(rows["value"], rows["low"], rows["high"], strict=True)
        ]
        for name, rows in by_outcome.items()
    ]
    lines = [[*place, *cell] for place, *cell in zip(places, *cells, strict=True)]
    return _table([*keys, *map(label, outcomes)], lines, len(keys))


def _sensitivities(
    results: Results, outcomes: Sequence[str]
) -> tuple[dict[str, pd.DataFrame], dict[str, str]]:
    """Indices by outcome, and why other outcomes have none; all of the batch must be there."""
    indices: dict[str, pd.DataFrame] = {}
    silent: dict[str, str] = {}
    for outcome in outcomes:
        try:
            indices[outcome] = results.sensitivity(outcome)
        except ScenarioError as error:
            if results.missing:
                raise
            silent[outcome] = str(error)
    return indices, silent


def failed_points(failures: dict[int, str]) -> Iterator[str]:
    """Why points could not be run: each reason once, with the points that it stopped."""
    points: dict[str, list[int]] = {}
    for number, why in sorted(failures.items()):
        points.setdefault(why, []).append(number)
    for why, numbers in list(points.items())[:REASONS]:
        more = f" and {counted(len(numbers) - NAMED, 'more point')}" if len(numbers) > NAMED else ""
        named = ", ".join(map(str, numbers[:NAMED]))
        what = "Point" if len(numbers) == 1 else "Points"
        yield f"{what} {named}{more} could not be run: {why}"
    if len(points) > REASONS:
        yield f"{counted(len(points) - REASONS, 'further reason')}; --json has all."


def _sensitivity(table: pd.DataFrame, kind: str) -> "Iterator[RenderableType]":
    """Indices where there are any, and why there are none elsewhere."""
    known = table["why"] == ""
    if known.any():
        yield _indices(table[known].drop(columns="why"), kind)
    yield from dict.fromkeys(table.loc[~known, "why"])


def _indices(table: pd.DataFrame, kind: str) -> "RenderableType":
    """The strongest factor first."""
    ordered = table.sort_values(
        ["scenario", "institution", "ST" if kind == "sobol" else "mu_star"],
        ascending=[True, True, False],
        kind="stable",
    )
    return _table(ordered.columns, ordered.to_numpy().tolist())


def _table(columns: Iterable[Any], rows: list[list[Any]], whole: int = 0) -> "RenderableType":
    """A table; the first `whole` columns are never broken."""
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
    for number, column in enumerate(columns):
        table.add_column(str(column), vertical="bottom", no_wrap=number < whole)
    for row in rows:
        table.add_row(*(f"{cell:.3g}" if isinstance(cell, float) else str(cell) for cell in row))
    return table
