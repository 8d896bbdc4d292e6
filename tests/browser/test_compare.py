"""Comparing two coordinators on the same leaders and projects."""

import re
from collections.abc import Callable
from functools import cache

import pytest
from playwright.sync_api import expect

from viz.figures import share_of
from viz.view import View
from viz.words import speak
from viz_helpers import model_of, run_of, views_of
from window_helpers import Window, eventually

pytestmark = pytest.mark.browser

WORDS = speak("en")
Open = Callable[..., Window]


@cache
def columns_of(coordinator: str, seed: int) -> dict[str, list[float]]:
    """Open works and welfare of 15 years from year 0, of a model without a window."""
    model = model_of(run_of(coordinator, seed))
    for _ in range(15):
        model.step()
    table = model.trajectory()
    return {name: [0.0, *table[name].tolist()] for name in ("completed", "welfare")}


def expect_comparison(page: Window, names: tuple[str, str], seed: int, year: int) -> None:
    """Both charts hold the histories of the models, the others the first less the second."""
    one, other = (columns_of(name, seed) for name in names)
    for column, chart in (("completed", "success"), ("welfare", "worth")):
        curves = [
            [
                [y, pytest.approx(value, abs=0.051)]
                for y, value in enumerate(run[column][: year + 1])
            ]
            for run in (one, other)
        ]
        eventually(
            lambda chart=chart: [list(series["data"]) for series in page.series(chart)], curves
        )
        (apart,) = page.series(f"{chart}-difference")
        assert apart["data"] == [
            [y, pytest.approx(one[column][y] - other[column][y], abs=0.051)]
            for y in range(year + 1)
        ]


def hosted(view: View, status: str) -> int:
    return sum(work.status == status for work in view.works.values())


def open_works(page: Window, chart: str) -> int:
    """How many are marked on a map."""
    return page.marks(chart).get("opened", 0)


def test_two_maps_and_how_the_runs_come_apart(window: Open) -> None:
    page = window("?page=compare&year=14&seed=3")
    names = ("advisory_council", "empowered_board")
    expect(page.year).to_have_text("Year 14 of 40")
    expect(page.page.locator(".panel.first h2")).to_contain_text("Advisory council")
    expect(page.page.locator(".panel.second h2")).to_contain_text("Empowered board")
    expect_comparison(page, names, 3, 14)
    views = [views_of(run_of(name, 3))[14] for name in names]
    counts = [open_works(page, chart) for chart in ("first", "second")]
    assert counts == [hosted(view, "completed") for view in views]
    assert counts[0] != counts[1]
    shares = [share_of(view.history.iloc[-1], WORDS) for view in views]
    for panel, figures, words in (
        ("success", counts, WORDS.opened),
        ("worth", shares, WORDS.share),
    ):
        assert page.page.locator(f".panel.{panel} .legend > span").all_inner_texts() == [
            f"Advisory council: {figures[0]} {words}",
            f"Empowered board: {figures[1]} {words}",
        ]

    page.press("Next year")
    expect(page.year).to_have_text("Year 15 of 40")
    expect_comparison(page, names, 3, 15)
    page.choose_coordinator("No coordinator", 2)
    expect(page.year).to_have_text("Year 15 of 40")
    page.scrub(6)
    expect(page.year).to_have_text("Year 6 of 40")
    expect(page.page.locator(".panel.second h2")).to_contain_text("No coordinator")
    expect_comparison(page, ("advisory_council", "none"), 3, 6)


def test_the_first_carries_the_changes_and_says_so(window: Open) -> None:
    page = window("?page=compare&year=9&set.quota=0.5&set.trust=0.8")
    expect(page.page.locator(".panel.first h2")).to_contain_text(
        f"Advisory council ({WORDS.yours})"
    )
    expect(page.page.locator(".panel.second h2")).not_to_contain_text(WORDS.yours)
    council = views_of(run_of("advisory_council", quota=0.5, trust=0.8))[9]
    board = views_of(run_of("empowered_board", trust=0.8))[9]
    eventually(
        lambda: [series["data"][-1][1] for series in page.series("worth")],
        [round(view.history.welfare.iloc[-1], 1) for view in (council, board)],
    )


def test_a_province_under_both_coordinators(window: Open) -> None:
    page = window("?page=compare&year=9&seed=3")
    views = [views_of(run_of(name, 3))[9] for name in ("advisory_council", "empowered_board")]
    page.click_on("89", "second")
    panels = page.page.locator(".panel.government")
    expect(panels).to_have_count(2)
    titles = ("Advisory council", "Empowered board")
    for panel, title, view in zip(panels.all(), titles, views, strict=True):
        expect(panel.locator("h2")).to_have_text(re.compile(f"An Giang.*{title}"))
        number = view.numbers["89"]
        paid = panel.locator(".sum", has_text=WORDS.spent_on_works).locator("b")
        expect(paid).to_have_text(WORDS.number(view.purses[number].works))
    assert views[0].purses[number].works != views[1].purses[number].works
    panels.first.get_by_role("button", name="Close").click()
    expect(panels).to_have_count(0)
    expect(page.page.locator(".panel.success")).to_be_visible()
