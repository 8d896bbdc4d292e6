"""How the window bears a room: many browser sessions at once, how fast a step is shown.

    .venv/bin/python -m benchmarks.crowd [--sessions 20] [--minutes 10]

Starts the window and a Chromium on this machine; each session has a seed and a coordinator of its
own. Sessions take turns to step, drag the line of time and, some of them, move a slider, as fast as
answers come; what is timed is from the press of a key to the new year on the page. The browsers
share the processor with the server, so a room of laptops is better off. Every minute it tells how
much memory the server holds.
"""

import argparse
import statistics
import time
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from tools.browsing import FLAGS, find_chromium, serving

COORDINATORS = ("none", "advisory_council", "lga", "conditional_funding", "empowered_board")
ASKING = 5  # every so many sessions asks what if


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sessions", type=int, default=20)
    parser.add_argument("--minutes", type=float, default=10.0)
    options = parser.parse_args()
    with serving() as window:
        measure(window.url, window.process, options.sessions, options.minutes)


def measure(url: str, server: int, sessions: int, minutes: float) -> None:
    """Drive so many sessions for so long."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
        pages = []
        for number in range(sessions):
            page = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
            asks = number % ASKING == ASKING - 1
            coordinator = COORDINATORS[number % len(COORDINATORS)]
            kind = "page=ask&" if asks else ""
            page.goto(f"{url}/?{kind}seed={number}&coordinator={coordinator}")
            page.locator("[data-test=ledger]" if asks else ".timeline").wait_for(timeout=60_000)
            pages.append((page, asks))
        print(f"{sessions} sessions are open; the server holds {memory(server):,.0f} MB.")
        print(
            f"{'minute':>6} {'steps':>6} {'median s':>9} {'95 % s':>8} {'slowest s':>10} {'MB':>7}"
        )
        turn, begun = 0, time.monotonic()
        for minute in range(1, max(1, round(minutes)) + 1):
            taken: list[float] = []
            while time.monotonic() < begun + min(60 * minute, 60 * minutes):
                page, asks = pages[turn % sessions]
                taken += [] if asks else [step(page)]
                if asks:
                    move(page, turn)
                turn += 1
            worst = statistics.quantiles(taken, n=20)[-1]
            figures = f"{statistics.median(taken):9.3f} {worst:8.3f} {max(taken):10.3f}"
            print(f"{minute:6} {len(taken):6} {figures} {memory(server):7,.0f}", flush=True)
        seeds = [page.get_by_label("Seed").input_value() for page, _ in pages]
        print("Isolated:", seeds == [str(number) for number in range(sessions)])
        browser.close()


def step(page: Page) -> float:
    """One year on, from the start again after the end; seconds until the page shows it."""
    forward = page.get_by_role("button", name="Step")
    if forward.is_disabled():
        page.get_by_role("button", name="Reset").click()
        expect(page.locator(".year")).to_contain_text("Year 0")
    before = page.locator(".year").inner_text()
    start = time.perf_counter()
    forward.click()
    expect(page.locator(".year")).not_to_have_text(before, timeout=30_000)
    return time.perf_counter() - start


def move(page: Page, turn: int) -> None:
    """Move a slider."""
    page.locator("[data-knob=sanction] input").evaluate(
        "(input, value) => { input.value = value; input.dispatchEvent(new Event('change')); }",
        0.1 + turn % 17 / 20,
    )


def memory(process: int) -> float:
    """What a process holds, MB."""
    text = Path(f"/proc/{process}/status").read_text()
    return int(text.partition("VmRSS:")[2].split()[0]) / 1024


if __name__ == "__main__":
    main()
