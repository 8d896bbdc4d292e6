"""What if: a slider is moved, and 1,000 runs come out otherwise."""

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from playwright.sync_api import expect

import kernegotiate as kn
from kernegotiate.analysis import summarise
from viz.asking import OUTCOMES
from viz.state import RUNS
from viz.words import speak
from window_helpers import Window, eventually

pytestmark = pytest.mark.browser

WORDS = speak("en")
LABELS = dict(zip(OUTCOMES, (WORDS.completed_share, WORDS.welfare_share), strict=True))
REGION, COUNCIL = "mekong_delta", "advisory_council"
GONE = "\N{MULTIPLICATION SIGN}"  # stands on a chip: a click takes the change back
Open = Callable[..., Window]
Changes = tuple[tuple[str, Any], ...]
Asked = tuple[str, int, Changes]


def bars(page: Window, chart: str) -> dict[str, tuple[float, float]]:
    """With the changes and as usual, by the words beside the bars; alike before there are any."""
    option = page.option(chart)
    sides = {
        one["name"]: [None if bar == "-" else bar["value"] for bar in one["data"]]
        for one in option["series"]
    }
    usual = sides["usual"]
    pairs = zip(sides.get("yours", usual), usual, strict=True)
    names = [one["value"] if isinstance(one, dict) else one for one in option["yAxis"][0]["data"]]
    names = [" ".join(name.split()) for name in names]
    told = zip(names, pairs, strict=False)  # labels come a bit earlier
    return {name: pair for name, pair in told if None not in pair}


def told(page: Window, chart: str) -> dict[str, tuple[float, float]]:
    """The same without what is small."""
    return {name: pair for name, pair in bars(page, chart).items() if name != WORDS.rest}


@cache
def levels(coordinator: str, seed: int, changes: Changes) -> dict[str, float]:
    """Both verdicts over the runs, as the library has them."""
    known = kn.compare(REGION, [coordinator], runs=RUNS, seed=seed, **dict(changes))
    return dict(zip(known.levels["outcome"], known.levels["value"], strict=True))


@cache
def shares(coordinator: str, seed: int, changes: Changes, table: str) -> dict[str, float]:
    """Lines of the ledger or what causes lost, in % of the best possible, by their words."""
    why = kn.explain(REGION, [coordinator], runs=RUNS, seed=seed, **dict(changes))
    rows, name = getattr(why, table), "line" if table == "ledger" else "cause"
    words = WORDS.ledger_lines if table == "ledger" else WORDS.cause_words
    known = zip(rows[name], rows["share" if table == "ledger" else "lost"], strict=True)
    found = {words[key]: round(100 * share, 2) for key, share in known}
    return (
        found
        if table == "ledger"
        else {**found, WORDS.together: round(100 * why.parts["share"].iloc[0], 2)}
    )


def expect_answer(page: Window, seed: int, coordinator: str = COUNCIL, **changes: Any) -> None:
    """Figures, ledger and causes are those of the library for the same settings and seed."""
    mine, usual = (coordinator, seed, tuple(changes.items())), (coordinator, seed, ())
    for chart, first in (("ledger", WORDS.ledger_lines["welfare"]), ("causes", WORDS.together)):
        one, other = (shares(*which, chart) for which in (mine, usual))
        known = {label: (one[label], other[label]) for label in one}
        known.pop(WORDS.ledger_lines["first_best"], None)
        large = {label: pair for label, pair in known.items() if max(map(abs, pair)) >= 1.0}
        eventually(lambda chart=chart: told(page, chart), large)
        shown = bars(page, chart)
        rest = [
            sum(pair[side] for name, pair in known.items() if name not in large) for side in (0, 1)
        ]
        assert shown.get(WORDS.rest, (0, 0)) == pytest.approx(rest, abs=0.06)
        assert next(iter(shown)) == first
        moves = [abs(yours - other) for yours, other in list(told(page, chart).values())[1:]]
        assert moves == pytest.approx(sorted(moves, reverse=True), abs=0.011)
    for outcome in OUTCOMES:
        figure = page.page.locator(f"[data-test={outcome}]")
        expect(figure).to_have_text(WORDS.percent(levels(*mine)[outcome]))
        text = f"; {apart(mine, usual, outcome)}" if changes else ""
        expect(figure.locator("+ span")).to_have_text(f"{LABELS[outcome]}{text}")
    invited = page.page.locator(".no-change")
    expect(invited).to_have_text([] if changes else [WORDS.invitation.format(runs="1,000")])
    expect(page.page.locator(".spread .hint")).to_contain_text(f"seed {seed}")


def apart(mine: Asked, usual: Asked, outcome: str) -> str:
    """How far the changes are from the usual, as the page says it."""
    (coordinator, seed, changes) = mine
    sides = {"usual": kn.simulate(REGION, coordinator, runs=RUNS, seed=seed)}
    sides["yours"] = kn.simulate(REGION, coordinator, runs=RUNS, seed=seed, **dict(changes))
    (row,) = summarise(sides, "usual", [outcome]).differences.to_dict("records")
    assert row["value"] == pytest.approx(levels(*mine)[outcome] - levels(*usual)[outcome])
    sign = "+" if row["value"] > 0 else ""
    return WORDS.against_preset.format(
        difference=sign + WORDS.number(100 * row["value"], 1),
        half=WORDS.number(100 * (row["high"] - row["low"]) / 2, 1),
    )


def test_a_change_that_does_nothing_is_told_to_have_been_computed(window: Open) -> None:
    page = window("?page=ask&seed=3&set.monitoring=1")
    note = page.page.locator(".no-change")
    expect(note).to_have_text(WORDS.unchanged.format(runs="1,000"))
    assert {yours - usual for yours, usual in bars(page, "causes").values()} == {0}
    page.press(f"{WORDS.settings['monitoring']} 0.3 → 1 {GONE}")
    expect(note).to_have_text(WORDS.invitation.format(runs="1,000"))


def chips(page: Window) -> list[str]:
    """What the bar says has been changed."""
    return page.page.locator(".changes .chip").all_inner_texts()


def test_a_moved_slider_shows_what_comes_of_it(window: Open) -> None:
    page = window("?page=ask&seed=3")
    expect(page.page.locator(".computing")).to_have_text("")
    expect_answer(page, 3)
    assert chips(page) == []
    before = {chart: page.series(chart) for chart in ("spread", "ledger", "causes")}

    page.slide("trust", 0.8)
    eventually(lambda: chips(page), [f"Trust at the start 0.5 → 0.8 {GONE}"])
    expect_answer(page, 3, trust=0.8)
    for chart, series in before.items():
        assert page.series(chart) != series
    knob = page.page.locator("[data-knob=trust]")
    expect(knob).to_have_class("knob changed")
    expect(knob.locator("b")).to_have_text("0.8")

    page.unfold("decision")
    page.page.locator("#knob-side_payments").check()
    eventually(
        lambda: chips(page),
        [f"Gainers may pay losers off → on {GONE}", f"Trust at the start 0.5 → 0.8 {GONE}"],
    )
    page.unfold("world")
    page.page.locator("#knob-calendar").select_option("random")
    eventually(lambda: len(chips(page)), 3)
    expect_answer(page, 3, trust=0.8, side_payments=True, calendar="random")

    page.press(f"Gainers may pay losers off → on {GONE}")
    expect(page.page.locator("#knob-side_payments")).not_to_be_checked()
    expect_answer(page, 3, trust=0.8, calendar="random")
    page.press("Undo all")
    eventually(lambda: chips(page), [])
    expect(page.page.locator("#knob-trust")).to_have_value("0.5")
    eventually(lambda: page.series("ledger"), before["ledger"])
    eventually(lambda: page.series("spread"), before["spread"])


def test_a_slider_follows_the_hand_and_what_it_was_left_at_counts(window: Open) -> None:
    page = window("?page=ask&set.trust=0.8")  # the bar of changes is there from the start
    expect(page.page.locator("#knob-trust")).to_be_in_viewport()  # what the link has changed
    slider = page.page.locator("#knob-decider")
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    middle, left, width = box["y"] + box["height"] / 2, box["x"] + 8, box["width"] - 16
    page.page.mouse.move(left, middle)
    page.page.mouse.down()
    held = []
    for share in (0.3, 0.9, 0.6, 0.2, 0.75, 0.45):
        page.page.mouse.move(left + share * width, middle, steps=3)
        page.page.wait_for_timeout(120)  # now and then long enough to be asked for
        held.append(float(slider.input_value()))
    page.page.mouse.up()
    assert held == pytest.approx([0.3, 0.9, 0.6, 0.2, 0.75, 0.45], abs=0.051)
    last = WORDS.value(held[-1])
    label = WORDS.settings["decider"]
    eventually(lambda: chips(page)[0], f"{label} 0 → {last} {GONE}")
    expect(slider).to_have_value(f"{held[-1]:g}")
    expect(page.page.locator("[data-knob=decider] b")).to_have_text(last)
    expect_answer(page, 1, trust=0.8, decider=held[-1])


def test_every_run_is_in_the_picture_of_every_coordinator(window: Open) -> None:
    page = window("?page=ask&set.trust=0.8&set.quota=0.5")
    assert len(chips(page)) == 2
    expect_histograms(page, COUNCIL, quota=0.5, trust=0.8)
    page.choose_coordinator("Local government association")
    eventually(lambda: chips(page), [f"Trust at the start 0.5 → 0.8 {GONE}"])
    expect_answer(page, 1, "lga", trust=0.8)  # its own levers, the same world
    expect_histograms(page, "lga", trust=0.8)


def expect_histograms(page: Window, coordinator: str, **changes: Any) -> None:
    """All runs are drawn, and their middle is where the library has it."""
    spread = {one["name"]: one["data"] for one in page.series("spread")}
    assert len(spread) == 4
    for whose, settings in (("usual", {}), ("yours", changes)):
        known = kn.simulate(REGION, coordinator, runs=RUNS, seed=1, **settings).outcomes
        for outcome in OUTCOMES:
            data = spread[f"{outcome} {whose}"]
            assert sum(count for _, count in data) == RUNS
            mean = sum(middle * count for middle, count in data) / RUNS
            assert mean == pytest.approx(100 * known[outcome].mean(), abs=2.5)


def test_another_coordinator_from_a_year_on(window: Open) -> None:
    page = window("?page=ask").page
    year, law = page.locator("#later-year"), page.locator("#later-law")
    year.fill("200")
    year.blur()
    expect(year).to_have_value("40")  # the last year with arrivals
    year.fill("15")
    law.select_option("lga")
    chip = page.locator(".changes .chip")
    expect(chip).to_contain_text("from year 15 Local government association")
    year.fill("18")
    year.press("Enter")
    expect(chip).to_contain_text("from year 18 Local government association")
    law.select_option("")
    expect(chip).to_have_count(0)
