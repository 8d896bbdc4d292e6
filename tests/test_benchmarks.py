"""The pieces of the benchmarks still run, at tiny sizes. Nothing here is about speed."""

import math

import numpy as np
import pandas as pd
import pytest

import kernegotiate as kn
from benchmarks import agents, commands, figure, floor, growth, page, ways
from benchmarks.__main__ import main
from benchmarks.counting import COUNTED
from benchmarks.loop import Loop
from benchmarks.machine import machine
from benchmarks.measuring import Time, UnequalError, in_turn, slope
from benchmarks.synthetic import LAND, synthetic
from benchmarks.table import Table, number
from benchmarks.typical import Delta
from kernegotiate.agents import RegionModel
from kernegotiate.engine import draws
from kernegotiate.engine.setting import distances


def test_slope_and_medians():
    assert slope([1, 2, 8], [3, 12, 192]) == pytest.approx(2)
    assert math.isnan(slope([1], [1]))
    given = iter([Time(3, 1), Time(1, 2), Time(2, 9)])
    assert in_turn({"a": lambda: next(given)}, 3) == {"a": Time(2, 2)}


def test_tables():
    table = Table("T", ("a", "b"), [("x", "1"), ("longer", "22")], "R.")
    assert table.text().splitlines()[1:] == ["a        b", "x        1", "longer  22", "R."]
    assert table.markdown().splitlines()[2:4] == ["| a | b |", "|---|---:|"]
    assert [number(x) for x in (0.01234, 1.234, 12.34, 12345.6)] == [
        "0.012", "1.23", "12.3", "12,346",
    ]  # fmt: skip


@pytest.mark.parametrize("coordinator", ["advisory_council", "empowered_board"])
def test_counts_are_those_of_the_log(coordinator):
    """Draws follow from what happened, which the Mesa model tells by other means."""
    years, seed = 6, 3
    counts = np.array(floor.counted(coordinator, 1, seed, years)["counts"])[0]
    model = RegionModel(coordinator=coordinator, rng=seed, years=years)
    while model.running:
        model.step()
    n, term = len(model.governments), model.setting.nature.term
    happened = [event.event for event in model.log]
    parties = sum(len(project.parties) for project in model.projects)
    blocks, tables, normals, plain = (counts[:, COUNTED.index(name)] for name in COUNTED)
    assert parties > 0
    assert blocks[draws.CALENDAR] == 0  # terms are synchronised
    assert blocks[draws.LEADER] == n * (1 + (model.year - 1) // term)
    assert tables[draws.LEADER] == 3 * happened.count("took_office")
    assert blocks[draws.ARRIVAL] == n * years
    assert plain[draws.ARRIVAL] == n * years + 3 * len(model.projects)
    assert blocks[draws.PROJECT] == normals[draws.PROJECT] == len(model.projects)
    assert blocks[draws.PARTY] == parties
    talked = {event.project for event in model.log if event.event == "voted"}
    readers = sum(len(project.parties) for project in model.projects if project.code in talked)
    assert normals[draws.PARTY] == 2 * parties + readers
    estimates = happened.count("approved") + happened.count("refused")
    assert blocks[draws.ESTIMATE] == estimates
    assert bool(estimates) == (coordinator == "empowered_board")
    assert blocks[draws.DETECTION] == happened.count("reneged")


def test_the_floor_makes_each_draw():
    """Plain numbers are between 0 and 1, so their sum tells how many were made."""
    counts = np.zeros((2, 4, len(COUNTED)), np.int64)
    counts[:, 2] = (100, 0, 0, 400)
    loop = Loop("mekong_delta", "none", years=1)
    made = floor.spend(counts, loop.world.quantile, loop.world.gov["address"].copy(), 1, 5)
    assert made == pytest.approx(2 * 5 * 400 * 0.5, rel=0.05)


def test_a_count_of_other_runs_is_refused(monkeypatch):
    real = floor.counted
    monkeypatch.setattr(floor, "INSTITUTIONS", ("none",))
    monkeypatch.setattr(floor, "counted", lambda name, runs, seed, years: real("lga", 1, 1, years))
    with pytest.raises(UnequalError, match="none"):
        floor.measure(1, 1, years=2)


def test_synthetic_regions_are_as_dense():
    for n in (40, 300):
        scenario = synthetic(n)
        assert len(scenario.region.governments) == n
        nearest = np.sort(distances(scenario.region), axis=1)[:, 1]
        # At random places the nearest is half a cell's width away, a little more at the edge.
        assert 0.4 * math.sqrt(LAND) < nearest.mean() < 0.7 * math.sqrt(LAND)


def test_pool_and_mesa_agree(monkeypatch):
    monkeypatch.setattr(ways, "DRAWS", 1000)
    found = ways.measure("none", mesa_runs=1, runs=64, repeats=1, workers=1, chunk=1)
    assert all(time.wall > 0 and time.core > 0 for time in found.times.values())
    assert [row[0] for row in found.table().rows] == [
        way for way in found.times if "typ" not in way
    ]
    beside = found.beside().rows
    assert [row[0] for row in beside] == [ways.TYPICAL, ways.MESA, ways.ONE]
    assert beside[0][-1] == "1.00"
    row = agents.batch("none", [0])[0]
    with pytest.raises(UnequalError):
        ways._check("none", [row], [row | {"welfare": np.nextafter(row["welfare"], 0)}])


def test_the_typical_model_tells_the_same_story():
    """A yardstick is of use if about as much happens: within a third of the engine's counts.

    Its leaders sign for the credit and decide on paying afterwards, as ours without foresight.
    """
    seeds = range(12)
    found = pd.DataFrame(agents.typical(seeds)).set_index("rng")
    ours = kn.simulate(
        "mekong_delta", "advisory_council", runs=400, seed=1, foresight=0.0
    ).outcomes
    assert found.equals(pd.DataFrame(agents.typical(seeds)).set_index("rng"))
    for name in ("agreement_rate", "completion_rate", "kept_promise_rate", "mean_trust"):
        assert found[name].mean() == pytest.approx(ours[name].mean(), rel=1 / 3)
    spending = found.copy_spending.mean() / (found.copy_spending + found.joint_spending).mean()
    assert spending == pytest.approx(ours.own_visible_share.mean(), rel=1 / 3)


def test_the_typical_model_needs_all_parties_and_pays_each_work_once():
    model = Delta(rng=1)
    while model.running:
        model.step()
    assert {project.status for project in model.projects} <= {"completed", "dead", "expired"}
    for project in model.projects:
        borne = sum(deal.share for deal in project.deals.values())
        if project.status == "completed":
            assert borne == pytest.approx(1)
            assert project.unpaid == pytest.approx(0)
        if project.status == "expired":
            assert not project.inside()
    assert all(0 < trust < 1 for one in model.governments for trust in one.trust.values())


def test_growth_and_figure(tmp_path):
    regions = growth.by_governments((3, 6), 1, turn=0.001)
    years = growth.by_years((1, 2), 1, turn=0.001)
    runs = growth.by_runs((1, 2), 1)
    for table in (
        growth.table(regions, "governments", 40),
        growth.table(years, "years", 13),
        growth.table_of_runs(runs),
    ):
        assert len(table.rows) == 2
    assert regions[0].projects < regions[1].projects
    some = [floor.Draws("none", (1.0, 2.0, 3.0, 4.0), 10.0, 30.0)]
    assert floor.table(some).rows[0][-1] == "3.00"
    figure.draw(some, regions, years, runs, tmp_path / "p.svg")
    assert (tmp_path / "p.svg").stat().st_size > 10_000


def test_commands_are_run(monkeypatch):
    every = commands.commands(2)
    assert len(every) == 4
    assert commands.waited(every.popitem()[1]) > 0
    monkeypatch.setattr(commands, "commands", lambda runs: every)
    assert [row[0] for row in commands.table(commands.measure(1)).rows] == [
        f"`{name}`" for name in every
    ]


def test_the_page_keeps_its_prose(tmp_path):
    path = tmp_path / "page.md"
    path.write_text(f"Before.\n\n{page.START}\nold\n{page.STOP}\n\nAfter.\n", encoding="utf-8")
    page.write([Table("New", ("a", "b"), [("x", "1")])], "Here", path)
    text = path.read_text(encoding="utf-8")
    assert text.startswith("Before.\n\n" + page.START)
    assert text.endswith(page.STOP + "\n\nAfter.\n")
    assert "old" not in text
    assert "Here.\n\n### New" in text
    path.write_text("no markers", encoding="utf-8")
    with pytest.raises(ValueError, match="each once"):
        page.write([], "Here", path)
    shown = page.PAGE.read_text(encoding="utf-8")
    assert shown.count(page.START) == shown.count(page.STOP) == 1


def test_the_command_refuses(capsys):
    assert "Python" in machine()
    with pytest.raises(SystemExit):
        main(["slope"])
    assert "allowed are ways" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["--write", "--quick"])
    assert "without --quick" in capsys.readouterr().err
