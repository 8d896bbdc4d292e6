"""The page of the window, by what a person looks for on it."""

import re
import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

from viz.view import View
from viz.words import speak

DRAWN = """() => {
  const places = [...document.querySelectorAll(".chart, .map[data-test]")];
  return places.length > 0 && places.every(place => place.chart || place.querySelector("svg"));
}"""
TEXTS = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), texts = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const range = document.createRange(), text = node.textContent.trim();
    range.selectNodeContents(node);
    const {width, height} = range.getBoundingClientRect();
    const seen = width && height && node.parentElement.checkVisibility({visibilityProperty: true});
    if (text && seen) texts.push(text);
  }
  for (const element of document.querySelectorAll("[title], [aria-label], [placeholder]"))
    if (element.checkVisibility())
      for (const name of ["title", "aria-label", "placeholder"])
        if (element.getAttribute(name)) texts.push(element.getAttribute(name));
  return texts;
}"""
CHARTS = {
    "Watch": {"trust", "success", "worth"},
    "Compare": {"success", "success-difference", "worth", "worth-difference"},
    "What if?": {"spread", "ledger", "causes"},
}
PATIENCE = 20.0  # seconds
FIGURES = """() => Object.fromEntries(
  [...document.querySelectorAll(".headline b")].map(it => [it.dataset.test, it.innerText])
)"""
"""The figures of the headline."""
MARKS = """name => [...document.querySelectorAll(`.map[data-test=${name}] .mark`)].map(
  (mark) => [mark.dataset.mark, +(mark.querySelector("text")?.textContent || 1)])"""


class Window:
    """One page of the window.

    Args:
        page: It has just been opened.
        language: Of the page.
    """

    def __init__(self, page: Page, language: str = "en") -> None:
        self.page = page
        self.words = speak(language)
        self.wait()

    def wait(self) -> None:
        """Wait until all pictures are there."""
        self.page.wait_for_function(DRAWN)

    def button(self, name: str) -> Locator:
        """The button of that name."""
        return self.page.get_by_role("button", name=name, exact=True)

    def press(self, name: str) -> None:
        """Press a button."""
        self.button(name).click()

    def turn_to(self, name: str) -> None:
        """Go to another page, by its English title; wait until the former one is gone."""
        titles = dict(
            zip(CHARTS, (self.words.watch, self.words.compare, self.words.ask), strict=True)
        )
        self.press(titles[name])
        expected = CHARTS[name]
        if name == "Compare" and "government=" in self.page.url:
            expected = set()  # the province stands in place of the curves
        if name == "Watch" and "year=" not in self.page.url:
            expected = set()  # at the start there is nothing to draw
        there = self.page.locator(".panel:not(.government) .chart")
        names = "charts => charts.map(chart => chart.dataset.test).sort()"
        eventually(lambda: there.evaluate_all(names), sorted(expected))
        self.wait()

    def choose_coordinator(self, title: str, which: int = 1) -> None:
        """Choose from the list of coordinators, or (2) of those to compare with."""
        titles = self.page.locator(".titles select").nth(which)
        titles.select_option(label=title)
        expect(titles.locator("option:checked")).to_have_text(title)

    def sow(self, text: str) -> None:
        """Type a seed."""
        self.seed.fill(text)
        self.seed.press("Enter")

    def scrub(self, year: int) -> None:
        """Put the line of time on a year, as a drag does."""
        self.line.evaluate(
            """(line, year) => {
              line.value = year;
              line.dispatchEvent(new Event("input", {bubbles: true}));
            }""",
            year,
        )

    def unfold(self, group: str) -> None:
        """Open a group of levers, as a click on its heading does."""
        self.page.locator("summary", has_text=self.words.groups[group]).click()

    def slide(self, name: str, value: float) -> None:
        """Move a slider and let it go."""
        self.page.locator(f"#knob-{name}").evaluate(
            """(slider, value) => {
              slider.value = value;
              slider.dispatchEvent(new Event("input", {bubbles: true}));
              slider.dispatchEvent(new Event("change", {bubbles: true}));
            }""",
            value,
        )

    @property
    def year(self) -> Locator:
        """The words that tell the year."""
        return self.page.locator(".year")

    @property
    def line(self) -> Locator:
        """The line of time."""
        return self.page.locator(".timeline input[type=range]")

    @property
    def seed(self) -> Locator:
        """The field for the seed."""
        return self.page.locator(".seed input")

    @property
    def alert(self) -> Locator:
        """The sentence on what went wrong."""
        return self.page.get_by_role("alert")

    @property
    def link(self) -> str:
        """The link to this view; "Save, share" must be open."""
        return self.page.locator("[data-test=link]").input_value()

    def figures(self) -> dict[str, str]:
        """The figures of the headline; none at the start."""
        found: dict[str, str] = self.page.evaluate(FIGURES)
        return found

    def expect_year(self, view: View) -> None:
        """Wait until the page shows a view: its year and its figures."""
        said = re.compile(rf"\D{view.year}\b")
        expect(self.year).to_have_text(said)
        eventually(self.figures, told(view, self.words.code))

    def option(self, chart: str) -> dict[str, Any]:
        """What ECharts draws, as ECharts tells it."""
        found: dict[str, Any] = self.page.evaluate(
            "name => document.querySelector(`[data-test=${name}]`).chart.getOption()", chart
        )
        return found

    def series(self, chart: str) -> list[dict[str, Any]]:
        """The series that ECharts draws."""
        drawn: list[dict[str, Any]] = self.option(chart)["series"]
        return drawn

    def curve(self, chart: str, name: str) -> list[list[float]]:
        """The points of a curve."""
        (data,) = (one["data"] for one in self.series(chart) if one["name"] == name)
        return list(data)

    def area(self, code: str, chart: str = "map") -> Locator:
        """The land of a government."""
        return self.page.locator(f".map[data-test={chart}] [data-area='{code}']")

    def click_on(self, code: str, chart: str = "map", clicks: int = 1) -> None:
        """Click, or double click, on the land of a government, where its name stands."""
        x, y = self.page.evaluate(
            """([name, code]) => {
              const map = document.querySelector(`.map[data-test=${name}]`);
              const area = map.querySelector(`[data-area="${code}"]`);
              const {left, top, width, height} = area.getBoundingClientRect();
              for (let at = 1; at < 400; at++) {  // the first place where it is on top
                const x = left + width * ((at * 0.618) % 1), y = top + height * ((at * 0.382) % 1);
                if (document.elementFromPoint(x, y) === area) return [x, y];
              }
            }""",
            [chart, code],
        )
        self.page.mouse.click(x, y, click_count=clicks)

    def marks(self, chart: str = "map") -> dict[str, int]:
        """How many works of each form are marked on a map."""
        found: dict[str, int] = {}
        for form, count in self.page.evaluate(MARKS, chart):
            found[form] = found.get(form, 0) + count
        return found

    def texts(self) -> list[str]:
        """Every text that can be seen or is read out, outside of the pictures."""
        seen: list[str] = self.page.evaluate(TEXTS)
        return seen


def told(view: View, code: str = "en") -> dict[str, str]:
    """The figures of a view in the words of the page."""
    words, now = speak(code), view.history.iloc[-1]
    if not view.year:
        return {}
    return {
        "headline-proposed": words.number(now.arrived),
        "headline-signed": words.number(now.signed),
        "headline-opened": words.number(now.completed),
    }


def points(view: View, column: str) -> list[list[float]]:
    """A column of the history as a curve: year and value."""
    return [[year, round(value, 1)] for year, value in enumerate(view.history[column])]


def eventually(ask: Callable[[], Any], expected: Any) -> None:
    """Wait until the answer is what is expected: a page puts on one change after the other."""
    deadline = time.monotonic() + PATIENCE
    while (answer := ask()) != expected and time.monotonic() < deadline:
        time.sleep(0.05)
    assert answer == expected, f"found {answer!r}, expected {expected!r}"
