"""What if: the ensembles behind the sliders, and how they are drawn."""

import math

import numpy as np
import pytest

import kernegotiate as kn
from viz.ask import BINS, bars, histograms
from viz.asking import OUTCOMES, USUAL, YOURS, Answer, ask, ensemble
from viz.state import RUNS
from viz.words import speak
from viz_helpers import run_of

ENGLISH = speak("en")
CHANGES = {"trust": 0.3, "quota": 0.6}
SEED = 5


@pytest.fixture(scope="module")
def answer() -> Answer:
    """A council with two changes beside the usual one."""
    return ask(run_of("advisory_council", SEED, **CHANGES), run_of("advisory_council", SEED))


def test_levels_and_what_the_possible_came_to_are_those_of_the_library(answer: Answer) -> None:
    known = kn.compare("mekong_delta", ["advisory_council"], runs=RUNS, seed=SEED, **CHANGES)
    levels = known.levels.set_index("outcome")["value"]
    assert answer.levels == {outcome: levels[outcome] for outcome in OUTCOMES}
    why = kn.explain("mekong_delta", ["advisory_council"], runs=RUNS, seed=SEED, **CHANGES)
    assert answer.ledger[YOURS] == dict(zip(why.ledger["line"], why.ledger["share"], strict=True))
    assert answer.causes[YOURS] == dict(zip(why.causes["cause"], why.causes["share"], strict=True))
    assert sum(answer.causes[YOURS].values()) == pytest.approx(1.0)


def test_without_changes_there_is_no_difference() -> None:
    run = run_of("advisory_council", SEED)
    answer = ask(run, run)
    assert answer.differences == dict.fromkeys(OUTCOMES, (0.0, 0.0))
    assert answer.ledger[YOURS] == answer.ledger[USUAL]
    assert answer.causes[YOURS] == answer.causes[USUAL]


def test_differences_are_paired_and_carry_their_interval(answer: Answer) -> None:
    mine, usual = (run_of("advisory_council", SEED, **more) for more in (CHANGES, {}))
    levels = ask(usual, usual).levels
    for outcome in OUTCOMES:
        change, half = answer.differences[outcome]
        assert change == pytest.approx(answer.levels[outcome] - levels[outcome])
        assert 0 < half < abs(change)
        apart = math.hypot(*(ensemble(run).outcomes[outcome].sem() * 1.96 for run in (mine, usual)))
        assert half < apart  # the same leaders and projects on both sides


def test_an_ensemble_is_simulated_once(monkeypatch: pytest.MonkeyPatch) -> None:
    run = run_of("advisory_council", SEED, **CHANGES)
    known = ensemble(run)
    monkeypatch.setattr("viz.asking.simulate", pytest.fail)
    assert ensemble(run_of("advisory_council", SEED, **CHANGES)) is known


def test_every_run_stands_in_a_bar_of_the_histograms(answer: Answer) -> None:
    option = histograms(answer, ENGLISH, 12)
    drawn = {series["name"]: series["data"] for series in option["series"]}
    assert set(drawn) == {f"{o} {whose}" for o in OUTCOMES for whose in (YOURS, USUAL)}
    for place, outcome in enumerate(OUTCOMES):
        axis = option["xAxis"][place]
        for whose in (YOURS, USUAL):
            middles, counts = np.array(drawn[f"{outcome} {whose}"]).T
            values = answer.spread[outcome][whose]
            assert len(counts) == BINS
            assert counts.sum() == len(values) == RUNS
            assert axis["min"] <= 100 * values.min()
            mean = float(middles @ counts) / RUNS
            assert mean == pytest.approx(100 * values.mean(), abs=(axis["max"] - axis["min"]) / 50)


def test_bars_of_both_line_by_line(answer: Answer) -> None:
    lines = {line: ENGLISH.ledger_lines[line] for line in ("blocked", "abandoned", "welfare")}
    option = bars(answer.ledger, lines, ENGLISH, "a title", 12)
    assert option["yAxis"]["data"] == list(lines.values())
    assert [series["name"] for series in option["series"]] == [YOURS, USUAL]
    for series in option["series"]:
        shares = answer.ledger[series["name"]]
        assert [bar["value"] for bar in series["data"]] == [
            pytest.approx(100 * shares[line], abs=0.006) for line in lines
        ]
    for bar in option["series"][0]["data"]:
        assert bar["label"]["show"]
        assert bar["label"]["formatter"] == ENGLISH.number(bar["value"], 1)
