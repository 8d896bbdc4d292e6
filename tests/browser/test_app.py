"""The window on a region, as a person with a browser sees and uses it."""

import math
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

import kernegotiate as kn

pytestmark = pytest.mark.browser

VIZ = Path(__file__).resolve().parents[2] / "viz"
START = dict.fromkeys(("proposed", "signed", "opened", "died", "possible", "welfare"), "0")
ECHART = """name => {
  const modules = requirejs.s.contexts._.defined;
  const echarts = modules[Object.keys(modules).find(key => key.includes("echarts"))];
  return echarts && echarts.getInstanceByDom(document.querySelector(`[data-test=${name}]`));
}"""


class Window:
    """The page, by what a person looks for on it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.wait_for_function(f"() => ['map', 'trust', 'success', 'worth'].every({ECHART})")

    def press(self, button: str) -> None:
        self.page.get_by_role("button", name=button, exact=True).click()

    def step(self, years: int, then: str) -> None:
        """So many years on; then the page tells the year in these words."""
        for _ in range(years):
            self.press("Step")
        expect(self.year).to_have_text(then)

    def choose_coordinator(self, title: str) -> None:
        self.page.locator(".titles").nth(1).click()
        self.page.locator(".v-overlay-container .v-list-item", has_text=title).click()
        expect(self.page.locator(".titles").nth(1)).to_contain_text(title)

    def sow(self, text: str) -> None:
        self.seed.fill(text)
        self.seed.press("Enter")

    @property
    def year(self) -> Locator:
        return self.page.locator(".year")

    @property
    def seed(self) -> Locator:
        return self.page.get_by_label("Seed")

    def expect_figures(self, figures: dict[str, str]) -> None:
        """Wait until these are shown; the page puts on one change after the other."""
        for name, text in figures.items():
            expect(self.page.locator(f"[data-test={name}]")).to_have_text(text)

    def feed(self) -> list[str]:
        return self.page.locator(".feed-lines h3").all_inner_texts()

    def series(self, chart: str) -> list[dict[str, Any]]:
        """What ECharts draws, as ECharts tells it."""
        drawn: list[dict[str, Any]] = self.page.evaluate(
            f"name => ({ECHART})(name).getOption().series", chart
        )
        return drawn


@pytest.fixture
def window(
    open_page: Callable[..., Page], serve_app: Callable[..., str], printed: Callable[[str], str]
) -> Iterator[Window]:
    """The app in a browser session of its own; its server prints nothing but its address."""
    url = serve_app()
    yield Window(open_page(url))
    assert printed("viz/app.py") == f"Solara server is starting at {url}\n"


def run(years: int, coordinator: str = "advisory_council", seed: int = 1) -> kn.RegionModel:
    """The same run without a window."""
    model = kn.RegionModel(coordinator=coordinator, rng=seed)
    for _ in range(years):
        model.step()
    return model


def told(model: kn.RegionModel) -> dict[str, str]:
    """The figures of a model in the words of the page."""
    now = model.trajectory().iloc[-1]

    def whole(value: float) -> str:
        return f"{value:,.0f}".replace("-", "−")  # noqa: RUF001

    return {
        "proposed": whole(now.arrived),
        "signed": whole(now.signed),
        "opened": whole(now.completed),
        "died": whole(now.died),
        "possible": whole(now.first_best),
        "welfare": whole(now.welfare),
        "share": f"{whole(100 * now.welfare / now.first_best)}\N{NO-BREAK SPACE}%",
    }


def test_all_provinces_are_seen_on_the_map(window: Window) -> None:
    expect(window.year).to_have_text("Year 0 of 40")
    spots = next(s for s in window.series("map") if s["type"] == "scatter")["data"]
    names = [spot["name"] for spot in spots]
    assert names == [g.name for g in kn.load_scenario("mekong_delta").region.governments]
    assert len(names) == 13
    blue = window.page.evaluate(
        f"""([name, spots]) => {{
          const chart = ({ECHART})(name), canvas = chart.getDom().querySelector("canvas");
          const {{width, height}} = canvas, scale = width / chart.getWidth();
          const seen = canvas.getContext("2d").getImageData(0, 0, width, height).data;
          const isBlue = (x, y) => {{
            const at = 4 * (y * width + x);
            return seen[at] === 154 && seen[at + 1] === 199 && seen[at + 2] === 226;
          }};
          return spots.map(spot => {{
            const [x0, y0] = chart.convertToPixel("geo", spot.value).map(at => at * scale | 0);
            let hits = 0;
            for (let x = x0 - 25; x < x0 + 25; x++)
              for (let y = y0 - 15; y < y0 + 15; y++) hits += isBlue(x, y);
            return hits;
          }});
        }}""",
        ["map", spots],
    )
    assert all(hits > 300 for hits in blue), dict(zip(names, blue, strict=True))  # of 1500 pixels


def test_figures_are_those_of_the_model_to_the_end(window: Window) -> None:
    window.expect_figures(START)
    window.step(10, "Year 10 of 40")
    model = run(10)
    window.expect_figures(told(model))
    assert window.feed() == [f"Year {year}" for year in range(10, 0, -1)]
    trusted = next(s for s in window.series("map") if s["type"] == "map")["data"]
    assert {row["name"]: row["value"] for row in trusted} == {
        g.code: pytest.approx(g.trusted) for g in model.governments
    }
    cells = {
        tuple(cell["value"][:2]): cell["value"][2] for cell in window.series("trust")[0]["data"]
    }
    partners = model.world.partners
    assert len(cells) == partners.sum()
    for (column, row), trust in cells.items():
        assert partners[row, column]
        assert math.isclose(trust, model.world.trust[row, column], abs_tol=1e-4)

    while not model.is_over:
        model.step()
    window.step(31, "Year 41, winding up")
    window.step(model.year - 41, f"Year {model.year}, all settled")
    window.expect_figures(told(model))
    assert told(model)["share"] == f"{100 * model.latest['efficiency']:.0f}\N{NO-BREAK SPACE}%"
    for button in ("Play", "Step"):
        expect(window.page.get_by_role("button", name=button, exact=True)).to_be_disabled()


def test_reset_and_another_coordinator_start_anew(window: Window) -> None:
    council, board = told(run(4)), told(run(4, "empowered_board"))
    assert council != board
    assert council["proposed"] == board["proposed"]  # the same projects come up
    window.step(4, "Year 4 of 40")
    window.expect_figures(council)
    window.press("Reset")
    expect(window.year).to_have_text("Year 0 of 40")
    window.expect_figures(START)
    assert window.feed() == []
    window.choose_coordinator("Empowered board")
    window.step(4, "Year 4 of 40")
    window.expect_figures(board)


def test_a_bad_seed_gets_a_sentence_and_loses_nothing(window: Window) -> None:
    window.step(2, "Year 2 of 40")
    before = told(run(2))
    window.expect_figures(before)
    for wrong in ("seven", "-1", "1.5", "", "9" * 30):
        window.sow(wrong)
        expect(window.page.get_by_role("alert")).to_contain_text("type a whole number")
        expect(window.page.get_by_role("alert")).to_contain_text(f"“{wrong}”")
        expect(window.seed).to_have_value(wrong)
        expect(window.year).to_have_text("Year 2 of 40")
        window.expect_figures(before)
    window.sow("7")
    expect(window.page.get_by_role("alert")).to_have_count(0)
    expect(window.year).to_have_text("Year 0 of 40")
    window.step(2, "Year 2 of 40")
    window.expect_figures(told(run(2, seed=7)))


def test_play_goes_on_until_pause(window: Window) -> None:
    window.press("Play")
    expect(window.year).to_contain_text("Year 2")
    window.press("Pause")
    expect(window.page.get_by_role("button", name="Play", exact=True)).to_be_enabled()
    year = window.year.inner_text()
    window.page.wait_for_timeout(1500)
    assert window.year.inner_text() == year
    window.expect_figures(told(run(int(year.split()[1]))))


def test_each_session_has_a_model_of_its_own(
    window: Window, open_page: Callable[..., Page], serve_app: Callable[..., str]
) -> None:
    other = Window(open_page(serve_app(), another_visitor=True))
    window.step(3, "Year 3 of 40")
    other.sow("7")
    other.step(2, "Year 2 of 40")
    expect(window.year).to_have_text("Year 3 of 40")
    window.expect_figures(told(run(3)))
    other.expect_figures(told(run(2, seed=7)))


def test_everything_fits_the_screen(window: Window) -> None:
    window.step(3, "Year 3 of 40")
    for width, height in ((1280, 800), (1920, 1080)):
        window.page.set_viewport_size({"width": width, "height": height})
        window.page.wait_for_timeout(500)  # the charts follow the size of the window
        assert window.page.evaluate(
            "() => ['scrollWidth', 'scrollHeight'].map(side => document.documentElement[side])"
        ) == [width, height]
        clipped = window.page.evaluate(
            """() => [...document.querySelectorAll("h2, .hint, .figure, .year, .v-btn")].filter(e =>
              e.scrollWidth > e.clientWidth + 1 || e.getBoundingClientRect().right >
              e.closest(".panel, .bar").getBoundingClientRect().right).map(e => e.innerText)"""
        )
        assert clipped == []
        for chart in window.page.locator(".chart").all():
            box = chart.bounding_box()
            assert box is not None
            assert box["width"] > 0.25 * width
            assert box["height"] > 0.15 * height


def test_the_folder_can_stand_elsewhere(tmp_path: Path) -> None:
    copy = shutil.copytree(VIZ, tmp_path / "viz", ignore=shutil.ignore_patterns("__pycache__"))
    code = f"""
import os, runpy, sys
runpy.run_path({str(copy / "app.py")!r})
print(sys.modules["viz.words"].__file__, flush=True)
os._exit(0)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == str(copy / "words.py"), done.stderr
