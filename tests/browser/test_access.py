"""Hands without a mouse, ears for eyes, a room of many visitors, screens of any size."""

import re
import unicodedata
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from viz_helpers import run_of, views_of
from window_helpers import CHARTS, Window, eventually

pytestmark = pytest.mark.browser

Open = Callable[..., Window]
START = "?year=20&government=92&set.trust=0.3&set.quota=0.7"
CONTROLS = {
    *("button", "combobox", "slider", "spinbutton", "checkbox", "textbox"),
    *("DisclosureTriangle", "link"),
}
IMAGES = {"image", "img"}
FOCUS = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const marked = element => {
    const style = getComputedStyle(element), after = getComputedStyle(element, "::after");
    const ring = [style, after].some(s => s.outlineStyle !== "none" && parseFloat(s.outlineWidth));
    const overlay = element.querySelector(":scope > .v-btn__overlay");
    const shade = overlay && parseFloat(getComputedStyle(overlay).opacity) > 0;
    const ghost = parseFloat(style.opacity) === 0;
    return !ghost && Boolean(ring || shade || element.matches(".v-field--focused"));
  };
  const label = document.querySelector(`label[for="${at.id}"].key`), field = at.closest(".v-field");
  window.walked ||= new Set();
  const anew = !window.walked.has(at);
  window.walked.add(at);
  return {
    anew,
    what: (at.innerText || at.getAttribute("aria-label") || at.id || at.type).slice(0, 40),
    shown: [at, label, field].some(element => element && marked(element)),
  };
}"""
CLIPPED = """() => {
  const texts = "h1, h2, .asked, .hint, .counts, .figure b, .figure span, .year, .tab, .chip, "
    + ".legend span";
  const parts = ".panel, .banner, .headline, .bar, .timeline, .changes";
  return [...document.querySelectorAll(texts)].filter(text => {
    if (text.closest(".scrolls, .levers, .feed-lines")) return false;
    const inner = text.getBoundingClientRect();
    const outer = text.closest(parts).getBoundingClientRect();
    return inner.right > outer.right + 1 || inner.bottom > outer.bottom + 1;
  }).map(text => text.innerText);
}"""
REACHABLE = """() => [...document.querySelectorAll(
  "button, input, select, summary, [tabindex='0']"
)].filter(it => it.checkVisibility() && !it.disabled && it.tabIndex >= 0
  && !window.walked.has(it)).map(it => it.outerHTML.slice(0, 200))"""


def test_all_controls_have_names(window: Open) -> None:
    page = window(START)
    page.press("Save, share")
    page.page.locator("[data-test=link]").wait_for()
    session = page.page.context.new_cdp_session(page.page)
    for name in CHARTS:
        page.turn_to(name)

        def charts() -> set[str]:
            places = page.page.locator(".chart, .map > svg, .strip")
            return set(places.evaluate_all("all => all.map(one => one.ariaLabel)"))

        assert all(charts())

        def parts() -> list[tuple[str, str]]:
            nodes = session.send("Accessibility.getFullAXTree")["nodes"]
            return [
                (node["role"]["value"], node.get("name", {}).get("value", ""))
                for node in nodes
                if not node["ignored"]
            ]

        eventually(lambda: {told for role, told in parts() if role in IMAGES} ^ charts(), set())
        found = [(role, told) for role, told in parts() if role in CONTROLS]
        assert len(found) > 12, name
        assert [role for role, told in found if not told.strip()] == []
        assert [told for _, told in found if any(map(is_picture, told))] == []


def is_picture(letter: str) -> bool:
    """Whether a font has a picture in its place, which nobody can read out."""
    return unicodedata.category(letter) == "Co"


def test_the_keyboard_reaches_everything_and_shows_where_it_is(window: Open) -> None:
    page = window(START)
    page.press("Save, share")
    page.page.locator("[data-test=link]").wait_for()
    for name in CHARTS:
        page.turn_to(name)
        page.page.evaluate("() => { document.activeElement.blur(); window.walked = new Set(); }")
        unseen = []
        for _ in range(120):
            page.page.keyboard.press("Tab")
            at = page.page.evaluate(FOCUS)
            if at and not at["anew"]:
                break
            if at and not at["shown"]:
                unseen.append(at["what"])
        assert (name, unseen) == (name, [])
        assert (name, page.page.evaluate(REACHABLE)) == (name, [])


def test_keys_drive_the_window(window: Open) -> None:
    page = window("?year=3")
    council = views_of(run_of("advisory_council"))
    page.button("Next year").focus()
    page.page.keyboard.press("Enter")
    page.expect_year(council[4])
    page.page.keyboard.press("Space")  # the button's own, not the clock's
    page.expect_year(council[5])
    expect(page.button("Play")).to_be_visible()
    page.line.focus()
    page.page.keyboard.press("Shift+ArrowRight")  # one year, not two
    page.expect_year(council[6])
    page.seed.focus()
    page.page.keyboard.press("ArrowLeft")
    page.page.keyboard.type(" ")
    page.expect_year(council[6])
    expect(page.button("Play")).to_be_visible()
    page.seed.press("Control+a")
    page.page.keyboard.type("4")
    page.page.keyboard.press("Enter")
    page.expect_year(views_of(run_of("advisory_council", 4))[0])
    page.button("Compare").focus()
    page.page.keyboard.press("Enter")
    expect(page.page.locator(".panel.second h2")).to_contain_text("Empowered board")


def test_each_session_has_a_run_a_seed_and_a_language_of_its_own(window: Open) -> None:
    page = window()
    other = window("?language=vi&seed=7&coordinator=lga", another_visitor=True)
    page.press("Next year")
    other.press("Năm sau")
    page.press("Next year")
    page.press("Next year")
    council, lga = views_of(run_of("advisory_council")), views_of(run_of("lga", 7))
    page.expect_year(council[3])
    other.expect_year(lga[1])
    other.page.locator(".speed select").select_option(label=other.words.paces["fast"])
    other.press("Chạy")
    page.press("Reset")
    expect(other.year).to_have_text(re.compile("Năm [3-9]/40"))
    page.expect_year(council[0])
    expect(page.button("Play")).to_be_visible()
    assert page.page.title() != other.page.title()
    other.press("Giả định")
    other.wait()
    other.slide("trust", 0.3)
    expect(other.page.locator(".changes .chip")).to_have_count(1)
    expect(page.page.locator(".changes")).to_have_count(0)
    page.press("What if?")
    expect(page.page.locator("#knob-trust")).to_have_value("0.5")


VIETNAMESE = START.replace("&government=92", "") + "&language=vi"
LATER = "?year=20&language=vi&set.changes=12+empowered_board;+20+sanction=1.5"


@pytest.mark.parametrize("link", [START, VIETNAMESE, LATER])
def test_everything_fits_the_screen(window: Open, link: str) -> None:
    page = window(link)
    for width, height in ((1024, 640), (1280, 800), (1366, 768), (1920, 1080)):
        page.page.set_viewport_size({"width": width, "height": height})
        page.page.wait_for_timeout(400)  # print and charts follow the size of the window
        for name in CHARTS:
            page.turn_to(name)
            assert page.page.evaluate(
                "() => ['scrollWidth', 'scrollHeight'].map(side => document.documentElement[side])"
            ) == [width, height]
            assert (name, width, page.page.evaluate(CLIPPED)) == (name, width, [])
            for chart in page.page.locator(".panel:not(.government) .chart").all():
                box = chart.bounding_box()
                assert box["width"] > 0.15 * width
                floor = 60 if height > 768 else 40
                assert (chart.get_attribute("data-test"), box["height"] > floor) == (
                    chart.get_attribute("data-test"),
                    True,
                )
