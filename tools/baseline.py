"""The committed baseline: what institutions gave, run by run, when numbers last changed.

`make baseline` simulates it anew. If a number moved, it writes the new table only when CHANGELOG.md
has a line under "Changes numbers" that the old table was not made with; the table carries a mark of
each line it was made with. `tests/engine/test_baseline.py` holds the engine against it.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

import kernegotiate as kn
from kernegotiate.engine.diagnosis import CAUSES
from kernegotiate.engine.losses import LINES
from kernegotiate.scenario import Scenario, load_scenario

ROOT = Path(__file__).parents[1]
FILE = ROOT / "tests/engine/baseline.csv"
CHANGELOG = ROOT / "CHANGELOG.md"
RUNS, SEED, YEARS = 24, 11, 12
TOLERANCE = 1e-9  # relative; absolute for shares and counts; of the first best for all money
DIGITS = 12  # that are written
INSTITUTIONS = (
    "advisory_council",
    "conditional_funding",
    "consensus_or_no_money",
    "empowered_board",
    "lga",
    "none",
    "statute_planning",
)
"""Those that the others are based on. The others move some of their levers, which `SETTINGS` move
too; with all of them the table would be more than twice as long and hold no further rule."""
KEYS = ["setting", "institution", "run"]
IGNORED = ("imbalance", "residual", "first_best_1", "welfare_1")  # rounding, or told twice
MONEY = {
    "welfare", "first_best", "coordination_cost", "outside_money", "joint_spending",
    "copy_spending", "extra_copy_spending", "dues_spending", "fund_spending", "grant_spending",
    *LINES, *(f"loss_{cause}" for cause in CAUSES),
}  # fmt: skip

SETTINGS: dict[str, dict[str, Any]] = {
    "as it is": {},
    "talks": {
        "side_payments": True, "linkage": 3, "rounds": 8, "parties_max": 3, "mediation": 0.5,
        "quota": 0.7, "decider": 0.3, "bar": 1.2, "hosted_costs": 0.3,
    },
    "money": {
        "levy_rate": 0.06, "backstop": True, "equalisation": 0.4, "match_rate": 0.3,
        "grant_budget": 0.2, "withheld_share": 0.08, "fund_cap": 0.4, "proposal_rule": "ability",
    },
    "law": {
        "plan_supremacy": 0.4, "contract_completeness": 0.7, "monitoring": 0.6, "sanction": 0.8,
        "institutional_memory": 0.5, "staff_loyalty": 0.6, "delegate_loyalty": 0.6,
        "kpi_regional": 0.2, "evasion": 0.5,
    },
    "people": {
        "calendar": "random", "term": 3, "renewal": 0.7, "term_limit": 3, "noise": 0.1,
        "caution": 0.3, "cover": 0.6, "reputation": 1.0, "copy_ratio": 1.4, "copy_crowding": 0.3,
        "data_sharing": 0.3, "social_discount": 0.97, "upfront": 0.2,
    },
    "all on": {
        "foresight": 0.5, "vagueness": 0.5, "credit_kept": 0.5, "voters_loss": 0.3,
        "land_rent": 0.1, "cost_body": 0.002, "bad_years": 0.3, "bad_year_loss": 0.4,
        "end_foreseen": 0.5, "grudge": 0.4, "shirking": 0.5, "congestion": 0.5, "reopening": 0.5,
        "hold_up": 0.3, "overrun": 0.1, "renewal_results": 0.1, "delegates": 0.8, "capture": 0.3,
        "captor": "largest", "grant_bar": 0.8, "grant_carry": 0.5, "partial_grants": True,
        "delegate_loyalty": 0.7, "veto_points": 2, "send_back": 0.2,
        "chair_rank": 0.5, "absence": 0.2, "central_support": 0.01, "bonds": 2.0, "earmark": 0.5,
        "interest": 0.08, "debt_years": 8,
    },
    "in time": {
        "changes": "3 agenda=coordinator; 6 conditional_funding; "
        "10 lga agenda=centre bar=2 linkage=2",
        "mergers": "4 92 93 94; 8 87 82; 8 92 91",
    },
    "voluntary": {
        "membership": "voluntary", "levy_rate": 0.03, "equalisation": 0.2, "withheld_share": 0.03,
        "match_rate": 0.2, "grant_budget": 0.1, "veto_points": 1, "send_back": 0.3, "earmark": 0.5,
        "plan_supremacy": 0.4, "decider": 0.3, "delegates": 0.6, "institutional_memory": 0.6,
        "changes": "5 membership=mandatory; 7 membership=voluntary backstop=true",
        "mergers": "9 92 93 94",
    },
    "table": {"three_towns": True},
}  # fmt: skip


def cells() -> Iterator[tuple[str, str, Scenario, dict[str, Any]]]:
    """Setting, institution, scenario and what is set beside it."""
    delta = load_scenario("mekong_delta").with_overrides(years=YEARS)
    towns = load_scenario("three_towns")
    for setting, values in SETTINGS.items():
        for institution in INSTITUTIONS:
            if "three_towns" in values:
                # Something to draw, so that runs differ.
                yield setting, institution, towns, {"noise": 0.3, "credit_mean": 0.4}
            else:
                yield setting, institution, delta, values


def simulated() -> pd.DataFrame:
    """All rows: keys, outcomes, losses and causes."""
    tables = []
    for setting, institution, scenario, values in cells():
        runs = kn.simulate(scenario, institution, runs=RUNS, seed=SEED, explain=True, **values)
        table = rows_of(runs)
        for place, (key, value) in enumerate([("setting", setting), ("institution", institution)]):
            table.insert(place, key, value)
        tables.append(table)
    return pd.concat(tables, ignore_index=True)


def rows_of(runs: kn.Runs) -> pd.DataFrame:
    """Outcomes and losses side by side, a row a run, without what is told twice."""
    outcomes, losses = runs.outcomes, runs.losses
    assert losses is not None
    told = losses.drop(columns=[name for name in losses if name in outcomes or name in IGNORED])
    both = pd.concat([outcomes.reset_index(drop=True), told.reset_index(drop=True)], axis=1)
    both = both.drop(columns=[name for name in both if name in ("imbalance", "run", "seed")])
    both = both.copy()  # in one piece: pandas warns of columns inserted into a hundred pieces
    both.insert(0, "run", range(len(both)))
    return both


def moved_first(runs: int) -> str | None:
    """The first number that moved, over the first runs of all cells; for slow engines."""
    old = read()
    for run in range(runs):
        for setting, institution, scenario, values in cells():
            made = kn.simulate(
                scenario, institution, runs=1, first_run=run, seed=SEED, explain=True, threads=1,
                **values,
            )  # fmt: skip
            new = rows_of(made)
            for place, (key, value) in enumerate(
                [("setting", setting), ("institution", institution)]
            ):
                new.insert(place, key, value)
            new["run"] = run
            rows = (old.setting == setting) & (old.institution == institution) & (old.run == run)
            moved = differences(old[rows].reset_index(drop=True), new)
            if moved:
                return moved[0]
    return None


def read(file: Path = FILE) -> pd.DataFrame:
    """The committed table."""
    return pd.read_csv(file, comment="#")


def differences(old: pd.DataFrame, new: pd.DataFrame) -> list[str]:
    """One sentence for each number that moved, the first fifty; all is well if there is none."""
    if list(old.columns) != list(new.columns):
        return [f"columns: {sorted({*old.columns} ^ {*new.columns}) or 'in another order'}"]
    if not old[KEYS].equals(new[KEYS]):
        return ["settings, institutions or runs are others than in the table"]
    names = [name for name in old if name not in KEYS]
    before, after = old[names].to_numpy(float), new[names].to_numpy(float)
    # A line of the ledger is a difference of large sums: what counts is the size of these.
    scale = np.where([name in MONEY for name in names], old[["first_best"]].abs().clip(1), 1.0)
    allowed = TOLERANCE * (scale + np.nan_to_num(np.abs(before)))
    moved = np.where(np.isnan(before) | np.isnan(after), np.isnan(before) != np.isnan(after),
                     np.abs(after - before) > allowed)  # fmt: skip
    said = []
    for row, column in np.argwhere(moved)[:50]:
        setting, institution, run = old.loc[row, KEYS]
        b, a = before[row, column], after[row, column]
        said.append(
            f"{institution} ({setting}), run {run}, {names[column]}: was {b:.12g}, is {a:.12g}, "
            f"moved by {a - b:.3g}"
        )
    more = int(moved.sum()) - len(said)
    return [*said, *([f"and {more} more"] if more > 0 else [])]


def entries(changelog: str) -> list[str]:
    """Marks of all lines under "Changes numbers", of whatever version."""
    marks = []
    lines = re.MULTILINE | re.DOTALL
    for section in re.findall(r"^### Changes numbers\n(.*?)(?=^#|\Z)", changelog, lines):
        for entry in re.findall(r"^- (.*?)(?=^- |\Z)", section, lines):
            words = " ".join(entry.split())
            if words.startswith("Nothing yet"):
                continue
            marks.append(hashlib.blake2b(words.encode(), digest_size=4).hexdigest())
    return marks


def made_with(file: Path = FILE) -> list[str]:
    """Marks of the lines that the committed table was made with."""
    first = file.read_text(encoding="utf-8").split("\n", 1)[0]
    return first.removeprefix("# made with").split()


def write(table: pd.DataFrame, marks: list[str], file: Path = FILE) -> None:
    """Write a table, with the marks of the changelog's lines at its head."""
    text = table.to_csv(index=False, float_format=f"%.{DIGITS}g", lineterminator="\n")
    file.write_text(_head(marks) + text, encoding="utf-8")


def _head(marks: list[str]) -> str:
    return " ".join(["# made with", *marks]) + "\n"


def renew(table: pd.DataFrame, file: Path = FILE, changelog: Path = CHANGELOG) -> str:
    """Write `table` as the baseline if that is in order.

    Returns:
        What was done, a sentence.

    Raises:
        SystemExit: numbers moved and the changelog does not say so.
    """
    marks = entries(changelog.read_text(encoding="utf-8"))
    if not file.exists():
        write(table, marks, file)
        return f"{file.name}: written for the first time, {len(table)} rows."
    moved = differences(read(file), table)
    if not moved:
        text = file.read_text(encoding="utf-8").split("\n", 1)[1]
        file.write_text(_head(marks) + text, encoding="utf-8")
        return f"{file.name}: no number has moved by more than {TOLERANCE:g}."
    if not set(marks) - set(made_with(file)):
        raise SystemExit(
            "\n".join(moved[:5])
            + f'\n{changelog.name}: numbers have moved; say so in a line under "Changes numbers" '
            "of Unreleased, then run make baseline again."
        )
    write(table, marks, file)
    return f"{file.name}: written anew, {len(table)} rows."


if __name__ == "__main__":
    print(renew(simulated()))
    sys.exit()
