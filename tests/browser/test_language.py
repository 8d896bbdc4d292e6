"""Two languages: everything that can be read changes, nothing else does."""

import re
import tomllib
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

import kernegotiate as kn
from viz.words import FOLDER, speak
from window_helpers import Window, eventually

pytestmark = pytest.mark.browser

Open = Callable[..., Window]
DRAWN_TEXT = """() => {
  const found = [], words = new Set(["formatter", "name", "title"]);
  const look = (thing, key) => {
    if (typeof thing === "string") { if (words.has(key)) found.push(thing); }
    else if (Array.isArray(thing)) thing.forEach(one => look(one, key === "data" ? "name" : key));
    else if (thing && typeof thing === "object")
      Object.entries(thing).forEach(([name, one]) => look(one, name));
  };
  for (const place of document.querySelectorAll(".chart")) {
    const {series, xAxis, yAxis} = place.chart.getOption();
    for (const one of series) {
      if (one.endLabel && one.endLabel.formatter) found.push(one.endLabel.formatter);
      one.data.forEach(datum => look({label: datum.label, tooltip: datum.tooltip}, ""));
    }
    look([...(xAxis || []), ...(yAxis || [])].map(({name, data}) => ({name, data})), "");
  }
  return found;
}"""


def words_of(code: str) -> set[str]:
    """Plain words of three letters or more in a language's file; names in braces left out."""
    text = tomllib.loads((FOLDER / f"{code}.toml").read_text(encoding="utf-8"))
    return {word for string in strings(text) for word in plain(re.sub(r"\{.*?\}", " ", string))}


def strings(table: Any) -> Iterator[str]:
    """All strings of a file."""
    if isinstance(table, str):
        yield table
    else:
        for one in table.values() if isinstance(table, dict) else table:
            yield from strings(one)


def plain(text: str) -> set[str]:
    """Words of three letters or more, in lower case."""
    return {word.lower() for word in re.findall(r"[^\W\d_]{3,}", text)}


def texts(page: Window) -> list[str]:
    """All that can be read: on the page and in its pictures."""
    drawn: list[str] = page.page.evaluate(DRAWN_TEXT)
    bare = [re.sub(r"\{\w+\|(\d*)\}", r" \1 ", text) for text in drawn]  # styles have names
    return [text for text in page.texts() + bare if re.search(r"[^\W\d_]", text)]


def numbers(page: Window) -> str:
    """All digits on the page, in order."""
    return "".join(re.findall(r"\d", " ".join(page.texts())))


@pytest.fixture(scope="module")
def only_english() -> set[str]:
    """Words that give English away: no Vietnamese text, no name has them."""
    region = kn.load_scenario("mekong_delta").region
    names = " ".join(government.name_vi for government in region.governments)
    return words_of("en") - words_of("vi") - plain(names)


def english_in(page: Window, giveaways: set[str]) -> list[str]:
    """Texts with an English word, the button that brings English back aside."""
    return [text for text in texts(page) if plain(text) & giveaways and text != "English"]


def switch(page: Window, name: str, code: str) -> None:
    """Press the button of a language, and wait until the page speaks it."""
    page.press(name)
    expect(page.page).to_have_title(speak(code).title)


def in_the_other_language(link: str) -> str:
    """A link in English, as it is in Vietnamese."""
    head, _, query = link.partition("?")
    first = re.match(r"page=\w+&?", query)
    start = first[0].rstrip("&") if first else ""
    rest = query[len(first[0]) :] if first else query
    return f"{head}?{'&'.join(filter(None, [start, 'language=vi', rest]))}"


def test_everything_that_can_be_read_changes_and_nothing_else(
    window: Open, only_english: set[str]
) -> None:
    page = window(
        "?year=12&seed=3&coordinator=lga&government=92&set.trust=0.3&set.proposal_rule=benefit"
    )
    for go_there, there in (
        (lambda: None, ".panel.government .chart"),
        (lambda: page.press("Close"), ".panel.feed li"),
        (lambda: (page.turn_to("Compare"), page.press("Save, share")), "[data-test=link]"),
        (lambda: page.turn_to("What if?"), ".levers"),
        (lambda: (page.turn_to("Watch"), page.press("Reset")), ".panel.feed p"),
    ):
        go_there()
        page.page.locator(there).first.wait_for()
        page.wait()
        page.page.wait_for_timeout(300)  # charts come a bit later
        link, before, digits = page.page.url, texts(page), numbers(page)
        assert len(english_in(page, only_english)) > 30
        switch(page, "Tiếng Việt", "vi")
        eventually(lambda: english_in(page, only_english), [])
        assert numbers(page) == digits
        assert len(texts(page)) == len(before)
        eventually(lambda: page.page.url, in_the_other_language(link))
        switch(page, "English", "en")
        eventually(lambda before=before: texts(page) == before, True)
        eventually(lambda: page.page.url, link)
