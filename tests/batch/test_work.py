"""A chunk takes from one point to the next what it may; each point must not notice."""

from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

import kernegotiate as kn
from kernegotiate.batch.design import Design
from kernegotiate.batch.plan import Cell, Plan
from kernegotiate.batch.work import NO_YEARS, work
from kernegotiate.engine.ensemble import drive
from kernegotiate.engine.losses import LOSS
from kernegotiate.engine.outcomes import COLUMNS, OUTCOME
from kernegotiate.engine.prepared import prepare
from kernegotiate.engine.setting import OF_PROJECTS
from kernegotiate.scenario import parameters, resolve

CELLS = [
    ("mekong_delta", "conditional_funding"),
    ("mekong_delta", "empowered_board"),
    ("three_towns", "lga"),
]


def varied(count: int, seed: int) -> pd.DataFrame:
    """Some parameters of every part, a few of them moved at each point."""
    rng = np.random.default_rng(seed)
    ranges = {one.name: one for one in parameters() if one.plausible and one.type == "number"}
    names = rng.choice(sorted(set(ranges) - {"budget_share", "ceiling", "land_dependence"}), 12)
    usual = {name: ranges[name].default for name in names}
    rows: list[dict[str, Any]] = []
    for _ in range(count):
        moved = rng.choice(list(usual), 2)
        rows.append(usual | {name: rng.uniform(*ranges[name].plausible) for name in moved})
    return pd.DataFrame(rows)


def chunk(design: Design) -> pd.DataFrame:
    cells = tuple(Cell(str(body), *resolve(world, body)) for world, body in CELLS)
    plan = Plan({}, cells, design, 2, 7, size=10_000)
    return whole(work(plan.job(0)))


def by_itself(world: str, body: str, settings: dict[str, Any]) -> tuple[str | None, np.ndarray]:
    """The error or the outcomes of a point that is run alone."""
    try:
        runs = kn.simulate(world, body, runs=2, seed=7, **settings)
    except kn.ScenarioError as error:
        return str(error), np.full((2, len(COLUMNS)), np.nan)
    return None, runs.outcomes[list(COLUMNS)].to_numpy()


def whole(table: pa.Table) -> pd.DataFrame:
    """Rows with None where there is no error."""
    errors = pd.Series(table["error"].to_pylist(), dtype=object)
    return table.to_pandas().assign(error=errors)


@pytest.mark.parametrize("seed", range(3))
def test_a_point_has_the_numbers_that_it_has_alone(seed):
    design = Design.of(varied(8, seed))
    rows = chunk(design)
    for number in range(len(CELLS) * len(design.table)):
        world, body = CELLS[number // len(design.table)]
        settings = design.settings(number % len(design.table))
        here = rows[rows["point"] == number]
        error, alone = by_itself(world, body, settings)
        assert set(here["error"]) == {error}
        np.testing.assert_array_equal(here[list(COLUMNS)], alone)


def test_a_refused_point_leaves_the_others_alone():
    table = pd.DataFrame({"parties_min": [2, 12, 2], "trust": [0.3, 0.3, 0.6]})
    cells = (Cell("lga", *resolve("mekong_delta", "lga")),)
    rows = whole(work(Plan({}, cells, Design.of(table), 1, 1, size=10).job(0)))
    assert [error is None for error in rows["error"]] == [True, False, True]
    with pytest.raises(kn.ScenarioError) as refused:
        resolve("mekong_delta", "lga", parties_min=12, trust=0.3)
    assert rows["error"][1] == str(refused.value)


def test_memory_that_somebody_used_is_written_before_it_is_read():
    scenario, institution = resolve("mekong_delta", "conditional_funding")
    prepared = prepare(scenario, institution.levers)
    used = prepared.world()
    for name in OF_PROJECTS:
        getattr(used, name).view(np.uint8)[...] = 255
    rows = []
    for world in (prepared.world(), prepared.world(used=used)):
        outcomes, losses = np.empty(3, OUTCOME), np.empty(3, LOSS)
        drive(prepared, world, 1, 0, outcomes, NO_YEARS, losses)
        rows.append(outcomes.tobytes() + losses.tobytes())
    assert rows[0] == rows[1]


@pytest.mark.parametrize(
    "wrong",
    [{"quota": [0.5, 1.5]}, {"trust": [0.5, float("nan")]}, {"parties_min": [2.0, 2.5]}],
    ids=lambda wrong: next(iter(wrong)),
)
def test_a_design_that_nobody_checked_is_refused_point_by_point(wrong):
    cells = (Cell("lga", *resolve("mekong_delta", "lga")),)
    rows = whole(work(Plan({}, cells, Design(pd.DataFrame(wrong)), 1, 1, size=10).job(0)))
    name, values = next(iter(wrong.items()))
    with pytest.raises(kn.ScenarioError) as refused:
        resolve("mekong_delta", "lga", **{name: values[1]})
    assert list(rows["error"]) == [None, str(refused.value)]


def test_a_column_of_whole_numbers_becomes_numbers(monkeypatch):
    met = []

    def listened(scenario, levers):
        met.append((levers.sanction, scenario.behaviour.trust))
        return prepare(scenario, levers)

    monkeypatch.setattr("kernegotiate.batch.work.prepare", listened)
    table = pd.DataFrame({"sanction": [1, 2], "trust": [0, 1]})
    cells = (Cell("lga", *resolve("mekong_delta", "lga")),)
    work(Plan({}, cells, Design(table), 1, 1, size=10).job(0))
    assert [type(value) for pair in met for value in pair] == [float] * 4
