"""What if: the ensembles behind the sliders, how they are drawn, and what goes wrong."""

import json
import logging
import math
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import solara

import kernegotiate as kn
from kernegotiate.engine.diagnosis import CAUSES
from kernegotiate.scenario import ScenarioError
from viz.ask import Ask, Pictures, told_apart
from viz.asking import OUTCOMES, USUAL, YOURS, Answer, ask, ensemble
from viz.session import Session
from viz.shares import bars, seen
from viz.spread import BINS, histograms
from viz.state import RUNS, State
from viz.words import speak
from viz.wrong import LONGEST, Wrong
from viz_helpers import run_of

ENGLISH = speak("en")
CHANGES = {"trust": 0.3, "quota": 0.6}
SEED = 5
NOTHING = {"rate": 0.0}  # no projects: nothing was possible, nothing is defined


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


@pytest.mark.parametrize("seed", range(1, SEED + 1))
def test_every_run_stands_in_a_bar_of_the_histograms(seed: int) -> None:
    usual = run_of("advisory_council", seed)
    answer = ask(run_of("advisory_council", seed, **CHANGES), usual)
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


@pytest.mark.parametrize("lowest", [-0.124, -0.126, -0.5, -1e-9, 0.0, 0.2])
def test_the_axis_begins_before_the_lowest_run(answer: Answer, lowest: float) -> None:
    spread = {**answer.spread, OUTCOMES[1]: {YOURS: np.array([lowest, 0.9]), USUAL: np.ones(2)}}
    option = histograms(replace(answer, spread=spread), ENGLISH, 12)
    (data,) = (one["data"] for one in option["series"] if one["name"] == f"{OUTCOMES[1]} {YOURS}")
    assert sum(count for _, count in data) == 2
    assert option["xAxis"][1]["min"] == math.floor(100 * min(lowest, 0.0))


SIDES = [({}, NOTHING), (NOTHING, {}), (NOTHING, NOTHING)]


@pytest.mark.parametrize(("mine", "usual"), SIDES, ids=["usual", "yours", "both"])
def test_nothing_undefined_reaches_a_picture(
    mine: dict[str, float], usual: dict[str, float]
) -> None:
    answer = ask(*(run_of("advisory_council", SEED, **some) for some in (mine, usual)))
    causes = {cause: ENGLISH.cause_words[cause] for cause in CAUSES}
    lines = {line: ENGLISH.ledger_lines[line] for line in ("blocked", "welfare")}
    why = bars(answer.causes, causes, ENGLISH, "a title", 12)
    where = bars(answer.ledger, lines, ENGLISH, "a title", 12)
    for option in (histograms(answer, ENGLISH, 12), why, where):
        json.dumps(option, allow_nan=False)
    dashes = [bar["label"]["formatter"] == ENGLISH.undefined for bar in where["series"][0]["data"]]
    assert dashes == [mine == NOTHING] * len(lines)


def test_a_cause_is_shown_if_either_side_has_it() -> None:
    no, some, little = math.nan, 0.2, 0.001
    shares = {
        YOURS: {"a": no, "b": some, "c": little, "d": no, "e": some},
        USUAL: {"a": some, "b": no, "c": little, "d": no, "e": little},
    }
    assert seen(shares, "abcde") == ["a", "b", "e"]


@pytest.mark.parametrize(("mine", "usual"), SIDES, ids=["usual", "yours", "both"])
def test_what_is_undefined_is_told_on_the_page(
    mine: dict[str, float], usual: dict[str, float]
) -> None:
    answer = ask(*(run_of("advisory_council", SEED, **some) for some in (mine, usual)))
    box, page = solara.render(Pictures(State(), answer, ENGLISH, 12), handle_error=False)
    told = list(texts(box))
    page.close()
    assert "nan" not in " ".join(told)
    labels = (ENGLISH.completed_share, ENGLISH.welfare_share)
    places = [told.index(f"{label}; ") for label in labels]
    assert [told[place + 1] for place in places] == [ENGLISH.undefined] * 2  # how far apart
    undefined = sum(text == ENGLISH.undefined for text in told) - len(places)
    assert undefined == (2 if mine == NOTHING else 0) + (1 if mine == usual else 0)


@pytest.mark.parametrize(
    ("change", "half", "told"),
    [
        (0.05, 0.0, "+5.0 \N{PLUS-MINUS SIGN}0.0 points against the usual"),
        (-0.05, 0.01, "\N{MINUS SIGN}5.0 \N{PLUS-MINUS SIGN}1.0 points against the usual"),
        (0.05, 0.05, ENGLISH.no_difference),
        (-0.01, 0.05, ENGLISH.no_difference),
        (0.0, 0.0, ENGLISH.no_difference),
        (math.nan, math.nan, ENGLISH.undefined),
        (0.05, math.nan, ENGLISH.undefined),
    ],
)
def test_verdicts(change: float, half: float, told: str) -> None:
    assert told_apart(change, half, ENGLISH) == told


def texts(element: Any) -> Iterator[str]:
    """What stands in the plain elements of a page that was rendered without a browser."""
    for child in getattr(element, "children", None) or ():
        if isinstance(child, str):
            yield child
        else:
            yield from texts(child)


class Asking:
    """The page *What if* without a browser; `session` is whose it is."""

    def __init__(self) -> None:
        self.session = Session(State(page="ask"))

        @solara.component
        def Page() -> None:  # noqa: N802
            Ask(self.session, self.session.state.value, ENGLISH, 12)

        self._box, self._page = solara.render(Page(), handle_error=False)

    def told(self) -> list[str]:
        """Its plain texts."""
        return list(texts(self._box))

    def until(self, happened: Callable[[list[str]], bool]) -> None:
        """Wait until its texts are so."""
        deadline = time.monotonic() + 20.0
        while not happened(self.told()):
            assert time.monotonic() < deadline, self.told()
            time.sleep(0.01)

    def close(self) -> None:
        self._page.close()


@pytest.fixture
def asking() -> Iterator[Callable[[], Asking]]:
    """Open the page."""
    pages: list[Asking] = []

    def open_it() -> Asking:
        pages.append(Asking())
        return pages[-1]

    yield open_it
    for page in pages:
        page.close()


def fail_with(error: Exception, times: int) -> Callable[..., Answer]:
    """An answer that comes only after so many errors."""
    left = [error] * times

    def answering(*runs: Any) -> Answer:
        if left:
            raise left.pop()
        return ask(*runs)

    return answering


def done(told: list[str]) -> bool:
    return ENGLISH.computing not in told


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (ScenarioError("quota: too much"), "This cannot be done: quota: too much."),
        (RuntimeError("out of\norder."), "This cannot be done: RuntimeError: out of order."),
        (MemoryError(), "This cannot be done: MemoryError."),
    ],
    ids=lambda value: type(value).__name__,
)
def test_an_error_is_told_and_nobody_waits_for_ever(
    asking: Callable[[], Asking],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
    told: str,
) -> None:
    monkeypatch.setattr("viz.ask.ask", fail_with(error, 1))
    page = asking()
    page.until(done)
    assert page.session.wrong.value is not None
    assert page.session.wrong.value.told(ENGLISH) == told
    known = isinstance(error, ScenarioError)
    assert [log.levelno for log in caplog.records] == ([] if known else [logging.ERROR])
    page.session.show(seed=2)  # which can be answered
    page.until(lambda texts: done(texts) and any("seed 2" in text for text in texts))
    assert page.session.wrong.value is None


def test_pictures_go_where_there_is_no_answer(
    asking: Callable[[], Asking], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = asking()
    page.until(lambda texts: done(texts) and any("seed 1" in text for text in texts))
    monkeypatch.setattr("viz.ask.ask", fail_with(ScenarioError("no"), 1))
    page.session.show(seed=2)
    page.until(lambda texts: done(texts) and not any("seed" in text for text in texts))


def test_an_answer_that_comes_too_late_is_not_told(
    asking: Callable[[], Asking], monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()

    def answering(*runs: Any) -> Answer:
        if runs[0].seed == 1:
            go_on.wait(20.0)
            raise ScenarioError("too late")
        return ask(*runs)

    monkeypatch.setattr("viz.ask.ask", answering)
    page, wrong = asking(), list[Wrong | None]()
    page.session.wrong.subscribe(wrong.append)
    page.session.show(seed=2)
    go_on.set()
    page.until(done)
    assert wrong == []
    assert any("seed 2" in text for text in page.told())


def test_an_error_that_nobody_foresaw_is_told_in_short() -> None:
    told = Wrong("not_possible", RuntimeError("word " * 1000)).told(ENGLISH)
    assert "RuntimeError: word word" in told
    assert len(told) < LONGEST + 50
