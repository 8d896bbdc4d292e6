"""Bets on cards, what came out, and the two pages to take home, as a room goes through them."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from viz.asking import ask
from viz.bets import OUTCOME, apart, told
from viz.cards import cards, played
from viz.headline import counted
from viz.state import State
from viz.words import speak
from viz_helpers import last_view_of
from window_helpers import Window

pytestmark = pytest.mark.browser

Open = Callable[..., Window]
OVERFULL = """() => [...document.querySelectorAll(".sheet")].map(
  (sheet) => [sheet.scrollHeight - sheet.clientHeight, sheet.scrollWidth - sheet.clientWidth])"""
ALL = "bets=1_0_2_5_10_2_30_4"


def test_a_room_bets_by_keyboard_and_then_sees_what_came_out(window: Open) -> None:
    page = window("?page=ask")
    page.press("Bets")
    at = page.page
    handles = at.locator(".bets input[type=range]")
    expect(handles).to_have_count(len(cards()))
    expect(at.locator("[data-test=base]")).to_contain_text("5\u00a0%")
    expect(page.button("Show A")).to_be_disabled()  # nobody has bet
    handles.nth(0).focus()
    for _ in range(3):
        at.keyboard.press("ArrowRight")
    expect(at.locator("[data-test=bet-A]")).to_have_text("+3")
    expect(page.button("Show A")).to_be_enabled()
    page.press("Show A")
    run = played(cards()[0], State())
    came = told(apart(ask(run, State().preset), OUTCOME), speak("en"))
    expect(at.locator("[data-test=truth-A]")).to_have_text(came)
    expect(handles.nth(0)).to_be_disabled()  # what is known is no bet any more
    expect(at.locator("[data-test=sum]")).to_contain_text("Off by 1.8 points")
    expect(at).to_have_url(re.compile("bets=3_"))
    assert Axe().run(at).response["violations"] == []
    page.choose_coordinator("Empowered board")  # what came out before is not said of this one
    expect(at.locator("[data-test=truth-A]")).to_have_count(0)
    expect(page.button("Show A")).to_be_enabled()
    page.press("Clear")
    expect(at.locator("[data-test=bet-A]")).to_have_text("no bet")


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_debrief_is_two_full_pages_of_a4(window: Open, language: str) -> None:
    link = f"page=debrief&language={language}&{ALL}&set.trust=0.7&set.term=7&set.levy_rate=0.1"
    page = window(f"?{link}")
    at, words = page.page, speak(language)
    expect(at.locator("[data-test=verdicts] td")).to_have_count(7, timeout=60_000)
    last = at.locator("[data-test=bets] tbody tr").last
    expect(last.locator("td").nth(2)).not_to_have_text(words.undefined, timeout=60_000)
    at.emulate_media(media="print")
    assert at.evaluate(OVERFULL) == [[0, 0]] * 2
    printed = at.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 2
    state = State.read(link)
    shown = [counted(last_view_of(run).works.values()) for run in (state.run, state.other_run)]
    rows = [row.locator("td").all_inner_texts() for row in at.locator("[data-test=fates] tr").all()]
    assert rows[1:4] == [[str(one[name]) for one in shown] for name in shown[0]]
    at.emulate_media(media="screen")
    assert Axe().run(at).response["violations"] == []
