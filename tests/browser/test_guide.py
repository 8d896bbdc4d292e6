"""The guide from the rail alone: question first, answer at the second press, on to the next."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from viz.state import State
from viz.stories import answer, stories
from viz.words import speak
from window_helpers import Window

pytestmark = pytest.mark.browser

PATIENCE = 30_000  # milliseconds: two runs may have to be made first
Open = Callable[..., Window]


@pytest.mark.parametrize("code", ["en", "vi"])
def test_all_stories_are_told_without_a_mouse(window: Open, code: str) -> None:
    page, words = window(f"?language={code}&view=room"), speak(code)
    page.page.set_viewport_size({"width": 1280, "height": 720})
    page.press(words.guide)
    for number, story in enumerate(stories(), 1):
        told = story.told[code]
        expect(page.page.locator("[data-test=question]")).to_have_text(
            told.question, timeout=PATIENCE
        )
        expect(page.page.locator("[data-test=answer]")).to_have_count(0)
        expect(page.page.locator(".dot.at")).to_have_attribute(
            "aria-label", f"{words.stories} {number}"
        )
        page.page.keyboard.press("n")
        expect(page.page.locator("[data-test=notes]")).to_have_text(told.notes)
        page.page.keyboard.press("PageDown")
        expect(page.page.locator("[data-test=answer]")).to_have_text(
            answer(State(story=number), words)
        )
        page.page.keyboard.press("PageDown")
    page.press(words.close)
    expect(page.page.locator(".rail")).to_have_count(0)
