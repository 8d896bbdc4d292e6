"""Barriers that axe-core finds, for people who use a keyboard or hear the page: none."""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from window_helpers import CHARTS, Window

pytestmark = pytest.mark.browser

Open = Callable[..., Window]
SIZES = ((1280, 800), (390, 844))


def barriers(page: Window) -> list[tuple[str, str]]:
    """Which rules are broken, and where."""
    found = Axe().run(page.page).response["violations"]
    return [(one["id"], node["html"][:300]) for one in found for node in one["nodes"]]


def views(page: Window) -> Iterator[str]:
    """Show one view after another, from one page."""
    yield "start"
    page.scrub(17)
    expect(page.page.locator(".panel.growth canvas")).to_have_count(2)
    yield "a year with deals"
    page.press("Next deal")
    expect(page.page.locator("[data-test=told]")).not_to_be_empty()
    yield "a deal"
    page.page.get_by_label("Look at").select_option(label="An Giang")
    expect(page.page.locator(".panel.government h2")).to_be_visible()
    yield "a province"
    page.press("Save, share")
    page.page.locator("[data-test=link]").wait_for()
    yield "taking along"
    page.press("Save, share")  # on a phone it covers what comes
    page.press("Room")
    yield "room"
    page.press("Desk")
    page.turn_to("Compare")
    yield "a province, compared"
    page.page.locator(".panel.first.government, .panel.government").first.get_by_role(
        "button", name="Close"
    ).click()
    for name in CHARTS:
        page.turn_to(name)
        yield name


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_no_view_has_a_barrier(window: Open, width: int, height: int) -> None:
    page = window()
    page.page.set_viewport_size({"width": width, "height": height})
    found = {}
    for view in views(page):
        found[view] = barriers(page)
    assert {view: told for view, told in found.items() if told} == {}
