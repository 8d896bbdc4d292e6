"""Worlds of three towns in which every number can be reckoned by hand.

They stand on the shipped scenario `three_towns`: nothing is drawn, a later year weighs as much as
this one, leaders are wholly parochial and stay, nothing costs but the works. A test then switches
on what it is about. Budgets bind nobody unless a test says so.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from scipy.stats import norm

import kernegotiate as kn
from kernegotiate.engine.draws import address
from kernegotiate.scenario import Levers, ProjectRow, Scenario, load_scenario

# Both clauses of the vote can be seen apart where nobody foresees; foresight has tests of its own.
FREE = {"cost_information": 0.0, "ceiling": 1000.0, "foresight": 0.0}
Answer = Callable[..., bool]


def normal_draw(seed: int, purpose: int, host: str, party: str | None, year: int, word: int) -> Any:
    """A standard normal number by its address, from NumPy's generator and SciPy's quantiles."""
    one, other = (address(code) if code else 0 for code in (host, party))
    # NumPy steps its counter once before the first block.
    counter = np.array([purpose - 1, one, other, year], np.uint64)
    words = np.random.Philox(key=np.array([seed, 0], np.uint64), counter=counter).random_raw(4)
    return norm.ppf(((int(words[word]) >> 12) + 0.5) * 2.0**-52)


def close(expected: Any) -> Any:
    """Equal but for rounding."""
    return pytest.approx(expected, rel=1e-12, abs=1e-12)


def yes(_government: Any, _matter: Any) -> bool:
    """Agree to everything."""
    return True


def no(_government: Any, _matter: Any) -> bool:
    """Agree to nothing."""
    return False


def project(parties: str, own: tuple[float, ...], **more: Any) -> ProjectRow:
    """A project of the towns named by the letters of `parties`, the host first.

    It comes in year 1, costs 60, is built in one year and used for two, unless `more` says so.
    """
    usual = {"year": 1, "cost": 60.0, "build": 1, "life": 2, "spillover": 0.0}
    return ProjectRow(host=parties[0], parties=tuple(parties), own=own, **(usual | more))


def towns(*projects: ProjectRow, columns: dict[str, Any] | None = None, **values: Any) -> Scenario:
    """Three towns with these projects; `columns` gives figures to A, B and C, in this order."""
    base = load_scenario("three_towns")
    if projects:
        last = max(row.year for row in projects)
        years = max(values.pop("years", last), last)
        base = base.model_copy(update={"years": years, "table": projects})
        base = base.model_validate(base.model_dump())
    base = base.with_overrides(**(FREE | values))
    if columns:
        rows = [town.model_dump() for town in base.region.governments]
        for name, figures in columns.items():
            for row, figure in zip(rows, figures, strict=True):
                row[name] = figure
        region = base.region.model_validate(base.region.model_dump() | {"governments": rows})
        base = base.model_copy(update={"region": region})
    return base


def generated(**values: Any) -> Scenario:
    """Three towns whose projects are drawn."""
    base = load_scenario("three_towns").model_copy(update={"table": None})
    return base.with_overrides(**(FREE | values))


def begun(
    scenario: Scenario, answers: dict[str, dict[str, Answer]] | None = None, **levers: Any
) -> kn.RegionModel:
    """A model in year 0; `answers` says by town ("*": all) who takes over which decision."""
    model = kn.RegionModel(scenario, Levers(), rng=1, **levers)
    for who, taken in (answers or {}).items():
        for code in "ABC" if who == "*" else who:
            model.take_over(code, **taken)
    return model


def finished(
    scenario: Scenario, answers: dict[str, dict[str, Answer]] | None = None, **levers: Any
) -> kn.RegionModel:
    """A model at its end."""
    model = begun(scenario, answers, **levers)
    while model.running:
        model.step()
    return model


def events(model: kn.RegionModel, name: str) -> list[Any]:
    """All events of one name, in order."""
    return [event for event in model.log if event.event == name]


def told(model: kn.RegionModel, name: str, *fields: str) -> list[Any]:
    """Some fields of all events of one name: values where one is asked for, else tuples."""
    rows = [tuple(getattr(event, field) for field in fields) for event in events(model, name)]
    return [row[0] for row in rows] if len(fields) == 1 else rows


def lead(model: kn.RegionModel, code: str, **character: Any) -> None:
    """Give the leader of a town a character (`parochial`, `legacy`, `credit`, `years_left`)."""
    row = model.world.gov[model.government(code).number]
    for name, value in character.items():
        setattr(row, name, value)


def trust(model: kn.RegionModel, pair: str, value: float | None = None) -> float:
    """Trust of the first town in the second; set it if a value is given."""
    i, j = (model.government(code).number for code in pair)
    if value is not None:
        model.world.trust[i, j] = value
    return float(model.world.trust[i, j])


def bound(**shares: float) -> dict[str, Any]:
    """Figures by which *ability* lays such shares of the costs on the towns A, B and C."""
    return {"grdp": [1000.0 * shares[code] for code in "ABC"], "budget": [60.0, 60.0, 60.0]}
