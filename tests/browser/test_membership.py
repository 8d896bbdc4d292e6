"""A voluntary body in the window: the chip, the legend, the lever, and why one is in or outside."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from viz.clock import notes
from viz.words import speak
from viz_helpers import run_of, views_of
from window_helpers import Window, eventually

pytestmark = pytest.mark.browser

Open = Callable[..., Window]
RUN = run_of("consensus_or_no_money", 1, membership="voluntary")
LINK = "?coordinator=consensus_or_no_money&seed=1&set.membership=voluntary"
HATCHED = """() => [...document.querySelectorAll(".map[data-test=map] .area.outside")]
  .filter((one) => one.nextElementSibling.classList.contains("hatched"))
  .map((one) => one.dataset.area).sort()"""
CUT = """() => [...document.querySelectorAll(".regimes .law")].filter((one) =>
  one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1)
  .map((one) => one.innerText)"""


def chip(page: Window) -> list[str]:
    """What stands under the year."""
    return page.page.locator(".timeline .note").all_inner_texts()


def hatched(page: Window) -> list[str]:
    """Codes of the areas that are drawn as outside."""
    found: list[str] = page.page.evaluate(HATCHED)
    return found


@pytest.mark.parametrize("language", ["en", "vi"])
def test_chip_and_map_follow_the_clock(window: Open, language: str) -> None:
    page = window(f"{LINK}&language={language}")
    for view in views_of(RUN)[:3]:
        eventually(lambda view=view: chip(page), notes((view,), speak(language)))
        eventually(lambda: hatched(page), sorted(view.outside[view.year]))
        page.press(page.words.next_year)
    expect(page.page.locator(".key-to-map .outside")).to_have_text(page.words.outside)


def test_no_chip_and_no_legend_where_all_are_in(window: Open) -> None:
    page = window("?coordinator=advisory_council&year=5")
    expect(page.page.locator(".key-to-map .form >> nth=0")).to_be_visible()
    expect(page.page.locator(".key-to-map .outside")).to_have_count(0)
    expect(page.page.locator(".timeline .note")).to_have_count(0)


def test_the_lever_stands_among_the_others(window: Open) -> None:
    page = window("?page=ask&coordinator=lga")
    page.unfold("decision")
    page.page.locator("#knob-membership").select_option("voluntary")
    expect(page.page.locator("[data-knob=membership]")).to_contain_class("changed")
    page.turn_to("Watch")
    page.press("Next year")
    expect(page.page.locator(".key-to-map .outside")).to_be_visible()


def test_a_government_says_why_it_is_in(window: Open) -> None:
    view = views_of(RUN)[3]
    member = next(code for code in view.region.codes if code not in view.outside[3])
    page = window(f"{LINK}&year=3&government={member}")
    told = speak("en").member_since.format(year=1)
    expect(page.page.locator("[data-test=status]")).to_have_text(told)
    assert page.series("stay")[0]["data"]


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("width", [1024, 1920])
def test_names_of_three_laws_are_read_whole(window: Open, language: str, width: int) -> None:
    laws = "12 empowered_board; 20 sanction=1.5"
    page = window(f"?coordinator=lga&year=22&set.changes={laws}&language={language}")
    page.page.set_viewport_size({"width": width, "height": 768})
    expect(page.page.locator(".regimes .law")).to_have_count(3)
    eventually(lambda: page.page.evaluate(CUT), [])
