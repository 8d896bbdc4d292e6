"""The view for a room: whatever is written can be read from the last row."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from window_helpers import Window

pytestmark = pytest.mark.browser

Open = Callable[..., Window]
SMALLEST = 24  # pixels
PART = 0.025  # of the height of the picture
SIZES = """() => {
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const found = {};
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const it = node.parentElement, text = node.textContent.trim();
    if (!text || it.closest("style, title, option, .sr-only") || !it.checkVisibility()) continue;
    const {width, height} = it.getBoundingClientRect();
    if (width && height) found[text] = parseFloat(getComputedStyle(it).fontSize);
  }
  return found;
}"""


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1920, 1080)])
@pytest.mark.parametrize("language", ["en", "vi"])
def test_nothing_in_a_room_is_written_small(
    window: Open, language: str, width: int, height: int
) -> None:
    page = window(f"?view=room&year=8&deal=2&language={language}")
    page.page.set_viewport_size({"width": width, "height": height})
    least = max(SMALLEST, PART * height)
    page.page.wait_for_function(
        """(least) => [...document.querySelectorAll(".map .name")].some(
          (name) => parseFloat(getComputedStyle(name).fontSize) >= least)""",
        arg=least,
    )
    for step in (page.words.step, page.words.guide):
        expect(page.page.locator(".map .name").first).to_be_visible()
        sizes = page.page.evaluate(SIZES)
        assert len(sizes) > 20
        assert {text: size for text, size in sizes.items() if size < least} == {}
        page.press(step)
        page.page.wait_for_timeout(300)
    sizes = page.page.evaluate(SIZES)
    assert {text: size for text, size in sizes.items() if size < least} == {}
