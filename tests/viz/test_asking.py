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
from viz.asking import OUTCOMES, TOGETHER, USUAL, YOURS, Answer, ask, ensemble
from viz.session import Session
from viz.shares import LEAST, LETTERS, REST, bars, seen, with_rest
from viz.spread import BINS, histograms
from viz.state import RUNS, State
from viz.words import LANGUAGES, speak
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
    lost = dict(zip(why.causes["cause"], why.causes["lost"], strict=True))
    together = answer.causes[YOURS][TOGETHER]
    assert answer.causes[YOURS] == {**lost, TOGETHER: together}
    assert sum(lost.values()) == pytest.approx(together, abs=1e-9)
    assert answer.ledger[YOURS]["blocked"] < together < 1 - answer.ledger[YOURS]["welfare"]


def test_without_changes_there_is_no_difference() -> None:
    run = run_of("advisory_council", SEED)
    answer = ask(run, run)
    assert answer.differences == dict.fromkeys(OUTCOMES, (0.0, 0.0))
    assert (answer.moved, answer.same) == (False, True)
    assert answer.ledger[YOURS] == answer.ledger[USUAL]
    assert answer.causes[YOURS] == answer.causes[USUAL]


def test_a_change_that_does_nothing_is_known_from_one_that_does(answer: Answer) -> None:
    assert (answer.moved, answer.same) == (True, False)
    usual = run_of("advisory_council", SEED)
    idle = ask(run_of("advisory_council", SEED, monitoring=1.0), usual)  # no fine: no threat
    assert (idle.moved, idle.same) == (True, True)


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
    lines = {line: ENGLISH.ledger_lines[line] for line in ("welfare", "blocked", "abandoned")}
    option = bars(answer.ledger, lines, ENGLISH, 12, lost="Lost:")
    first, heading, *others = option["yAxis"]["data"]
    assert (first["value"], heading["value"]) == (lines["welfare"], "Lost:")
    assert others == [lines["blocked"], lines["abandoned"]]
    assert [series["name"] for series in option["series"]] == [USUAL, YOURS]
    for series in option["series"]:
        shares = answer.ledger[series["name"]]
        first, nothing, *others = series["data"]
        assert nothing == "-"
        assert [bar["value"] for bar in (first, *others)] == [
            pytest.approx(100 * shares[line], abs=0.006) for line in lines
        ]
        for bar, line in zip((first, *others), lines, strict=True):
            assert bar["label"]["show"]
            assert bar["label"]["formatter"] == ENGLISH.number(100 * shares[line], 1)
            outlined = "borderColor" in bar["itemStyle"]  # form says whose, colour never
            assert outlined == (series["name"] == USUAL)
    assert option["xAxis"]["max"] == 100


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_go_on_below_between_words(answer: Answer, language: str) -> None:
    words = speak(language)
    labels = {TOGETHER: words.together, **words.cause_words}
    option = bars(answer.causes, labels, words, 12, lost="")
    for told, cause in zip(option["yAxis"]["data"][2:], CAUSES, strict=True):
        assert told.split() == words.cause_words[cause].split()
        assert max(map(len, told.split("\n"))) <= LETTERS
        assert told.count("\n") < 2


def test_before_anything_is_moved_only_the_usual_is_drawn(answer: Answer) -> None:
    lines = {"welfare": "Welfare had"}
    still = bars(answer.ledger, lines, ENGLISH, 12, lost="", moved=False)
    assert [series["name"] for series in still["series"]] == [USUAL]
    run = run_of("advisory_council", SEED)
    drawn = histograms(ask(run, run), ENGLISH, 12)["series"]
    assert [series["name"] for series in drawn] == [f"{outcome} {USUAL}" for outcome in OUTCOMES]


@pytest.mark.parametrize("lowest", [-0.124, -0.126, -0.5, -1e-9, 0.0, 0.2])
def test_the_axis_begins_before_the_lowest_run(answer: Answer, lowest: float) -> None:
    spread = {**answer.spread, OUTCOMES[1]: {YOURS: np.array([lowest, 0.9]), USUAL: np.ones(2)}}
    option = histograms(replace(answer, spread=spread), ENGLISH, 12)
    (data,) = (one["data"] for one in option["series"] if one["name"] == f"{OUTCOMES[1]} {YOURS}")
    assert sum(count for _, count in data) == 2
    assert option["xAxis"][1]["min"] == math.floor(100 * min(lowest, 0.0))


UNCLEAR = "points: no clear difference"
SIDES = [({}, NOTHING), (NOTHING, {}), (NOTHING, NOTHING)]


@pytest.mark.parametrize(("mine", "usual"), SIDES, ids=["usual", "yours", "both"])
def test_nothing_undefined_reaches_a_picture(
    mine: dict[str, float], usual: dict[str, float]
) -> None:
    answer = ask(*(run_of("advisory_council", SEED, **some) for some in (mine, usual)))
    causes = {TOGETHER: "", **{cause: ENGLISH.cause_words[cause] for cause in CAUSES}}
    lines = {line: ENGLISH.ledger_lines[line] for line in ("welfare", "blocked")}
    why = bars(answer.causes, causes, ENGLISH, 12, lost="")
    where = bars(answer.ledger, lines, ENGLISH, 12, lost="")
    for option in (histograms(answer, ENGLISH, 12), why, where):
        json.dumps(option, allow_nan=False)
    for series, nothing in zip(where["series"], (usual == NOTHING, mine == NOTHING), strict=True):
        bars_of = [bar for bar in series["data"] if bar != "-"]
        dashes = [bar["label"]["formatter"] == ENGLISH.undefined for bar in bars_of]
        assert dashes == [nothing] * len(lines)


def test_a_cause_is_shown_if_either_side_has_it() -> None:
    no, some, little = math.nan, 0.2, 0.001
    shares = {
        YOURS: {"a": no, "b": some, "c": little, "d": no, "e": some},
        USUAL: {"a": some, "b": no, "c": little, "d": no, "e": little},
    }
    assert sorted(seen(shares, "abcde")) == ["a", "b", "e"]


def test_what_changes_most_stands_first() -> None:
    shares = {
        YOURS: {"a": 0.40, "b": 0.02, "c": 0.09, "d": 0.05, "e": -0.03},
        USUAL: {"a": 0.41, "b": 0.30, "c": 0.06, "d": 0.05, "e": 0.02},
    }
    assert seen(shares, "abcde") == ["b", "e", "c", "a", "d"]
    alike = {YOURS: shares[YOURS], USUAL: shares[YOURS]}
    assert seen(alike, "abcde") == ["a", "c", "d", "e", "b"]  # by size before anything is moved


def test_small_lines_are_told_together() -> None:
    small = LEAST / 4
    shares = {
        YOURS: {"a": 0.4, "b": small, "c": small, "d": math.nan},
        USUAL: {"a": 0.4, "b": small, "c": 0.0, "d": math.nan},
    }
    told, shown = with_rest(shares, "abcd")
    assert shown == ["a", REST]
    assert (told[YOURS][REST], told[USUAL][REST]) == (2 * small, small)
    assert with_rest(shares, "ad") == (shares, ["a"])


@pytest.mark.parametrize("changes", [CHANGES, {"match_rate": 0.5, "grant_budget": 0.3}])
def test_pictures_add_up(changes: dict[str, float]) -> None:
    """Welfare had and what was lost to 100, causes to their sum, on both sides."""
    usual = run_of("advisory_council", SEED)
    answer = ask(run_of("advisory_council", SEED, **changes), usual)
    lines = [line for line in answer.ledger[YOURS] if line not in ("first_best", "welfare")]
    ledger, losses = with_rest(answer.ledger, lines)
    causes, reasons = with_rest(answer.causes, CAUSES)
    for whose in (YOURS, USUAL):
        whole = ledger[whose]["welfare"] + sum(ledger[whose][line] for line in losses)
        assert whole == pytest.approx(1, abs=0.0005)
        why = sum(causes[whose][cause] for cause in reasons)
        assert why == pytest.approx(causes[whose][TOGETHER], abs=0.0005)


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
    apart = [told[told.index(f"{label}; ") + 1] for label in labels if f"{label}; " in told]
    assert apart == ([] if mine == usual else [ENGLISH.undefined] * 2)
    undefined = sum(text == ENGLISH.undefined for text in told) - len(apart)
    assert undefined == (2 if mine == NOTHING else 0) + (1 if mine == usual else 0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_that_nothing_is_moved_and_that_nothing_changed(language: str) -> None:
    words, usual = speak(language), run_of("advisory_council", SEED)
    invited, unchanged = (
        text.format(runs=words.number(RUNS)) for text in (words.invitation, words.unchanged)
    )
    for changes, expected in (
        ({}, [invited]),
        ({"monitoring": 1.0}, [unchanged]),
        (CHANGES, []),
    ):
        answer = ask(run_of("advisory_council", SEED, **changes), usual)
        box, page = solara.render(Pictures(State(), answer, words, 12), handle_error=False)
        told = list(texts(box))
        page.close()
        assert [text for text in told if text in (invited, unchanged)] == expected
        # Beside the figures stands how far apart only where something came out otherwise.
        assert (f"{words.completed_share}; " in told) == (changes == CHANGES)


@pytest.mark.parametrize(
    ("change", "half", "told"),
    [
        (0.05, 0.0, "+5.0 \N{PLUS-MINUS SIGN}0.0 points against the usual"),
        (-0.05, 0.01, "\N{MINUS SIGN}5.0 \N{PLUS-MINUS SIGN}1.0 points against the usual"),
        (0.05, 0.05, f"+5.0 \N{PLUS-MINUS SIGN}5.0 {UNCLEAR}"),
        (-0.01, 0.05, f"\N{MINUS SIGN}1.0 \N{PLUS-MINUS SIGN}5.0 {UNCLEAR}"),
        (0.0, 0.0, f"0.0 \N{PLUS-MINUS SIGN}0.0 {UNCLEAR}"),
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
