"""Take the pictures of docs/workshop.md anew.

    python -m tools.pictures                  # all, into docs/workshop/
    python -m tools.pictures compare what-if  # some of them
    python -m tools.pictures --out FOLDER

Starts the window on a free port, opens each view in a Chromium without a screen, waits until its
charts are drawn and nothing moves any more, and saves what stands there. Needs the development
dependencies and a Chromium; its path may be given in CHROMIUM.
"""

import argparse
import io
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright
from playwright.sync_api import TimeoutError as TooLate

from tools.browsing import FLAGS, ROOT, NotServedError, find_chromium, serving

FOLDER = ROOT / "docs" / "workshop"
SIZE = (1366, 768)  # pixels: a common laptop, and many a projector
COLOURS = 256  # of a saved picture: a third of the size, and no colour is far off
LARGEST = 200  # kB of a saved picture
PATIENCE = 120.0  # seconds for a view to be drawn: the engine may have to be compiled
PAUSE = 0.25  # seconds between two looks
LOOK = ("--hide-scrollbars", "--force-color-profile=srgb")


@dataclass(frozen=True)
class Shot:
    """A picture.

    Attributes:
        name: Of its file, without the ending.
        query: The view, as a link holds it; see `viz/state.py`.
        charts: Names of the charts that belong to it.
        part: Where to scroll to, as a CSS selector; "" to stay at the top.
    """

    name: str
    query: str
    charts: tuple[str, ...]
    part: str = ""


WATCH = ("trust", "success", "worth")
SHOTS = (
    Shot("watch", "year=25&deal=2", WATCH),
    Shot("room", "view=room&year=25&deal=2", ()),
    Shot("province", "year=25&government=84", (*WATCH, "why"), ".government .why"),
    Shot(
        "compare",
        "page=compare&coordinator=consensus_or_no_money&year=46",
        ("success", "success-difference", "worth", "worth-difference"),
    ),
    Shot(
        "what-if",
        "page=ask&set.contract_completeness=1&set.monitoring=1&set.sanction=1",
        ("spread", "ledger", "causes"),
    ),
    Shot("vietnamese", "language=vi&year=11", WATCH),
)

# True once all charts that are expected stand there, each with its series, and nothing is computed.
DRAWN = """(names) => {
  const drawn = (name) => {
    const place = document.querySelector(`.chart[data-test="${name}"]`);
    return place && place.chart && place.chart.getOption().series.length > 0
      && place.querySelector("canvas");
  };
  const computing = document.querySelector(".computing");
  return document.fonts.status === "loaded" && names.every(drawn)
    && !(computing && computing.textContent.trim());
}"""


class PictureError(Exception):
    """A picture cannot be taken; the message says why."""


def main() -> int:
    """Take the pictures that are asked for."""
    names = [shot.name for shot in SHOTS]
    parser = argparse.ArgumentParser(description="Take the pictures of docs/workshop.md anew.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(names)}; all")
    parser.add_argument("--out", type=Path, default=FOLDER, help="folder to save them in")
    arguments = parser.parse_args()
    unknown = set(arguments.names) - set(names)
    if unknown:
        parser.error(f"no picture is called {', '.join(sorted(unknown))}; allowed: {names}")
    arguments.out.mkdir(parents=True, exist_ok=True)
    try:
        with serving() as window, a_page() as page:
            for shot in SHOTS:
                if not arguments.names or shot.name in arguments.names:
                    picture = take(page, window.url, shot)
                    print(save(picture, arguments.out / f"{shot.name}.png"))
    except (PictureError, NotServedError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


@contextmanager
def a_page() -> Iterator[Page]:
    """A page of a Chromium without a screen."""
    found = find_chromium()
    if found is None:
        raise PictureError("No Chromium here: install it, or name its path in CHROMIUM.")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=[*FLAGS, *LOOK])
        page = chromium.new_page(
            viewport={"width": SIZE[0], "height": SIZE[1]},
            device_scale_factor=1,
            reduced_motion="reduce",
        )
        page.set_default_timeout(1000 * PATIENCE)
        yield page
        chromium.close()


def take(page: Page, url: str, shot: Shot) -> bytes:
    """Open a view and take its picture once it rests; a PNG."""
    page.goto(f"{url}/?{shot.query}")
    try:
        page.wait_for_selector(".window .panels")
        mistake = page.locator(".mistake")
        if mistake.count():
            raise PictureError(f"{shot.name}: the window says: {mistake.first.inner_text()}")
        page.wait_for_function(DRAWN, arg=list(shot.charts))
        if shot.part:
            page.locator(shot.part).scroll_into_view_if_needed()
    except TooLate as error:
        told = f"{shot.name}: not drawn within {PATIENCE:.0f} seconds; expected are the charts"
        raise PictureError(f"{told} {', '.join(shot.charts)}.") from error
    deadline = time.monotonic() + PATIENCE
    before, now = b"", page.screenshot()
    while now != before:
        if time.monotonic() > deadline:
            raise PictureError(f"{shot.name}: the view does not come to rest.")
        page.wait_for_timeout(1000 * PAUSE)
        before, now = now, page.screenshot()
    return now


def save(picture: bytes, path: Path) -> str:
    """Save a picture with few colours; says what was saved."""
    with Image.open(io.BytesIO(picture)) as full:
        few = full.convert("RGB").quantize(
            COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE
        )
        few.save(path, optimize=True)
        width, height = few.size
    size = path.stat().st_size / 1000
    if size > LARGEST:
        raise PictureError(f"{path.name} takes {size:.0f} kB; at most {LARGEST} are allowed.")
    return f"{path}: {width} x {height} pixels, {size:.0f} kB"


if __name__ == "__main__":
    sys.exit(main())
