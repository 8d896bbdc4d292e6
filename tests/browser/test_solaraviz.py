"""Mesa's own window opens our model and steps it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

APP = """
import solara
from mesa.visualization import SolaraViz

import kernegotiate as kn


@solara.component
def Page():
    model = solara.use_memo(lambda: kn.RegionModel(rng=1), [])
    SolaraViz(model, name="Mekong Delta")
"""


def test_solara_viz_renders_and_steps(
    browser: Browser, serve_app: Callable[..., str], tmp_path: Path
) -> None:
    app = tmp_path / "app.py"
    app.write_text(APP)
    page = browser.new_page()
    try:
        page.goto(serve_app(path=str(app)))
        page.get_by_text("Time: 0.0").wait_for()
        page.get_by_role("button", name="Step").click()
        page.get_by_text("Time: 1.0").wait_for()
        page.get_by_role("button", name="Reset").click()
        page.get_by_text("Time: 0.0").wait_for()
    finally:
        page.close()
