"""How the window bears a room: many browser sessions at once, how fast an answer is shown.

    .venv/bin/python -m benchmarks.crowd [--sessions 20] [--minutes 10]

Starts the window and a Chromium on this machine; each session has a seed and a coordinator of its
own. They take turns, each as soon as the one before has its answer: most go a year on, or drag the
line of time far, and every fourth asks what if and moves a slider. Time is taken inside the page,
from the click until the page shows the new year with its figures, which a film made here tells; or
until the bars behind the slider are drawn anew. The browsers share the processor with the server,
so a room of laptops is better off. Every minute it tells how much memory the server holds. A page
that shows anything but its own run ends it with exit code 1.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import TimeoutError as TooLate

from tools.browsing import FLAGS, find_chromium, serving
from viz.asking import OUTCOMES, ask
from viz.clock import tell_year
from viz.figures import share_of
from viz.film import film
from viz.state import State
from viz.words import speak

COORDINATORS = ("none", "advisory_council", "lga", "conditional_funding", "empowered_board")
ASKED = "advisory_council"
ASKING = 4  # every so many sessions asks what if
DRAGGING = 5  # every so many turns it drags the line of time instead of stepping
YEARS = 40  # within which it drags
TRUST = tuple(round(0.1 + 0.02 * stop, 2) for stop in range(41))  # stops of a slider
PATIENCE = 30_000  # milliseconds for an answer
WORDS = speak("en")
SEEN = """() => Object.fromEntries([
  ["year", (document.querySelector(".year") || {}).innerText],
  ...[...document.querySelectorAll(".figure [data-test]")].map(
    (it) => [it.dataset.test, it.innerText]),
])"""
"""What a page tells, by name."""
TIMED = """([act, expected, patience]) => new Promise((tell) => {
  const seen = SEEN;
  const bars = () => {
    const place = document.querySelector("[data-test=causes]");
    return place ? JSON.stringify(place.chart.getOption().series.map((one) => one.data)) : "";
  };
  const before = bars(), begun = performance.now();
  const there = () => {
    if (!expected) return bars() !== before;
    const now = seen();
    return Object.entries(expected).every(([name, text]) => now[name] === text);
  };
  const looking = setInterval(() => {
    const taken = performance.now() - begun;
    if (!there() && taken < patience) return;
    clearInterval(looking);
    tell(there() ? taken / 1000 : -1);
  }, 5);
  if (act.click) [...document.querySelectorAll("button")].find(
    (one) => one.innerText.trim() === act.click).click();
  else {
    const place = document.querySelector(act.place);
    place.value = act.value;
    place.dispatchEvent(new Event("input", { bubbles: true }));
    place.dispatchEvent(new Event("change", { bubbles: true }));
  }
})""".replace("SEEN", SEEN)
"""Does something, and tells after how many seconds the page shows what is expected; -1: never."""


class AstrayError(Exception):
    """A page shows something else than its own run; the message says what."""


@dataclass
class Visitor:
    """A page of somebody, and what it should show."""

    page: Page
    state: State
    turns: int = 0

    def act(self) -> tuple[str, float]:
        """Do the next thing; its name and how many seconds the answer took."""
        self.turns += 1
        if self.state.page == "ask":
            value = TRUST[(7 * self.turns) % len(TRUST)]
            self.state = self.state.changed("trust", value)
            return "move", self._do({"place": "#knob-trust", "value": value}, None)
        view = film(self.state.run).at(self.state.year)
        if view.over or self.turns % DRAGGING == 0:
            year = (self.state.year + 17) % YEARS
            self.state = replace(self.state, year=year)
            act = {"place": ".timeline input[type=range]", "value": year}
            return "drag", self._do(act, self.told())
        self.state = replace(self.state, year=self.state.year + 1)
        return "step", self._do({"click": WORDS.step}, self.told())

    def told(self) -> dict[str, str]:
        """What the page should tell now."""
        if self.state.page == "ask":
            levels = ask(self.state.run, self.state.preset).levels
            return {outcome: WORDS.percent(levels[outcome]) for outcome in OUTCOMES}
        view = film(self.state.run).at(self.state.year)
        now = view.history.iloc[-1]
        return {
            "year": tell_year(view, WORDS),
            "proposed": WORDS.number(now.arrived),
            "signed": WORDS.number(now.signed),
            "welfare": WORDS.number(now.welfare),
            "share": share_of(now, WORDS),
        }

    def check(self) -> None:
        """Compare the page with the run that it should show.

        Raises:
            AstrayError: They differ.
        """
        seen = self.page.evaluate(SEEN)
        wrong = {name: text for name, text in self.told().items() if seen.get(name) != text}
        if wrong:
            raise AstrayError(f"{self.state.query()}: expected {wrong}, found {seen}")

    def _do(self, act: dict[str, Any], expected: dict[str, str] | None) -> float:
        taken = float(self.page.evaluate(TIMED, [act, expected, PATIENCE]))
        if taken < 0:
            self.check()
            raise AstrayError(f"{self.state.query()}: no answer to {act}")
        return taken


def main() -> int:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sessions", type=int, default=20)
    parser.add_argument("--minutes", type=float, default=10.0)
    options = parser.parse_args()
    with serving() as window, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
        try:
            room = [enter(browser, window.url, number) for number in range(options.sessions)]
            held = memory(window.process)
            print(f"{len(room)} sessions are open; the server holds {held:,.0f} MB.")
            watch(room, window.process, options.minutes)
            for visitor in room:
                visitor.check()
        except (AstrayError, TooLate) as error:
            print(error)
            return 1
    print("Every page shows its own run.")
    return 0


def enter(browser: Browser, url: str, number: int) -> Visitor:
    """Open a page with a seed of its own."""
    asks = number % ASKING == ASKING - 1
    # Trust, which the slider moves, matters to whoever votes: every move then moves the bars.
    coordinator = ASKED if asks else COORDINATORS[number % len(COORDINATORS)]
    state = State(page="ask" if asks else "watch", seed=number, coordinator=coordinator)
    page = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
    page.goto(f"{url}/?{state.query()}")
    page.wait_for_function(
        "(names) => names.every((name) => (document.querySelector(name) || {}).chart)",
        arg=[f"[data-test={name}]" for name in (["causes"] if asks else ["map", "worth"])],
        timeout=4 * PATIENCE,
    )
    return Visitor(page, state)


def watch(room: Sequence[Visitor], server: int, minutes: float) -> None:
    """Let them take turns; a line a minute: seconds to an answer, and memory."""
    kinds = ("step", "drag", "move")
    heads = [f"{kind:>6} {'median':>7} {'95 %':>6} {'worst':>6}" for kind in kinds]
    print(f"{'minute':>6} {' '.join(heads)} {'MB':>6}")
    turn, begun, minute = 0, time.monotonic(), 0
    while (end := min(minute + 1, minutes)) > minute:
        taken: dict[str, list[float]] = {kind: [] for kind in kinds}
        while time.monotonic() < begun + 60 * end:
            kind, seconds = room[turn % len(room)].act()
            taken[kind].append(seconds)
            turn += 1
        cells = [spread(taken[kind]) for kind in kinds]
        minute += 1
        print(f"{end:6g} {' '.join(cells)} {memory(server):6,.0f}", flush=True)


def spread(taken: Sequence[float]) -> str:
    """How many, their median, 95th percentile and largest, in seconds."""
    if len(taken) < 2:
        return f"{len(taken):6} {'':7} {'':6} {'':6}"
    high = statistics.quantiles(taken, n=20, method="inclusive")[-1]
    return f"{len(taken):6} {statistics.median(taken):7.3f} {high:6.3f} {max(taken):6.3f}"


def memory(process: int) -> float:
    """What a process holds, MB."""
    text = Path(f"/proc/{process}/status").read_text()
    return int(text.partition("VmRSS:")[2].split()[0]) / 1024


if __name__ == "__main__":
    sys.exit(main())
